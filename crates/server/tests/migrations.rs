//! Tests of a database that is older or newer than the program, on each store.

#![expect(
    clippy::unwrap_used,
    reason = "a store that fails here fails its test, and says why"
)]

use std::sync::Arc;

use postern_engine::Account;
use postern_server::directory::BuiltIn;
use postern_server::store::SqlStore;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor, Row};

use super::support::{Database, key};

on_each_store![
    |database| (&database);
    an_older_database_that_has_to_stay_as_it_is_is_refused,
    a_newer_database_is_refused_and_stays_as_it_is,
    accounts_of_before_are_given_places_of_their_own,
];

/// The tables, and their migrations.
async fn state(database: &Database) -> (Vec<String>, Vec<i64>) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&database.url).await.unwrap();
    let tables = if database.url.starts_with("sqlite") {
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    } else {
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
    };
    let tables = connection.fetch_all(tables).await.unwrap();
    let tables: Vec<String> = tables.iter().map(|row| row.get(0)).collect();
    let made = if tables.iter().any(|table| table == "_sqlx_migrations") {
        let query = "SELECT version FROM _sqlx_migrations ORDER BY version";
        connection.fetch_all(query).await.unwrap()
    } else {
        Vec::new()
    };
    (tables, made.iter().map(|row| row.get(0)).collect())
}

async fn run(database: &Database, statement: &'static str) {
    let mut connection = AnyConnection::connect(&database.url).await.unwrap();
    connection.execute(statement).await.unwrap();
}

async fn refused(database: &Database) -> String {
    let opened = SqlStore::open_migrated(&database.url, 1, &key()).await;
    opened.err().unwrap().to_string()
}

async fn an_older_database_that_has_to_stay_as_it_is_is_refused(database: &Database) {
    let told = refused(database).await;
    assert_eq!(
        told,
        "the database does not have the tables of this program yet. `postern-server migrate` creates them; with --no-migrate nothing \
         else does"
    );
    assert_eq!(state(database).await, (Vec::new(), Vec::new()));

    drop(database.open().await);
    let store = SqlStore::open_migrated(&database.url, 1, &key()).await;
    drop(store.unwrap());

    run(
        database,
        "DELETE FROM _sqlx_migrations WHERE version = (SELECT MAX(version) FROM _sqlx_migrations)",
    )
    .await;
    let before = state(database).await;
    let told = refused(database).await;
    assert!(
        told.starts_with("the database is older than this program"),
        "{told}"
    );
    assert!(!told.contains("1 tables"), "{told}");
    assert!(told.contains("`postern-server migrate`"), "{told}");
    assert_eq!(state(database).await, before);
}

async fn a_newer_database_is_refused_and_stays_as_it_is(database: &Database) {
    drop(database.open().await);
    run(
        database,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         SELECT 99999, 'of later', success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1",
    )
    .await;
    let before = state(database).await;
    for told in [
        refused(database).await,
        SqlStore::open(&database.url, 1, &key())
            .await
            .err()
            .unwrap()
            .to_string(),
    ] {
        assert!(
            told.starts_with(
                "the database is newer than this program: it has the migrations [99999]"
            ),
            "{told}"
        );
    }
    assert_eq!(state(database).await, before);
}

/// The number of accounts, and the number of different places.
async fn places(database: &Database) -> (i64, i64) {
    let mut connection = AnyConnection::connect(&database.url).await.unwrap();
    let query = "SELECT COUNT(*), COUNT(DISTINCT place) FROM accounts";
    let row = connection.fetch_one(query).await.unwrap();
    (row.get(0), row.get(1))
}

async fn accounts_of_before_are_given_places_of_their_own(database: &Database) {
    let store = Arc::new(database.open().await);
    let accounts = BuiltIn::new(store.clone(), key());
    for number in 0..20 {
        let name = format!("person{number}");
        let account = Account::new(&name, &format!("{name}@contoso.example"));
        accounts.put("contoso.example", &account).await.unwrap();
    }
    drop((accounts, store));
    for statement in [
        "DROP INDEX accounts_by_place",
        "ALTER TABLE accounts DROP COLUMN place",
        "DELETE FROM _sqlx_migrations WHERE version = 33",
    ] {
        run(database, statement).await;
    }
    let store = database.open().await;
    assert_eq!(places(database).await, (20, 20));

    // An older replica continues for a while, if several are possible.
    if database.url.starts_with("postgres") {
        for number in 0..20 {
            let insert = format!(
                "INSERT INTO accounts (tenant, id, account, passwords, version) \
                 VALUES ('contoso.example', 'later{number}', 'sealed', '[]', 1)"
            );
            let mut connection = AnyConnection::connect(&database.url).await.unwrap();
            connection.execute(AssertSqlSafe(insert)).await.unwrap();
        }
        assert_eq!(places(database).await, (40, 40));
    }
    drop(store);
}
