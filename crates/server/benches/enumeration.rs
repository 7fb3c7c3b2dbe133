//! How long each endpoint takes for those who are there, those who are refused without being told, and those who are not, by turns.
//!
//! `cargo bench -p postern-server --bench enumeration` prints JSON, for each store: the medians, how far those of the others are from that of the known,
//! and how far apart the distributions are (two samples of Kolmogorov and Smirnov). `told_apart_above` is the distance that two samples of one
//! distribution exceed once in a hundred times. `-- sqlite` or `-- postgres` measures that store alone.

#![expect(clippy::print_stdout, reason = "what was measured is what it says")]
#![expect(clippy::cast_precision_loss, reason = "a few hundred")]

#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/enumeration/walk.rs"]
mod walk;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use support::Database;
use walk::{House, Seen, Who};

/// Calls of each kind to each endpoint.
const CALLS: usize = 500;

/// What the distance of two samples of one distribution exceeds once in a hundred times, by the square root of their size
/// (Smirnov 1948, table of the Kolmogorov distribution).
const ONE_IN_A_HUNDRED: f64 = 1.628;

#[tokio::main]
async fn main() {
    support::Postgres::measure();
    let told_apart_above = rounded(ONE_IN_A_HUNDRED * (2.0 / CALLS as f64).sqrt());
    let only = std::env::args().skip(1).find(|it| !it.starts_with('-'));
    let is_meant = |store: &str| only.as_deref().is_none_or(|only| only == store);
    let mut told = json!({ "calls": CALLS, "told_apart_above": told_apart_above });
    if is_meant("sqlite") {
        told["sqlite"] = json!(measured(Database::sqlite()).await);
    }
    if is_meant("postgres") {
        told["postgres"] = json!(measured(Database::postgres().await).await);
    }
    println!("{told:#}");
}

/// How long each endpoint takes on that store.
async fn measured(database: Database) -> BTreeMap<String, Value> {
    let house = House::start(database, CALLS).await;
    let mut measured = BTreeMap::new();
    for (name, answers) in house.ask(CALLS).await {
        let [known, refused, unknown] = Who::ALL.map(|who| sorted(&answers[&who]));
        let beside = |other: &[f64]| {
            let difference = median(other) - median(&known);
            json!({
                "ms": rounded(median(other)),
                "difference_ms": rounded(difference),
                "difference_percent": rounded(difference / median(&known) * 100.0),
                "distance": rounded(distance(&known, other)),
            })
        };
        let told = json!({
            "known": { "ms": rounded(median(&known)) },
            "refused": beside(&refused),
            "unknown": beside(&unknown),
        });
        measured.insert(name, told);
    }
    house.stop().await;
    measured
}

/// How long each answer took, in milliseconds, the fastest first.
fn sorted(answers: &[Seen]) -> Vec<f64> {
    let took = answers.iter().map(|it| it.took.as_secs_f64() * 1_000.0);
    let mut took: Vec<f64> = took.collect();
    took.sort_by(f64::total_cmp);
    took
}

fn median(sorted: &[f64]) -> f64 {
    sorted[sorted.len() / 2]
}

/// The largest difference between the shares of two samples that are at most as slow as anything.
fn distance(one: &[f64], other: &[f64]) -> f64 {
    let share = |sample: &[f64], slowest: f64| {
        sample.partition_point(|it| *it <= slowest) as f64 / sample.len() as f64
    };
    let moments = one.iter().chain(other);
    let differences = moments.map(|at| (share(one, *at) - share(other, *at)).abs());
    differences.fold(0.0, f64::max)
}

/// To a thousandth.
fn rounded(figure: f64) -> f64 {
    (figure * 1_000.0).round() / 1_000.0
}
