//! Complete resets a second, beside a bare handler that writes as many rows to the same database in
//! the same run.
//!
//! `cargo bench -p postern-server --bench server` prints JSON. `-- --scale` measures instead how
//! the figures move with a million accounts and ten million rows of the audit log, which takes
//! minutes and gigabytes. `-- --apart` measures instead what joined statements (PostgreSQL) and
//! grouped changes (SQLite) bring, beside a service without them.
//!
//! A reset is four requests: start, have a code sent by mail, give it back, set a password. Proof
//! of work is left aside: it costs the client, not the server. Argon2 is measured with and without,
//! since it is slow on purpose and its neighbour has none.

#![expect(clippy::print_stdout, reason = "what was measured is what it says")]
#![expect(clippy::disallowed_methods, reason = "a bench is a stopwatch")]
#![expect(
    clippy::unwrap_used,
    reason = "a bench that something is wrong with has nothing to say"
)]

mod bare;
mod latencies;
mod ours;
mod scale;
mod sizes;
#[path = "../../tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use support::Database;

use bare::Bare;
use latencies::{Latencies, median, rounded};
use ours::{Ours, Passwords};
use sizes::{AT_ONCE, RESETS, ROUNDS};

/// Attempts that are open while memory is measured.
const OPEN_ATTEMPTS: usize = 10_000;

#[tokio::main]
async fn main() {
    support::Postgres::measure();
    let measured = if std::env::args().any(|it| it == "--scale") {
        scale::measure().await
    } else if std::env::args().any(|it| it == "--apart") {
        joined_beside_apart().await
    } else {
        beside_bare().await
    };
    println!("{}", serde_json::to_string_pretty(&measured).unwrap());
}

/// Resets a second of the service, divided by those of a service that writes each change by itself.
async fn joined_beside_apart() -> Value {
    let mut measured = BTreeMap::new();
    for store in ["sqlite", "postgres"] {
        let database = async || match store {
            "sqlite" => Database::sqlite(),
            _ => Database::postgres().await,
        };
        let (first, second) = (database().await, database().await);
        let joined = Ours::start(&first, Passwords::Unhashed).await;
        let apart = Ours::over(second.open().await.writing_apart(), Passwords::Unhashed).await;
        let mut ratios = Vec::new();
        for _ in 0..ROUNDS {
            let mut unseen = Latencies::default();
            let rate = joined.resets(RESETS, AT_ONCE, &mut unseen).await;
            ratios.push(rate / apart.resets(RESETS, AT_ONCE, &mut unseen).await);
        }
        let name = format!("ratio_to_apart_{store}");
        measured.insert(name, json!(rounded(median(ratios))));
        joined.stop().await;
        apart.stop().await;
    }
    json!(measured)
}

async fn beside_bare() -> Value {
    let mut measured = BTreeMap::new();
    let writes = writes_of_a_reset().await;
    for store in ["sqlite", "postgres"] {
        let database = async || match store {
            "sqlite" => Database::sqlite(),
            _ => Database::postgres().await,
        };
        let (first, second, third) = (database().await, database().await, database().await);
        let hashed = Ours::start(&first, Passwords::Hashed).await;
        let unhashed = Ours::start(&second, Passwords::Unhashed).await;
        let bare = Bare::start(&third.url, writes).await;
        let mut rates: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        let mut latencies = Latencies::default();
        for _ in 0..ROUNDS {
            let mut measure = |name, rate| rates.entry(name).or_default().push(rate);
            measure("ours", hashed.resets(RESETS, AT_ONCE, &mut latencies).await);
            let mut unseen = Latencies::default();
            measure(
                "ours_without_argon2",
                unhashed.resets(RESETS, AT_ONCE, &mut unseen).await,
            );
            measure("bare", bare.resets(RESETS, AT_ONCE).await);
        }
        let ratio = |name: &str| {
            let pairs = rates[name].iter().zip(&rates["bare"]);
            rounded(median(pairs.map(|(ours, bare)| ours / bare).collect()))
        };
        measured.insert(
            format!("ratio_to_bare_{store}"),
            json!(ratio("ours_without_argon2")),
        );
        measured.insert(
            format!("ratio_to_bare_{store}_with_argon2"),
            json!(ratio("ours")),
        );
        let rates = rates
            .into_iter()
            .map(|(name, rates)| (name, rounded(median(rates))));
        measured.insert(
            store.to_owned(),
            json!({
                "resets_per_second": rates.collect::<BTreeMap<_, _>>(),
                "milliseconds": latencies.told(),
            }),
        );
        if store == "postgres" {
            measured.insert("memory".to_owned(), hashed.memory(OPEN_ATTEMPTS).await);
        }
        hashed.stop().await;
        unhashed.stop().await;
    }
    measured.insert("rows_written_by_a_reset".to_owned(), json!(writes));
    measured.insert("resets".to_owned(), json!(RESETS * ROUNDS));
    measured.insert("at_once".to_owned(), json!(AT_ONCE));
    json!(measured)
}

/// How many rows a reset writes, all that follows from it included: PostgreSQL has counted them.
async fn writes_of_a_reset() -> usize {
    const COUNTED: usize = 100;
    let database = Database::postgres().await;
    let ours = Ours::start(&database, Passwords::Unhashed).await;
    let before = ours.rows_written(&database.url).await;
    ours.resets(COUNTED, AT_ONCE, &mut Latencies::default())
        .await;
    let after = ours.rows_written(&database.url).await;
    ours.stop().await;
    (after - before).div_ceil(COUNTED)
}
