//! The service has placed a call, and the attempt waits for `#`.
//!
//! The result comes from telephony. The page only looks.

use core::time::Duration;

use postern_protocol::{Method, Timestamp};
use serde::{Deserialize, Serialize};

use crate::CallId;

/// How long the page waits before it offers to try again (Microsoft Entra support, "reset your work
/// or school password").
pub(crate) const CALL_RETRY: Duration = Duration::from_secs(10);

/// A call is in progress.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AwaitingCall {
    pub(crate) call: LiveCall,
}

/// A call, in the form that the attempt keeps.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct LiveCall {
    pub(crate) id: CallId,
    pub(crate) method: Method,
    pub(crate) called_at: Timestamp,
    pub(crate) failed: bool,
}

impl AwaitingCall {
    /// The id of the call.
    pub const fn call(&self) -> CallId {
        self.call.id
    }
}
