//! For each state, what follows from an input: the next state, and the commands.

pub(crate) mod choosing_method;
mod choosing_password;
mod closed;
pub(crate) mod confirming_unlock;
mod done;
mod writing_back;
