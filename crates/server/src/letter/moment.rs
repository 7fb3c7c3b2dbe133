//! Moments in letters.

use jiff::tz::TimeZone;
use postern_protocol::Timestamp;

use crate::words::Language;

/// A moment as people write it, with its time zone: "29 November 2026 at 18:16 (UTC+1)".
pub(super) fn moment(language: &Language, at: Timestamp, zone: &TimeZone) -> String {
    let Ok(at) = jiff::Timestamp::from_second(at.seconds()) else {
        return String::new();
    };
    let at = at.to_zoned(zone.clone());
    let values = [
        ("day", at.day().to_string()),
        ("month", at.month().to_string()),
        ("year", at.year().to_string()),
        ("time", at.strftime("%H:%M").to_string()),
        ("zone", offset(at.offset().seconds())),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    language.say("server-moment", &values)
}

/// The offset of a time zone from UTC: "UTC", "UTC+1" or "UTC−3:30".
fn offset(seconds: i32) -> String {
    let minutes = seconds / 60;
    let sign = if minutes < 0 { '−' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    match (hours, minutes) {
        (0, 0) => String::from("UTC"),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}
