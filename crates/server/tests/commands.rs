//! Tests of the administrators' commands, and of their rows in the audit log, on each store.

#![expect(
    clippy::unwrap_used,
    reason = "a store that fails here fails its test, and says why"
)]

mod exports;
mod kit;
mod listed;
mod locks;
mod log;
mod recorded;

use std::time::Duration;

use postern_engine::audit::{Action, Blocked};
use postern_engine::ledger::{Counter, Entry, Lock};
use postern_engine::{Alias, Identifier, Ledger, Tenant, alias, subject_key};
use postern_protocol::{Guid, SupportCode};
use postern_server::accounts::Import;
use postern_server::cli::accounts::{Accounts, Export, List, Remove, Rename, Show, Unlock, Who};
use postern_server::cli::audit::{Audit, ShowAudit};
use postern_server::cli::locks::{Lift, Locks, ShowLocks};
use postern_server::cli::{Actor, Session};
use postern_server::store::{Attempts, Changes, Versioned};
use sqlx::{AnyConnection, Connection, Executor};
use tempfile::TempDir;

use exports::{
    what_is_exported_is_imported_again_and_changes_nothing,
    what_looks_as_a_formula_is_text_in_an_export_and_itself_after_an_import,
};
use kit::{CONTOSO, account, audit_said, done, locks_said, record, said, who};

use listed::{
    those_who_may_reset_and_cannot_are_listed_with_why,
    what_is_stored_is_printed_on_one_line_with_nothing_hidden,
};

use super::support::{is_not_found, key};

on_each_store![
    |database| (super::kit::session(&database).await, database.url.clone());
    an_account_is_found_by_any_identifier_and_by_its_id_and_shown_without_a_secret,
    what_is_exported_is_imported_again_and_changes_nothing,
    what_looks_as_a_formula_is_text_in_an_export_and_itself_after_an_import,
    those_who_may_reset_and_cannot_are_listed_with_why,
    what_is_stored_is_printed_on_one_line_with_nothing_hidden,
    an_account_is_renamed_and_its_id_stays,
    a_bare_name_belongs_to_the_tenant_that_is_named,
    an_account_is_unlocked,
    an_account_is_removed_from_every_table_but_the_audit_log,
    a_support_code_is_looked_up_short_and_long,
    accounts_of_no_configured_tenant_are_told_with_their_number,
];

async fn an_account_is_found_by_any_identifier_and_by_its_id_and_shown_without_a_secret(
    session: Session,
    _: String,
) {
    for name in ["1001", "ada.l@contoso.example", "LOVELACE@Contoso.example"] {
        let shown = said(&session, Accounts::Show(Show { who: who(name) })).await;
        let shown = shown.unwrap();
        assert!(
            shown.contains("+44 7700 900123") && shown.contains("staff"),
            "{shown}"
        );
        assert!(
            !shown.contains("secret") && !shown.contains("$argon2"),
            "{shown}"
        );
    }
    let who = who("zoe@contoso.example");
    let unknown = said(&session, Accounts::Show(Show { who })).await;
    assert!(is_not_found(&unknown.unwrap_err()));
    let listed = List {
        tenant: Some(CONTOSO.into()),
        locked: true,
        ..List::default()
    };
    let listed = said(&session, Accounts::List(listed)).await.unwrap();
    assert_eq!(
        listed,
        "contoso.example  1001  ada.l@contoso.example  enabled locked\n"
    );
    let shown = (Action::AccountShown, Some("1001".into()));
    let expected = [
        shown.clone(),
        shown.clone(),
        shown,
        (Action::AccountsListed, None),
    ];
    assert_eq!(done(&session).await, expected);
}

async fn an_account_is_renamed_and_its_id_stays(session: Session, _: String) {
    let rename = |to: &str, keep| {
        Accounts::Rename(Rename {
            who: who("1001"),
            to: to.into(),
            keep,
            reason: Some("she married".into()),
        })
    };
    let taken = said(&session, rename("ben.b@contoso.example", false)).await;
    assert!(taken.unwrap_err().to_string().contains("another account"));
    let foreign = said(&session, rename("ada@elsewhere.example", false)).await;
    assert!(
        foreign
            .unwrap_err()
            .to_string()
            .contains("does not end in a domain")
    );
    said(&session, rename("ada.king@contoso.example", true))
        .await
        .unwrap();
    let ada = account(&session, "1001").await.unwrap();
    assert_eq!(
        ada.person.identifiers,
        [
            "ada.king@contoso.example",
            "ada.l@contoso.example",
            "lovelace@contoso.example"
        ]
    );
    assert_eq!(ada.person.groups, ["staff"]);
    for (typed, why) in [
        ("a;b@contoso.example", "contains ;"),
        ("ada king@contoso.example", "is not an identifier"),
        ("ada@b@contoso.example", "is not an identifier"),
        ("mailto:", "is not an identifier"),
        ("", "is not an identifier"),
    ] {
        let refused = said(&session, rename(typed, false)).await.unwrap_err();
        assert!(refused.to_string().contains(why), "{typed}: {refused}");
    }
    let mut renamed = 1;
    for typed in [
        "mailto:ada.b@contoso.example;transport=tls",
        "Ann; Bob <ada.b@contoso.example>",
        "mailto:ada.b@contoso.example?subject=a;b",
        "  ada.b@contoso.example. ",
        "Email: ada.b@contoso.example",
        "\u{201c}ada.b@contoso.example\u{201d}",
        "ada.b@contoso\u{200b}.example",
        "ada.b[at]contoso[dot]example",
        "- ada.b@contoso.example,",
        "SMTP:ada.b@contoso.example",
    ] {
        let told = said(&session, rename(typed, false)).await;
        let told = told.unwrap_or_else(|error| panic!("{typed}: {error:#}"));
        let ada = account(&session, "1001").await.unwrap();
        assert_eq!(
            ada.person.identifiers[0], "ada.b@contoso.example",
            "{typed}"
        );
        assert!(told.contains("1001 is now ada.b@contoso.example"), "{told}");
        renamed += 1;
    }
    let expected = vec![(Action::AccountRenamed, Some("1001".into())); renamed];
    assert_eq!(done(&session).await, expected);
}

async fn a_bare_name_belongs_to_the_tenant_that_is_named(session: Session, _: String) {
    for (name, tenant, is_found) in [
        ("ada.l", Some(CONTOSO), true),
        ("ADA.L", Some("Contoso.Example"), true),
        ("lovelace", Some(CONTOSO), true),
        (" lovelace ", Some(CONTOSO), true),
        ("1001", Some(CONTOSO), true),
        ("1001", None, true),
        ("ada.l@contoso.example", Some(CONTOSO), true),
        ("ada.l", None, false),
        ("nobody", Some(CONTOSO), false),
        ("ada.l@elsewhere.example", Some(CONTOSO), false),
    ] {
        let tenant = tenant.map(str::to_owned);
        let whose = ShowLocks {
            identifier: name.into(),
            tenant: tenant.clone(),
        };
        let lifts = Lift {
            show: ShowLocks {
                identifier: name.into(),
                tenant: tenant.clone(),
            },
            reason: "she called".into(),
        };
        for locks in [Locks::Show(whose), Locks::Lift(lifts)] {
            let said = locks_said(&session, locks).await;
            assert_eq!(said.is_ok(), is_found, "{name} {tenant:?}: {said:?}");
            if let Err(error) = said {
                assert!(is_not_found(&error), "{name}: {error:#}");
            }
        }
        let who = Who {
            who: name.into(),
            tenant: tenant.clone(),
        };
        let shown = said(&session, Accounts::Show(Show { who })).await;
        assert_eq!(shown.is_ok(), is_found, "{name} {tenant:?}");
    }
}

async fn an_account_is_unlocked(session: Session, _: String) {
    let unlock = || {
        Accounts::Unlock(Unlock {
            who: who("lovelace@contoso.example"),
            reason: None,
        })
    };
    let first = said(&session, unlock()).await.unwrap();
    assert_eq!(first, "contoso.example 1001 is unlocked\n");
    assert!(!account(&session, "1001").await.unwrap().person.is_locked);
    let again = said(&session, unlock()).await.unwrap();
    assert!(again.contains("was not locked"), "{again}");
    // The command reports that the account was not locked, so there is a row for it.
    let expected = [Action::AccountUnlocked, Action::AccountShown];
    let expected = expected.map(|action| (action, Some("1001".to_owned())));
    assert_eq!(done(&session).await, expected);
}

async fn an_account_is_removed_from_every_table_but_the_audit_log(session: Session, url: String) {
    let remove = || {
        Accounts::Remove(Remove {
            who: Some("1001".into()),
            tenant: None,
            all: false,
            reason: Some("she left".into()),
        })
    };
    assert_eq!(
        said(&session, remove()).await.unwrap(),
        "1 account removed\n"
    );
    let again = said(&session, remove()).await;
    assert!(is_not_found(&again.unwrap_err()));
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    for table in [
        "accounts WHERE id = '1001'",
        "identifiers WHERE account = '1001'",
        "members WHERE account = '1001'",
    ] {
        let query = sqlx::AssertSqlSafe(format!("SELECT 1 FROM {table}"));
        let rows = connection.fetch_all(query).await.unwrap();
        assert!(rows.is_empty(), "{table}");
    }
    assert!(account(&session, "1002").await.is_some());
    let expected = [(Action::AccountRemoved, Some("1001".into()))];
    assert_eq!(done(&session).await, expected);
    let all = |tenant: &str| {
        Accounts::Remove(Remove {
            who: None,
            tenant: Some(tenant.into()),
            all: true,
            reason: None,
        })
    };
    let nowhere = said(&session, all("contoso.exmaple")).await;
    assert!(is_not_found(&nowhere.unwrap_err()));
    assert!(account(&session, "1002").await.is_some());
    let removed = said(&session, all(CONTOSO)).await.unwrap();
    assert_eq!(removed, "1 account removed\n");
    let none = said(&session, all(CONTOSO)).await.unwrap();
    assert_eq!(none, "0 accounts removed\n");
}

async fn a_support_code_is_looked_up_short_and_long(session: Session, _: String) {
    record(&session).await;
    let show = |what: &str| Audit::Show(ShowAudit { what: what.into() });
    for what in [
        "4V1J-7GCD",
        "4vij7gcd",
        "26c323c1-9a2e-4d3f-8b7a-1f2e3d4c5b6a",
        "ada.l@contoso.example",
        "lovelace@contoso.example",
        "1001",
    ] {
        let shown = audit_said(&session, show(what)).await.unwrap();
        assert!(
            shown.contains("User submitted their user ID"),
            "{what}: {shown}"
        );
    }
    let mistyped = audit_said(&session, show("4V1J-7GCE")).await.unwrap_err();
    assert!(
        mistyped.to_string().contains("read out again"),
        "{mistyped}"
    );
    let other = Guid::from_bytes([0xf0; 16]).short().to_string();
    for nothing in [&*other, "zoe@contoso.example", "%"] {
        let nothing = audit_said(&session, show(nothing)).await.unwrap_err();
        assert!(is_not_found(&nothing), "{nothing}");
    }
    let shown = done(&session).await;
    assert_eq!(shown.len(), 6);
    assert!(
        shown
            .iter()
            .all(|(action, _)| *action == Action::AuditShown)
    );
}

async fn accounts_of_no_configured_tenant_are_told_with_their_number(session: Session, _: String) {
    let store = &session.store;
    store.check_tenants(&session.tenants).await.unwrap();
    let mut tenant = Tenant::new("contoso.test", "Contoso");
    tenant.domains.push(CONTOSO.into());
    let swapped = store.check_tenants(std::slice::from_ref(&tenant)).await;
    let told = swapped.unwrap_err().to_string();
    assert!(
        told.contains("2 accounts are under contoso.example"),
        "{told}"
    );
    // A command on accounts would otherwise find none, or create each person twice.
    let folder = TempDir::new().unwrap();
    let csv = folder.path().join("accounts.csv");
    std::fs::write(
        &csv,
        "tenant,id,identifiers\ncontoso.test,1001,ada.l@contoso.example\n",
    )
    .unwrap();
    let swapped = Session {
        tenants: vec![tenant.clone()],
        store: store.clone(),
        actor: Actor::of(None),
        key: key(),
        is_json: false,
        run: Guid::from_random(78),
    };
    let commands = [
        Accounts::Import(Import {
            file: csv,
            ..Import::default()
        }),
        Accounts::List(List::default()),
        Accounts::Show(Show { who: who("1001") }),
        Accounts::Export(Export {
            tenant: None,
            output: None,
            groups: None,
        }),
        Accounts::Unlock(Unlock {
            who: who("1001"),
            reason: None,
        }),
    ];
    for command in commands {
        let told = said(&swapped, command).await.unwrap_err().to_string();
        assert!(
            told.contains("2 accounts are under contoso.example"),
            "{told}"
        );
    }
    let show = ShowLocks {
        identifier: "1001".into(),
        tenant: None,
    };
    let told = locks_said(&swapped, Locks::Show(show))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("2 accounts are under contoso.example"),
        "{told}"
    );
    // With an explicit id, the order of the domains has no effect.
    tenant.id = Some(CONTOSO.into());
    let tenants = [tenant];
    store.check_tenants(&tenants).await.unwrap();
    assert_eq!(tenants[0].domain(), "contoso.test");
}
