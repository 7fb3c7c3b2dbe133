//! Points in time in letters.

use jiff::tz::TimeZone;
use postern_protocol::Timestamp;

use crate::sentence::{Sentence, Value};

/// A moment as people write it, with its time zone: "29 November 2026 at 18:16 (UTC+1)".
///
/// `None` for a time that no calendar has.
pub(crate) fn moment(at: Timestamp, zone: &TimeZone) -> Option<Sentence> {
    let at = jiff::Timestamp::from_second(at.seconds()).ok()?;
    let at = at.to_zoned(zone.clone());
    let values = [
        ("day", Value::Number(at.day().unsigned_abs().into())),
        ("month", Value::Number(at.month().unsigned_abs().into())),
        ("year", at.year().to_string().into()),
        ("time", at.strftime("%H:%M").to_string().into()),
        ("zone", offset(at.offset().seconds()).into()),
    ];
    Some(Sentence::new("server-moment", values))
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
