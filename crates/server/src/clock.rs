//! The only module that reads the clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use postern_protocol::Timestamp;

/// The source of the current time.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The clock of this machine.
    System,
    /// The time that another handle sets. A test need not wait a day for a lock to end.
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

    /// The clock of this machine in milliseconds, for comparison with another machine's clock.
    pub(crate) fn system_milliseconds() -> i64 {
        i64::try_from(since_1970().as_millis()).unwrap_or(i64::MAX)
    }
}

fn system() -> i64 {
    i64::try_from(since_1970().as_secs()).unwrap_or(i64::MAX)
}

fn since_1970() -> Duration {
    #[expect(
        clippy::disallowed_methods,
        reason = "hosts pass the time to the judge, and this is the clock of the host"
    )]
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    // A clock before 1970 counts as 1970: everything has expired.
    since.unwrap_or_default()
}
