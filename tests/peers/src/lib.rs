//! The real peers for tests of the service: a database, a mail server, a text gateway with its
//! network, a telephone exchange, a reverse proxy, and a set of breached passwords.
//!
//! Each peer ends with its handle, and with the program that started it, even if that is killed. A
//! test that needs a missing peer must not pass, so the start panics and names the missing program.

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
