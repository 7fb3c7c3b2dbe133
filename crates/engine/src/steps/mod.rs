//! For each state, what follows from an input: the next state, and the commands.

mod answering_questions;
pub(crate) mod choosing_method;
mod choosing_password;
mod closed;
pub(crate) mod confirming_unlock;
mod done;
mod entering_authenticator_code;
mod entering_code;
mod writing_back;
