//! `cargo xtask fuzz`: libFuzzer on code that reads input from people. Each run starts from the
//! corpus of earlier runs.

use std::{fs, process::Command};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use crate::{setup, shell, workspace};

/// A fuzz target: a package of cargo-fuzz, and the longest useful input.
struct Target {
    name: &'static str,
    package: &'static str,
    bytes_max: usize,
}

const TARGETS: [Target; 1] = [Target {
    name: "parse",
    package: "crates/phone/fuzz",
    // An input of more than 250 characters is refused at once.
    bytes_max: 300,
}];

#[derive(Args)]
pub(crate) struct FuzzOptions {
    /// The fuzz target: parse.
    name: String,
    /// How many inputs to try.
    #[arg(long, default_value_t = 1_000_000)]
    runs: u64,
}

/// Runs a fuzz target and shows its output.
///
/// # Errors
/// When there is no such target, the set-up fails, or an input breaks a claim of the target.
pub(crate) fn run(options: &FuzzOptions) -> Result<()> {
    shell::run(&mut command(&options.name, options.runs)?)
}

/// The command that runs a fuzz target on a number of inputs.
///
/// # Errors
/// When there is no such target, or the set-up fails.
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
    // The code has no `unsafe`, so a sanitizer would find nothing. Without one, a stable compiler
    // is enough, and libFuzzer still gets its coverage counts.
    fuzz.args(["--sanitizer", "none", "--target-dir"])
        .arg(&directory)
        .arg(&corpus)
        .arg(format!("{}/seeds/{name}", target.package))
        .arg("--")
        .arg(format!("-runs={runs}"))
        .arg(format!("-max_len={}", target.bytes_max))
        .arg(format!("-dict={}/{name}.dict", target.package))
        .arg(format!("-artifact_prefix={}/", artifacts.display()));
    Ok(fuzz)
}

/// The number of code places that libFuzzer counts, and of those that a run has reached.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Coverage {
    pub(crate) counted: u32,
    pub(crate) reached: u32,
}

impl Coverage {
    /// Reads the coverage from the output of a run.
    ///
    /// # Errors
    /// When the run had no coverage: the code was built without counters, or inputs do not reach
    /// it.
    pub(crate) fn of(output: &str) -> Result<Self> {
        let number = |line: &str, before: &str, behind: &str| -> Option<u32> {
            let (_, rest) = line.split_once(before)?;
            rest.split_once(behind)?.0.trim().parse().ok()
        };
        let mut lines = output.lines();
        let counted = lines.find_map(|line| number(line, " modules   (", " inline 8-bit counters"));
        let counted = counted.context("the fuzz target was built without coverage counters")?;
        let done = lines.find(|line| line.contains("\tDONE "));
        let reached = done.and_then(|line| number(line, " cov: ", " ft: "));
        let reached = reached.context("the fuzz run does not report its coverage")?;
        ensure!(
            4 * reached >= counted,
            "the fuzz run reached {reached} of {counted} places, which is less than a quarter: its inputs hardly get into the code"
        );
        Ok(Self { counted, reached })
    }
}

#[cfg(test)]
mod tests {
    use super::Coverage;

    const LOADED: &str =
        "INFO: Loaded 1 modules   (1418 inline 8-bit counters): 1418 [0x1, 0x2), \n";
    const INITED: &str = "#2\tINITED cov: 40 ft: 41 corp: 1/1b exec/s: 0 rss: 27Mb\n";

    fn done(reached: u32) -> String {
        format!(
            "#500\tDONE   cov: {reached} ft: 4534 corp: 647/17Kb lim: 293 exec/s: 9 rss: 60Mb\n"
        )
    }

    #[test]
    fn a_run_that_was_guided_says_how_far_it_came() {
        let coverage = Coverage::of(&format!("{LOADED}{INITED}{}", done(1005)));
        let expected = Coverage {
            counted: 1418,
            reached: 1005,
        };
        assert_eq!(coverage.expect("it was guided"), expected);
    }

    #[test]
    fn a_run_that_was_blind_is_refused() {
        let without_counters = format!("#2\tINITED exec/s: 0 rss: 27Mb\n{}", done(1005));
        for blind in [
            without_counters,
            format!("{LOADED}{INITED}#500\tDONE   exec/s: 9 rss: 60Mb\n"),
            format!("{LOADED}{INITED}"),
            format!("{LOADED}{INITED}{}", done(40)),
        ] {
            assert!(Coverage::of(&blind).is_err(), "{blind}");
        }
    }
}
