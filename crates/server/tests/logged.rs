//! What the server says of itself: claims about the log, the metrics and the reports of one
//! process.
//!
//! They are a program apart, so that what other tests log and count is not among what they read.

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
