//! Failures of a command that have an exit code of their own.

use std::fmt;

/// A failure with an exit code of its own. All others end with exit code 1.
#[derive(Debug)]
pub enum Failure {
    /// The arguments make no sense: exit code 2.
    Misused(String),
    /// Nothing has that name: exit code 3.
    NotFound(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Misused(reason) | Self::NotFound(reason)) = self;
        formatter.write_str(reason)
    }
}

impl std::error::Error for Failure {}
