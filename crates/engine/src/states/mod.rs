//! The states of an attempt, each with what is true in it alone.
//!
//! What is true in all of them is in the [`Case`](crate::Case). A state can only be reached through
//! the one before it: its fields are private, so that no code can construct an attempt whose gates
//! were never passed.

mod answering_questions;
mod awaiting_call;
mod choosing_password;
mod done;
mod ended;
mod entering_authenticator_code;
mod entering_code;
mod entering_phone;
mod locked;
mod refused;
mod writing_back;

use serde::{Deserialize, Serialize};

pub use answering_questions::AnsweringQuestions;
pub use awaiting_call::AwaitingCall;
pub use choosing_password::ChoosingPassword;
pub use done::Done;
pub use ended::Ended;
pub use entering_authenticator_code::EnteringAuthenticatorCode;
pub use entering_code::EnteringCode;
pub use entering_phone::EnteringPhone;
pub use locked::Locked;
pub use refused::Refused;
pub use writing_back::{WRITE_BACK_PATIENCE, WritingBack};

pub(crate) use awaiting_call::{CALL_RETRY, LiveCall};
pub(crate) use entering_authenticator_code::WrongCode;
pub(crate) use entering_phone::Pending;

/// The state that an attempt is in.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Reset or unlock? Asked only where the policy separates unlock from reset, and chosen anew,
    /// here or later, until a gate is passed.
    ChoosingPurpose,
    /// Which method for this gate? Where each gate begins; the person can change to another method
    /// from there.
    ChoosingMethod,
    /// The number on file has to be typed.
    EnteringPhone(EnteringPhone),
    /// A code was sent.
    EnteringCode(EnteringCode),
    /// An app shows a code.
    EnteringAuthenticatorCode(EnteringAuthenticatorCode),
    /// A call was placed.
    AwaitingCall(AwaitingCall),
    /// Questions are asked.
    AnsweringQuestions(AnsweringQuestions),
    /// Every gate is passed: which password?
    ChoosingPassword(ChoosingPassword),
    /// Every gate is passed: unlock? One press and nothing to type; it waits for that press because
    /// a page may be reloaded at any moment.
    ConfirmingUnlock,
    /// The directory is being written to.
    WritingBack(WritingBack),
    /// Back in.
    Done(Done),
    /// Not possible.
    Refused(Refused),
    /// Too many tries.
    Locked(Locked),
    /// Over without a reset.
    Ended(Ended),
}

macro_rules! states_with_data {
    ($($State:ident),+ $(,)?) => {
        $(
            impl From<$State> for State {
                fn from(state: $State) -> Self {
                    Self::$State(state)
                }
            }
        )+
    };
}

states_with_data!(
    EnteringPhone,
    EnteringCode,
    EnteringAuthenticatorCode,
    AwaitingCall,
    AnsweringQuestions,
    ChoosingPassword,
    WritingBack,
    Done,
    Refused,
    Locked,
    Ended,
);
