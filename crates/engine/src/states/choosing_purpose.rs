//! Why is the person having trouble? Asked only where the policy separates unlock from reset.
//!
//! The purpose can be chosen anew, here or later, until a gate is passed.

use serde::{Deserialize, Serialize};

use crate::Case;

/// Reset or unlock?
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ChoosingPurpose {
    pub(crate) case: Case,
}
