//! The size stage: the first load and the numbering plans are within their budgets, and no page
//! contains anything forbidden.

use std::{env, fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::{choice::Choice, declarations, demo_code, log::Log, tally::Tally};
use crate::{
    finish, metadata,
    page::{PAGES, Page, WIZARD},
    portal::example,
    size::{embed, page, phone},
    workspace,
};

/// A check of the built pages, as a claim that can fail.
type SizeCheck = fn() -> Result<String>;
const CHECKS: [(&str, SizeCheck); 10] = [
    ("each first load is within its budget", are_within_budgets),
    (
        "a portal pays little before the person comes near",
        embed_is_within_budget,
    ),
    (
        "the numbering plans and their code are within their budget",
        phone_is_within_budget,
    ),
    (
        "no page links the phonenumber crate",
        no_page_links_the_phonenumber_crate,
    ),
    (
        "production has no demo code",
        demo_code::production_has_no_demo_code,
    ),
    (
        "production has no pseudo-locale",
        demo_code::production_has_no_pseudo_locale,
    ),
    ("no page names a path of this machine", no_machine_paths),
    (
        "the element is what its declarations say",
        declarations::hold,
    ),
    (
        "the package is as npm, bundlers and compilers want one",
        declarations::package_is_sound,
    ),
    ("a portal in React is typed by them", example::check),
];

pub(super) fn run(log: &mut Log, choice: Choice) -> Result<Tally> {
    choice.pages.build(log, choice.xtask)?;
    let mut tally = Tally::default();
    for (claim, check) in CHECKS {
        tally += log.claim(claim, check())?;
    }
    Ok(tally)
}

fn are_within_budgets() -> Result<String> {
    let mut said = Vec::new();
    for (of, budget) in Page::measured() {
        let weight = page::weigh(&of.site(), budget)?;
        ensure!(
            weight.is_within_budget(),
            "{}:\n{weight}\nthis is more than the budget of {budget}",
            of.name
        );
        said.push(format!("{}:\n{weight}", of.name));
    }
    Ok(said.join("\n"))
}

fn embed_is_within_budget() -> Result<String> {
    let mut said = Vec::new();
    for (of, budget) in Page::measured().filter(|(of, _)| of.is_embedded) {
        let site = of.site();
        let weight = embed::weigh(&site, &page::weigh(&site, budget)?)?;
        ensure!(
            weight.is_within_budget(),
            "this is more than the budget:\n{weight}"
        );
        said.push(weight.to_string());
    }
    Ok(said.join("\n"))
}

fn phone_is_within_budget() -> Result<String> {
    let weight = phone::weigh(&WIZARD.site())?;
    ensure!(
        weight.is_within_budget(),
        "this is more than the budget:\n{weight}"
    );
    Ok(weight.to_string())
}

/// A dependency could add the crate. The size of the first load would then only show that something
/// was added.
fn no_page_links_the_phonenumber_crate() -> Result<String> {
    let mut read = Vec::new();
    for site in PAGES.map(Page::site) {
        let is_wasm = |file: &String| Path::new(file).extension().is_some_and(|it| it == "wasm");
        for file in finish::files(&site)?.into_iter().filter(is_wasm) {
            ensure!(
                !metadata::is_in(&fs::read(site.join(&file))?),
                "{file} has the metadata of the crate phonenumber"
            );
            read.push(file);
        }
    }
    ensure!(
        read.len() == PAGES.len(),
        "each page must have one wasm, not {read:?}"
    );
    Ok(format!("not in {}", read.join(", ")))
}

/// Served files must not reveal the path of the build machine.
fn no_machine_paths() -> Result<String> {
    let home = env::var("HOME").context("HOME is not set")?;
    let root = workspace::root().display().to_string();
    for site in PAGES.map(Page::site) {
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
