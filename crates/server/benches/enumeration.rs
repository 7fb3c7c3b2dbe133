//! How long each endpoint takes for those who are there, those who are refused without being told, and those who are not, by turns.
//!
//! `cargo bench -p postern-server --bench enumeration` prints JSON: the medians, and how far those of the others are from that of the known.

#![expect(clippy::print_stdout, reason = "what was measured is what it says")]

#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/enumeration/walk.rs"]
mod walk;

use std::collections::BTreeMap;

use serde_json::json;
use walk::{House, Seen, Who};

/// Calls of each kind to each endpoint.
const CALLS: usize = 500;

#[tokio::main]
async fn main() {
    let house = House::start(CALLS).await;
    let mut measured = BTreeMap::new();
    for (name, answers) in house.ask(CALLS).await {
        let [known, refused, unknown] = Who::ALL.map(|who| median(&answers[&who]));
        let beside = |other: f64| {
            let difference = other - known;
            json!({
                "ms": rounded(other),
                "difference_ms": rounded(difference),
                "difference_percent": rounded(difference / known * 100.0),
            })
        };
        let told = json!({
            "known": { "ms": rounded(known) },
            "refused": beside(refused),
            "unknown": beside(unknown),
        });
        measured.insert(name, told);
    }
    house.stop().await;
    println!("{:#}", json!({ "calls": CALLS, "medians": measured }));
}

fn median(answers: &[Seen]) -> f64 {
    let mut took: Vec<f64> = answers
        .iter()
        .map(|it| it.took.as_secs_f64() * 1_000.0)
        .collect();
    took.sort_by(f64::total_cmp);
    took[took.len() / 2]
}

/// To a thousandth.
fn rounded(figure: f64) -> f64 {
    (figure * 1_000.0).round() / 1_000.0
}
