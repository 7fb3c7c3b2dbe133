//! Which method for this gate?
//!
//! Where each gate begins. Once a method is started the person can change to another from there.

use serde::{Deserialize, Serialize};

use crate::Case;

/// The choice for a gate.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ChoosingMethod {
    pub(crate) case: Case,
}
