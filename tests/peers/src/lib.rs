//! What a service is tested with, really there: a database, a mail server, a text gateway with its
//! network, a telephone exchange, a reverse proxy, and a set of breached passwords.
//!
//! Each ends with its handle, and with the program that started it, also where that is killed. None
//! is skipped where it is missing: a test that needs it must not pass without, so that starting it
//! panics and says what is not installed.

#![expect(
    clippy::missing_panics_doc,
    reason = "whatever is wrong with a peer ends the test that needs it"
)]

pub mod breaches;
pub mod exchange;
pub mod folder;
pub mod kannel;
pub mod keeper;
#[cfg(test)]
mod killed;
pub mod nginx;
pub mod postgres;
pub mod process;
pub mod smtp;
