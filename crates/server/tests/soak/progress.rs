//! The progress messages of a run.

use std::io::Write;

/// A line about the progress of the run.
pub(crate) fn say(line: &str) {
    // A closed output is not an error.
    let _gone = writeln!(std::io::stdout(), "{line}");
}
