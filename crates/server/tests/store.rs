//! Tests of the requirements of the judge for every store: SQLite and PostgreSQL.

#![expect(
    clippy::unwrap_used,
    reason = "a store that fails here fails its test, and says why"
)]

#[path = "store/chain.rs"]
mod chain;
#[path = "store/events.rs"]
mod events;
#[path = "store/identifiers.rs"]
mod identifiers;
#[path = "store/outbox.rs"]
mod outbox;

use std::sync::Arc;

use crate::support::key;
use events::{NOW, events};
use identifiers::identifiers_that_were_kept_before_are_folded_anew;
use outbox::{
    a_parcel_is_leased_to_one_at_a_time, a_parcel_that_is_given_up_is_told_of_in_the_audit,
    codes_leave_before_notices_and_mails_to_administrators, each_lane_is_leased_by_itself,
    what_has_waited_longest_is_known_however_often_it_was_tried,
    what_was_deferred_by_those_whom_it_is_for_says_nothing_of_its_carrier,
    what_was_written_before_there_were_lanes_waits_with_the_mails,
};
use postern_engine::ledger::{Counter, Entry};
use postern_engine::{
    Attempt, Breach, CallId, Context, Handled, Identifier, Identify, Input, Ledger, Population,
    SubjectKey, Tenant, WriteBackHealth, subject_key,
};
use postern_host::work::Solved;
use postern_host::{Receipt, Reply};
use postern_protocol::password::BannedList;
use postern_protocol::{AttemptId, Guid, Problem, ProblemKind, SupportCode, Via};
use postern_server::store::{
    AttemptChange, Attempts, AuditLog, Changes, Commit, ReplyChange, SqlStore, Upkeep, Versioned,
    Versions,
};
use postern_world::contoso;
use sqlx::{Connection, Executor};

on_each_store![
    |database| (database.open().await, &database.url);
    an_attempt_is_kept_with_its_ledger,
    a_change_to_what_was_changed_meanwhile_changes_nothing,
    of_many_at_once_each_is_taken_after_the_other,
    of_changes_that_are_made_together_each_is_taken_or_not_by_itself,
    an_answer_is_remembered_until_it_may_be_forgotten,
    a_key_that_is_taken_is_not_taken_again,
    work_is_burnt_once,
    the_attempt_of_a_call_is_found,
    what_is_over_by_time_is_found,
    a_parcel_is_leased_to_one_at_a_time,
    each_lane_is_leased_by_itself,
    codes_leave_before_notices_and_mails_to_administrators,
    what_has_waited_longest_is_known_however_often_it_was_tried,
    what_was_deferred_by_those_whom_it_is_for_says_nothing_of_its_carrier,
    what_was_written_before_there_were_lanes_waits_with_the_mails,
    a_parcel_that_is_given_up_is_told_of_in_the_audit,
    what_may_be_forgotten_is_forgotten_in_small_batches,
    identifiers_that_were_kept_before_are_folded_anew,
];

/// An attempt of Ada on arrival.
fn attempt(number: u8) -> Attempt {
    let tenants = contoso::tenants();
    let tenant: &Tenant = &tenants[0];
    let accounts = contoso::accounts(&key());
    let context = Context {
        now: NOW,
        seed: [number; 32],
        key: &key(),
        tenant: Some(tenant),
        account: Some(&accounts[0].1),
        population: Population::uncounted(),
        ledger: &Ledger::default(),
        write_back: WriteBackHealth::Healthy,
        breach: Some(Breach::NotFound),
        banned: &BannedList::EMPTY,
    };
    let identify = Input::Identify(Identify {
        identifier: "ada@contoso.example".into(),
        tenant: None,
        locale: "en".into(),
        support_code: SupportCode(Guid::from_random(1)),
        via: Via::default(),
        page: None,
    });
    match Attempt::default().handle(&identify, &context) {
        Handled::Done(outcome) => outcome.attempt,
        Handled::NeedsBreach(_) => panic!("no password is set"),
    }
}

fn change(attempt: &Attempt, version: i64) -> AttemptChange<'_> {
    let case = attempt.case().expect("the attempt has a case");
    AttemptChange {
        id: case.id(),
        token: [7; 32],
        subject: case.subject_key(),
        attempt: Versioned {
            value: attempt,
            version,
        },
        ends_at: Some(case.expires_at()),
        forget_at: case.expires_at(),
    }
}

fn id(attempt: &Attempt) -> AttemptId {
    attempt.case().expect("the attempt has a case").id()
}

fn subject(name: &str) -> SubjectKey {
    let identifier = Identifier::parse(name).expect("it is one");
    subject_key(&key(), None, None, &identifier)
}

fn counted(times: usize) -> Ledger {
    let mut ledger = Ledger::default();
    for _ in 0..times {
        ledger.apply(
            &Entry::Count {
                counter: Counter::Identity,
                alias: None,
            },
            NOW,
        );
    }
    ledger
}

fn receipt(name: &str) -> Receipt {
    let padded = format!("{name:0>22}");
    Receipt::new(None, &padded, key().token_digest(name)).expect("it is a key")
}

async fn an_attempt_is_kept_with_its_ledger(store: SqlStore, _: &str) {
    let attempt = attempt(1);
    let subject = attempt
        .case()
        .expect("the attempt has a case")
        .subject_key();
    assert!(store.attempt(id(&attempt)).await.unwrap().is_none());
    let changes = Changes {
        attempt: Some(change(&attempt, 0)),
        ledger: Some((
            subject,
            Versioned {
                value: counted(2),
                version: 0,
            },
        )),
        ..Changes::default()
    };
    assert!(store.commit(changes, NOW).await.unwrap().is_done());

    let kept = store
        .attempt(id(&attempt))
        .await
        .unwrap()
        .expect("it was kept");
    assert_eq!(
        (kept.attempt.value, kept.attempt.version, kept.token),
        (attempt.clone(), 1, [7; 32])
    );
    assert_eq!((kept.ledger.value, kept.ledger.version), (counted(2), 1));
    let ledger = store.ledger(subject).await.unwrap();
    assert_eq!((ledger.value, ledger.version), (counted(2), 1));
}

async fn a_change_to_what_was_changed_meanwhile_changes_nothing(store: SqlStore, _: &str) {
    let attempt = attempt(1);
    let changes = || Changes {
        attempt: Some(change(&attempt, 0)),
        ..Changes::default()
    };
    assert!(store.commit(changes(), NOW).await.unwrap().is_done());
    assert_eq!(
        store.commit(changes(), NOW).await.unwrap(),
        Commit::Conflict
    );

    // The attempt is unchanged since the judgement, but the counters are not: the store changes
    // neither.
    let subject = subject("ada@contoso.example");
    let ledger = |version, times| {
        Some((
            &subject,
            Versioned {
                value: counted(times),
                version,
            },
        ))
    };
    let counts = Changes {
        ledger: ledger(0, 1),
        ..Changes::default()
    };
    assert!(store.commit(counts, NOW).await.unwrap().is_done());
    let both = Changes {
        attempt: Some(change(&attempt, 1)),
        ledger: ledger(0, 5),
        ..Changes::default()
    };
    assert_eq!(store.commit(both, NOW).await.unwrap(), Commit::Conflict);
    let kept = store
        .attempt(id(&attempt))
        .await
        .unwrap()
        .expect("it was kept");
    assert_eq!(kept.attempt.version, 1);
    assert_eq!(store.ledger(&subject).await.unwrap().value, counted(1));
}

async fn of_many_at_once_each_is_taken_after_the_other(store: SqlStore, _: &str) {
    let store = Arc::new(store);
    let counting = (0..20).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let subject = subject("ada@contoso.example");
            loop {
                let mut ledger = store.ledger(&subject).await.unwrap();
                ledger.value.apply(
                    &Entry::Count {
                        counter: Counter::Identity,
                        alias: None,
                    },
                    NOW,
                );
                let changes = Changes {
                    ledger: Some((&subject, ledger)),
                    ..Changes::default()
                };
                if store.commit(changes, NOW).await.unwrap().is_done() {
                    return;
                }
            }
        })
    });
    for counted in counting.collect::<Vec<_>>() {
        counted.await.unwrap();
    }
    let ledger = store.ledger(&subject("ada@contoso.example")).await.unwrap();
    assert_eq!((ledger.value, ledger.version), (counted(20), 20));
}

async fn an_answer_is_remembered_until_it_may_be_forgotten(store: SqlStore, _: &str) {
    let receipt = receipt("one");
    let reply = Reply::Problem(Problem::new(ProblemKind::CodeUsed));
    let later = NOW + std::time::Duration::from_mins(1);
    let changes = Changes {
        reply: Some(ReplyChange {
            receipt: &receipt,
            reply: Some(&reply),
            is_taken: false,
            forget_at: later,
        }),
        ..Changes::default()
    };
    store.commit(changes, NOW).await.unwrap();
    let recorded = store
        .reply(receipt.key(), NOW)
        .await
        .unwrap()
        .expect("it is remembered");
    assert_eq!(recorded.fingerprint, *receipt.fingerprint().as_bytes());
    assert!(
        matches!(recorded.reply, Some(Reply::Problem(problem)) if problem.kind == ProblemKind::CodeUsed)
    );
    assert!(store.reply(receipt.key(), later).await.unwrap().is_none());
}

async fn a_key_that_is_taken_is_not_taken_again(store: SqlStore, _: &str) {
    let receipt = receipt("one");
    let later = NOW + std::time::Duration::from_mins(1);
    let reply = Reply::Problem(Problem::new(ProblemKind::CodeUsed));
    let take = |reply, is_taken| Changes {
        reply: Some(ReplyChange {
            receipt: &receipt,
            reply,
            is_taken,
            forget_at: later,
        }),
        ..Changes::default()
    };
    assert!(
        store
            .commit(take(None, false), NOW)
            .await
            .unwrap()
            .is_done()
    );
    assert_eq!(
        store.commit(take(Some(&reply), false), NOW).await.unwrap(),
        Commit::Conflict
    );
    let recorded = store
        .reply(receipt.key(), NOW)
        .await
        .unwrap()
        .expect("it is taken");
    assert!(recorded.reply.is_none(), "it is still being done");
    // The request that reserved the key completes it.
    assert!(
        store
            .commit(take(Some(&reply), true), NOW)
            .await
            .unwrap()
            .is_done()
    );
    let recorded = store
        .reply(receipt.key(), NOW)
        .await
        .unwrap()
        .expect("it is remembered");
    assert!(recorded.reply.is_some());
    // An expired key does not block a new request.
    assert!(
        store
            .commit(take(None, false), later)
            .await
            .unwrap()
            .is_done()
    );
}

async fn of_changes_that_are_made_together_each_is_taken_or_not_by_itself(
    store: SqlStore,
    _: &str,
) {
    let store = Arc::new(store);
    let work = Arc::new(Solved {
        nonce: "00ff".into(),
        expires_at: NOW,
    });
    let mut changing = tokio::task::JoinSet::new();
    for number in 1..=20 {
        for burns in [false, false, true] {
            let (store, work) = (store.clone(), work.clone());
            changing.spawn(async move {
                let attempt = attempt(number);
                let changes = Changes {
                    attempt: Some(change(&attempt, 0)),
                    audit: &events(1),
                    burnt: burns.then_some(&*work),
                    ..Changes::default()
                };
                (number, store.commit(changes, NOW).await.unwrap())
            });
        }
    }
    let outcomes = changing.join_all().await;
    let of = |outcome: fn(&Commit) -> bool| outcomes.iter().filter(|(_, it)| outcome(it)).count();
    assert_eq!(of(Commit::is_done), 20, "{outcomes:?}");
    for number in 1..=20 {
        let versions = Versions {
            attempt: Some(1),
            ledger: None,
        };
        let done = outcomes.contains(&(number, Commit::Done(versions)));
        assert!(done, "nothing became of {number}: {outcomes:?}");
        let kept = store.attempt(id(&attempt(number))).await.unwrap();
        assert_eq!(kept.unwrap().attempt.version, 1);
    }
    // The refused changes have left no data.
    assert_eq!(store.audit(0, 100).await.unwrap().len(), 20);
}

async fn work_is_burnt_once(store: SqlStore, _: &str) {
    let solved = Solved {
        nonce: "00ff".into(),
        expires_at: NOW,
    };
    let attempts = [attempt(1), attempt(2)];
    let changes = |attempt| Changes {
        attempt: Some(change(attempt, 0)),
        burnt: Some(&solved),
        ..Changes::default()
    };
    assert!(
        store
            .commit(changes(&attempts[0]), NOW)
            .await
            .unwrap()
            .is_done()
    );
    assert_eq!(
        store.commit(changes(&attempts[1]), NOW).await.unwrap(),
        Commit::Burnt
    );
    assert!(store.attempt(id(&attempts[1])).await.unwrap().is_none());
}

async fn the_attempt_of_a_call_is_found(store: SqlStore, _: &str) {
    let attempt = attempt(1);
    store
        .commit(
            Changes {
                attempt: Some(change(&attempt, 0)),
                ..Changes::default()
            },
            NOW,
        )
        .await
        .unwrap();
    let nobodys = CallId(Guid::from_random(9));
    assert_eq!(store.attempt_of_call(nobodys).await.unwrap(), None);
}

async fn what_is_over_by_time_is_found(store: SqlStore, _: &str) {
    let attempt = attempt(1);
    store
        .commit(
            Changes {
                attempt: Some(change(&attempt, 0)),
                ..Changes::default()
            },
            NOW,
        )
        .await
        .unwrap();
    let ends_at = attempt.case().expect("the attempt has a case").expires_at();
    assert!(store.ended(NOW, 10).await.unwrap().is_empty());
    assert_eq!(store.ended(ends_at, 10).await.unwrap(), [id(&attempt)]);
    let mut over = change(&attempt, 1);
    over.ends_at = None;
    store
        .commit(
            Changes {
                attempt: Some(over),
                ..Changes::default()
            },
            NOW,
        )
        .await
        .unwrap();
    assert!(store.ended(ends_at, 10).await.unwrap().is_empty());
}

async fn what_may_be_forgotten_is_forgotten_in_small_batches(store: SqlStore, _: &str) {
    for number in 1..=3 {
        let attempt = attempt(number);
        store
            .commit(
                Changes {
                    attempt: Some(change(&attempt, 0)),
                    ..Changes::default()
                },
                NOW,
            )
            .await
            .unwrap();
    }
    assert_eq!(store.prune(NOW, 2).await.unwrap(), 0);
    let later = NOW + std::time::Duration::from_hours(1);
    assert_eq!(store.prune(later, 2).await.unwrap(), 2);
    assert_eq!(store.prune(later, 2).await.unwrap(), 1);
    assert!(store.attempt(id(&attempt(1))).await.unwrap().is_none());
}
