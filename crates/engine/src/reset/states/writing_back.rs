//! The host is writing to the directory while the request waits.
//!
//! This state holds no password. If the host dies before it can report the outcome, the outcome is
//! unknown: the gates stay passed, and the person is told so and chooses again.

use core::time::Duration;

use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

/// After this time without an answer, the engine assumes that the directory will not answer any
/// more. A write takes half a second on average (Microsoft Entra documentation, `passwords-faq`),
/// and no host waits longer than this.
pub const WRITE_BACK_PATIENCE: Duration = Duration::from_mins(1);

/// The host is writing to the directory.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct WritingBack {
    pub(crate) since: Timestamp,
}
