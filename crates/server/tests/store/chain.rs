//! Tests of the chain of the audit log, for every store.

use super::*;

on_each_store![
    |database| (database.open().await, &database.url);
    the_audit_is_chained_in_order,
    forgetting_audit_leaves_a_chain,
    whatever_is_done_to_the_audit_behind_our_back_is_found,
];

async fn the_audit_is_chained_in_order(store: SqlStore, _: &str) {
    let events = events(5);
    assert_eq!(events.len(), 5);
    store
        .commit(
            Changes {
                audit: &events,
                ..Changes::default()
            },
            NOW,
        )
        .await
        .unwrap();
    assert_eq!(store.chain(3).await.unwrap(), 3);
    assert_eq!(store.chain(3).await.unwrap(), 2);
    assert_eq!(store.chain(3).await.unwrap(), 0);
    let rows = store.audit(0, 10).await.unwrap();
    let positions: Vec<_> = rows.iter().filter_map(|row| row.position).collect();
    assert_eq!(positions, [1, 2, 3, 4, 5]);
    assert!(store.verify_audit(None).await.unwrap().is_whole());
}

async fn forgetting_audit_leaves_a_chain(store: SqlStore, _: &str) {
    let events = events(5);
    store
        .commit(
            Changes {
                audit: &events,
                ..Changes::default()
            },
            NOW,
        )
        .await
        .unwrap();
    store.chain(10).await.unwrap();
    let before = NOW + std::time::Duration::from_secs(3);
    assert_eq!(store.forget_audit(before, 10).await.unwrap(), 2);
    assert_eq!(store.audit(0, 10).await.unwrap().len(), 3);
    assert!(store.verify_audit(None).await.unwrap().is_whole());
}

async fn whatever_is_done_to_the_audit_behind_our_back_is_found(store: SqlStore, url: &str) {
    let events = events(6);
    store
        .commit(
            Changes {
                audit: &events,
                ..Changes::default()
            },
            NOW,
        )
        .await
        .unwrap();
    store.chain(10).await.unwrap();
    store
        .forget_audit(NOW + std::time::Duration::from_secs(2), 10)
        .await
        .unwrap();
    assert!(store.verify_audit(None).await.unwrap().is_whole());

    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    for (done, undone) in [
        (
            "UPDATE audit SET event = event || ' ' WHERE position = 3",
            "UPDATE audit SET event = TRIM(event) WHERE position = 3",
        ),
        (
            "UPDATE audit SET position = 33 WHERE position = 3",
            "UPDATE audit SET position = 3 WHERE position = 33",
        ),
        (
            "UPDATE audit SET position = 77 WHERE position = 6",
            "UPDATE audit SET position = 6 WHERE position = 77",
        ),
        (
            "UPDATE audit SET position = NULL WHERE position = 6",
            "UPDATE audit SET position = 6 WHERE position IS NULL",
        ),
        (
            "UPDATE chain SET first_position = first_position + 1",
            "UPDATE chain SET first_position = first_position - 1",
        ),
        (
            "UPDATE chain SET last_position = last_position - 1",
            "UPDATE chain SET last_position = last_position + 1",
        ),
    ] {
        connection.execute(done).await.unwrap();
        assert!(
            !store.verify_audit(None).await.unwrap().is_whole(),
            "{done}"
        );
        connection.execute(undone).await.unwrap();
        assert!(
            store.verify_audit(None).await.unwrap().is_whole(),
            "{undone}"
        );
    }
    for removed in [
        "DELETE FROM audit WHERE position = 4",
        "DELETE FROM audit WHERE position = 6",
    ] {
        connection.execute(removed).await.unwrap();
        assert!(
            !store.verify_audit(None).await.unwrap().is_whole(),
            "{removed}"
        );
    }
}
