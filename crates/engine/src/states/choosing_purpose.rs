//! Why is the person having trouble? Asked only where the policy separates unlock from reset.
//!
//! The purpose can be chosen anew, here or later, until a gate is passed.

use serde::{Deserialize, Serialize};

use super::ChoosingMethod;
use crate::Case;
use crate::turn::Turn;

/// Reset or unlock?
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ChoosingPurpose {
    pub(crate) case: Case,
}

impl ChoosingPurpose {
    /// On to the methods.
    pub(crate) fn chosen(self, turn: &mut Turn<'_>) -> ChoosingMethod {
        ChoosingMethod::begin(self.case, turn)
    }
}
