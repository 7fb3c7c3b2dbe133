//! A phone number: undoes what a spreadsheet does to one, and says whether any method can use it.

use std::borrow::Cow;

use postern_phone::{ParseError, Parsed, Region};

/// Minimum number of digits before the point where a fraction shows that a spreadsheet took a text
/// for a number. Numbers that are written in groups have fewer digits before a full stop.
const DIGITS_MIN: usize = 5;

/// Maximum number of digits after the point: spreadsheets and programs show no more of a number.
const FRACTION_MAX: usize = 2;

const FRACTION: &str = "the cell is a number with a fraction, which sheets make of a phone number: give the column the format Text";

/// Signs that a spreadsheet takes for a minus, or that its text functions write for one.
const MINUSES: [char; 4] = ['-', '\u{2212}', '\u{ff0d}', '\u{fe63}'];

const MINUS: &str = "the number begins with a minus sign, as a negative number of a sheet does: write + and the country code, or the \
     number as it is dialled, and give the column the format Text";

const SEVERAL: &str =
    "the field has several phone numbers, but an account has only one here: keep one of them";

/// Signs between several numbers.
const SEPARATORS: [char; 8] = [';', ',', '/', '\\', '|', '&', '\n', '\r'];

/// Words between several numbers.
const CONJUNCTIONS: [&str; 12] = [
    "or", "and", "of", "en", "oder", "und", "ou", "et", "o", "y", "أو", "و",
];

/// Slashes. A second extension of a switchboard may follow one.
const SLASHES: [char; 4] = ['/', '\u{ff0f}', '\u{2044}', '\u{2215}'];

/// Maximum number of digits of such an extension, unless it is as long as the one before.
const EXTENSION_MAX: usize = 3;

const EXTENSIONS: &str = "the number has a second extension after the slash, as in 1234567/68 for 1234567 and 1234568: an account has \
     only one number here, so write one of them in full";

/// Minimum number of digits of a part that is a number by itself. An extension has fewer.
const NUMBER_MIN: usize = 7;

/// Why a field is not a phone number.
pub(super) enum Unusable {
    /// Its number has no country code, and the tenant has no region.
    NoCountryCode,
    /// Any other reason, in the words of the report.
    Told(Cow<'static, str>),
}

/// Reads a field. `marked` counts the leading characters that are in the sheet but no longer in
/// `written`.
pub(super) fn read(
    written: &str,
    marked: usize,
    region: Option<Region>,
) -> Result<(&str, Parsed), Unusable> {
    // Spreadsheets put an apostrophe before a number so that it stays a text.
    let text = written.strip_prefix('\'').unwrap_or(written);
    let mark = written.len() - text.len() + marked;
    let text = without_fraction(text);
    let told = |why: &'static str| Err(Unusable::Told(why.into()));
    if text.starts_with(MINUSES) {
        return told(MINUS);
    }
    if is_number_of_a_sheet(text) {
        return told(FRACTION);
    }
    if are_several(text, region) {
        return told(SEVERAL);
    }
    if has_extensions(text, region) {
        return told(EXTENSIONS);
    }
    match postern_phone::parse(text, region) {
        Ok(parsed) => Ok((text, parsed)),
        Err(ParseError::NoCountryCode) => Err(Unusable::NoCountryCode),
        Err(refused) => {
            let refused = behind(refused, mark);
            Err(Unusable::Told(
                format!("this is not a phone number: {refused}").into(),
            ))
        }
    }
}

/// Why a code will not reach a number, or not as the number is written.
pub(super) fn doubts(column: &str, parsed: &Parsed) -> Vec<Cow<'static, str>> {
    let number = parsed.number;
    let mut doubts: Vec<Cow<'static, str>> = Vec::new();
    if let Some(kind) = number.refused_as() {
        let kind = kind.as_str();
        doubts
            .push(format!("this is a {kind} number, which Postern neither calls nor texts").into());
    } else if !number.is_assigned() {
        doubts.push("no numbering plan has this number: a digit may be missing or wrong".into());
    } else if column == "mobile" && !number.can_receive_text() {
        let kinds = number.types();
        doubts.push(format!("this is a {kinds} number, which cannot receive texts").into());
    }
    if parsed.extension.is_some() {
        doubts.push("the extension is left out, since calls do not dial it".into());
    }
    doubts
}

/// Whether a text holds more than one phone number. An extension or a pause after a number does not
/// count as another number.
fn are_several(text: &str, region: Option<Region>) -> bool {
    // Two pauses come before the code of a conference.
    if text.contains(",,") {
        return false;
    }
    let words = text.split_inclusive(char::is_whitespace).map(|word| {
        let plain = word.trim().trim_end_matches('.').to_lowercase();
        if CONJUNCTIONS.contains(&plain.as_str()) {
            ";"
        } else {
            word
        }
    });
    let parts: String = words.collect();
    let mut numbers = parts
        .split(SEPARATORS)
        .filter(|part| is_number(part.trim(), region));
    numbers.next().is_some() && numbers.next().is_some()
}

/// Whether the number of a switchboard has a second extension after a slash, as in `030
/// 1234567/68`, `030 12345-67/68` and `030 12345-67/-68`. Each of these stands for two numbers: the
/// second extension replaces the last digits of the first number. Read as one number, the text
/// would be the number of another subscriber, or of none, since numbers of such a plan have no
/// fixed length. A slash after an area code only separates groups. So does a slash between groups
/// that are not a number without the last group.
fn has_extensions(text: &str, region: Option<Region>) -> bool {
    let Some((before, behind)) = text.rsplit_once(SLASHES) else {
        return false;
    };
    let digits = |text: &str| {
        text.chars()
            .filter(|it| postern_phone::decimal_digit(*it).is_some())
            .count()
    };
    let dashes = ['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}'];
    let extension = behind.trim();
    let extension = extension
        .strip_prefix(dashes)
        .unwrap_or(extension)
        .trim_start();
    let length = digits(extension);
    let first = before.rsplit(SLASHES).next().unwrap_or(before);
    let first = first.rsplit_once(dashes).map(|(_, first)| digits(first));
    length > 0
        && length == extension.chars().count()
        && (length <= EXTENSION_MAX || first == Some(length))
        && (is_number(before.trim(), region) || has_extensions(before, region))
}

fn is_number(part: &str, region: Option<Region>) -> bool {
    let digits = part
        .chars()
        .filter(|it| postern_phone::decimal_digit(*it).is_some());
    digits.count() >= NUMBER_MIN
        && match postern_phone::parse(part, region) {
            Ok(parsed) => part.starts_with('+') || parsed.number.is_assigned(),
            Err(refused) => refused == ParseError::NoCountryCode,
        }
}

/// The same error, with its position moved by the number of characters before the text.
fn behind(mut refused: ParseError, characters: usize) -> ParseError {
    if let ParseError::Letters { position } | ParseError::UnexpectedCharacter { position } =
        &mut refused
    {
        *position += characters;
    }
    refused
}

/// A number without the `.0` that programs append to a number from a sheet.
pub(super) fn without_fraction(text: &str) -> &str {
    let whole = text.strip_suffix(".0").filter(|whole| {
        let digits = whole.strip_prefix('+').unwrap_or(whole);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    whole.unwrap_or(text)
}

/// Whether a text is a number with a fraction, or a number in scientific notation such as
/// `1.5E+09`.
pub(super) fn is_number_of_a_sheet(text: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if let Some((mantissa, power)) = unsigned.split_once(['E', 'e']) {
        let power = power.strip_prefix('+').unwrap_or_default();
        return is_digits(power) && is_digits(&mantissa.replacen(['.', ','], "", 1));
    }
    let Some(at) = unsigned.rfind(['.', ',']) else {
        return false;
    };
    let (whole, rest) = unsigned.split_at(at);
    let (point, fraction) = rest.split_at(1);
    is_digits(fraction) && fraction.len() <= FRACTION_MAX && is_whole(whole, point)
}

/// Whether a text is a whole number as spreadsheets show it: digits alone, or groups of three with
/// a separator other than the decimal point. Groups of two, as in French phone numbers, do not
/// count.
fn is_whole(whole: &str, point: &str) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(whole) {
        return whole.len() >= DIGITS_MIN;
    }
    let Some(between) = whole.chars().find(|it| !it.is_ascii_digit()) else {
        return false;
    };
    let is_between = matches!(
        between,
        '.' | ',' | ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}'
    );
    let mut groups = whole.split(between);
    let first = groups.next().unwrap_or_default();
    is_between
        && !point.starts_with(between)
        && (1..=3).contains(&first.len())
        && is_digits(first)
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The region is that of an organisation in the Netherlands.
    #[test]
    fn several_numbers_are_told_from_one_with_what_is_dialled_behind_it() {
        let region = Region::parse("NL");
        for text in [
            "+31 6 12345678;+31 6 87654321",
            "+31 6 12345678; +31 6 87654321",
            "+31 6 12345678,+31 6 87654321",
            "+31 6 12345678/+31 6 87654321",
            "+31 6 12345678 / +31 6 87654321",
            "+31 6 12345678|+31 6 87654321",
            "+31 6 12345678\n+31 6 87654321",
            "+31 6 12345678\r\n06 87654321",
            "+31 6 12345678 or +31 6 87654321",
            "+31 6 12345678 en +31 6 87654321",
            "06-12345678 of 06-87654321",
            "0612345678;0687654321",
            "0612345678,0687654321",
            "06 12345678 & 020 123 4567",
            "+31612345678 ; +4420 7946 0018",
            "0612345678;0687654321;020 123 4567",
            "020 123 4567 ext. 12; 06 12345678",
            "٠٦١٢٣٤٥٦٧٨;٠٦٨٧٦٥٤٣٢١",
        ] {
            assert!(are_several(text, region), "{text:?}");
        }
        assert!(are_several("0612345678;0687654321", None));
        for text in [
            "+31 6 12345678",
            "+31 (0)6-12.34.56.78",
            "06/12345678",
            "+31/6/12345678",
            "020/1234567",
            "020 123 4567 x123",
            "020 123 4567 ext. 12",
            "+31 20 123 4567;ext=12",
            "tel:+31-20-1234567;ext=1234567",
            "020 123 4567 #12",
            "020 123 4567,12",
            "020 123 4567;12345",
            "020 123 4567,,0612345678",
            ";+31 6 12345678;",
            "+31 6 12345678 en",
            "",
        ] {
            assert!(!are_several(text, region), "{text:?}");
        }
    }

    /// The region is that of an organisation in Germany, where numbers have no fixed length.
    #[test]
    fn a_second_extension_is_told_from_a_slash_between_groups() {
        let [german, dutch] = ["DE", "NL"].map(Region::parse);
        for (text, region) in [
            ("030 1234567/68", german),
            ("030 1234567 / 68", german),
            ("030/1234567/68", german),
            ("(030) 1234567/8", german),
            ("030 1234567/-68", german),
            ("030 12345-67/68", german),
            ("030 12345-67/-68", german),
            ("030 12345-67/68/69", german),
            ("030 12345 67/168", german),
            ("030 12345-1234/1235", german),
            ("030 12345\u{2013}67/\u{2013}68", german),
            ("030 1234567\u{ff0f}68", german),
            ("+49 30 1234567/68", german),
            ("+49 30 1234567/68", None),
            ("+49 (0)30/1234567/68", german),
            ("0049 30 1234567/68", german),
            ("+43 1 2345678/90", german),
            ("020 123 4567/68", dutch),
            ("020 123 4567 / 68", dutch),
            ("+31 20 123 4567/68", dutch),
            ("٠٣٠ ١٢٣٤٥٦٧/٦٨", german),
        ] {
            assert!(has_extensions(text, region), "{text:?}");
        }
        for (text, region) in [
            ("030/1234567", german),
            ("030 / 1234567", german),
            ("0151/12345678", german),
            ("0151/123/45678", german),
            ("030/12345-67", german),
            ("030/12345-0", german),
            ("030 12345-67", german),
            ("+49/30/1234567", german),
            ("+49 30/1234567", None),
            ("030 1234567 x68", german),
            ("030 1234567/", german),
            ("030 1234567/ab", german),
            ("06/12345678", dutch),
            ("06/12/34/56/78", dutch),
            ("+31/6/12345678", dutch),
            ("020/123/4567", dutch),
            ("/68", german),
            ("", german),
        ] {
            assert!(!has_extensions(text, region), "{text:?}");
        }
    }

    #[test]
    fn a_number_of_a_sheet_is_known_by_its_fraction() {
        for text in [
            "1512345678.00",
            "1512345678,0",
            "1512345678,00",
            "+491512345678.5",
            "1,512,345,678.00",
            "1.512.345.678,00",
            "1 512 345 678,00",
            "1.51235E+09",
            "1,51235E+09",
            "2E+09",
        ] {
            assert!(is_number_of_a_sheet(text), "{text}");
        }
        for text in [
            "1512345678",
            "06.12.34.56.78",
            "06 12 34 56,78",
            "06.12.34.56.789",
            "0512.345678",
            "1.512.345.678",
            "020.7946.001",
            "ada",
            "e5f0",
            "ext. 5",
            "12.5",
            "7e5",
        ] {
            assert!(!is_number_of_a_sheet(text), "{text}");
        }
    }

    #[test]
    fn a_point_and_a_zero_are_cut_from_digits_alone() {
        for (text, left) in [
            ("1512345678.0", "1512345678"),
            ("+491512345678.0", "+491512345678"),
            ("3.0", "3"),
            ("020.79.0", "020.79.0"),
            (".0", ".0"),
            ("1512345678.00", "1512345678.00"),
        ] {
            assert_eq!(without_fraction(text), left);
        }
    }
}
