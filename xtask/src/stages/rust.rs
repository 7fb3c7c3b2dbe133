//! The stages of Cargo itself: format, lints, documentation, tests, licences.

use anyhow::Result;

use super::{choice::Choice, log::Log, production, programs, tally::Tally};
use crate::{
    fuzz::{self, Coverage},
    setup,
    shell::cargo,
    workspace,
};

/// The crates that must do the same in wasm as they do natively.
const PURE: [&str; 10] = [
    "-p",
    "postern-protocol",
    "-p",
    "postern-phone",
    "-p",
    "postern-engine",
    "-p",
    "postern-host",
    "-p",
    "postern-world",
];
/// The package with `tests/tidy.rs`, which is a separate stage.
const TIDY: &str = "postern-tests";
/// The feature of the page with its offline demo, selected within the whole workspace. For a single
/// package Cargo would choose other features of its dependencies, and rebuild most of them.
const DEMO: &str = "postern/demo";
/// Few enough to take seconds, not minutes.
const FUZZ_RUNS: u64 = 500_000;
const WASI: &str = "wasm32-wasip1";

pub(super) fn fmt(log: &mut Log, _: Choice) -> Result<Tally> {
    log.check(&mut cargo(&["fmt", "--all", "--check"]))?;
    Ok(Tally::SUCCESS)
}

pub(super) fn clippy(log: &mut Log, _: Choice) -> Result<Tally> {
    setup::wasm_target()?;
    let page = [
        "clippy",
        "--locked",
        "--package",
        "postern",
        "--target",
        "wasm32-unknown-unknown",
    ];
    let strict = ["--", "-D", "warnings"];
    log.check(cargo(&["clippy", "--locked", "--workspace", "--all-targets"]).args(strict))?;
    // The page's dependencies include `postern-phone` in the form for devices without a heap and
    // without room for the tables.
    log.check(cargo(&page).args(strict))?;
    log.check(cargo(&page).args(["--features", "demo"]).args(strict))?;
    let mut production = cargo(&["clippy", "--locked"]);
    production
        .args(production::SERVER)
        .args(production::FEATURES);
    log.check(production.args(strict))?;
    let demo = ["clippy", "--locked", "--workspace", "--all-targets"];
    log.check(cargo(&demo).args(["--features", DEMO]).args(strict))?;
    Ok(Tally {
        passed: 5,
        failed: 0,
    })
}

pub(super) fn docs(log: &mut Log, _: Choice) -> Result<Tally> {
    let mut doc = cargo(&["doc", "--locked", "--workspace", "--no-deps"]);
    log.check(doc.env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(Tally::SUCCESS)
}

pub(super) fn unit(log: &mut Log, _: Choice) -> Result<Tally> {
    setup::services()?;
    let test = ["test", "--locked", "--workspace", "--exclude", TIDY];
    let programs = programs::build(&mut cargo(&test))?;
    let mut tally = Tally::default();
    programs::run(programs, |ran| {
        tally += log.program(&ran)?;
        Ok(())
    })?;
    tally += log.tests(
        cargo(&test).args(["--no-fail-fast", "--doc"]),
        Tally::of_cargo,
    )?;
    // The demo's own tests use the judge inside the page.
    let mut demo = cargo(&test);
    demo.args(["--lib", "--features", DEMO, "--", "demo::"]);
    tally += log.tests(&mut demo, Tally::of_cargo)?;
    Ok(tally)
}

pub(super) fn tidy(log: &mut Log, _: Choice) -> Result<Tally> {
    log.tests(
        &mut cargo(&["test", "--locked", "--package", TIDY, "--no-fail-fast"]),
        Tally::of_cargo,
    )
}

/// Runs the same tests as natively, with the pointers and the allocator of wasm.
///
/// The target has files and a standard output, so that ordinary tests run unchanged.
pub(super) fn wasm(log: &mut Log, _: Choice) -> Result<Tally> {
    setup::wasm_tests()?;
    let runner = workspace::root().join("xtask/src/stages/wasi.mjs");
    let mut test = cargo(&[
        "test",
        "--locked",
        "--target",
        WASI,
        "--no-fail-fast",
        "--lib",
        "--tests",
    ]);
    test.args(PURE).env(
        "CARGO_TARGET_WASM32_WASIP1_RUNNER",
        format!(
            "node --no-warnings --experimental-wasi-unstable-preview1 {}",
            runner.display()
        ),
    );
    log.tests(&mut test, Tally::of_cargo)
}

/// A short run of each fuzz target. It shows that the targets still hold, build, and get coverage.
/// Long runs are `cargo xtask fuzz`.
pub(super) fn fuzz(log: &mut Log, _: Choice) -> Result<Tally> {
    log.check(&mut fuzz::command("parse", FUZZ_RUNS)?)?;
    let Coverage { counted, reached } = Coverage::of(&log.text()?)?;
    log.remark(&format!("{reached} of {counted} places reached"));
    Ok(Tally::SUCCESS)
}

pub(super) fn deny(log: &mut Log, _: Choice) -> Result<Tally> {
    setup::deny()?;
    log.check(&mut cargo(&[
        "deny",
        "--workspace",
        "check",
        "licenses",
        "bans",
        "sources",
    ]))?;
    Ok(Tally::SUCCESS)
}
