//! A call was placed, and `#` is waited for.
//!
//! Word comes from telephony, not from the page: the page only looks.

use core::time::Duration;

use postern_protocol::{Method, Timestamp};
use serde::{Deserialize, Serialize};

use crate::CallId;

/// After so long the page offers to try again (Microsoft Entra support, "reset your work or school
/// password").
pub(crate) const CALL_RETRY: Duration = Duration::from_secs(10);

/// A call is under way.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AwaitingCall {
    pub(crate) call: LiveCall,
}

/// A call, as the attempt keeps it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct LiveCall {
    pub(crate) id: CallId,
    pub(crate) method: Method,
    pub(crate) called_at: Timestamp,
    pub(crate) failed: bool,
}

impl AwaitingCall {
    /// The call.
    pub const fn call(&self) -> CallId {
        self.call.id
    }
}
