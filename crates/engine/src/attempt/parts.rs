//! Questions about an attempt whose answer depends on its state.

use postern_protocol::Method;

use crate::CallId;
use crate::attempt::Open;
use crate::code::LiveCode;
use crate::states::{EnteringPhone, LiveCall, Pending, State};

impl Open {
    pub(crate) const fn is_over(&self) -> bool {
        matches!(
            self.at,
            State::Done(_) | State::Refused(_) | State::Locked(_) | State::Ended(_)
        )
    }

    pub(crate) const fn call(&self) -> Option<CallId> {
        match self.live_call() {
            Some(call) => Some(call.id),
            None => None,
        }
    }

    /// Whether the attempt is at a gate whose method can be chosen.
    pub(crate) const fn is_at_gate(&self) -> bool {
        matches!(
            self.at,
            State::ChoosingMethod
                | State::EnteringPhone(_)
                | State::EnteringCode(_)
                | State::EnteringAuthenticatorCode(_)
                | State::AwaitingCall(_)
                | State::AnsweringQuestions(_)
        )
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

    /// The method whose proof is asked for now.
    pub(crate) const fn asked_now(&self) -> Option<Method> {
        match &self.at {
            State::EnteringPhone(state) => Some(state.method),
            State::EnteringCode(state) => Some(state.code.method),
            State::EnteringAuthenticatorCode(_) => Some(Method::AuthenticatorCode),
            State::AwaitingCall(state) => Some(state.call.method),
            State::AnsweringQuestions(_) => Some(Method::Questions),
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

    /// Whether this method was started, and still works or is asked for now.
    pub(crate) fn has_begun(&self, method: Method) -> bool {
        let is_pending = self.pending().is_some_and(|it| it.method() == method);
        is_pending || self.asked_now() == Some(method)
    }

    /// The started code or call that still works.
    pub(crate) fn pending(&self) -> Option<Pending> {
        let code = self.live_code().cloned().map(Pending::Code);
        code.or_else(|| self.live_call().cloned().map(Pending::Call))
    }

    /// Whether a call is in progress whose key can still be pressed.
    pub(crate) fn is_ringing(&self) -> bool {
        self.live_call().is_some_and(|call| !call.failed)
    }

    /// Whether a call of this method has ended without a key press.
    pub(crate) fn has_missed_call(&self, method: Method) -> bool {
        self.live_call()
            .is_some_and(|call| call.failed && call.method == method)
    }

    /// The code that the attempt waits for.
    pub(crate) const fn live_code(&self) -> Option<&LiveCode> {
        if let State::EnteringCode(state) = &self.at {
            return Some(&state.code);
        }
        if let State::EnteringPhone(EnteringPhone {
            pending: Some(Pending::Code(code)),
            ..
        }) = &self.at
        {
            return Some(code);
        }
        None
    }

    const fn live_call(&self) -> Option<&LiveCall> {
        if let State::AwaitingCall(state) = &self.at {
            return Some(&state.call);
        }
        if let State::EnteringPhone(EnteringPhone {
            pending: Some(Pending::Call(call)),
            ..
        }) = &self.at
        {
            return Some(call);
        }
        None
    }

    pub(crate) const fn live_call_mut(&mut self) -> Option<&mut LiveCall> {
        match &mut self.at {
            State::AwaitingCall(state) => Some(&mut state.call),
            State::EnteringPhone(EnteringPhone {
                pending: Some(Pending::Call(call)),
                ..
            }) => Some(call),
            State::ChoosingPurpose
            | State::ChoosingMethod
            | State::EnteringPhone(_)
            | State::EnteringCode(_)
            | State::EnteringAuthenticatorCode(_)
            | State::AnsweringQuestions(_)
            | State::ChoosingPassword(_)
            | State::ConfirmingUnlock
            | State::WritingBack(_)
            | State::Done(_)
            | State::Refused(_)
            | State::Locked(_)
            | State::Ended(_) => None,
        }
    }
}
