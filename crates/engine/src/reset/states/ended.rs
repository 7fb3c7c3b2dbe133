//! The attempt is over, and the person is not back in.
//!
//! The attempt stays as long as the host keeps it, so that an open page can say what happened.

use postern_protocol::{EndReason, Timestamp};
use serde::{Deserialize, Serialize};

/// The attempt has ended without a reset.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Ended {
    pub(crate) reason: EndReason,
    pub(crate) at: Timestamp,
}

impl Ended {
    /// Why it ended.
    pub const fn reason(&self) -> EndReason {
        self.reason
    }

    /// When it ended.
    pub const fn at(&self) -> Timestamp {
        self.at
    }
}
