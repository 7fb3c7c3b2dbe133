//! The beginning of a gate.

use crate::audit::Reason;
use crate::reset::states::State;
use crate::turn::Turn;
use crate::{Case, Open};

/// Begins a gate: the person may choose a method.
pub(crate) fn begin(case: Case, turn: &mut Turn<'_>) -> Open {
    turn.audit(&case.claim, Reason::PresentedOptions);
    Open::new(case, State::ChoosingMethod)
}
