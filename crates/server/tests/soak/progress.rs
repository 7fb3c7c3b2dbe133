//! What a run tells of itself while it goes on.

use std::io::Write;

/// A line about the progress of the run.
pub(crate) fn say(line: &str) {
    // A closed output is no error.
    let _gone = writeln!(std::io::stdout(), "{line}");
}
