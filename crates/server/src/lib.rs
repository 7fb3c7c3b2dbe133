#![doc = include_str!("../README.md")]

pub mod clock;
pub mod delivery;
pub mod development;
pub mod directory;
pub mod http;
pub mod judge;
mod letter;
mod metrics;
pub mod outbox;
mod random;
mod seal;
pub mod secret;
pub mod serve;
pub mod settings;
pub mod store;
mod words;
