//! There were too many tries.
//!
//! Tries are not counted while the lock lasts. Otherwise an attacker could keep an account locked
//! for ever.

use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ledger::Lock;

/// The attempt accepts nothing more until the lock ends.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Locked {
    pub(crate) until: Timestamp,
    /// The lock and its cause.
    #[serde(default)]
    pub(crate) lock: Option<Lock>,
}

impl Locked {
    /// When the lock ends.
    pub const fn until(&self) -> Timestamp {
        self.until
    }
}
