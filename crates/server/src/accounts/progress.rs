//! Shows a person at a terminal the progress of a long import. A file or a pipe gets no progress.

use indicatif::{ProgressBar, ProgressStyle};

const COUNTED: &str = "{msg} {pos} of {len} [{bar:30}] {eta} left";

/// A stage of an import: one line on standard error, if that is a terminal. The line disappears at
/// the end of the stage.
pub(super) struct Stage(ProgressBar);

impl Stage {
    pub(super) fn new(name: &'static str, length: usize) -> Self {
        let bar = ProgressBar::new(length as u64);
        if let Ok(style) = ProgressStyle::with_template(COUNTED) {
            bar.set_style(style);
        }
        Self(bar.with_message(name))
    }

    pub(super) fn advance(&self, count: usize) {
        self.0.inc(count as u64);
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
