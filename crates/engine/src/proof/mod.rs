//! Proofs: how a person passes a gate, whatever is behind the gate.
//!
//! The functions here take a [`Claim`] and the method that it is being proved by, and return what
//! came of the input ([`Progress`]). They know no attempt: their caller decides what follows a
//! proof or a lock.

mod answering_questions;
mod begin;
mod claim;
mod entering_authenticator_code;
mod entering_code;
pub(crate) mod gates;
pub(crate) mod locks;
mod phone;
mod progress;
mod prove;
mod proving;
mod sending;
mod start;
mod tries;
mod view;

pub use claim::Subject;
pub use proving::Proving;

pub(crate) use claim::{Claim, MatchedNumbers};
pub(crate) use progress::Progress;
pub(crate) use prove::{call_ended, prove};
pub(crate) use proving::{
    AnsweringQuestions, AwaitingCall, EnteringAuthenticatorCode, EnteringCode, EnteringPhone,
};
pub(crate) use start::start;
pub(crate) use view::step_of;
