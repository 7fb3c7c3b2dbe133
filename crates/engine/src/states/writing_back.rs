//! The directory is being written to while the request waits.
//!
//! This state holds no password. If the host dies before it can report the outcome, the outcome is
//! unknown: the gates stay passed, and the person is told and chooses again.

use core::time::Duration;

use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

/// A directory that has said nothing for so long will say nothing any more: a write takes half a
/// second on average (Microsoft Entra documentation, `passwords-faq`), and no host waits longer
/// than this.
pub const WRITE_BACK_PATIENCE: Duration = Duration::from_mins(1);

/// The directory is being written to.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct WritingBack {
    pub(crate) since: Timestamp,
}
