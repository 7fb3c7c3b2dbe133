//! How long each endpoint takes for those who are there, those who are refused without being told,
//! and those who are not.
//!
//! `cargo bench -p postern-server --bench enumeration` prints JSON, for each store and endpoint:
//! the medians, and how far the times of those who are refused and of those who are not there are
//! from the times of those who are (two samples of Kolmogorov and Smirnov). Beside them stands the
//! `null`: how far apart two samples of people who are there are. `bound` is what none of the run's
//! `comparisons` exceeds by chance but in one run of a hundred. `told_from_ms` is the smallest
//! difference of all times that the comparison would have told. What is above the bound is listed
//! under `told_apart`, or under `disturbed` where the null is above it too. `-- sqlite` or
//! `-- postgres` measures that store alone. `-- right-after` measures no more than what is asked
//! right after a mail, and says it in words, as `cargo xtask soak abuse` shows it.

#![expect(clippy::print_stdout, reason = "what was measured is what it says")]

#[path = "../tests/enumeration/apart.rs"]
mod apart;
#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/enumeration/walk.rs"]
mod walk;

use std::collections::BTreeMap;

use apart::{CHANCE, Verdict, bound, distance, told_from};
use serde_json::{Value, json};
use support::Database;
use walk::{House, Seen, Who};

/// Calls of each kind to each endpoint: so many that the bound of a run with both stores is below
/// 0.103, which a single comparison of half as many calls exceeds once in a hundred times.
const CALLS: usize = 1_000;

/// What is asked for in the place of a store to have that alone.
const RIGHT_AFTER: &str = "right-after";

/// The times of each kind, in milliseconds, the fastest first.
type Times = BTreeMap<Who, Vec<f64>>;

#[tokio::main]
async fn main() {
    support::Postgres::measure();
    let only = std::env::args().skip(1).find(|it| !it.starts_with('-'));
    if only.as_deref() == Some(RIGHT_AFTER) {
        tell_right_after("sqlite", Database::sqlite()).await;
        return tell_right_after("postgres", Database::postgres().await).await;
    }
    let is_meant = |store: &str| only.as_deref().is_none_or(|only| only == store);
    let mut stores = BTreeMap::new();
    if is_meant("sqlite") {
        stores.insert("sqlite", measured(Database::sqlite()).await);
    }
    if is_meant("postgres") {
        stores.insert("postgres", measured(Database::postgres().await).await);
    }
    // Each endpoint has three: the null is one.
    let comparisons = 3 * stores.values().map(BTreeMap::len).sum::<usize>();
    let bound = bound(CALLS, comparisons);
    let mut told = json!({
        "calls": CALLS,
        "comparisons": comparisons,
        "chance": CHANCE,
        "bound": rounded(bound),
        "told_apart": [],
        "disturbed": [],
    });
    for (store, endpoints) in stores {
        for (endpoint, times) in endpoints {
            let (compared, verdicts) = compared(&times, bound);
            for (who, verdict) in verdicts {
                let list = match verdict {
                    Verdict::Alike => continue,
                    Verdict::ToldApart => "told_apart",
                    Verdict::Disturbed => "disturbed",
                };
                let name = json!(format!("{store}: {endpoint}, {who}"));
                told[list].as_array_mut().expect("it is a list").push(name);
            }
            told[store][endpoint] = compared;
        }
    }
    println!("{told:#}");
}

/// Says how long takes what is asked right after a mail.
async fn tell_right_after(store: &str, database: Database) {
    let house = House::start(database, CALLS).await;
    let asked = house.ask_right_after(CALLS).await;
    house.stop().await;
    let times: Times = asked
        .iter()
        .map(|(who, seen)| (*who, sorted(seen)))
        .collect();
    // Both stores have three comparisons.
    let bound = bound(CALLS, 6);
    let [known, also_known, others @ ..] = Who::ALL.map(|who| times[&who].as_slice());
    let null = distance(known, also_known);
    for (who, other) in ["are refused", "are not there"].into_iter().zip(others) {
        let distance = distance(known, other);
        println!(
            "right after a mail, {store}: {:.2} ms for people who are there, {:.2} ms for those who {who}; {distance:.3} apart, as \
             people who are there are {null:.3} apart: {} (from {bound:.3} on it is told)",
            median(known),
            median(other),
            Verdict::of(distance, null, bound).as_str()
        );
    }
}

/// How long each endpoint takes on that store.
async fn measured(database: Database) -> BTreeMap<String, Times> {
    let house = House::start(database, CALLS).await;
    let all = house.ask(CALLS).await.into_iter();
    let measured = all.map(|(endpoint, answers)| {
        let times = answers.iter().map(|(who, seen)| (*who, sorted(seen)));
        (endpoint, times.collect())
    });
    let measured = measured.collect();
    house.stop().await;
    measured
}

/// What the times at one endpoint come to, and the verdict on each kind.
fn compared(times: &Times, bound: f64) -> (Value, [(&'static str, Verdict); 2]) {
    let [known, also_known, refused, unknown] = Who::ALL.map(|who| times[&who].as_slice());
    let null = distance(known, also_known);
    let beside = |other: &[f64]| {
        let difference = median(other) - median(known);
        let distance = distance(known, other);
        let verdict = Verdict::of(distance, null, bound);
        let told = json!({
            "ms": rounded(median(other)),
            "difference_ms": rounded(difference),
            "difference_percent": rounded(difference / median(known) * 100.0),
            "distance": rounded(distance),
            "verdict": verdict.as_str(),
        });
        (told, verdict)
    };
    let (of_refused, of_unknown) = (beside(refused), beside(unknown));
    let told = json!({
        "known": {
            "ms": rounded(median(known)),
            "null": rounded(null),
            "told_from_ms": rounded(told_from(known, also_known, bound)),
        },
        "refused": of_refused.0,
        "unknown": of_unknown.0,
    });
    (told, [("refused", of_refused.1), ("unknown", of_unknown.1)])
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

/// To a thousandth.
fn rounded(figure: f64) -> f64 {
    (figure * 1_000.0).round() / 1_000.0
}
