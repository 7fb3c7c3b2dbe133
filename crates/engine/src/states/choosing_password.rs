//! Every gate is passed: a new password is asked for.

use serde::{Deserialize, Serialize};

use crate::Case;

/// A password is asked for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ChoosingPassword {
    pub(crate) case: Case,
    /// Whether the last answer of the directory was lost.
    pub(crate) outcome_unknown: bool,
    /// Whether a password was refused.
    pub(crate) was_refused: bool,
}
