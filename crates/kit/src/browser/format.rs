//! Formats of points in time for a language.

use postern_protocol::Timestamp;

use super::format_moment;

/// If an event occurs within this number of seconds, the page shows a countdown or the time of day
/// only.
pub const SOON: u32 = 60 * 60;

/// Whether the time is soon or past.
pub fn is_soon(at: Timestamp, now: Timestamp) -> bool {
    at.since(now).as_secs() < SOON.into()
}

/// A time of day in the person's own time zone; with the date if the time is not soon.
pub fn format_time(language: &str, at: Timestamp) -> String {
    format(language, at, day_of(at, super::now()), "short")
}

/// The same for the time from which something is possible: rounded up, so that it is possible at
/// the minute shown.
pub fn format_time_from(language: &str, at: Timestamp) -> String {
    format_time(language, at.next_minute())
}

/// The style of the date, if the text shows it.
fn day_of(at: Timestamp, now: Timestamp) -> Option<&'static str> {
    (!is_soon(at, now)).then_some("medium")
}

/// A day and a time, in the person's own time zone.
pub fn format_day_and_time(language: &str, at: Timestamp) -> String {
    format(language, at, Some("full"), "short")
}

/// The same for the end of a lock: rounded up, so that the lock has ended at the minute shown.
pub fn format_lock_end(language: &str, at: Timestamp) -> String {
    format_day_and_time(language, at.next_minute())
}

/// A time for the helpdesk: to the second, with its zone.
pub fn format_exact(language: &str, at: Timestamp) -> String {
    format(language, at, Some("medium"), "long")
}

fn format(language: &str, at: Timestamp, date_style: Option<&str>, time_style: &str) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "JavaScript counts time in doubles"
    )]
    let milliseconds = at.seconds() as f64 * 1000.0;
    format_moment(language, milliseconds, date_style, time_style)
}

#[cfg(test)]
mod tests {
    use super::{SOON, Timestamp, day_of};

    #[test]
    fn the_day_is_told_of_what_is_an_hour_away_and_more() {
        let now = Timestamp::from_seconds(1_000_000);
        for (wait, is_told) in [
            (-86_400, false),
            (0, false),
            (1, false),
            (i64::from(SOON) - 1, false),
            (i64::from(SOON), true),
            (86_370, true),
            (86_400, true),
        ] {
            let at = Timestamp::from_seconds(now.seconds() + wait);
            assert_eq!(day_of(at, now).is_some(), is_told, "{wait} s");
        }
    }
}
