//! Kills the program at random moments while fifty people reset their passwords, restarts it, and
//! checks its earlier answers: no acknowledged step is lost, nothing happens twice, no counter
//! decreases, and the audit log is complete.
//!
//! As a test it kills the program twenty times on each store, on both at once. After `--`,
//! `--kills` sets the number of kills, `--store` the store, and `--seed` the seed of the random
//! numbers. The same seed repeats the moments and the people of a run, but not the order of events
//! in two processes and a network.

#[path = "soak/attempt.rs"]
mod attempt;
#[path = "soak/books.rs"]
mod books;
#[path = "soak/crash.rs"]
mod crash;
#[path = "soak/journey.rs"]
mod journey;
#[path = "soak/people.rs"]
mod people;
#[path = "soak/post.rs"]
mod post;
#[path = "soak/program.rs"]
mod program;
#[path = "soak/progress.rs"]
mod progress;
#[path = "soak/service.rs"]
mod service;
mod support;

use std::process::ExitCode;

use progress::say;
use support::Database;
use tokio::task::JoinSet;

/// The number of kills for which a run of all tests has time.
const KILLS: u32 = 20;

/// The stores, and the name of the test on each.
const STORES: [(&str, &str); 2] = [
    (
        "sqlite",
        "sqlite: what was acknowledged outlives every crash",
    ),
    (
        "postgres",
        "postgres: what was acknowledged outlives every crash",
    ),
];

/// The arguments of the run.
struct Arguments {
    kills: u32,
    seed: u64,
    stores: Vec<(&'static str, &'static str)>,
    lists: bool,
}

fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(why) => {
            say(&format!("error: {why}"));
            return ExitCode::FAILURE;
        }
    };
    if arguments.lists {
        for (_, claim) in arguments.stores {
            say(&format!("{claim}: test"));
        }
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Runtime::new().expect("threads can be had");
    let (passed, failed) = runtime.block_on(run(&arguments));
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    say(&format!(
        "\ntest result: {verdict}. {passed} passed; {failed} failed; 0 ignored\n"
    ));
    ExitCode::from(u8::from(failed > 0))
}

/// Runs the test on each store, all at once; returns the number of passes and failures.
async fn run(arguments: &Arguments) -> (usize, usize) {
    let (kills, seed) = (arguments.kills, arguments.seed);
    let mut runs = JoinSet::new();
    for (store, claim) in arguments.stores.clone() {
        say(&format!("{store}: {kills} kills, seed {seed}"));
        runs.spawn(async move {
            let database = match store {
                "sqlite" => Database::sqlite(),
                _ => Database::postgres().await,
            };
            (claim, crash::run(store, &database, kills, seed).await)
        });
    }
    let (mut passed, mut failed) = (0, 0);
    while let Some(run) = runs.join_next().await {
        match run {
            Ok((claim, broken)) if broken.is_empty() => {
                passed += 1;
                say(&format!("test {claim} ... ok"));
            }
            Ok((claim, broken)) => {
                failed += 1;
                say(&format!("test {claim} ... FAILED\n{}", broken.join("\n")));
            }
            Err(error) => {
                failed += 1;
                say(&format!("test ... FAILED\n{error}"));
            }
        }
    }
    (passed, failed)
}

impl Arguments {
    fn read(mut given: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = Self {
            kills: KILLS,
            seed: fastrand::u64(..),
            stores: Vec::new(),
            lists: false,
        };
        let (mut store, mut filters) = (None, Vec::new());
        while let Some(argument) = given.next() {
            let mut value = || {
                let value = given.next();
                value.ok_or_else(|| format!("{argument} has no value"))
            };
            match argument.as_str() {
                "--kills" => arguments.kills = number(&value()?)?,
                "--seed" => arguments.seed = number(&value()?)?,
                "--store" => store = Some(value()?),
                "--list" => arguments.lists = true,
                // Ignores the options that every test program receives.
                option if option.starts_with('-') => {}
                _ => filters.push(argument),
            }
        }
        let is_meant = |(name, claim): &(&str, &str)| {
            store.as_deref().is_none_or(|store| store == *name)
                && (filters.is_empty() || filters.iter().any(|it| claim.contains(it)))
        };
        arguments.stores = STORES.into_iter().filter(is_meant).collect();
        match store {
            Some(store) if STORES.iter().all(|(name, _)| *name != store) => {
                Err(format!("there is no store {store}"))
            }
            Some(_) | None => Ok(arguments),
        }
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{text} is no number"))
}
