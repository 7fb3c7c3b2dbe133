//! `cargo xtask test`: everything that CI runs, stage by stage, and nothing that only CI runs.
//! A stage that does not run is a failure, and so is a test stage without a test.

use std::{error::Error, fmt};

use anyhow::{Context, Result, bail};

use crate::{stopwatch::Stopwatch, workspace};

mod browser;
mod declarations;
mod demo_code;
mod failures;
mod left_out;
mod log;
mod pages;
mod production;
mod rust;
mod size;
mod tally;

use log::Log;
use pages::Pages;
use tally::Tally;

/// What a stage may want to know.
#[derive(Clone, Copy)]
struct Choice<'a> {
    /// The one engine that the browser stage is to run in.
    engine: Option<&'a str>,
    /// What stages build that others look at too.
    pages: &'a Pages,
}

struct Stage {
    name: &'static str,
    run: fn(&mut Log, Choice) -> Result<Tally>,
}

/// What a stage came to.
struct Outcome {
    tally: Tally,
    /// What failed, by name: the run's last lines say it again, since a log in front of them may be cut.
    failures: Vec<String>,
}

/// In the order in which they run: the quick ones first.
const STAGES: [Stage; 11] = [
    Stage {
        name: "fmt",
        run: rust::fmt,
    },
    Stage {
        name: "tidy",
        run: rust::tidy,
    },
    Stage {
        name: "clippy",
        run: rust::clippy,
    },
    Stage {
        name: "docs",
        run: rust::docs,
    },
    Stage {
        name: "unit",
        run: rust::unit,
    },
    Stage {
        name: "wasm",
        run: rust::wasm,
    },
    Stage {
        name: "fuzz",
        run: rust::fuzz,
    },
    Stage {
        name: "size",
        run: size::run,
    },
    Stage {
        name: "production",
        run: production::run,
    },
    Stage {
        name: "browser",
        run: browser::run,
    },
    Stage {
        name: "deny",
        run: rust::deny,
    },
];

/// Runs all stages, or the one that is named, to the end whatever fails on the way.
///
/// # Errors
/// When a stage is not known, failed, or did not run.
pub(crate) fn run(name: Option<&str>, engine: Option<&str>) -> Result<()> {
    let chosen: Vec<&Stage> = STAGES
        .iter()
        .filter(|stage| name.is_none_or(|name| name == stage.name))
        .collect();
    if chosen.is_empty() {
        bail!(
            "there is no stage {}; there are {}",
            name.unwrap_or_default(),
            names()
        );
    }
    let mut total = Tally::default();
    let mut failed = Vec::new();
    let pages = Pages::default();
    let choice = Choice {
        engine,
        pages: &pages,
    };
    for stage in chosen {
        let outcome = stage.run(choice)?;
        if outcome.tally.failed > 0 {
            failed.push((stage.name, outcome.failures));
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

/// A failure that has been told already: the tally is to stay the last line.
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
        println!(
            "stage {} … {verdict} {clock} ({})",
            self.name,
            said.join("; ")
        );
        let mut failures = Vec::new();
        if tally.failed > 0 {
            let text = log.text()?;
            failures = failures::named(&text);
            eprint!("{text}");
            eprintln!("stage {} failed; its log is {}", self.name, path.display());
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
