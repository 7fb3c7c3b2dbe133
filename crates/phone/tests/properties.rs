//! Properties of the parser that hold for every input.

use postern_phone::{ParseError, PhoneNumber, Plans, Region, TABLE, check_shape, parse};
use proptest::prelude::*;

/// Any region with a plan, or none.
fn region() -> impl Strategy<Value = Option<Region>> {
    proptest::option::of(proptest::sample::select(Region::all().collect::<Vec<_>>()))
}

/// A text that is similar enough to a number to reach every part of the parser.
fn numberlike() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[0-9]{1,6}",
        1 => "[+＋00 ()./~-]{1,3}",
        1 => proptest::sample::select(vec![
            "+", "00", "0", "x", "ext.", ";ext=", ";phone-context=", ";phone-context=+1", "tel:", "#", ",,", ";",
            " ", "\u{a0}", "\u{200e}", "٠", "۹", "７", "доб", "8", "1", "é",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_read_or_refused(input in "\\PC*", region in region()) {
        let _ = parse(&input, region);
    }

    #[test]
    fn what_was_read_is_read_again_from_each_of_its_forms(input in numberlike(), region in region(), other in region()) {
        if let Ok(parsed) = parse(&input, region) {
            let number = parsed.number;
            prop_assert!(number.is_possible());
            prop_assert_eq!(number.to_string().parse::<PhoneNumber>(), Ok(number));
            prop_assert_eq!(parse(&number.to_string(), other).map(|parsed| parsed.number), Ok(number));
            prop_assert_eq!(parse(&number.reference_form(), other).map(|parsed| parsed.number), Ok(number));
        }
    }

    #[test]
    fn digits_after_a_plus_are_read_again(digits in "[1-9][0-9]{5,14}", region in region()) {
        if let Ok(parsed) = parse(&format!("+{digits}"), region) {
            let text = parsed.number.to_string();
            prop_assert_eq!(parse(&text, region), Ok(parsed));
        }
    }

    #[test]
    fn a_number_has_the_shape_of_one(input in numberlike(), region in region()) {
        // ITU-T E.164 §6.1: 15 digits at most.
        let digits = input.chars().filter(|c| c.is_numeric()).count();
        if parse(&input, region).is_ok() && digits <= 15 {
            prop_assert_eq!(check_shape(&input, region), Ok(()));
        }
    }

    #[test]
    fn what_has_no_shape_is_no_number(input in numberlike(), region in region()) {
        match check_shape(&input, region) {
            Ok(()) | Err(ParseError::TooLong { .. }) => {}
            Err(error) => prop_assert_eq!(parse(&input, region), Err(error)),
        }
    }

    #[test]
    fn damaged_tables_give_answers_or_none_but_no_panic(
        damages in proptest::collection::vec((0..TABLE.len(), any::<u8>()), 1..200),
        digits in "[1-9][0-9]{5,14}",
        region in region(),
    ) {
        let mut table = TABLE.to_vec();
        for (place, byte) in damages {
            table[place] = byte;
        }
        if let Ok(plans) = Plans::read(&table) {
            for input in [format!("+{digits}"), digits] {
                if let Ok(parsed) = plans.parse(&input, region) {
                    let _ = (plans.types(parsed.number), plans.region(parsed.number));
                }
            }
        }
    }

    #[test]
    fn a_table_that_was_cut_is_refused(length in 0..TABLE.len()) {
        prop_assert!(Plans::read(&TABLE[..length]).is_err());
    }

    #[test]
    fn an_extension_changes_nothing_of_the_number(digits in "[1-9][0-9]{8,11}", extension in "[0-9]{1,6}") {
        let number = format!("+{digits}");
        if let Ok(parsed) = parse(&number, None) {
            for label in [" x", ";ext=", " ext. ", " #", ",,"] {
                let with = parse(&format!("{number}{label}{extension}"), None).unwrap();
                prop_assert_eq!(with.number, parsed.number);
                prop_assert_eq!(with.extension.map(|found| found.to_string()), Some(extension.clone()));
            }
        }
    }

    #[test]
    fn a_mask_never_tells_more_than_two_digits(digits in "[1-9][0-9]{5,14}") {
        if let Ok(parsed) = parse(&format!("+{digits}"), None) {
            let masked = parsed.number.masked();
            let national = masked.split_once(' ').expect("a space after the calling code").1;
            prop_assert!(national.chars().filter(char::is_ascii_digit).count() <= 2);
        }
    }
}
