//! `cargo xtask fuzz`: libFuzzer on what reads input from people, each run from the corpus that earlier runs have found.

use std::{fs, process::Command};

use anyhow::{Result, bail};
use clap::Args;

use crate::{setup, shell, workspace};

/// A fuzz target: a package of cargo-fuzz, and the longest input that says something new.
struct Target {
    name: &'static str,
    package: &'static str,
    bytes_max: usize,
}

const TARGETS: [Target; 1] = [Target {
    name: "parse",
    package: "crates/phone/fuzz",
    // An input of more than 250 characters is refused as it is.
    bytes_max: 300,
}];

#[derive(Args)]
pub(crate) struct Options {
    /// The fuzz target: parse.
    name: String,
    /// How many inputs to try.
    #[arg(long, default_value_t = 1_000_000)]
    runs: u64,
}

/// Runs a fuzz target with its output in sight.
///
/// # Errors
/// When there is no such target, set-up fails, or an input breaks a claim of the target.
pub(crate) fn run(options: &Options) -> Result<()> {
    shell::run(&mut command(&options.name, options.runs)?)
}

/// What runs a fuzz target on so many inputs.
///
/// # Errors
/// When there is no such target, or set-up fails.
pub(crate) fn command(name: &str, runs: u64) -> Result<Command> {
    let Some(target) = TARGETS.iter().find(|target| target.name == name) else {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        bail!(
            "there is no fuzz target {name}; there are: {}",
            names.join(", ")
        );
    };
    setup::fuzz()?;
    let directory = workspace::target().join("fuzz");
    let (corpus, artifacts) = (
        directory.join("corpus").join(name),
        directory.join("artifacts"),
    );
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&artifacts)?;

    let mut fuzz = shell::cargo(&["fuzz", "run", name, "--fuzz-dir", target.package]);
    // Nothing here is unsafe, so there is nothing for a sanitizer to find; without one, a stable compiler will do.
    fuzz.args(["--sanitizer", "none", "--target-dir"])
        .arg(&directory)
        .arg(&corpus)
        .arg("--")
        .arg(format!("-runs={runs}"))
        .arg(format!("-max_len={}", target.bytes_max))
        .arg(format!("-dict={}/{name}.dict", target.package))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .arg("-verbosity=0");
    Ok(fuzz)
}
