//! What the states of an attempt have in common, asked of the attempt.
//!
//! The list of states stands here once; everything that goes through all of them is made of it.

use postern_protocol::Method;

use crate::code::LiveCode;
use crate::states::{
    AnsweringQuestions, AwaitingCall, ChoosingMethod, ChoosingPassword, ChoosingPurpose,
    ConfirmingUnlock, Done, Ended, EnteringAuthenticatorCode, EnteringCode, EnteringPhone,
    LiveCall, Locked, Pending, Refused, WritingBack,
};
use crate::{Attempt, CallId, Case};

macro_rules! states_with_a_case {
    ($($State:ident),+ $(,)?) => {
        $(
            impl From<$State> for Attempt {
                fn from(state: $State) -> Self {
                    Self::$State(state)
                }
            }
        )+

        impl Attempt {
            /// What every state but the first knows.
            pub const fn case(&self) -> Option<&Case> {
                match self {
                    Self::Arriving(_) => None,
                    $(Self::$State(state) => Some(&state.case),)+
                }
            }

            pub(crate) const fn case_mut(&mut self) -> Option<&mut Case> {
                match self {
                    Self::Arriving(_) => None,
                    $(Self::$State(state) => Some(&mut state.case),)+
                }
            }

            pub(crate) fn into_case(self) -> Option<Case> {
                match self {
                    Self::Arriving(_) => None,
                    $(Self::$State(state) => Some(state.case),)+
                }
            }
        }
    };
}

states_with_a_case!(
    ChoosingPurpose,
    ChoosingMethod,
    EnteringPhone,
    EnteringCode,
    EnteringAuthenticatorCode,
    AwaitingCall,
    AnsweringQuestions,
    ChoosingPassword,
    ConfirmingUnlock,
    WritingBack,
    Done,
    Refused,
    Locked,
    Ended,
);

impl From<crate::states::Arriving> for Attempt {
    fn from(state: crate::states::Arriving) -> Self {
        Self::Arriving(state)
    }
}

impl Attempt {
    /// Whether nothing but looking (and, of some, asking for help) is left.
    pub const fn is_over(&self) -> bool {
        matches!(
            self,
            Self::Done(_) | Self::Refused(_) | Self::Locked(_) | Self::Ended(_)
        )
    }

    /// The call whose key press would pass the gate: the one under way, or the one before while a number is typed.
    pub const fn call(&self) -> Option<CallId> {
        match self.live_call() {
            Some(call) => Some(call.id),
            None => None,
        }
    }

    /// Whether it stands before a gate whose method can be chosen.
    pub(crate) const fn is_at_gate(&self) -> bool {
        matches!(
            self,
            Self::ChoosingMethod(_)
                | Self::EnteringPhone(_)
                | Self::EnteringCode(_)
                | Self::EnteringAuthenticatorCode(_)
                | Self::AwaitingCall(_)
                | Self::AnsweringQuestions(_)
        )
    }

    /// Whether every gate is passed and the person not yet back in: a lock has nothing left to protect.
    pub(crate) const fn is_proven(&self) -> bool {
        matches!(
            self,
            Self::ChoosingPassword(_) | Self::ConfirmingUnlock(_) | Self::WritingBack(_)
        )
    }

    /// Whether the person may ask the administrators for help: as long as they are not back in and have not left.
    pub(crate) const fn can_ask_for_help(&self) -> bool {
        !matches!(self, Self::Arriving(_) | Self::Done(_) | Self::Ended(_))
    }

    /// The method whose proof is asked for now.
    pub(crate) const fn asked_now(&self) -> Option<Method> {
        match self {
            Self::EnteringPhone(state) => Some(state.method),
            Self::EnteringCode(state) => Some(state.code.method),
            Self::EnteringAuthenticatorCode(_) => Some(Method::AuthenticatorCode),
            Self::AwaitingCall(state) => Some(state.call.method),
            Self::AnsweringQuestions(_) => Some(Method::Questions),
            Self::Arriving(_)
            | Self::ChoosingPurpose(_)
            | Self::ChoosingMethod(_)
            | Self::ChoosingPassword(_)
            | Self::ConfirmingUnlock(_)
            | Self::WritingBack(_)
            | Self::Done(_)
            | Self::Refused(_)
            | Self::Locked(_)
            | Self::Ended(_) => None,
        }
    }

    /// Whether that method was started, and still works or is asked for now.
    pub(crate) fn has_begun(&self, method: Method) -> bool {
        let is_pending = self.pending().is_some_and(|it| it.method() == method);
        is_pending || self.asked_now() == Some(method)
    }

    /// What was started and still works.
    pub(crate) fn pending(&self) -> Option<Pending> {
        let code = self.live_code().cloned().map(Pending::Code);
        code.or_else(|| self.live_call().cloned().map(Pending::Call))
    }

    /// Whether a call is under way whose key can still be pressed.
    pub(crate) fn is_ringing(&self) -> bool {
        self.live_call().is_some_and(|call| !call.failed)
    }

    /// Whether a call of that method has ended without the key being pressed.
    pub(crate) fn has_missed_call(&self, method: Method) -> bool {
        self.live_call()
            .is_some_and(|call| call.failed && call.method == method)
    }

    /// The code that is waited for.
    pub(crate) const fn live_code(&self) -> Option<&LiveCode> {
        if let Self::EnteringCode(state) = self {
            return Some(&state.code);
        }
        if let Self::EnteringPhone(EnteringPhone {
            pending: Some(Pending::Code(code)),
            ..
        }) = self
        {
            return Some(code);
        }
        None
    }

    const fn live_call(&self) -> Option<&LiveCall> {
        if let Self::AwaitingCall(state) = self {
            return Some(&state.call);
        }
        if let Self::EnteringPhone(EnteringPhone {
            pending: Some(Pending::Call(call)),
            ..
        }) = self
        {
            return Some(call);
        }
        None
    }

    pub(crate) const fn live_call_mut(&mut self) -> Option<&mut LiveCall> {
        match self {
            Self::AwaitingCall(state) => Some(&mut state.call),
            Self::EnteringPhone(EnteringPhone {
                pending: Some(Pending::Call(call)),
                ..
            }) => Some(call),
            Self::Arriving(_)
            | Self::ChoosingPurpose(_)
            | Self::ChoosingMethod(_)
            | Self::EnteringPhone(_)
            | Self::EnteringCode(_)
            | Self::EnteringAuthenticatorCode(_)
            | Self::AnsweringQuestions(_)
            | Self::ChoosingPassword(_)
            | Self::ConfirmingUnlock(_)
            | Self::WritingBack(_)
            | Self::Done(_)
            | Self::Refused(_)
            | Self::Locked(_)
            | Self::Ended(_) => None,
        }
    }
}
