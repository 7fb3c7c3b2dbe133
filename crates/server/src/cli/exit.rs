//! The exit codes of commands.

use std::process::ExitCode;

use crate::failure::Failure;

/// Exit code of a command whose arguments make no sense together. Unreadable arguments give the
/// same code.
const MISUSED: u8 = 2;

/// Exit code of a command that names something that does not exist.
const NOT_FOUND: u8 = 3;

/// The exit code for an error.
pub fn exit_code(error: &anyhow::Error) -> ExitCode {
    match error.downcast_ref() {
        Some(Failure::Misused(_)) => ExitCode::from(MISUSED),
        Some(Failure::NotFound(_)) => ExitCode::from(NOT_FOUND),
        None => ExitCode::FAILURE,
    }
}
