//! The reset of a password and the unlock of an account: an attempt from the identifier to the end.

pub(crate) mod arrival;
pub(crate) mod attempt;
pub(crate) mod case;
mod ending;
pub(crate) mod handle;
pub(crate) mod help;
mod next;
mod passage;
pub mod states;
mod steps;
mod view;
