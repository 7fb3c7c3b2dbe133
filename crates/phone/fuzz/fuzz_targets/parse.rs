//! Any input with any default region is read or refused, and what was read is read again from each
//! of its forms.

#![no_main]

use libfuzzer_sys::fuzz_target;
use postern_phone::{PhoneNumber, Region, check_shape, parse};

fuzz_target!(|input: (u16, &str)| {
    let (choice, text) = input;
    let region = region(choice);
    let shape = check_shape(text, region);
    let Ok(parsed) = parse(text, region) else {
        return;
    };
    let number = parsed.number;
    assert!(number.is_possible());
    assert_eq!(number.to_string().parse::<PhoneNumber>(), Ok(number));
    for form in [number.to_string(), number.reference_form()] {
        for default_region in [None, region] {
            let again = parse(&form, default_region).map(|parsed| parsed.number);
            assert_eq!(again, Ok(number), "{form}");
        }
        // An E.164 number of more than 15 digits is longer than E.164 allows.
        assert!(number.to_string().len() > 16 || check_shape(&form, None).is_ok());
    }
    // What has no shape is no number, but for the digits that are typed beside one.
    assert!(shape.is_ok() || matches!(shape, Err(postern_phone::ParseError::TooLong { .. })));

    let shown = number.masked();
    let (_, national) = shown
        .split_once(' ')
        .expect("a space after the calling code");
    assert!(national.chars().filter(char::is_ascii_digit).count() <= 2);
    assert!(!number.is_assigned() || number.types().iter().next().is_some());
    let _ = number.region();
});

/// One of the regions with a plan, or none.
fn region(choice: u16) -> Option<Region> {
    Region::all().nth(usize::from(choice % 256))
}
