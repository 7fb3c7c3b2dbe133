//! The states of an attempt, each with what is true in it alone.
//!
//! A state can only be reached through the one before it: its fields are private, so that no code can construct an
//! attempt whose gates were never passed.

mod answering_questions;
mod arriving;
mod awaiting_call;
mod choosing_method;
mod choosing_password;
mod choosing_purpose;
mod confirming_unlock;
mod done;
mod ended;
mod entering_authenticator_code;
mod entering_code;
mod entering_phone;
mod locked;
mod refused;
mod writing_back;

pub use answering_questions::AnsweringQuestions;
pub use arriving::Arriving;
pub use awaiting_call::AwaitingCall;
pub use choosing_method::ChoosingMethod;
pub use choosing_password::ChoosingPassword;
pub use choosing_purpose::ChoosingPurpose;
pub use confirming_unlock::ConfirmingUnlock;
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
