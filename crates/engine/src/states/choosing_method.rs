//! Which method for this gate?
//!
//! Where each gate begins. Once a method is started the person can change to another from there.

use serde::{Deserialize, Serialize};

use crate::Case;
use crate::audit::Reason;
use crate::turn::Turn;

/// The choice for a gate.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ChoosingMethod {
    pub(crate) case: Case,
}

impl ChoosingMethod {
    /// At the beginning of a gate.
    pub(crate) fn begin(case: Case, turn: &mut Turn<'_>) -> Self {
        turn.audit(&case, Reason::PresentedOptions);
        Self { case }
    }
}
