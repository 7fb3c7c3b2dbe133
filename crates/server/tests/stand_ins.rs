//! Tests of the account that stands in for a missing one, on each store.

#![expect(
    clippy::unwrap_used,
    reason = "a store that fails here fails its test, and says why"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use postern_engine::{Account, Identifier, Tenant};
use postern_server::directory::BuiltIn;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use super::support::{Database, key};

const DOMAIN: &str = "contoso.example";

on_each_store![
    |database| (&database);
    the_same_account_stands_in_for_the_same_identifier,
    identifiers_spread_over_the_accounts,
    behind_the_last_account_comes_the_first,
    no_account_of_another_tenant_stands_in,
];

async fn accounts(database: &Database) -> BuiltIn {
    BuiltIn::new(Arc::new(database.open().await), key())
}

async fn put(accounts: &BuiltIn, name: &str) {
    let account = Account::new(name, &format!("{name}@{DOMAIN}"));
    accounts.put(DOMAIN, &account).await.unwrap();
}

/// The number of times that each account stands in for one of these unknown identifiers.
async fn drawn(accounts: &BuiltIn, identifiers: usize) -> BTreeMap<String, usize> {
    let mut drawn = BTreeMap::new();
    for number in 0..identifiers {
        let stand_in = stand_in(accounts, &format!("unknown{number}")).await;
        *drawn.entry(stand_in.unwrap()).or_default() += 1;
    }
    drawn
}

async fn stand_in(accounts: &BuiltIn, name: &str) -> Option<String> {
    let tenant = Tenant::new(DOMAIN, "Contoso");
    let identifier = Identifier::parse(&format!("{name}@{DOMAIN}")).unwrap();
    let stand_in = accounts.stand_in(&tenant, &identifier).await.unwrap();
    stand_in.map(|id| id.0)
}

async fn the_same_account_stands_in_for_the_same_identifier(database: &Database) {
    let (one, other) = (accounts(database).await, accounts(database).await);
    for number in 0..10 {
        put(&one, &format!("person{number}")).await;
    }
    for number in 0..20 {
        let name = format!("unknown{number}");
        let first = stand_in(&one, &name).await;
        assert!(first.is_some());
        // Neither other lookups nor changes to an account change the result, and it is the same on
        // every replica.
        assert_eq!(stand_in(&one, "person3").await, None);
        put(&other, "person7").await;
        assert_eq!(stand_in(&one, &name.to_uppercase()).await, first);
        assert_eq!(stand_in(&other, &name).await, first);
    }
}

/// Each run draws new places. Of 40 accounts in random places, one is drawn by none of 400
/// identifiers once in eleven times. That twenty are not drawn has a probability below 10⁻⁸ per
/// run, and so has that one of them is drawn by half of the identifiers.
async fn identifiers_spread_over_the_accounts(database: &Database) {
    let accounts = accounts(database).await;
    // The names differ only in the last letters, as staff numbers do.
    for number in 0..40 {
        put(&accounts, &format!("staff-000{number:02}")).await;
    }
    let drawn = drawn(&accounts, 400).await;
    assert!(drawn.len() > 20, "{drawn:?}");
    assert!(drawn.values().all(|times| *times < 200), "{drawn:?}");
}

/// The key of the tests gives the same result on each run.
async fn behind_the_last_account_comes_the_first(database: &Database) {
    let accounts = accounts(database).await;
    let mut connection = AnyConnection::connect(&database.url).await.unwrap();
    for (name, place) in [("ada", i64::MIN), ("bob", i64::MIN + 1)] {
        put(&accounts, name).await;
        let update = format!("UPDATE accounts SET place = {place} WHERE id = '{name}'");
        connection.execute(AssertSqlSafe(update)).await.unwrap();
    }
    assert_eq!(drawn(&accounts, 20).await, [("ada".to_owned(), 20)].into());
    let update = format!("UPDATE accounts SET place = {} WHERE id = 'bob'", i64::MAX);
    connection.execute(AssertSqlSafe(update)).await.unwrap();
    assert_eq!(drawn(&accounts, 20).await, [("bob".to_owned(), 20)].into());
    // The same applies if several are in one place.
    let update = "UPDATE accounts SET place = 0";
    connection.execute(update).await.unwrap();
    assert_eq!(drawn(&accounts, 20).await.values().sum::<usize>(), 20);
}

async fn no_account_of_another_tenant_stands_in(database: &Database) {
    let accounts = accounts(database).await;
    let other = Account::new("eve", "eve@fabrikam.example");
    accounts.put("fabrikam.example", &other).await.unwrap();
    assert_eq!(stand_in(&accounts, "unknown").await, None);
    put(&accounts, "ada").await;
    assert_eq!(drawn(&accounts, 20).await, [("ada".to_owned(), 20)].into());
}
