#![doc = include_str!("../README.md")]

pub mod accounts;
pub mod audit;
pub mod breached;
pub mod check;
pub mod cli;
pub mod clock;
mod colour;
pub mod config;
pub mod delivery;
pub mod deployment;
#[cfg(feature = "development")]
pub mod development;
pub mod directory;
pub mod failure;
mod files;
mod formula;
mod gzip;
pub mod http;
pub mod judge;
pub mod keys;
mod load;
pub mod logo;
mod metrics;
pub mod outbox;
mod places;
mod population;
mod pressure;
mod random;
pub mod registrations;
mod seal;
pub mod secret;
pub mod serve;
pub mod settings;
pub mod store;
pub mod uncarried;
mod visible;
