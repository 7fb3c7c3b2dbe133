//! Tests of the verification in parts, as a running service does it, on each store.

use postern_server::store::{AuditLog, SqlStore, Walk, Walked};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use super::{DAY, NOON, event, six_days};

on_each_store![
    |database| (database.open().await, &database.url);
    a_walk_in_parts_finds_what_was_done_and_goes_on_once_it_is_mended,
    a_walk_goes_on_behind_what_was_forgotten_meanwhile,
];

/// Verifies until there is no new result.
async fn walked(store: &SqlStore, walk: &mut Walk, limit: i64) -> Walked {
    loop {
        match store.walk_audit(walk, limit).await.unwrap() {
            Walked::Part => {}
            found @ (Walked::Whole | Walked::Broken | Walked::Shut) => return found,
        }
    }
}

async fn a_walk_in_parts_finds_what_was_done_and_goes_on_once_it_is_mended(
    store: SqlStore,
    url: &str,
) {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    let mut base = 0;
    for limit in [1, 2, 3, 6, 7, 1_000] {
        for (done, position) in [
            (
                "UPDATE audit SET event = REPLACE(event, 'success', 'failure') WHERE position = #",
                4,
            ),
            ("UPDATE audit SET at = at - 1 WHERE position = #", 4),
            (
                "UPDATE audit SET tenant = 'x' || tenant WHERE position = #",
                1,
            ),
            ("UPDATE audit SET hash = NULL WHERE position = #", 6),
            ("UPDATE audit SET position = NULL WHERE position = #", 3),
            (
                "UPDATE audit SET position = position + 3 WHERE position = #",
                6,
            ),
            ("DELETE FROM audit WHERE position = #", 1),
            ("DELETE FROM audit WHERE position = #", 3),
            ("DELETE FROM audit WHERE position = #", 6),
            ("UPDATE chain SET seal = NULL", 0),
            ("UPDATE chain SET last_position = last_position - 1", 0),
            ("UPDATE chain SET first_position = first_position + 1", 0),
        ] {
            six_days(&store).await;
            let mut walk = Walk::default();
            assert_eq!(walked(&store, &mut walk, limit).await, Walked::Whole);
            let statement = done.replace('#', &(base + position).to_string());
            connection
                .execute(AssertSqlSafe(statement.clone()))
                .await
                .unwrap();
            for _ in 0..2 {
                let found = walked(&store, &mut walk, limit).await;
                assert_eq!(found, Walked::Broken, "{statement}");
            }
            let anew = event(9, NOON, "contoso.example");
            store.begin_audit_anew(&anew).await.unwrap();
            assert_eq!(
                walked(&store, &mut walk, limit).await,
                Walked::Whole,
                "{statement}"
            );
            while store.chain(1_000).await.unwrap() > 0 {}
            let verdict = store.verify_audit(None).await.unwrap();
            assert!(verdict.is_whole());
            base = verdict.last.unwrap().0;
        }
    }
}

async fn a_walk_goes_on_behind_what_was_forgotten_meanwhile(store: SqlStore, _: &str) {
    six_days(&store).await;
    let mut walk = Walk::default();
    assert_eq!(store.walk_audit(&mut walk, 2).await.unwrap(), Walked::Part);
    assert_eq!(store.forget_audit(NOON + DAY * 4, 100).await.unwrap(), 4);
    six_days(&store).await;
    assert_eq!(walked(&store, &mut walk, 2).await, Walked::Whole);
}
