//! All pages as `cargo xtask build` makes them, built once for all stages of a run.

use std::{path::Path, sync::Mutex};

use anyhow::{Result, anyhow};

use super::log::Log;
use crate::{
    page::{PAGES, Page},
    setup, shell,
};

/// Whether this run has built the pages.
#[derive(Default)]
pub(super) struct Pages(Mutex<bool>);

impl Pages {
    /// Builds all pages, unless an earlier stage has.
    pub(super) fn build(&self, log: &mut Log, xtask: &Path) -> Result<()> {
        let are_built = self.0.lock();
        let mut are_built = are_built.map_err(|_| anyhow!("an earlier build was interrupted"))?;
        if !*are_built {
            for page in PAGES {
                build(log, xtask, page)?;
            }
            *are_built = true;
        }
        Ok(())
    }
}

/// Builds a page as `cargo xtask build` does, with its output in the log.
fn build(log: &mut Log, xtask: &Path, page: &Page) -> Result<()> {
    setup::page()?;
    log.check(shell::command(xtask).args(["build", page.name]))
}
