//! The native contest: the benches of `postern-phone`, which cargo builds with the release profile.

use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::contest::{Input, OURS, PHONENUMBER_CRATE, Rounds, SEPARATOR, Times};
use crate::{shell, workspace};

const CONTESTANTS: [&str; 2] = [OURS, PHONENUMBER_CRATE];
/// The variable that tells `benches/parse.rs` the file of inputs.
const INPUTS_VARIABLE: &str = "POSTERN_BENCH_INPUTS";
/// The name of the group in `benches/parse.rs`.
const GROUP: &str = "parse";

/// Criterion's result for a contestant, in nanoseconds.
#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    point_estimate: f64,
}

/// The time until the first answer of a process. Each round starts one process for each contestant.
pub(super) fn first_call(inputs: &[Input], rounds: usize) -> Result<Rounds> {
    let mut spent = Rounds::new();
    for round in 0..rounds {
        let (input, region) = &inputs[round * inputs.len() / rounds];
        for name in CONTESTANTS {
            let mut bench = bench("first_call");
            let nanoseconds = shell::read(bench.args([name, input, region]))?;
            let nanoseconds: f64 = nanoseconds
                .trim()
                .parse()
                .with_context(|| format!("no number of nanoseconds: {nanoseconds}"))?;
            spent
                .entry(name.to_owned())
                .or_default()
                .push(nanoseconds / 1000.0);
        }
    }
    Ok(spent)
}

/// The time of an answer, measured by criterion.
pub(super) fn per_call(inputs: &[Input]) -> Result<Times> {
    let directory = workspace::target().join("bench/phone");
    fs::create_dir_all(&directory)?;
    let file = directory.join("inputs.txt");
    let lines = inputs
        .iter()
        .map(|(input, region)| format!("{input}{SEPARATOR}{region}\n"));
    fs::write(&file, lines.collect::<String>())?;
    let criterion = directory.join("criterion");

    let mut bench = bench("parse");
    bench.arg("--noplot");
    bench
        .env(INPUTS_VARIABLE, &file)
        .env("CRITERION_HOME", &criterion);
    // Keeps criterion's output out of ours.
    shell::read(&mut bench)?;
    let times = CONTESTANTS.map(|name| {
        let path = criterion.join(GROUP).join(name).join("new/estimates.json");
        let text = fs::read(&path).with_context(|| format!("no {}", path.display()))?;
        let estimates: Estimates = serde_json::from_slice(&text)
            .with_context(|| format!("{} has no median", path.display()))?;
        // One iteration reads all inputs.
        let calls = f64::from(u32::try_from(inputs.len())?);
        Ok((
            name.to_owned(),
            estimates.median.point_estimate / 1000.0 / calls,
        ))
    });
    times.into_iter().collect()
}

/// The cargo command of a bench of the crate. Further arguments go to the bench.
fn bench(name: &str) -> std::process::Command {
    shell::cargo(&[
        "bench",
        "--quiet",
        "--locked",
        "--package",
        "postern-phone",
        "--bench",
        name,
        "--",
    ])
}
