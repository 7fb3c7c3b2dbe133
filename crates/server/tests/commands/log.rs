//! Tests of commands on a manipulated audit log, on each store.

use std::sync::Arc;

use postern_protocol::Guid;
use postern_server::audit::Verify;
use postern_server::cli::audit::{Audit, BeginAnew};
use postern_server::cli::{Actor, Session};
use postern_server::store::{AuditLog, Known, SqlStore};
use postern_world::contoso;
use sqlx::{AnyConnection, Connection, Executor};

use super::kit::{audit_said, record, session};
use crate::support::key;

on_each_store![
    |database| (super::session(&database).await, database.url.clone());
    an_emptied_audit_log_is_found,
    a_noted_position_is_found_missing_or_changed,
    a_broken_audit_log_begins_anew_and_says_why,
];

async fn verified(session: &Session, position: Option<Known>) -> anyhow::Result<String> {
    let verify = Verify { position };
    audit_said(session, Audit::Verify(verify)).await
}

/// A session after a restart.
async fn started_again(url: &str) -> Session {
    let store = SqlStore::open(url, 2, key()).await.unwrap();
    Session {
        store: Arc::new(store),
        key: key(),
        tenants: contoso::tenants(),
        actor: Actor::of(None),
        is_json: false,
        run: Guid::from_random(78),
    }
}

async fn an_emptied_audit_log_is_found(session: Session, url: String) {
    // A log that never had a row is complete, but it lacks the noted position of another log.
    assert!(verified(&session, None).await.is_ok());
    let known = Known {
        position: 1,
        digest: None,
    };
    let short = verified(&session, Some(known)).await.unwrap_err();
    assert!(short.to_string().contains("no chained row"), "{short}");
    record(&session).await;
    assert!(verified(&session, None).await.is_ok());
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    let none = if url.starts_with("sqlite") {
        "zeroblob(32)"
    } else {
        "decode(repeat('00', 32), 'hex')"
    };
    let empty = format!(
        "UPDATE chain SET first_position = 0, last_position = 0, first_hash = {none}, last_hash = {none}, seal = NULL"
    );
    for statement in [
        "DELETE FROM audit",
        "DELETE FROM attempts",
        "DELETE FROM outbox",
        &empty,
    ] {
        let statement = sqlx::AssertSqlSafe(statement);
        connection.execute(statement).await.unwrap();
    }
    let is_broken = async |session: &Session| {
        let told = verified(session, None).await.unwrap_err();
        assert!(told.to_string().contains("broken at position 1"), "{told}");
    };
    is_broken(&session).await;
    // A restart does not hide the break either, and neither do later rows.
    let again = started_again(&url).await;
    is_broken(&again).await;
    record(&again).await;
    for session in [&session, &again] {
        assert!(verified(session, None).await.is_err());
    }
    // Removal of the rows that record the break is not sufficient either.
    for statement in ["DELETE FROM audit", "DELETE FROM vault", &empty] {
        let statement = sqlx::AssertSqlSafe(statement);
        connection.execute(statement).await.unwrap();
    }
    is_broken(&again).await;
    is_broken(&started_again(&url).await).await;
}

async fn a_noted_position_is_found_missing_or_changed(session: Session, _: String) {
    for _ in 0..3 {
        record(&session).await;
    }
    let rows = session.store.audit(0, 10).await.unwrap();
    let at = |position: i64, digest: Option<Vec<u8>>| Some(Known { position, digest });
    for row in &rows {
        let position = row.position.unwrap();
        assert!(verified(&session, at(position, None)).await.is_ok());
        let same = verified(&session, at(position, row.hash.clone())).await;
        assert!(same.is_ok());
        let other = verified(&session, at(position, Some(vec![7; 32]))).await;
        let other = other.unwrap_err().to_string();
        let told = format!("is whole, but its hash at position {position} differs");
        assert!(other.contains(&told), "{other}");
    }
    let short = verified(&session, at(4, None)).await.unwrap_err();
    let told = "is whole, but it ends at position 3, before the noted position 4";
    assert!(short.to_string().contains(told), "{short}");
}

async fn a_broken_audit_log_begins_anew_and_says_why(session: Session, url: String) {
    for _ in 0..3 {
        record(&session).await;
    }
    let begin = || {
        Audit::BeginAnew(BeginAnew {
            reason: "a restore that went wrong".into(),
        })
    };
    assert!(audit_said(&session, begin()).await.is_err(), "it is whole");
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    let removed = "DELETE FROM audit WHERE position = 2";
    connection.execute(removed).await.unwrap();
    assert!(verified(&session, None).await.is_err());
    audit_said(&session, begin()).await.unwrap();
    record(&session).await;
    let whole = verified(&session, None).await.unwrap();
    let two = "the audit log is whole: 2 rows";
    assert!(whole.starts_with(two), "{whole}");
    let rows = session.store.audit(0, 10).await.unwrap();
    assert_eq!(rows.len(), 4, "what was there stays");
    let events = rows.iter().map(|row| row.event().unwrap());
    let because = events.filter_map(|event| event.administration?.because);
    assert_eq!(
        because.collect::<Vec<_>>(),
        ["broken at position 2: a restore that went wrong"]
    );
}
