//! The commands that show and lift locks.

use super::*;

on_each_store![
    |database| (crate::commands::kit::session(&database).await, database.url.clone());
    a_lock_is_shown_and_lifted_whichever_identifier_is_named,
    a_lock_says_under_which_identifier_it_is_told,
];

/// Locks the texts of Ada, after one failure, and returns the support code of the lock.
async fn lock_texts_of_ada(session: &Session) -> SupportCode {
    let now = session.now();
    let tenants = session.tenants_named(Some(CONTOSO)).unwrap();
    let ada = account(session, "1001").await.unwrap();
    let identifier = Identifier::parse("ada.l@contoso.example").unwrap();
    let subject = subject_key(
        &session.key,
        Some(tenants[0]),
        Some(&ada.person.id),
        &identifier,
    );
    let mut ledger = Ledger::default();
    let counter = Counter::Identity;
    ledger.apply(
        &Entry::Count {
            counter,
            alias: None,
        },
        now,
    );
    let code = SupportCode(Guid::from_random(9));
    let lock = Lock {
        support_code: Some(code),
        ..Lock::new(Blocked::SmsCodes, now + Duration::from_hours(24))
    };
    ledger.apply(&Entry::Lock(lock), now);
    let changes = Changes {
        ledger: Some((
            &subject,
            Versioned {
                value: ledger,
                version: 0,
            },
        )),
        ..Changes::default()
    };
    session.store.commit(changes, now).await.unwrap();
    code
}

async fn a_lock_is_shown_and_lifted_whichever_identifier_is_named(session: Session, _: String) {
    let code = lock_texts_of_ada(&session).await;
    let show = |who: &str| ShowLocks {
        identifier: who.into(),
        tenant: None,
    };
    let lift = |who: &str| {
        Locks::Lift(Lift {
            show: show(who),
            reason: "she called".into(),
        })
    };
    let said = locks_said(&session, Locks::Show(show("ada.l@contoso.example")));
    let said = said.await.unwrap();
    assert!(said.contains("contoso.example 1001 is locked"), "{said}");
    let why = format!("sms-codes, support code {}\n", code.short());
    assert!(said.contains(&why), "{said}");
    assert!(
        said.contains("identity in the last 24 hours: 1 of 5\n"),
        "{said}"
    );
    let said = locks_said(&session, lift("lovelace@contoso.example")).await;
    let lifted = "contoso.example 1001: 1 lock was lifted; cleared: identity 1\n";
    assert_eq!(said.unwrap(), lifted);
    let said = locks_said(&session, Locks::Show(show("1001"))).await;
    assert_eq!(said.unwrap(), "contoso.example 1001 is not locked\n");
    let again = locks_said(&session, lift("1001")).await.unwrap();
    assert_eq!(
        again,
        "contoso.example 1001: there was no lock; nothing was counted\n"
    );
    let stranger = locks_said(&session, lift("nobody@contoso.example")).await;
    assert!(is_not_found(&stranger.unwrap_err()));
    let by = Some("1001".to_owned());
    let expected = [
        Action::LocksShown,
        Action::LocksLifted,
        Action::LocksShown,
        Action::LocksLifted,
    ];
    assert_eq!(
        done(&session).await,
        expected.map(|action| (action, by.clone()))
    );
}

/// Each lock names its identifiers, unless it applies to all identifiers.
#[expect(clippy::too_many_lines, reason = "a table")]
async fn a_lock_says_under_which_identifier_it_is_told(mut session: Session, _: String) {
    let now = session.now();
    let tenants = session.tenants_named(Some(CONTOSO)).unwrap();
    let ada = account(&session, "1001").await.unwrap();
    let identifier = Identifier::parse(&ada.person.identifiers[0]).unwrap();
    let subject = subject_key(
        &session.key,
        Some(tenants[0]),
        Some(&ada.person.id),
        &identifier,
    );
    let other = Identifier::parse("LOVELACE@contoso.example").unwrap();
    let gone = Identifier::parse("countess@contoso.example").unwrap();
    let of = |identifier| alias(&session.key, Some(tenants[0]), identifier);
    let until = now + Duration::from_hours(24);
    for (blocked, alias, is_ended_elsewhere, under, told) in [
        (Blocked::SmsCodes, None, false, None, ""),
        (
            Blocked::EmailCodes,
            Some(of(&other)),
            false,
            Some("lovelace@contoso.example"),
            "; the page reports it only under lovelace@contoso.example, but it holds under the others too",
        ),
        (
            Blocked::Questions,
            Some(of(&other)),
            true,
            Some("lovelace@contoso.example"),
            "; it holds only under lovelace@contoso.example, since a reset under another identifier ended it for the others",
        ),
        (
            Blocked::Resets,
            Some(of(&gone)),
            false,
            Some("an identifier that it no longer has"),
            "; the page reports it only under an identifier that it no longer has, but it holds under the others too",
        ),
        (
            Blocked::MobileCalls,
            Some(Alias::default()),
            false,
            Some("none of its identifiers"),
            "; the page reports it under none of its identifiers, but it holds under all of them",
        ),
    ] {
        let lock = Lock {
            alias,
            is_ended_elsewhere,
            ..Lock::new(blocked, until)
        };
        let mut value = Ledger::default();
        value.apply(&Entry::Lock(lock), now);
        let before = session.store.ledger(&subject).await.unwrap();
        let ledger = Versioned {
            value,
            version: before.version,
        };
        let changes = Changes {
            ledger: Some((&subject, ledger)),
            ..Changes::default()
        };
        session.store.commit(changes, now).await.unwrap();
        for is_json in [false, true] {
            let show = Locks::Show(ShowLocks {
                identifier: "1001".into(),
                tenant: None,
            });
            session.is_json = is_json;
            let said = locks_said(&session, show).await.unwrap();
            if is_json {
                let said: serde_json::Value = serde_json::from_str(&said).unwrap();
                let lock = &said["locks"][0];
                assert_eq!(lock["told_under"], serde_json::json!(under), "{said}");
                assert_eq!(lock["is_ended_elsewhere"], is_ended_elsewhere, "{said}");
            } else {
                let end = format!(", support code unknown{told}\n");
                assert!(said.ends_with(&end), "{said}");
            }
        }
    }
}
