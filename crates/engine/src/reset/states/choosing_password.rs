//! Every gate is passed, and the service asks for a new password.

use serde::{Deserialize, Serialize};

/// The service asks for a password.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ChoosingPassword {
    /// Whether the last answer of the directory was lost.
    pub(crate) outcome_unknown: bool,
    /// Whether a password was refused.
    pub(crate) was_refused: bool,
}
