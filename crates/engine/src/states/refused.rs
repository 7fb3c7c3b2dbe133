//! Self-service is not possible for this person now.
//!
//! There is nothing to retype: whom to ask is all there is to say.

use postern_protocol::{Refusal, Timestamp};
use serde::{Deserialize, Serialize};

/// Not possible.
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
