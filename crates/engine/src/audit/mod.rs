//! What happened, in the reference system's words.
//!
//! One event for each thing that happened, never with a secret, so that an administrator who can
//! read the reference's logs can read these.

mod action;
mod activity;
mod administration;
mod concealed;
mod event;
mod reason;

pub use action::Action;
pub use activity::Activity;
pub use administration::{Administration, Counts};
pub use concealed::Concealed;
pub use event::{AuditEvent, AuditResult};
pub use reason::{Blocked, Reason, ReasonKind};

#[cfg(test)]
mod tests;
