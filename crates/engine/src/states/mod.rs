//! The states of an attempt, each with the data that only it has.
//!
//! The data of all states is in the [`Case`](crate::Case). A state can only be reached through the
//! one before it: its fields are private, so that no other code can construct an attempt whose
//! gates were never passed.

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
    /// Reset or unlock? The service asks this only if the policy separates unlock from reset. The
    /// person can choose again, in this state or later, until a gate is passed.
    ChoosingPurpose,
    /// Which method for this gate? Each gate begins in this state, and the person can change to
    /// another method from the later states.
    ChoosingMethod,
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
    /// Every gate is passed. Which password?
    ChoosingPassword(ChoosingPassword),
    /// Every gate is passed. Unlock? The person only presses a button. The state waits for that
    /// press because a page may be reloaded at any moment.
    ConfirmingUnlock,
    /// The host is writing to the directory.
    WritingBack(WritingBack),
    /// The person is back in.
    Done(Done),
    /// A reset is not possible.
    Refused(Refused),
    /// There were too many tries.
    Locked(Locked),
    /// The attempt is over without a reset.
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
