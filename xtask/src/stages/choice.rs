//! The choices for a run of the stages.

use std::path::Path;

use super::{native::Native, pages::Pages};

/// The data that a stage may need.
#[derive(Clone, Copy)]
pub(super) struct Choice<'a> {
    /// The only engine for the browser stage, if one was chosen.
    pub(super) engine: Option<&'a str>,
    /// The pages, which several stages use.
    pub(super) pages: &'a Pages,
    /// The native build, which several stages use.
    pub(super) native: &'a Native,
    /// A copy of this program that no stage replaces.
    pub(super) xtask: &'a Path,
}
