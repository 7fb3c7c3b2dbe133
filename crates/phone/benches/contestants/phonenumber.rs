//! What the crate `phonenumber` makes of an input.

use phonenumber::Mode;

/// E.164 and whether it is assigned, or nothing for what is no number.
pub(crate) fn answer(input: &str, region: &str) -> String {
    let Ok(number) = phonenumber::parse(region.parse().ok(), input) else {
        return String::new();
    };
    let mut text = number.format().mode(Mode::E164).to_string();
    text.push_str(if number.is_valid() {
        " assigned"
    } else {
        " unassigned"
    });
    text
}
