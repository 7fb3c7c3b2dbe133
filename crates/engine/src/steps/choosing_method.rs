//! At the beginning of a gate.

use crate::Case;
use crate::audit::Reason;
use crate::states::{ChoosingMethod, ChoosingPurpose};
use crate::turn::Turn;

impl ChoosingMethod {
    /// At the beginning of a gate.
    pub(crate) fn begin(case: Case, turn: &mut Turn<'_>) -> Self {
        turn.audit(&case, Reason::PresentedOptions);
        Self { case }
    }
}

impl ChoosingPurpose {
    /// On to the methods.
    pub(crate) fn chosen(self, turn: &mut Turn<'_>) -> ChoosingMethod {
        ChoosingMethod::begin(self.case, turn)
    }
}
