//! What this crate makes of an input.

use postern_phone::{Plans, Region};

/// E.164 and whether it is assigned, or nothing for what is no number.
pub(crate) fn answer(plans: &Plans<'_>, input: &str, region: &str) -> String {
    let Ok(parsed) = plans.parse(input, Region::parse(region)) else {
        return String::new();
    };
    let mut text = parsed.number.to_string();
    text.push_str(if plans.types(parsed.number).is_empty() {
        " unassigned"
    } else {
        " assigned"
    });
    text
}
