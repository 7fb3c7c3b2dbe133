//! The serialised form of a number.

use postern_phone::{PhoneNumber, parse};

#[test]
fn a_number_travels_as_its_e164_form() {
    let number = parse("+31 6 1234 5678", None).unwrap().number;
    let json = serde_json::to_string(&number).unwrap();
    assert_eq!(json, "\"+31612345678\"");
    assert_eq!(serde_json::from_str::<PhoneNumber>(&json).unwrap(), number);
}

#[test]
fn nothing_but_the_e164_form_is_read() {
    for json in [
        "\"+31 612345678\"",
        "\"0612345678\"",
        "\"\"",
        "31612345678",
        "null",
    ] {
        assert!(serde_json::from_str::<PhoneNumber>(json).is_err(), "{json}");
    }
}
