//! The browser stage: both pages and the service built, then driven through whole journeys in three engines.

use anyhow::Result;

use super::{Choice, log::Log, production, tally::Tally};
use crate::{page::Page, setup, shell, workspace};

pub(super) fn run(log: &mut Log, choice: Choice) -> Result<Tally> {
    let axe = setup::browsers()?;
    build(log, Page::Wizard)?;
    build(log, Page::Demo)?;
    setup::peers()?;
    let server = production::server(log)?;
    let mut test = shell::cargo(&[
        "run",
        "--quiet",
        "--locked",
        "--package",
        "postern-tests",
        "--bin",
        "browser",
        "--",
    ]);
    test.arg("--site").arg(Page::Demo.site());
    test.arg("--wizard").arg(Page::Wizard.site());
    test.arg("--service").arg(server);
    test.arg("--screens")
        .arg(workspace::target().join("screens"));
    test.arg("--axe").arg(axe);
    if let Some(engine) = choice.engine {
        test.args(["--engine", engine]);
    }
    log.tests(&mut test, Tally::of_last_line)
}

/// Builds a page as `cargo xtask build` does, with its output in the log.
pub(super) fn build(log: &mut Log, page: Page) -> Result<()> {
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
