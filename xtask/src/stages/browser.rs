//! The browser stage: both pages, the example portal and the service built, then driven through whole journeys in three engines.

use anyhow::Result;

use super::{Choice, log::Log, production, tally::Tally};
use crate::{page::Page, portal::example, setup, shell, workspace};

pub(super) fn run(log: &mut Log, choice: Choice) -> Result<Tally> {
    let axe = setup::browsers()?;
    choice.pages.build(log)?;
    log.check(&mut shell::cargo(&[
        "run",
        "--quiet",
        "--locked",
        "--package",
        "xtask",
        "--",
        "build",
        "--portal",
    ]))?;
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
    test.arg("--portal").arg(example::site());
    test.arg("--service").arg(server);
    test.arg("--screens")
        .arg(workspace::target().join("screens"));
    test.arg("--axe").arg(axe);
    if let Some(engine) = choice.engine {
        test.args(["--engine", engine]);
    }
    log.tests(&mut test, Tally::of_last_line)
}
