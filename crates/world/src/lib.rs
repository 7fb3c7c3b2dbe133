//! A whole host of the engine, in memory.
//!
//! It keeps everything in one [`World`] that can be written to JSON and read back, mirrors the HTTP
//! API one to one, and shows by example what a host owes the engine. The demo runs it in the page;
//! the scenarios run it in tests.

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
