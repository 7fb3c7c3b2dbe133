//! The person is back in.

use alloc::string::String;
use alloc::vec::Vec;

use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

/// The result of the attempt.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Done {
    pub(crate) at: Timestamp,
    pub(crate) effective_in_minutes: u8,
    pub(crate) notified: Vec<String>,
}
