//! The audit log, in the reference system's words.
//!
//! There is one event for each thing that happens, and it never contains a secret. An administrator
//! who can read the reference's logs can read these.

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
