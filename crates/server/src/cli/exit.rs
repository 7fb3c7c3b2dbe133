//! What a command ends with.

use std::fmt;
use std::process::ExitCode;

/// Exit code of a command whose arguments mean nothing: the same as of those that cannot be read.
const MISUSED: u8 = 2;

/// Exit code of a command that was asked about something that is not there.
const NOT_FOUND: u8 = 3;

/// There is nothing of that name. A command that fails with this ends with exit code 3.
#[derive(Debug)]
pub struct NotFound(pub String);

impl fmt::Display for NotFound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for NotFound {}

/// The arguments mean nothing. A command that fails with this ends with exit code 2.
#[derive(Debug)]
pub struct Misused(pub String);

impl fmt::Display for Misused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Misused {}

/// The exit code for an error.
pub fn exit_code(error: &anyhow::Error) -> ExitCode {
    if error.is::<NotFound>() {
        ExitCode::from(NOT_FOUND)
    } else if error.is::<Misused>() {
        ExitCode::from(MISUSED)
    } else {
        ExitCode::FAILURE
    }
}
