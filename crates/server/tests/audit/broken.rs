//! An audit log that was changed behind the service: its chain shows where.

use super::*;

on_each_store![
    |database| (database.open().await, &database.url);
    a_row_that_was_changed_is_found,
    a_row_that_was_removed_is_found,
    a_row_that_was_put_in_is_found,
    rows_that_were_swapped_are_found,
    an_end_that_was_cut_off_is_found,
    a_beginning_that_was_cut_off_is_found,
    what_is_written_later_does_not_hide_what_was_done,
    what_is_broken_is_not_forgotten,
];

/// Changes the database directly, and returns the result of a verification after that.
async fn verified_after(store: &SqlStore, url: &str, statements: &[&str]) -> String {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    for statement in statements {
        connection
            .execute(AssertSqlSafe((*statement).to_owned()))
            .await
            .unwrap();
    }
    verified(store).await.unwrap_err().to_string()
}

fn broken_at(position: i64) -> String {
    format!("the audit log is broken at position {position}")
}

async fn a_row_that_was_changed_is_found(store: SqlStore, url: &str) {
    six_days(&store).await;
    let mut connection = AnyConnection::connect(url).await.unwrap();
    for (done, undone) in [
        (
            "event = REPLACE(event, 'success', 'failure')",
            "event = REPLACE(event, 'failure', 'success')",
        ),
        ("at = at - 1", "at = at + 1"),
        ("tenant = 'x' || tenant", "tenant = SUBSTR(tenant, 2)"),
    ] {
        let statement = |set: &str| format!("UPDATE audit SET {set} WHERE position = 4");
        let found = verified_after(&store, url, &[&statement(done)]).await;
        assert_eq!(found, broken_at(4), "{done}");
        connection
            .execute(AssertSqlSafe(statement(undone)))
            .await
            .unwrap();
        verified(&store).await.unwrap();
    }
}

async fn a_row_that_was_removed_is_found(store: SqlStore, url: &str) {
    six_days(&store).await;
    let found = verified_after(&store, url, &["DELETE FROM audit WHERE position = 3"]).await;
    assert_eq!(found, broken_at(3));
    // Closing the gap does not hide the change.
    let moved = (4..=6).map(|from| {
        format!(
            "UPDATE audit SET position = {} WHERE position = {from}",
            from - 1
        )
    });
    let moved: Vec<String> = moved.collect();
    let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
    assert_eq!(verified_after(&store, url, &moved).await, broken_at(3));
}

async fn a_row_that_was_put_in_is_found(store: SqlStore, url: &str) {
    six_days(&store).await;
    let statements = [
        "UPDATE audit SET position = position + 10 WHERE position > 3",
        "INSERT INTO audit (at, tenant, event, position, hash) SELECT at, tenant, event, 4, hash FROM audit WHERE position = 3",
        "UPDATE audit SET position = position - 9 WHERE position > 10",
    ];
    assert_eq!(verified_after(&store, url, &statements).await, broken_at(4));
}

async fn rows_that_were_swapped_are_found(store: SqlStore, url: &str) {
    six_days(&store).await;
    let statements = [
        "UPDATE audit SET position = 20 WHERE position = 2",
        "UPDATE audit SET position = 2 WHERE position = 5",
        "UPDATE audit SET position = 5 WHERE position = 20",
    ];
    assert_eq!(verified_after(&store, url, &statements).await, broken_at(2));
}

async fn an_end_that_was_cut_off_is_found(store: SqlStore, url: &str) {
    six_days(&store).await;
    let cut = "DELETE FROM audit WHERE position > 4";
    assert_eq!(verified_after(&store, url, &[cut]).await, broken_at(5));
    // A changed end position does not hide it either.
    let moved = "UPDATE chain SET last_position = 4, last_hash = (SELECT hash FROM audit WHERE position = 4)";
    assert_eq!(verified_after(&store, url, &[moved]).await, broken_at(5));
    // Removal of the seal does not hide it either.
    let unsealed = "UPDATE chain SET seal = NULL";
    assert_eq!(verified_after(&store, url, &[unsealed]).await, broken_at(5));
}

async fn a_beginning_that_was_cut_off_is_found(store: SqlStore, url: &str) {
    six_days(&store).await;
    let statements = [
        "UPDATE chain SET first_position = 2, first_hash = (SELECT hash FROM audit WHERE position = 2)",
        "DELETE FROM audit WHERE position <= 2",
    ];
    let found = verified_after(&store, url, &statements).await;
    assert!(found.starts_with("the audit log is broken"), "{found}");
}

async fn what_is_written_later_does_not_hide_what_was_done(store: SqlStore, url: &str) {
    six_days(&store).await;
    let statements = [
        "DELETE FROM audit WHERE position > 4",
        "UPDATE chain SET last_position = 4, last_hash = (SELECT hash FROM audit WHERE position = 4)",
    ];
    verified_after(&store, url, &statements).await;
    record(&store, &[event(9, NOON + DAY * 9, "contoso.example")]).await;
    assert!(verified(&store).await.is_err());
}

async fn what_is_broken_is_not_forgotten(store: SqlStore, url: &str) {
    six_days(&store).await;
    // The row looks old, so that the service removes it.
    let old = "UPDATE audit SET at = 0 WHERE position = 3";
    assert_eq!(verified_after(&store, url, &[old]).await, broken_at(3));
    assert_eq!(store.forget_audit(NOON + DAY * 9, 100).await.unwrap(), 2);
    assert_eq!(store.forget_audit(NOON + DAY * 9, 100).await.unwrap(), 0);
    let found = verified(&store).await.unwrap_err().to_string();
    assert_eq!(found, broken_at(3));
}
