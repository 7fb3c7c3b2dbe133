//! `cargo xtask test`: everything that CI runs, stage by stage. CI runs nothing else. A stage that
//! does not run is a failure, and so is a test stage without tests.

use std::{
    env,
    error::Error,
    fmt, fs,
    io::{self, Write},
    panic,
    path::PathBuf,
    thread,
};

use anyhow::{Context, Result, bail};

use crate::{setup, stopwatch::Stopwatch, workspace};

mod browser;
mod choice;
mod declarations;
mod demo_code;
pub(crate) mod documentation;
mod failures;
mod left_out;
mod log;
mod native;
mod pages;
mod production;
mod programs;
mod rust;
mod size;
mod tally;

use choice::Choice;
use log::Log;
use native::Native;
use pages::Pages;
use tally::Tally;

struct Stage {
    name: &'static str,
    lane: Lane,
    run: fn(&mut Log, Choice) -> Result<Tally>,
}

/// What runs in parallel. The stages of a lane run one after the other, and the first two lanes run
/// in parallel. Much of the work for wasm keeps one core busy, and much of the native tests waits,
/// so that each lane uses what the other leaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lane {
    /// Native builds, which share Cargo's lock.
    Native,
    /// Builds with other locks.
    Wasm,
    /// Runs after the other lanes have ended: it keeps both cores busy, and inspects what the
    /// others built.
    Last,
}

/// The result of a stage.
struct Outcome {
    tally: Tally,
    /// The names of failures. The last lines of the run repeat them, since the log before them may
    /// be cut.
    failures: Vec<String>,
}

/// The stages, in the order in which those of a lane run: first what builds for the others, and
/// quick ones before slow ones.
const STAGES: [Stage; 11] = [
    Stage {
        name: "fmt",
        lane: Lane::Native,
        run: rust::fmt,
    },
    Stage {
        name: "clippy",
        lane: Lane::Native,
        run: rust::clippy,
    },
    Stage {
        name: "tidy",
        lane: Lane::Native,
        run: rust::tidy,
    },
    Stage {
        name: "docs",
        lane: Lane::Native,
        run: rust::docs,
    },
    Stage {
        name: "unit",
        lane: Lane::Native,
        run: rust::unit,
    },
    Stage {
        name: "production",
        lane: Lane::Native,
        run: production::run,
    },
    Stage {
        name: "fuzz",
        lane: Lane::Wasm,
        run: rust::fuzz,
    },
    Stage {
        name: "size",
        lane: Lane::Wasm,
        run: size::run,
    },
    Stage {
        name: "wasm",
        lane: Lane::Wasm,
        run: rust::wasm,
    },
    Stage {
        name: "deny",
        lane: Lane::Wasm,
        run: rust::deny,
    },
    Stage {
        name: "browser",
        lane: Lane::Last,
        run: browser::run,
    },
];

/// Runs all stages or a named one. A failure does not stop the run.
///
/// # Errors
/// When a stage is unknown, failed, or did not run.
pub(crate) fn run(name: Option<&str>, engine: Option<&str>) -> Result<()> {
    let chosen: Vec<&Stage> = STAGES
        .iter()
        .filter(|stage| name.is_none_or(|name| name == stage.name))
        .collect();
    if chosen.is_empty() {
        bail!(
            "there is no stage {}; there are: {}",
            name.unwrap_or_default(),
            names()
        );
    }
    let (pages, native, xtask) = (Pages::default(), Native::default(), kept_program()?);
    let choice = Choice {
        engine,
        pages: &pages,
        native: &native,
        xtask: &xtask,
    };
    let lane = |lane: Lane| -> Result<Vec<(&str, Outcome)>> {
        let stages = chosen.iter().filter(|stage| stage.lane == lane);
        stages
            .map(|stage| Ok((stage.name, stage.run(choice)?)))
            .collect()
    };
    let (native, wasm) = thread::scope(|scope| {
        let wasm = scope.spawn(|| -> Result<Vec<(&str, Outcome)>> {
            let outcomes = lane(Lane::Wasm)?;
            // The last lane needs the driver, and would compile it on one core.
            if chosen.iter().any(|stage| stage.lane == Lane::Last) {
                setup::driver()?;
            }
            Ok(outcomes)
        });
        let native = lane(Lane::Native);
        let wasm = wasm
            .join()
            .unwrap_or_else(|panic| panic::resume_unwind(panic));
        (native, wasm)
    });
    let mut total = Tally::default();
    let mut failed = Vec::new();
    for (stage, outcome) in [native?, wasm?, lane(Lane::Last)?].into_iter().flatten() {
        if outcome.tally.failed > 0 {
            failed.push((stage, outcome.failures));
        }
        total += outcome.tally;
    }
    for (stage, failures) in &failed {
        eprintln!("failed: {stage}");
        for failure in failures {
            eprintln!("    {failure}");
        }
    }
    println!("{total}");
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Reported.into())
    }
}

/// A copy of this program. Stages replace the original with a new build, and Cargo would not run
/// the original until the other lane releases its lock.
fn kept_program() -> Result<PathBuf> {
    let kept = workspace::target().join("stages/xtask");
    fs::create_dir_all(workspace::target().join("stages"))?;
    // An earlier copy may still run, so it must not be overwritten.
    if kept.exists() {
        fs::remove_file(&kept)?;
    }
    let program = env::current_exe().context("could not find this program")?;
    fs::copy(program, &kept).with_context(|| format!("could not write {}", kept.display()))?;
    Ok(kept)
}

/// The error of a failure that is already reported, since the tally must stay the last line.
#[derive(Debug)]
pub(crate) struct Reported;

impl Error for Reported {}

impl fmt::Display for Reported {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a stage failed")
    }
}

impl Stage {
    /// Runs the stage, prints its line and, if it failed, its log.
    fn run(&self, choice: Choice) -> Result<Outcome> {
        let clock = Stopwatch::start();
        let path = workspace::target()
            .join("stages")
            .join(format!("{}.log", self.name));
        let mut log =
            Log::create(&path).with_context(|| format!("could not write {}", path.display()))?;
        let result = (self.run)(&mut log, choice).and_then(|tally| match tally {
            Tally {
                passed: 0,
                failed: 0,
            } => bail!("no test ran"),
            Tally { .. } => Ok(tally),
        });
        let tally = *result.as_ref().unwrap_or(&Tally::FAILURE);
        let verdict = if tally.failed == 0 {
            Verdict::Passed
        } else {
            Verdict::Failed
        };
        let mut said = vec![tally.count()];
        said.extend_from_slice(log.remarks());
        // Locked to the end, so that the output of another lane does not mix with this one.
        let mut output = io::stdout().lock();
        writeln!(
            output,
            "stage {} … {verdict} {clock} ({})",
            self.name,
            said.join("; ")
        )?;
        let mut failures = Vec::new();
        if tally.failed > 0 {
            let text = log.text()?;
            failures = failures::named(&text);
            eprint!("{text}");
            eprintln!("stage {} failed: its log is {}", self.name, path.display());
        }
        if let Err(error) = result {
            failures.push(format!("{error:#}"));
            eprintln!("stage {}: {error:#}", self.name);
        }
        Ok(Outcome { tally, failures })
    }
}

enum Verdict {
    Passed,
    Failed,
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Passed => "ok",
            Self::Failed => "FAILED",
        })
    }
}

fn names() -> String {
    STAGES
        .iter()
        .map(|stage| stage.name)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::STAGES;

    #[test]
    fn every_stage_has_a_name_of_its_own() {
        assert_eq!(
            STAGES
                .iter()
                .map(|stage| stage.name)
                .collect::<BTreeSet<_>>()
                .len(),
            STAGES.len()
        );
    }
}
