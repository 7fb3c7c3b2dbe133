//! Questions about an attempt whose answer depends on its state.

use postern_protocol::Method;

use super::Open;
use crate::CallId;
use crate::code::LiveCode;
use crate::proof::Proving;
use crate::reset::states::State;

impl Open {
    pub(crate) const fn is_over(&self) -> bool {
        matches!(
            self.at,
            State::Done(_) | State::Refused(_) | State::Locked(_) | State::Ended(_)
        )
    }

    pub(crate) fn call(&self) -> Option<CallId> {
        let call = self.proving()?.live_call()?;
        Some(call.id)
    }

    /// Whether the attempt is at a gate whose method can be chosen.
    pub(crate) const fn is_at_gate(&self) -> bool {
        matches!(self.at, State::ChoosingMethod | State::Proving(_))
    }

    /// Whether the person has passed every gate and is not yet back in: a lock then has nothing
    /// left to protect.
    pub(crate) const fn is_proven(&self) -> bool {
        matches!(
            self.at,
            State::ChoosingPassword(_) | State::ConfirmingUnlock | State::WritingBack(_)
        )
    }

    /// Whether the person may ask the administrators for help: until they are back in or have left.
    pub(crate) const fn can_ask_for_help(&self) -> bool {
        !matches!(self.at, State::Done(_) | State::Ended(_))
    }

    /// The method that the person gives a proof of.
    pub(crate) const fn proving(&self) -> Option<&Proving> {
        match &self.at {
            State::Proving(proving) => Some(proving),
            State::ChoosingPurpose
            | State::ChoosingMethod
            | State::ChoosingPassword(_)
            | State::ConfirmingUnlock
            | State::WritingBack(_)
            | State::Done(_)
            | State::Refused(_)
            | State::Locked(_)
            | State::Ended(_) => None,
        }
    }

    /// The method whose proof is asked for now.
    pub(crate) fn asked_now(&self) -> Option<Method> {
        self.proving().map(Proving::method)
    }

    /// The code that the attempt waits for.
    pub(crate) fn live_code(&self) -> Option<&LiveCode> {
        self.proving().and_then(Proving::live_code)
    }
}
