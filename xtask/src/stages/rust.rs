//! The stages that are Cargo's own: format, lints, documents, tests, licences.

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
/// Has `tests/tidy.rs`, which is a stage of its own.
const TIDY: &str = "postern-tests";
/// The page with its offline demo, where the whole workspace is chosen: for one package alone Cargo
/// would choose other features of what it depends on, and build most of it anew.
const DEMO: &str = "postern/demo";
/// Seconds, not minutes.
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
    // Beneath the page is `postern-phone` as a device has it that has neither a heap nor room for
    // the tables.
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
    // The judge in the page, as the demo's own tests meet it.
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

/// The same tests as natively, on the pointers and the allocator of wasm.
///
/// Their target is the one that has files and a standard output, so that ordinary tests run as they
/// are.
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

/// A short run of each fuzz target, so that they stay true, keep on building and are guided by what
/// they reach; long ones are `cargo xtask fuzz`.
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
