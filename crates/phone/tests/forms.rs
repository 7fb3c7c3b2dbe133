//! The forms a number is written in.

use postern_phone::{MASKED_DIGIT, NotE164, ParseError, PhoneNumber, Region, check_shape, parse};

#[test]
fn masks_show_two_digits_at_most() {
    for line in include_str!("data/masks.txt").lines() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let (number, masked) = line.split_once(" | ").unwrap();
        let number: PhoneNumber = number.parse().unwrap();
        assert_eq!(number.masked(), masked);
        let national = masked.split_once(' ').unwrap().1;
        let shown = national.chars().filter(char::is_ascii_digit).count();
        let hidden = national.chars().filter(|&c| c == MASKED_DIGIT).count();
        assert!(shown <= 2);
        assert_eq!(shown + hidden, number.national_number().len());
    }
}

#[test]
fn the_reference_form_has_one_space() {
    let number = parse("0031 (0)6-1234 5678", None).unwrap().number;
    assert_eq!(number.reference_form(), "+31 612345678");
    let number = parse("06 698 12345", Region::parse("IT")).unwrap().number;
    assert_eq!(number.reference_form(), "+39 0669812345");
}

#[test]
fn leading_zeros_tell_numbers_apart() {
    let with: PhoneNumber = "+390669812345".parse().unwrap();
    let without: PhoneNumber = "+39669812345".parse().unwrap();
    assert_ne!(with, without);
    assert_eq!(with.national_number().as_str(), "0669812345");
    assert_eq!(with.country_code(), 39);
}

#[test]
fn only_the_e164_form_is_read_as_such() {
    let others = [
        "",
        "+",
        "31612345678",
        "0031612345678",
        "+31 612345678",
        "+310612345678",
        "+31612345678x1",
        "+31612345678 ",
        "\u{ff0b}31612345678",
        "tel:+31612345678",
        "+3161234567890123",
        "+999123456",
    ];
    for text in others {
        assert_eq!(text.parse::<PhoneNumber>(), Err(NotE164), "{text}");
    }
}

#[test]
fn regions_are_two_letters() {
    assert_eq!(Region::parse("nl").unwrap().to_string(), "NL");
    assert_eq!(Region::parse("NL"), Region::parse("nl"));
    for text in ["", "n", "nld", "n1", "é", "ñl", "001"] {
        assert_eq!(Region::parse(text), None, "{text}");
    }
}

#[test]
fn regions_with_a_plan_have_a_calling_code() {
    assert!(Region::all().count() >= 240);
    assert!(Region::all().all(|region| region.calling_code().is_some()));
    let code = |text| Region::parse(text).unwrap().calling_code();
    assert_eq!(
        (code("US"), code("CA"), code("GG"), code("QQ")),
        (Some(1), Some(1), Some(44), None)
    );
}

/// The typed text, the wrong character, and its position as a person counts it.
#[test]
fn a_character_that_does_not_belong_is_found_where_a_person_counts_it() {
    for (typed, character, place) in [
        ("06 FLOWERS", 'F', 4),
        ("+31 20 12q34567", 'q', 10),
        ("06!12345678", '!', 3),
        ("06 12345678 €", '€', 13),
        // These characters have more than one byte, or more than one UTF-16 unit.
        ("０６ １２３?４５", '?', 7),
        ("٠٦ ١٢٣?", '?', 7),
        ("𝟎𝟔 𝟏𝟐𝟑?", '?', 7),
        ("06\u{2013}12\u{2013}34 é", 'é', 10),
        ("06\u{a0}12\u{202f}34 ☎", '☎', 10),
        ("＋31 20 12?", '?', 10),
        ("06 12 📞", '📞', 7),
        // These have invisible characters before the wrong one.
        ("\u{200e}06 a", 'a', 4),
        ("\u{202a}+31 20 1a\u{202c}", 'a', 9),
        ("\u{2066}\u{200f}06\u{2069} a", 'a', 4),
        ("06\u{200b}12\u{ad}34a", 'a', 7),
        ("\u{feff}\u{61c}０６a", 'a', 3),
        // These have blanks before the wrong one.
        ("  06 a", 'a', 4),
        ("\t\u{a0}06 a", 'a', 4),
        ("(06) a", 'a', 6),
        // These have an invalid extension label, or an incomplete end; the error names the label or
        // the last character.
        ("+31 20 1234567 ext", 'e', 16),
        ("+31 20 1234567;ext=", '=', 19),
    ] {
        let wanted = if character.is_alphabetic() {
            ParseError::Letters { position: place }
        } else {
            ParseError::UnexpectedCharacter { position: place }
        };
        assert_eq!(parse(typed, Region::parse("NL")), Err(wanted), "{typed}");
        assert_eq!(check_shape(typed, None), Err(wanted), "{typed}");
        let is_unseen = |c: &char| {
            "\u{ad}\u{61c}\u{200b}\u{200e}\u{200f}\u{202a}\u{202c}\u{2066}\u{2069}\u{feff}"
                .contains(*c)
        };
        let mut seen = typed.trim_start().chars().filter(|c| !is_unseen(c));
        assert_eq!(seen.nth(place - 1), Some(character), "{typed}");
    }
}
