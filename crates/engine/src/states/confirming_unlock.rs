//! Every gate is passed: the account can be unlocked, with the password as it is.
//!
//! One press and nothing to type; it waits for that press because a page may be reloaded at any moment.

use serde::{Deserialize, Serialize};

use crate::Case;

/// The last press before the account is unlocked.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ConfirmingUnlock {
    pub(crate) case: Case,
}
