//! A complete host of the engine, in memory.
//!
//! It keeps everything in one [`World`] that can be written to JSON and read back. It has the same
//! operations as the HTTP API. It shows by example what a host has to do for the engine. The demo
//! runs it in the page, and the scenarios run it in tests.

#![no_std]
#![warn(missing_docs)]

extern crate alloc;

mod breaches;
pub mod contoso;
mod directory;
mod hear;
mod idempotency;
mod outbox;
mod world;

pub use breaches::Breaches;
pub use directory::{Directory, Fault};
pub use outbox::{CallStatus, Delivery, Message, Outbox};
pub use world::World;
