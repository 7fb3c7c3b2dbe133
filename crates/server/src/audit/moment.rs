//! Moments in time, as people type them.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use postern_protocol::Timestamp;

/// The text is neither a moment nor a date.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct MomentError;

impl fmt::Display for MomentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(
            "expected a moment such as 2026-01-31T12:00:00Z or a date such as 2026-01-31",
        )
    }
}

impl std::error::Error for MomentError {}

/// Reads a moment of RFC 3339, or a date as its first moment in UTC. A fraction of a second is
/// rounded up.
///
/// # Errors
///
/// When it is neither.
///
/// ```
/// use postern_server::audit::parse_moment;
///
/// assert_eq!(parse_moment("1970-01-02")?.seconds(), 86_400);
/// assert_eq!(parse_moment("1970-01-01T02:00:00+01:00")?.seconds(), 3_600);
/// assert_eq!(parse_moment("1970-01-01T00:00:00.5Z")?.seconds(), 1);
/// assert!(parse_moment("yesterday").is_err());
/// # Ok::<(), postern_server::audit::MomentError>(())
/// ```
pub fn parse_moment(text: &str) -> Result<Timestamp, MomentError> {
    // Accepts only a date of exactly this length, since jiff also reads a date out of a longer
    // text.
    let is_date = text.len() == "2026-01-31".len();
    let moment = if is_date {
        let midnight = text
            .parse::<Date>()
            .and_then(|date| date.to_zoned(TimeZone::UTC));
        midnight.map_err(|_| MomentError)?.timestamp()
    } else {
        text.parse::<jiff::Timestamp>().map_err(|_| MomentError)?
    };
    let is_broken = moment.subsec_nanosecond() > 0;
    Ok(Timestamp::from_seconds(
        moment.as_second() + i64::from(is_broken),
    ))
}
