//! The stages of Cargo itself: format, lints, documentation, tests, licences.

use anyhow::{Result, bail};

use super::{
    choice::Choice,
    documentation,
    log::Log,
    native::{self, DEMO, every_target, linted},
    production,
    programs::{self, Program},
    tally::Tally,
};
use crate::{
    fuzz::{self, Coverage},
    setup,
    shell::cargo,
    workspace,
};

/// The crates that must do the same in wasm as they do natively.
const PURE: [&str; 12] = [
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
    "-p",
    "postern-flow",
];
/// The package with `tests/tidy.rs`, whose tests are a separate stage, from the workspace.
const TIDY: &str = "tests";
/// Few enough to take seconds, not minutes.
const FUZZ_RUNS: u64 = 500_000;
const WASI: &str = "wasm32-wasip1";

pub(super) fn fmt(log: &mut Log, _: Choice) -> Result<Tally> {
    log.check(&mut cargo(&["fmt", "--all", "--check"]))?;
    Ok(Tally::SUCCESS)
}

/// Builds everything native, which the later stages use, and counts what clippy finds.
pub(super) fn clippy(log: &mut Log, choice: Choice) -> Result<Tally> {
    let mut findings = choice.native.built(log)?.findings;
    findings += native::build(log, linted(&every_target(&DEMO))?)?.findings;
    findings += production::build(log, &production::FEATURES)?.findings;
    // The last of both is the program that tests start.
    findings += production::build(log, &[])?.findings;
    // The page's form of these crates: without a heap, and without room for the tables.
    let page = ["clippy", "--locked", "--lib", "--no-default-features"];
    let mut page = cargo(&page);
    page.args([
        "--package",
        "postern-phone",
        "--package",
        "postern-protocol",
    ]);
    findings += native::build(log, page)?.findings;
    if findings > 0 {
        bail!("the log has {findings} warnings");
    }
    Ok(Tally {
        passed: 5,
        failed: 0,
    })
}

pub(super) fn docs(log: &mut Log, choice: Choice) -> Result<Tally> {
    log.tests(&mut documentation::command(choice.xtask)?, Tally::of_cargo)
}

pub(super) fn unit(log: &mut Log, choice: Choice) -> Result<Tally> {
    setup::services()?;
    let mut tally = run(log, choice, |program| !is_of_tidy(program))?;
    // The demo's own tests use the judge inside the page.
    let mut demo = linted(&["test", "--locked", "--workspace", "--lib"])?;
    demo.args(DEMO).args(["--", "demo::"]);
    tally += log.tests(&mut demo, Tally::of_cargo)?;
    Ok(tally)
}

pub(super) fn tidy(log: &mut Log, choice: Choice) -> Result<Tally> {
    run(log, choice, is_of_tidy)
}

fn is_of_tidy(program: &Program) -> bool {
    program.package == workspace::root().join(TIDY)
}

/// Runs the chosen ones of the test programs.
fn run(log: &mut Log, choice: Choice, is_chosen: fn(&Program) -> bool) -> Result<Tally> {
    let built = choice.native.built(log)?;
    let mut tally = Tally::default();
    let chosen = built.programs.iter().filter(|program| is_chosen(program));
    programs::run(chosen, |ran| {
        tally += log.program(&ran)?;
        Ok(())
    })?;
    Ok(tally)
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
