//! The method that a claim is being proved by, and how far the proof is.

use core::time::Duration;

use alloc::vec::Vec;

use postern_protocol::{CodeLength, Method, Question, Timestamp};
use serde::{Deserialize, Serialize};

use crate::CallId;
use crate::code::LiveCode;
use crate::key::Digest;

/// How long the page waits before it offers to try a call again (Microsoft Entra support, "reset
/// your work or school password").
pub(crate) const CALL_RETRY: Duration = Duration::from_secs(10);

/// The method that a claim is being proved by, and how far the proof is.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proving {
    /// The person has to type the number on file.
    EnteringPhone(EnteringPhone),
    /// The service has sent a code.
    EnteringCode(EnteringCode),
    /// The person has to type the code of an app.
    EnteringAuthenticatorCode(EnteringAuthenticatorCode),
    /// The service has placed a call.
    AwaitingCall(AwaitingCall),
    /// The service asks questions.
    AnsweringQuestions(AnsweringQuestions),
}

/// The person has to type the number on file in full before the service uses it.
///
/// A code or call that was started before continues meanwhile: nothing has started yet in its
/// place.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EnteringPhone {
    pub(crate) method: Method,
    pub(crate) pending: Option<Pending>,
}

/// The service has sent a code by mail or text, and waits for it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EnteringCode {
    pub(crate) code: LiveCode,
}

/// The service waits for the code that an authenticator app shows now.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EnteringAuthenticatorCode {
    /// The last wrong code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) wrong: Option<WrongCode>,
}

/// The service has placed a call, and waits for `#`. The result comes from telephony. The page only
/// looks.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AwaitingCall {
    pub(crate) call: LiveCall,
}

/// The service asks some of the questions that the person registered.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AnsweringQuestions {
    pub(crate) questions: Vec<Question>,
}

/// The code or call that was started before and still works.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Pending {
    /// The service has sent a code.
    Code(LiveCode),
    /// The service has placed a call.
    Call(LiveCall),
}

/// A call, in the form that is kept.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct LiveCall {
    pub(crate) id: CallId,
    pub(crate) method: Method,
    pub(crate) called_at: Timestamp,
    pub(crate) failed: bool,
}

/// A wrong code, and when it was typed. The same code again costs no second try while the apps show
/// the same codes. Later the apps show other codes, and the same code is a new guess.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct WrongCode {
    pub(crate) digest: Digest,
    /// The time step of the shorter period (RFC 6238) in which the code was typed.
    pub(crate) step: u64,
}

macro_rules! proofs_with_data {
    ($($Proof:ident),+ $(,)?) => {
        $(
            impl From<$Proof> for Proving {
                fn from(proof: $Proof) -> Self {
                    Self::$Proof(proof)
                }
            }
        )+
    };
}

proofs_with_data!(
    EnteringPhone,
    EnteringCode,
    EnteringAuthenticatorCode,
    AwaitingCall,
    AnsweringQuestions,
);

impl Proving {
    /// The method whose proof is asked for.
    pub(crate) const fn method(&self) -> Method {
        match self {
            Self::EnteringPhone(state) => state.method,
            Self::EnteringCode(state) => state.code.method,
            Self::EnteringAuthenticatorCode(_) => Method::AuthenticatorCode,
            Self::AwaitingCall(state) => state.call.method,
            Self::AnsweringQuestions(_) => Method::Questions,
        }
    }

    /// Whether this method was started, and still works or is asked for now.
    pub(crate) fn has_begun(&self, method: Method) -> bool {
        let is_pending = self.pending().is_some_and(|it| it.method() == method);
        is_pending || self.method() == method
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

    /// The code that the service waits for.
    pub(crate) const fn live_code(&self) -> Option<&LiveCode> {
        match self {
            Self::EnteringCode(state) => Some(&state.code),
            Self::EnteringPhone(EnteringPhone {
                pending: Some(Pending::Code(code)),
                ..
            }) => Some(code),
            Self::EnteringPhone(_)
            | Self::EnteringAuthenticatorCode(_)
            | Self::AwaitingCall(_)
            | Self::AnsweringQuestions(_) => None,
        }
    }

    /// The call whose key press would be the proof: the current call, or the last call while the
    /// person types a number.
    pub(crate) const fn live_call(&self) -> Option<&LiveCall> {
        match self {
            Self::AwaitingCall(state) => Some(&state.call),
            Self::EnteringPhone(EnteringPhone {
                pending: Some(Pending::Call(call)),
                ..
            }) => Some(call),
            Self::EnteringPhone(_)
            | Self::EnteringCode(_)
            | Self::EnteringAuthenticatorCode(_)
            | Self::AnsweringQuestions(_) => None,
        }
    }

    pub(crate) const fn live_call_mut(&mut self) -> Option<&mut LiveCall> {
        match self {
            Self::AwaitingCall(state) => Some(&mut state.call),
            Self::EnteringPhone(EnteringPhone {
                pending: Some(Pending::Call(call)),
                ..
            }) => Some(call),
            Self::EnteringPhone(_)
            | Self::EnteringCode(_)
            | Self::EnteringAuthenticatorCode(_)
            | Self::AnsweringQuestions(_) => None,
        }
    }
}

impl Pending {
    pub(crate) const fn method(&self) -> Method {
        match self {
            Self::Code(code) => code.method,
            Self::Call(call) => call.method,
        }
    }
}

impl From<Pending> for Proving {
    fn from(pending: Pending) -> Self {
        match pending {
            Pending::Code(code) => EnteringCode { code }.into(),
            Pending::Call(call) => AwaitingCall { call }.into(),
        }
    }
}

impl EnteringCode {
    /// The number of digits of the code.
    pub(crate) const fn length(&self) -> CodeLength {
        self.code.length
    }
}
