//! Tests of the server's reports: the log, the metrics and the reports of one process.
//!
//! They are a separate program, so that they do not read the log lines and counters of other tests.

#[macro_use]
mod support;

mod breached;
mod observe;
mod renewal;
mod reports;
mod schemathesis;
mod secrecy;
mod slow;
mod tls;
