//! Too many tries.
//!
//! Tries are not counted while the lock lasts. Otherwise an attacker could keep an account locked
//! for ever.

use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ledger::Lock;

/// Nothing more until then.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Locked {
    pub(crate) until: Timestamp,
    /// What brought it about.
    #[serde(default)]
    pub(crate) lock: Option<Lock>,
}

impl Locked {
    /// When the lock ends.
    pub const fn until(&self) -> Timestamp {
        self.until
    }
}
