//! An administrator of Contoso, with the input and the rows of their commands.

use std::sync::Arc;

use postern_engine::account::AccountId;
use postern_engine::audit::{Action, Activity, Administration, AuditEvent, Reason};
use postern_engine::{Account, Tenant};
use postern_protocol::{Guid, Timestamp};
use postern_server::cli::accounts::{Accounts, Who};
use postern_server::cli::audit::Audit;
use postern_server::cli::locks::Locks;
use postern_server::cli::{Actor, Session};
use postern_server::store::{Attempts, AuditLog, Changes};
use postern_world::contoso;

use crate::support::{self, Database, key};

pub(super) const CONTOSO: &str = "contoso.example";

pub(super) async fn session(database: &Database) -> Session {
    let store = Arc::new(database.open().await);
    let session = Session {
        key: key(),
        store,
        tenants: contoso::tenants(),
        actor: Actor::of(Some("Grace of the helpdesk".into())),
        is_json: false,
        run: Guid::from_random(77),
    };
    let mut ada = Account::new("1001", "ada.l@contoso.example");
    ada.person
        .identifiers
        .push("lovelace@contoso.example".into());
    ada.person.mobile = Some("+44 7700 900123".into());
    ada.person.groups = vec!["staff".into()];
    ada.person.is_locked = true;
    session.accounts().put(CONTOSO, &ada).await.unwrap();
    let ben = Account::new("1002", "ben.b@contoso.example");
    session.accounts().put(CONTOSO, &ben).await.unwrap();
    session
}

pub(super) fn who(who: &str) -> Who {
    Who {
        who: who.into(),
        tenant: None,
    }
}

pub(super) async fn said(session: &Session, accounts: Accounts) -> anyhow::Result<String> {
    let mut out = Vec::new();
    accounts.run(session, &mut out).await?;
    Ok(String::from_utf8(out)?)
}

pub(super) async fn audit_said(session: &Session, audit: Audit) -> anyhow::Result<String> {
    let mut out = Vec::new();
    audit.run(session, &mut out).await?;
    Ok(String::from_utf8(out)?)
}

pub(super) async fn locks_said(session: &Session, locks: Locks) -> anyhow::Result<String> {
    let mut out = Vec::new();
    locks.run(session, &mut out).await?;
    Ok(String::from_utf8(out)?)
}

/// The actions of the administrators in order, each with its account.
pub(super) async fn done(session: &Session) -> Vec<(Action, Option<String>)> {
    let rows = session.store.audit(0, 1_000).await.unwrap();
    let events = rows.iter().map(|row| row.event().unwrap());
    events
        .filter_map(|event| {
            let Reason::Administered(action) = event.reason else {
                return None;
            };
            assert_eq!(event.activity, Activity::Administration);
            let by = event.administration.unwrap();
            assert_eq!(by.actor.as_deref(), Some("Grace of the helpdesk"));
            assert!(!by.user.is_empty());
            Some((action, event.account.map(|id| id.0)))
        })
        .collect()
}

pub(super) async fn account(session: &Session, id: &str) -> Option<Account> {
    let tenant = Tenant::new(CONTOSO, "Contoso");
    let found = support::account(&session.store, &tenant, &AccountId(id.into())).await;
    found.unwrap()
}

/// An event of an attempt of Ada.
pub(super) fn event() -> AuditEvent {
    let guid: Guid = "26c323c1-9a2e-4d3f-8b7a-1f2e3d4c5b6a".parse().unwrap();
    AuditEvent {
        activity: Activity::FlowProgress,
        reason: Reason::SubmittedIdentifier,
        identifier: "Ada.L@contoso.example".into(),
        account: Some(AccountId("1001".into())),
        administration: None,
        ..AuditEvent::administered(
            Action::AuditShown,
            Administration::default(),
            CONTOSO,
            None,
            guid,
            Timestamp::from_seconds(1_769_860_800),
        )
    }
}

pub(super) async fn record(session: &Session) {
    let events = [event()];
    let changes = Changes {
        audit: &events,
        ..Changes::default()
    };
    session.store.commit(changes, session.now()).await.unwrap();
    while session.store.chain(100).await.unwrap() > 0 {}
}
