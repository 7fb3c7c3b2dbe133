//! The person's view of a flow: what a page shows, what it sends, and where Back leads.
//!
//! Every module is a pure state machine: events in, state and effects out. No framework and no
//! browser is in the manifest of this crate, so that all of it runs in native tests.

mod plans;
pub mod reset;

pub use plans::PlanTable;
