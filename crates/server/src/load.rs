//! The load of this process, which influences the proof of work: the number of attempts that were
//! begun lately.
//!
//! Only accepted work counts. So a client cannot make work harder for others without doing work
//! itself, and each piece of work counts once.

use std::sync::{Mutex, PoisonError};

use postern_protocol::Timestamp;

/// Attempts are counted over this many seconds.
const WINDOW_SECONDS: i64 = 60;

/// Counts attempts as they begin.
#[derive(Debug, Default)]
pub(crate) struct Load(Mutex<Window>);

/// The last two windows. The earlier one is treated as evenly filled, so that the count never
/// jumps.
#[derive(Clone, Copy, Debug, Default)]
struct Window {
    number: i64,
    count: u32,
    before: u32,
}

impl Load {
    /// Counts an attempt that begins.
    pub(crate) fn began(&self, now: Timestamp) {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *window = window.at(now);
        window.count = window.count.saturating_add(1);
    }

    /// Attempts that were begun in the last minute.
    pub(crate) fn in_a_minute(&self, now: Timestamp) -> u32 {
        let window = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .at(now);
        let left = WINDOW_SECONDS - now.seconds().rem_euclid(WINDOW_SECONDS);
        let before = i64::from(window.before) * left / WINDOW_SECONDS;
        let before = u32::try_from(before).unwrap_or(u32::MAX);
        window.count.saturating_add(before)
    }
}

impl Window {
    fn at(self, now: Timestamp) -> Self {
        let number = now.seconds().div_euclid(WINDOW_SECONDS);
        match number - self.number {
            0 => self,
            1 => Self {
                number,
                count: 0,
                before: self.count,
            },
            _ => Self {
                number,
                ..Self::default()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use postern_protocol::Timestamp;

    use super::Load;

    #[test]
    fn attempts_of_the_last_minute_count_and_older_ones_fade() {
        let load = Load::default();
        let at = Timestamp::from_seconds;
        for second in 0..60 {
            load.began(at(600 + second));
        }
        assert_eq!(load.in_a_minute(at(659)), 60);
        assert_eq!(load.in_a_minute(at(660)), 60);
        assert_eq!(load.in_a_minute(at(690)), 30);
        assert_eq!(load.in_a_minute(at(720)), 0);
        assert_eq!(load.in_a_minute(at(6000)), 0);
    }
}
