//! How the figures move with a million accounts, and with ten million rows of the audit log.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use super::latencies::{Latencies, median, rounded};
use super::ours::{DOMAIN, Ours, Passwords};
use super::sizes::{AT_ONCE, RESETS, ROUNDS};
use super::support::Database;

const ACCOUNTS: u32 = 1_000_000;
const AUDIT_ROWS: u32 = 10_000_000;

pub(crate) async fn measure() -> Value {
    let mut measured = BTreeMap::new();
    for store in ["sqlite", "postgres"] {
        let database = match store {
            "sqlite" => Database::sqlite(),
            _ => Database::postgres().await,
        };
        let ours = Ours::start(&database, Passwords::Unhashed).await;
        let mut figures = Vec::new();
        let mut rate = async |accounts: u32, audit_rows: u32| {
            let (mut rates, mut latencies) = (Vec::new(), Latencies::default());
            for _ in 0..ROUNDS {
                rates.push(ours.resets(RESETS, AT_ONCE, &mut latencies).await);
            }
            figures.push(json!({
                "accounts": accounts,
                "audit_rows": audit_rows,
                "resets_per_second_without_argon2": rounded(median(rates)),
                "milliseconds": latencies.told(),
            }));
        };
        rate(1_000, 0).await;
        let mut connection = AnyConnection::connect(&database.url).await.unwrap();
        add_accounts(&mut connection, store).await;
        rate(ACCOUNTS, 0).await;
        add_audit_rows(&mut connection, store).await;
        rate(ACCOUNTS, AUDIT_ROWS).await;
        connection.close().await.unwrap();
        ours.stop().await;
        measured.insert(store, figures);
    }
    json!(measured)
}

/// Accounts of the size of ours that are never signed in to.
async fn add_accounts(connection: &mut AnyConnection, store: &str) {
    let numbers = numbers(store, ACCOUNTS);
    let (blob, place) = match store {
        "sqlite" => ("randomblob(400)", "random()"),
        _ => (
            "decode(repeat(md5(n::text), 25), 'hex')",
            "CAST((random() - 0.5) * 18446744073709500000 AS BIGINT)",
        ),
    };
    for statement in [
        format!(
            "INSERT INTO accounts (tenant, id, account, passwords, version, place) \
             SELECT '{DOMAIN}', 'other' || n, {blob}, '[]', 1, {place} FROM {numbers}"
        ),
        format!(
            "INSERT INTO identifiers (tenant, identifier, account) \
             SELECT '{DOMAIN}', 'other' || n || '@{DOMAIN}', 'other' || n FROM {numbers}"
        ),
    ] {
        connection.execute(AssertSqlSafe(statement)).await.unwrap();
    }
}

/// Rows of the size of ours, chained before all that is to come.
async fn add_audit_rows(connection: &mut AnyConnection, store: &str) {
    let numbers = numbers(store, AUDIT_ROWS);
    let (text, hash) = match store {
        "sqlite" => ("hex(randomblob(150))", "randomblob(32)"),
        _ => (
            "repeat(md5(n::text), 10)",
            "decode(repeat(md5(n::text), 2), 'hex')",
        ),
    };
    connection
        .execute(AssertSqlSafe(format!(
            "INSERT INTO audit (at, tenant, event, position, hash) \
             SELECT 1700000000 + n / 100, '{DOMAIN}', {text}, -n, {hash} FROM {numbers}"
        )))
        .await
        .unwrap();
}

fn numbers(store: &str, count: u32) -> String {
    match store {
        "sqlite" => format!(
            "(WITH RECURSIVE counting(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counting WHERE n < {count}) SELECT n FROM counting)"
        ),
        _ => format!("generate_series(1, {count}) AS numbers(n)"),
    }
}
