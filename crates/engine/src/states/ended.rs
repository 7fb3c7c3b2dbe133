//! Over, without the person being back in.
//!
//! The attempt stays for as long as the host keeps it, so that a page left open can say what
//! happened.

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
