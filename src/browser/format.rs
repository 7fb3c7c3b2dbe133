//! Moments as a language writes them.

use postern_protocol::Timestamp;

use super::format_moment;

/// A time of day, in the person's own time zone.
pub(crate) fn format_time(language: &str, at: Timestamp) -> String {
    format(language, at, None, "short")
}

/// A day and a time, in the person's own time zone.
pub(crate) fn format_day_and_time(language: &str, at: Timestamp) -> String {
    format(language, at, Some("full"), "short")
}

/// A moment as a helpdesk wants it: to the second, with its zone.
pub(crate) fn format_exact(language: &str, at: Timestamp) -> String {
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
