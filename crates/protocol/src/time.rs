//! Moments in time, in whole seconds of Unix time.
//!
//! No code here reads a clock. Outside of the host, time is always an argument.

use core::ops::{Add, Sub};
use core::time::Duration;

use postern_wire_derive::wire;

/// A moment: seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX.1).
///
/// ```
/// use core::time::Duration;
/// use postern_protocol::Timestamp;
///
/// let sent = Timestamp::from_seconds(1_000);
/// let dies = sent + Duration::from_secs(300);
/// assert_eq!(dies.seconds(), 1_300);
/// assert_eq!(dies.since(sent), Duration::from_secs(300));
/// assert_eq!(sent.since(dies), Duration::ZERO);
/// ```
#[wire]
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment that many seconds after the epoch.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since the epoch.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// The beginning of the next full minute, or the same time if it is already a full minute. So
    /// what is possible from this time on is possible at the minute shown.
    #[must_use]
    pub const fn next_minute(self) -> Self {
        Self(self.0.saturating_add(59).div_euclid(60) * 60)
    }

    /// The time since `earlier`; zero if `earlier` is in the future.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_secs(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    /// Whole seconds; saturates at the end of time.
    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add_unsigned(span.as_secs()))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    /// Whole seconds; saturates at the beginning of time.
    fn sub(self, span: Duration) -> Self {
        Self(self.0.saturating_sub_unsigned(span.as_secs()))
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn what_can_be_done_from_a_minute_on_can_be_done_when_it_begins() {
        for (at, told) in [
            (0, 0),
            (1, 60),
            (59, 60),
            (60, 60),
            (61, 120),
            (-1, 0),
            (-60, -60),
            (i64::MIN, i64::MIN / 60 * 60),
            (i64::MAX, i64::MAX / 60 * 60),
        ] {
            let told = Timestamp::from_seconds(told);
            assert_eq!(Timestamp::from_seconds(at).next_minute(), told, "{at} s");
        }
    }
}
