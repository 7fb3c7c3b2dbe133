//! The arguments of the tests.

use std::path::PathBuf;

use crate::words::Words;

/// The arguments of the tests, and data that is read once for all engines.
pub(crate) struct Given {
    pub(crate) site: PathBuf,
    pub(crate) wizard: PathBuf,
    pub(crate) portal: PathBuf,
    pub(crate) screens: PathBuf,
    pub(crate) server: PathBuf,
    pub(crate) service: PathBuf,
    pub(crate) axe: String,
    pub(crate) packages: PathBuf,
    pub(crate) words: Words,
}
