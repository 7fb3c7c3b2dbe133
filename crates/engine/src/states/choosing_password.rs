//! Every gate is passed: a new password is asked for.

use serde::{Deserialize, Serialize};

/// A password is asked for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ChoosingPassword {
    /// Whether the last answer of the directory was lost.
    pub(crate) outcome_unknown: bool,
    /// Whether a password was refused.
    pub(crate) was_refused: bool,
}
