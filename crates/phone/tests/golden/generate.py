#!/usr/bin/env python3
"""Writes golden.br: what libphonenumber makes of half a million inputs.

The verdicts are those of `phonenumbers`, the Python port of Google's libphonenumber, whose releases are named after
those of the metadata. It has to be the release that the `phonenumber` crate ships, which stands after the `+` in its
version. Nothing is drawn from the clock or from the interpreter's own random numbers, so two runs write the same file.

    cargo xtask update-phone-metadata

sets all of them to one release and runs this; it takes some minutes. The file is text under brotli; each line is one of

    input TAB default region TAB error TAB reason
    input TAB default region TAB E.164 TAB valid TAB region TAB type TAB possible [TAB extension]

where valid is 1 or 0, region is empty where there is none and 001 for a service of the whole world, and what is
written as `\\u{…}` in the input stands for that character.
"""

import pathlib
import re
import sys

import brotli
import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
    format_number,
    phonenumberutil,
)
from phonenumbers.phonemetadata import PhoneMetadata

RELEASE = "9.0.33"
SEED = 0x706F_7374_6572_6E21
FILE = pathlib.Path(__file__).with_name("golden.br")
DATA = FILE.parent.parent / "data"

ERRORS = {
    NumberParseException.INVALID_COUNTRY_CODE: "country-code",
    NumberParseException.NOT_A_NUMBER: "not-a-number",
    NumberParseException.TOO_SHORT_AFTER_IDD: "too-short-after-idd",
    NumberParseException.TOO_SHORT_NSN: "too-short-nsn",
    NumberParseException.TOO_LONG: "too-long",
}

TYPES = {
    PhoneNumberType.FIXED_LINE: "fixed-line",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed-line-or-mobile",
    PhoneNumberType.TOLL_FREE: "toll-free",
    PhoneNumberType.PREMIUM_RATE: "premium-rate",
    PhoneNumberType.SHARED_COST: "shared-cost",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.UAN: "uan",
    PhoneNumberType.VOICEMAIL: "voicemail",
    PhoneNumberType.UNKNOWN: "unknown",
}

POSSIBLE = {
    ValidationResult.IS_POSSIBLE: "possible",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "local-only",
    ValidationResult.INVALID_COUNTRY_CODE: "country-code",
    ValidationResult.TOO_SHORT: "too-short",
    ValidationResult.INVALID_LENGTH: "invalid-length",
    ValidationResult.TOO_LONG: "too-long",
}

# The descriptions of a plan that contain an example number.
DESCRIPTIONS = [
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
]


class Random:
    """SplitMix64, so that no version of the interpreter draws anything else."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E37_79B9_7F4A_7C15) & mask
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9) & mask
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB) & mask
        return (mixed ^ (mixed >> 31)) % bound

    def pick(self, choices):
        return choices[self.below(len(choices))]

    def digits(self, count):
        return "".join(str(self.below(10)) for _ in range(count))


def plans():
    """Each plan as (default region or None, calling code, metadata)."""
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        metadata = PhoneMetadata.metadata_for_region(region)
        yield region, metadata.country_code, metadata
    for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        yield None, code, PhoneMetadata.metadata_for_nongeo_region(code)


def examples(metadata):
    """The example numbers of a plan, each once."""
    found = {}
    for name in DESCRIPTIONS:
        description = getattr(metadata, name)
        if description is not None and description.example_number:
            found[description.example_number] = None
    return list(found)


def national_prefix(metadata):
    return metadata.national_prefix or ""


def international_prefix(metadata):
    """A prefix for calls abroad that can be dialled, where the metadata has a pattern."""
    prefix = metadata.preferred_international_prefix or metadata.international_prefix or "00"
    return prefix if prefix.isdigit() else "00"


def changed(number):
    """Every one-digit mutation, truncation, extension, doubling and loss of a digit."""
    for place in range(len(number)):
        for digit in "0123456789":
            if digit != number[place]:
                yield number[:place] + digit + number[place + 1 :]
    for length in range(len(number)):
        yield number[:length]
    for digit in "0123456789":
        yield number + digit
        yield digit + number
    for place in range(len(number)):
        yield number[:place] + number[place:][:1] * 2 + number[place + 1 :]
    for place in range(1, len(number) - 1):
        yield number[:place] + number[place + 1 :]


def mutations():
    for region, code, metadata in plans():
        prefix = national_prefix(metadata)
        for example in examples(metadata):
            for number in changed(example):
                yield f"+{code}{number}", None
                if region is not None:
                    yield number, region
                    yield prefix + number, region


def formats():
    """Every example in the formats of its country, and in those that people make up."""
    separators = [" ", "-", ".", "/", "\u00a0", "\u2011", "\u2013", "\u2014", "\u2212", "\u3000", "\u200b", "\uff0d", "  ", " - "]
    zeros = ["\u0660", "\u06f0", "\u0966", "\u09e6", "\u0e50", "\u1810", "\ua620", "\uff10"]
    abroad = ["US", "NL", "JP", "BR"]
    for region, code, metadata in plans():
        prefix = national_prefix(metadata)
        idd = international_prefix(metadata)
        for example in examples(metadata):
            number = phonenumbers.PhoneNumber(country_code=code, national_number=int(example))
            if example.startswith("0"):
                number.italian_leading_zero = True
                number.number_of_leading_zeros = len(example) - len(example.lstrip("0"))
            national = format_number(number, PhoneNumberFormat.NATIONAL)
            international = format_number(number, PhoneNumberFormat.INTERNATIONAL)
            uri = format_number(number, PhoneNumberFormat.RFC3966)

            for home in [None, region, "NL", "US"]:
                yield f"+{code}{example}", home
                yield international, home
                yield uri, home
                yield f"00{code}{example}", home
                yield f"011{code}{example}", home
                yield f"{code}{example}", home
                yield f"{code} {example}", home
                yield national, home
            yield f"(+{code}) {example}", region
            yield f"+({code}) {example}", region
            yield f"+{code} ({prefix}){example}", region
            yield f"+{code}{prefix}{example}", region
            yield f"\uff0b{code} {example}", region
            yield f"++{code} {example}", region
            yield f"{idd}{code}{example}", region
            yield f"{idd}{code}{prefix}{example}", region
            yield f"+{idd}{code}{example}", region
            yield f"{prefix}{example}", region
            yield f"{prefix}{prefix}{example}", region
            if prefix:
                yield f"({prefix}xx) {example}", region
                yield f"{prefix} XX {example}", region
            yield f"{code}{prefix}{example}", region
            yield f"{code}{code}{example}", region
            yield f"+{code}{code}{example}", region
            yield f"tel:{example};phone-context=+{code}", region
            yield f"tel:{prefix}{example};phone-context=example.org", region
            yield f"tel:+{code}{example};isub=12", region
            if region is not None:
                for dialled in abroad:
                    yield phonenumbers.format_out_of_country_calling_number(number, dialled), dialled
                    yield phonenumbers.format_out_of_country_calling_number(number, dialled), region
                    yield example, dialled
                yield f"{prefix}{code}{example}", region
                for carrier in metadata_carriers(metadata):
                    yield f"{carrier}{example}", region
            for separator in separators:
                yield international.replace(" ", separator), region
                yield national.replace(" ", separator).replace("-", separator), region
            for zero in zeros:
                yield "".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in international), region
                yield "".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in national), region


def metadata_carriers(metadata):
    """Prefixes with a carrier's code, as a few large countries have them."""
    return {"BR": ["015", "021", "041", "031", "0"], "CO": ["03", "05", "07", "0"], "KR": ["0082", "00365", "0"]}.get(
        metadata.id, ["0", "1", "8", "06", "01", "02", "044", "045"]
    )


def extensions():
    """Every label before one to twenty-one digits, after a few numbers."""
    labels = [
        " ext. ", " ext ", "ext", " ext: ", ";ext=", " x", "x", " x: ", " X ", " extn ", " xtn ", " extension ", " xtensio ", " extensi\u00f3", " Xtensio\u0301n: ", " extensi ", " exten ",
        " extensi\u00f3n ", " extensio\u0301n ", " anexo ", " int ", " \u0434\u043e\u0431. ", "\u0434\u043e\u0431", " # ", "#",
        "~", " ~", ",", ", ", ",,", ",, ", ";", " ; ", ",,,", ",;", " , ext ", ",ext. ", "\uff58", "\uff45\uff58\uff54 ", "\uff5e", "-x", " - ext ",
        ". x", " - ", "  x  ", " ext.#", "x#",
    ]
    for number, region in [
        ("+31612345678", None),
        ("+1 650-253-0000", None),
        ("(650) 253-0000", "US"),
        ("020 7031 3000", "GB"),
        ("+39 06 698 12345", None),
        ("tel:+31201234567", "NL"),
        ("03 331 6005", "NZ"),
    ]:
        for label in labels:
            for length in range(22):
                digits = "1234567890123456789012"[:length]
                yield f"{number}{label}{digits}", region
                if length in (0, 3, 6, 7):
                    yield f"{number}{label}{digits}#", region
                    yield f"{number}{label}{digits} ", region
                    yield f"{number}{label}0{digits}", region
        for length in range(1, 9):
            yield f"{number} {'123456789'[:length]}#", region
            yield f"{number}-{'123456789'[:length]}#", region
            yield f"{number}{'123456789'[:length]}#", region
        for parameter in ["isub=12", "foo=bar", "ext=12;isub=1", "isub=1;ext=12", "phone-context=+31;ext=12", "ext=12;phone-context=+31"]:
            yield f"{number};{parameter}", region


def random_digits(random):
    """Digits of every length, at home and after a calling code."""
    for region, code, metadata in plans():
        prefix = national_prefix(metadata)
        idd = international_prefix(metadata)
        for length in range(1, 20):
            for _ in range(3):
                yield f"+{code}{random.digits(length)}", None
                if region is not None:
                    yield random.digits(length), region
                    yield prefix + random.digits(length), region
            if region is not None:
                yield f"{code}{random.digits(length)}", region
                yield f"{idd}{random.digits(length)}", region
                yield f"{idd}{code}{random.digits(length)}", region
    for length in range(1, 24):
        for _ in range(60):
            yield "+" + random.digits(length), None
            yield random.digits(length), None
            yield random.digits(length), random.pick(REGIONS)


def near_examples(random):
    """Examples with two to five digits changed: at the borders of ranges."""
    for region, code, metadata in plans():
        for example in examples(metadata):
            for _ in range(8):
                digits = list(example)
                for _ in range(2 + random.below(4)):
                    digits[random.below(len(digits))] = str(random.below(10))
                number = "".join(digits)
                yield f"+{code}{number}", None
                if region is not None:
                    yield f"{code}{number}", region
                    yield number, random.pick(REGIONS)


def garbage(random):
    """Pieces of numbers and of anything else, in any order."""
    pieces = [
        "+", "+", "00", "0", "1", "31", "44", "6", "12", "345", "6789", "612345678", "2530000", "650", " ", " ", "-", ".", "/", "(",
        ")", "x", "ext", ";", ",", "#", "*", "~", "tel:", ";ext=", ";phone-context=", ";isub=", "a", "abc", "Flowers", "\u00e9",
        "\u4e00", "\U0001f4de", "\u200e", "\u00a0", "\uff0b", "\uff11", "\u0661", "\u0967", "@", "_", ":", "'", '"', "\\", "!", "?",
        "=", "%20", "[", "]", "{", "\u202a", "\u202c", "\u00ad", "\u2022", "$", "&", "|", "\u0434\u043e\u0431",
    ]
    for _ in range(12_000):
        count = 1 + random.below(7)
        yield "".join(random.pick(pieces) for _ in range(count)), random.pick([None, "NL", "US", "GB", "IT", "DE"])
    # A good number, with one text inserted into it or put around it.
    for number, region in [("+31612345678", None), ("0612345678", "NL"), ("+1 650-253-0000", None), ("650 253 0000", "US")]:
        for piece in pieces:
            for place in range(len(number) + 1):
                yield number[:place] + piece + number[place:], region
    for text, region in [
        ("", None), (" ", None), ("+", None), ("1-800-FLOWERS", "US"), ("1800 six-flag", "US"), ("0800 REGISTER", "AU"),
        ("0" * 250, "NL"), ("1" * 251, "US"), ("+" + "1" * 17, None), (" " * 240 + "650253000", "US"),
    ]:
        yield text, region


def tables():
    """The inputs of the tables that are written by hand."""
    for name in ["formats", "prefixes", "extensions", "uris", "errors", "reference"]:
        for line in (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                text, region, _ = line.split("|")
                region = region.strip().upper()
                text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), text.removesuffix(" "))
                yield text, region if region in REGIONS else None


REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


def inputs():
    random = Random(SEED)
    yield from tables()
    yield from formats()
    yield from mutations()
    yield from extensions()
    yield from random_digits(random)
    yield from near_examples(random)
    yield from garbage(random)


def verdict(text, region):
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException as refusal:
        return ["error", ERRORS[refusal.error_type]]
    columns = [
        format_number(number, PhoneNumberFormat.E164),
        "1" if phonenumbers.is_valid_number(number) else "0",
        phonenumbers.region_code_for_number(number) or "",
        TYPES[phonenumbers.number_type(number)],
        POSSIBLE[phonenumbers.is_possible_number_with_reason(number)],
    ]
    return columns + ([number.extension] if number.extension else [])


def escape(text):
    """Controls and what could not be told apart, as the tables beside this file write them."""
    return "".join(c if " " <= c <= "~" or c.isalnum() else f"\\u{{{ord(c):x}}}" for c in text)


def main():
    if phonenumbers.__version__ != RELEASE:
        sys.exit(f"phonenumbers {RELEASE} is needed, not {phonenumbers.__version__}")
    seen = set()
    lines = []
    for text, region in inputs():
        if (text, region) in seen:
            continue
        seen.add((text, region))
        # A reader would take such a backslash for an escape.
        if "\\u{" in text:
            continue
        lines.append("\t".join([escape(text), region or "", *verdict(text, region)]) + "\n")
    data = "".join(lines).encode()
    FILE.write_bytes(brotli.compress(data, quality=11, lgwin=24))
    print(f"{len(lines)} inputs, {len(data)} bytes, {FILE.stat().st_size} compressed")


if __name__ == "__main__":
    main()
