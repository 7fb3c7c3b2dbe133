//! `cargo xtask bench page`: Lighthouse on the production page, compared with a bare Leptos
//! counter.
//!
//! Both use the same profile and the same server, over HTTP/2 with brotli. Their runs alternate, so
//! that other load of the machine affects both equally. Throttling is applied, not simulated: the
//! simulation leaves out the fetch of the wasm.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{median::median, temporary::Temporary};
use crate::{
    finish,
    page::{self, Recipe, WIZARD},
    serve, setup, shell, workspace,
};

/// Odd, so that there is a median.
const ROUNDS: usize = 3;
const COUNTER: &str = "bare-counter";

/// One run of Lighthouse, as `lighthouse.mjs` prints it.
#[derive(Deserialize)]
struct Run {
    page: String,
    fcp_ms: f64,
    lcp_ms: f64,
    tbt_ms: f64,
    cls: f64,
    performance: f64,
    accessibility: f64,
    best_practices: f64,
}

/// Measures both pages. Times are in milliseconds, scores out of 100; each is the median of its
/// runs.
///
/// # Errors
/// When a build fails, or Lighthouse does.
pub(super) fn run() -> Result<Value> {
    setup::lighthouse()?;
    let wizard = serve::in_background(&page::build(&WIZARD)?, 0, true)?;
    let counter = serve::in_background(&build_counter()?, 0, true)?;

    let bench = workspace::root().join("tests/bench");
    let mut lighthouse = shell::command("node");
    lighthouse
        .arg(bench.join("lighthouse.mjs"))
        .arg(setup::lighthouse_module())
        .arg(ROUNDS.to_string());
    lighthouse
        .arg(format!("wizard=https://localhost:{wizard}/"))
        .arg(format!("counter=https://localhost:{counter}/"));
    let _temporary = Temporary::of(&mut lighthouse)?;
    let lines = shell::read(lighthouse.env("CHROME_PATH", setup::chromium()?))?;
    let runs: Vec<Run> = lines
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .context("Lighthouse printed no such result")?;

    let of = |page: &str, figure: fn(&Run) -> f64| {
        median(
            runs.iter()
                .filter(|run| run.page == page)
                .map(figure)
                .collect(),
        )
        .context("Lighthouse did not run on a page")
    };
    Ok(json!({
        "rounds": ROUNDS,
        "lcp_ms": of("wizard", |run| run.lcp_ms)?.round(),
        "counter_lcp_ms": of("counter", |run| run.lcp_ms)?.round(),
        "fcp_ms": of("wizard", |run| run.fcp_ms)?.round(),
        "counter_fcp_ms": of("counter", |run| run.fcp_ms)?.round(),
        "tbt_ms": of("wizard", |run| run.tbt_ms)?.round(),
        "counter_tbt_ms": of("counter", |run| run.tbt_ms)?.round(),
        "cls": of("wizard", |run| run.cls)?,
        "performance": of("wizard", |run| run.performance)?,
        "accessibility": of("wizard", |run| run.accessibility)?,
        "best_practices": of("wizard", |run| run.best_practices)?,
    }))
}

/// Builds the counter, and minifies and compresses its files as those of the wizard.
fn build_counter() -> Result<PathBuf> {
    let site = workspace::target().join("site/counter");
    fs::create_dir_all(&site)?;
    eprintln!("building the counter to {}", site.display());
    let recipe = Recipe {
        package: COUNTER,
        trunk: "tests/bench/counter/Trunk.toml",
        features: &[],
    };
    page::trunk_build(&recipe, &site, "counter")?;
    finish::finish_plainly(&site)?;
    Ok(site)
}
