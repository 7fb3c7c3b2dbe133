//! Self-service is not possible for this person now.
//!
//! The person cannot correct anything, so the page only says whom to ask.

use postern_protocol::{Refusal, Timestamp};
use serde::{Deserialize, Serialize};

/// A reset is not possible.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Refused {
    pub(crate) refusal: Refusal,
    pub(crate) at: Timestamp,
}

impl Refused {
    /// Why the account cannot be reset.
    pub const fn refusal(&self) -> Refusal {
        self.refusal
    }
}
