//! The browser stage: builds both pages, the example portal and the service, and runs whole
//! journeys in three engines.

use anyhow::Result;

use super::{
    choice::Choice,
    log::Log,
    native::{self, linted},
    production,
    tally::Tally,
};
use crate::{
    page::{DEMO, WIZARD},
    portal::example,
    setup, shell, workspace,
};

/// The beginning of a line in which the browser tests name a browser and its version.
const VERSION_PREFIX: &str = "browser: ";

pub(super) fn run(log: &mut Log, choice: Choice) -> Result<Tally> {
    let axe = setup::browsers()?;
    choice.pages.build(log, choice.xtask)?;
    log.check(shell::command(choice.xtask).args(["build", "--portal"]))?;
    setup::peers()?;
    let server = production::server(log)?;
    let tests = ["build", "--locked", "--workspace", "--bin", "browser"];
    native::build(log, linted(&tests)?)?;
    let mut test = shell::command(workspace::target().join("debug/browser"));
    test.arg("--site").arg(DEMO.site());
    test.arg("--wizard").arg(WIZARD.site());
    test.arg("--portal").arg(example::site());
    test.arg("--service").arg(server);
    test.arg("--screens")
        .arg(workspace::target().join("screens"));
    test.arg("--axe").arg(axe);
    if let Some(engine) = choice.engine {
        test.args(["--engine", engine]);
    }
    let tally = log.tests(&mut test, Tally::of_last_line)?;
    if let Some(browsers) = browsers(&log.text()?) {
        log.remark(&browsers);
    }
    Ok(tally)
}

/// The browsers of the tests, with their versions. A new failure may come from a change in a
/// browser.
fn browsers(output: &str) -> Option<String> {
    let mut browsers: Vec<&str> = Vec::new();
    for browser in output
        .lines()
        .filter_map(|line| line.strip_prefix(VERSION_PREFIX))
    {
        // An engine may run in several browsers at once.
        if !browsers.contains(&browser) {
            browsers.push(browser);
        }
    }
    (!browsers.is_empty()).then(|| browsers.join(", "))
}

#[cfg(test)]
mod tests {
    use super::browsers;

    #[test]
    fn the_stage_says_which_browsers_it_ran_in() {
        let output = "browser: firefox 140.10.0\nfirefox a::b ok 1.0 s\nbrowser: firefox 140.10.0\nbrowser: chromium 148.0.7778.167\n2 passed, 0 failed";
        assert_eq!(
            browsers(output).as_deref(),
            Some("firefox 140.10.0, chromium 148.0.7778.167")
        );
        assert_eq!(browsers("0 passed, 0 failed"), None);
    }
}
