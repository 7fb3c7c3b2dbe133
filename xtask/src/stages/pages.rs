//! Both pages as `cargo xtask build` makes them, once for all stages of a run.

use std::cell::Cell;

use anyhow::Result;

use super::log::Log;
use crate::{page::Page, setup, shell};

/// Whether this run has built them.
#[derive(Default)]
pub(super) struct Pages(Cell<bool>);

impl Pages {
    /// Builds them, unless a stage before has.
    pub(super) fn build(&self, log: &mut Log) -> Result<()> {
        if !self.0.get() {
            build(log, Page::Wizard)?;
            build(log, Page::Demo)?;
            self.0.set(true);
        }
        Ok(())
    }
}

/// Builds a page as `cargo xtask build` does, with its output in the log.
fn build(log: &mut Log, page: Page) -> Result<()> {
    setup::page()?;
    // By way of cargo: the stages before have put another xtask in the place of this one.
    let mut xtask = shell::cargo(&[
        "run",
        "--quiet",
        "--locked",
        "--package",
        "xtask",
        "--",
        "build",
    ]);
    match page {
        Page::Wizard => log.check(&mut xtask),
        Page::Demo => log.check(xtask.arg("--demo")),
    }
}
