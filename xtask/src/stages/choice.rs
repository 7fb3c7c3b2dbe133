//! What is chosen for a run of the stages.

use std::path::Path;

use super::pages::Pages;

/// What a stage may want to know.
#[derive(Clone, Copy)]
pub(super) struct Choice<'a> {
    /// The one engine that the browser stage is to run in.
    pub(super) engine: Option<&'a str>,
    /// What stages build that others look at too.
    pub(super) pages: &'a Pages,
    /// This program, where no stage builds another in its place.
    pub(super) xtask: &'a Path,
}
