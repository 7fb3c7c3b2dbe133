//! The size stage: the first load is within its budget, and the production page carries nothing of the demo.

use std::{env, fs};

use anyhow::{Context, Result, ensure};

use super::{Choice, browser, demo_code, log::Log, tally::Tally};
use crate::{finish, page::Page, size, workspace};

/// What is asked of the built pages, each as a claim that can fail.
type Check = fn() -> Result<String>;
const CHECKS: [(&str, Check); 3] = [
    ("the first load is within its budget", is_within_budget),
    (
        "production has no demo code",
        demo_code::production_has_no_demo_code,
    ),
    ("no page names a path of this machine", no_machine_paths),
];

pub(super) fn run(log: &mut Log, _: Choice) -> Result<Tally> {
    browser::build(log, Page::Wizard)?;
    browser::build(log, Page::Demo)?;
    let mut tally = Tally::default();
    for (claim, check) in CHECKS {
        match check() {
            Ok(found) => {
                log.note(&format!("ok: {claim}\n{found}"))?;
                tally += Tally::SUCCESS;
            }
            Err(error) => {
                log.note(&format!("FAILED: {claim}\n{error:#}"))?;
                tally += Tally::FAILURE;
            }
        }
    }
    Ok(tally)
}

fn is_within_budget() -> Result<String> {
    let weight = size::weigh(&Page::Wizard.site())?;
    ensure!(
        weight.is_within_budget(),
        "{weight}\nmore than the {} of the budget",
        size::BUDGET_BYTES
    );
    Ok(weight.to_string())
}

/// What is served must not tell where it was built.
fn no_machine_paths() -> Result<String> {
    let home = env::var("HOME").context("HOME is not set")?;
    let root = workspace::root().display().to_string();
    for site in [Page::Wizard.site(), Page::Demo.site()] {
        for file in finish::files(&site)? {
            let bytes = fs::read(site.join(&file))?;
            let text = String::from_utf8_lossy(&bytes);
            for path in [&home, &root] {
                ensure!(!text.contains(&format!("{path}/")), "{file} names {path}");
            }
        }
    }
    Ok(format!("neither {home} nor {root}"))
}
