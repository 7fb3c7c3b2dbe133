//! What each state makes of what happens in it: the next one, and what has to be done.

mod answering_questions;
pub(crate) mod choosing_method;
mod choosing_password;
mod closed;
pub(crate) mod confirming_unlock;
mod done;
mod entering_authenticator_code;
mod entering_code;
mod writing_back;
