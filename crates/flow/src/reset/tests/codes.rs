//! Tests of typed codes: whether the wizard sends them.

use postern_protocol::Method;

use super::{Event, Form, Play, Trouble, TypedTrouble, enter_code};

#[test]
fn a_code_is_sent_only_with_as_many_digits_as_it_has() {
    for (typed, trouble) in [
        ("", Some(TypedTrouble::CodeEmpty)),
        ("1234", Some(TypedTrouble::CodeTooShort)),
        ("123456789", Some(TypedTrouble::CodeTooLong)),
        ("١٢٣٤٥٦٧٨٩", Some(TypedTrouble::CodeTooLong)),
        ("G-1234 5678", None),
        ("١٢٣٤٥٦٧٨", None),
        // The judge finds the code in these, or reports too many digits.
        ("12345678 12345678", None),
        ("Office 365 12345678", None),
    ] {
        let mut play = Play::at(enter_code(Method::Email));
        play.event(Event::Submitted(Form::Code(typed.into())));
        assert_eq!(
            play.wizard.trouble().cloned(),
            trouble.map(Trouble::Typed),
            "{typed}"
        );
    }
}
