//! The one place that reads the clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use postern_protocol::Timestamp;

/// What tells the time.
#[derive(Clone, Debug)]
pub enum Clock {
    /// This machine.
    System,
    /// Whoever holds the other handle: a test that need not wait a day for a lock to end.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// Now, in whole seconds.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_seconds(match self {
            Self::System => system(),
            Self::Set(seconds) => seconds.load(Ordering::SeqCst),
        })
    }
}

fn system() -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "a host tells the judge the time, and this is where it knows it from"
    )]
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    // A clock before 1970 is as good as one that stands there: everything has expired.
    let seconds = since.map_or(0, |since| since.as_secs());
    i64::try_from(seconds).unwrap_or(i64::MAX)
}
