#!/usr/bin/env python3
"""Writes inputs.txt: what the benches give to each parser.

They are the example numbers of libphonenumber's metadata, one of a fixed line and one of a mobile for every region, as
`phonenumbers`, the Python port of Google's libphonenumber, writes them internationally and within their region.

    pip install phonenumbers==9.0.33 && python3 crates/phone/benches/inputs.py
"""

import pathlib

from phonenumbers import (
    SUPPORTED_REGIONS,
    PhoneNumberFormat,
    PhoneNumberType,
    __version__,
    example_number_for_type,
    format_number,
)

HEAD = f"""\
# What the benches give to each parser: input | default region.
# Example numbers of libphonenumber {__version__}: fixed line and mobile of every region, internationally and within the region.
# Written by inputs.py.

"""

FILE = pathlib.Path(__file__).with_name("inputs.txt")
TYPES = [PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE]
FORMATS = [PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL]

lines = {}
for region in sorted(SUPPORTED_REGIONS):
    for kind in TYPES:
        number = example_number_for_type(region, kind)
        for form in FORMATS if number else []:
            # As keys, so that a number of both types is there once.
            lines[f"{format_number(number, form)} | {region}\n"] = None
FILE.write_text(HEAD + "".join(lines), encoding="utf-8")
