//! Tests of the requirements of the carriers for a store.

use postern_protocol::{AttemptId, Guid};
use postern_server::store::{
    Attempts, AuditLog, Backlog, Changes, Lane, Outgoing, SqlStore, Waiting,
};
use sqlx::Connection;

use super::events::{NOW, events};

pub(super) async fn a_parcel_is_leased_to_one_at_a_time(store: SqlStore, _: &str) {
    let deadline = NOW + std::time::Duration::from_mins(5);
    let attempt = AttemptId(Guid::from_random(7));
    let outbox = (0..3)
        .map(|number| Waiting {
            lane: Lane::Mail,
            attempt: Some(attempt),
            tenant: "contoso.example".to_owned(),
            sealed: vec![number],
            deadline,
        })
        .collect();
    store
        .commit(
            Changes {
                outbox,
                ..Changes::default()
            },
            NOW,
        )
        .await
        .unwrap();
    assert_eq!(store.backlog().await.unwrap().waiting, 3);
    let until = NOW + std::time::Duration::from_mins(1);
    let (first, second) = (
        store.lease(Lane::Mail, NOW, until, 2).await.unwrap(),
        store.lease(Lane::Mail, NOW, until, 2).await.unwrap(),
    );
    let sealed = |leased: &[postern_server::store::Leased]| -> Vec<u8> {
        leased.iter().map(|one| one.sealed[0]).collect()
    };
    assert_eq!((sealed(&first).len(), sealed(&second).len()), (2, 1));
    assert_eq!((first[0].tries, first[0].deadline), (1, deadline));
    assert_eq!(first[0].attempt, Some(attempt));
    // One message left, one has to wait, and the lease of one expires.
    store.discharge(&[first[0].id]).await.unwrap();
    store.postpone(first[1].id, deadline, false).await.unwrap();
    let again = store.lease(Lane::Mail, until, deadline, 10).await.unwrap();
    assert_eq!(sealed(&again), sealed(&second));
    assert_eq!(again[0].tries, 2);
    assert_eq!(store.backlog().await.unwrap().waiting, 2);
}

pub(super) async fn codes_leave_before_notices_and_mails_to_administrators(
    store: SqlStore,
    _: &str,
) {
    let day = NOW + std::time::Duration::from_hours(24);
    let minutes = NOW + std::time::Duration::from_mins(5);
    // The messages in the order of their creation.
    let parcels = [(1, day), (2, day), (3, minutes), (4, day), (5, minutes)];
    for (number, deadline) in parcels {
        let outbox = vec![Waiting {
            lane: Lane::Mail,
            attempt: Some(AttemptId(Guid::from_random(7))),
            tenant: "contoso.example".to_owned(),
            sealed: vec![number],
            deadline,
        }];
        let changes = Changes {
            outbox,
            ..Changes::default()
        };
        store.commit(changes, NOW).await.unwrap();
    }
    let mut left = Vec::new();
    for _ in parcels {
        let leased = store.lease(Lane::Mail, NOW, minutes, 1).await.unwrap();
        left.extend(leased.iter().map(|it| it.sealed[0]));
    }
    assert_eq!(left, [3, 5, 1, 2, 4]);
}

pub(super) async fn each_lane_is_leased_by_itself(store: SqlStore, _: &str) {
    let deadline = NOW + std::time::Duration::from_mins(5);
    let waiting = |lane: Lane| Waiting {
        lane,
        attempt: Some(AttemptId(Guid::from_random(7))),
        tenant: "contoso.example".to_owned(),
        sealed: lane.as_str().into(),
        deadline,
    };
    let changes = Changes {
        outbox: Lane::ALL.map(waiting).into(),
        ..Changes::default()
    };
    store.commit(changes, NOW).await.unwrap();
    for lane in Lane::ALL {
        let leased = store.lease(lane, NOW, deadline, 10).await.unwrap();
        assert_eq!(leased.len(), 1, "{lane:?}");
        assert_eq!(leased[0].sealed, lane.as_str().as_bytes());
    }
}

pub(super) async fn what_has_waited_longest_is_known_however_often_it_was_tried(
    store: SqlStore,
    _: &str,
) {
    let later = |seconds| NOW + std::time::Duration::from_secs(seconds);
    assert_eq!(store.backlog().await.unwrap().waiting_since, None);
    for written_at in [NOW, later(10)] {
        let waiting = Waiting {
            lane: Lane::Text,
            attempt: Some(AttemptId(Guid::from_random(7))),
            tenant: "contoso.example".to_owned(),
            sealed: vec![1],
            deadline: later(300),
        };
        let changes = Changes {
            outbox: vec![waiting],
            ..Changes::default()
        };
        store.commit(changes, written_at).await.unwrap();
    }
    let leased = store
        .lease(Lane::Text, later(10), later(60), 10)
        .await
        .unwrap();
    for parcel in &leased {
        store.postpone(parcel.id, later(90), false).await.unwrap();
    }
    let since = |backlog: Backlog| backlog.waiting_since;
    assert_eq!(since(store.backlog().await.unwrap()), Some(NOW));
    let oldest = leased.iter().map(|parcel| parcel.id).min().unwrap();
    store.discharge(&[oldest]).await.unwrap();
    assert_eq!(since(store.backlog().await.unwrap()), Some(later(10)));
}

pub(super) async fn what_was_deferred_by_those_whom_it_is_for_says_nothing_of_its_carrier(
    store: SqlStore,
    _: &str,
) {
    let deadline = NOW + std::time::Duration::from_mins(5);
    let waiting = Waiting {
        lane: Lane::Mail,
        attempt: Some(AttemptId(Guid::from_random(7))),
        tenant: "contoso.example".to_owned(),
        sealed: vec![1],
        deadline,
    };
    let changes = Changes {
        outbox: vec![waiting],
        ..Changes::default()
    };
    store.commit(changes, NOW).await.unwrap();
    let leased = store.lease(Lane::Mail, NOW, deadline, 1).await.unwrap();
    store.postpone(leased[0].id, deadline, true).await.unwrap();
    let backlog = store.backlog().await.unwrap();
    assert_eq!((backlog.waiting, backlog.waiting_since), (1, None));
    store.postpone(leased[0].id, deadline, false).await.unwrap();
    let backlog = store.backlog().await.unwrap();
    assert_eq!(backlog.waiting_since, Some(NOW));
}

pub(super) async fn what_was_written_before_there_were_lanes_waits_with_the_mails(
    store: SqlStore,
    url: &str,
) {
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    sqlx::query("INSERT INTO outbox (sealed, due_at, deadline, tries) VALUES ($1, $2, $2, 0)")
        .bind(vec![1_u8])
        .bind(NOW.seconds())
        .execute(&mut connection)
        .await
        .unwrap();
    let later = NOW + std::time::Duration::from_mins(1);
    let leased = store.lease(Lane::Mail, NOW, later, 1).await.unwrap();
    assert_eq!((leased.len(), leased[0].attempt), (1, None));
}

pub(super) async fn a_parcel_that_is_given_up_is_told_of_in_the_audit(store: SqlStore, _: &str) {
    let waiting = Waiting {
        lane: Lane::Text,
        attempt: Some(AttemptId(Guid::from_random(7))),
        tenant: "contoso.example".to_owned(),
        sealed: vec![1],
        deadline: NOW,
    };
    let changes = Changes {
        outbox: vec![waiting],
        ..Changes::default()
    };
    store.commit(changes, NOW).await.unwrap();
    let later = NOW + std::time::Duration::from_mins(1);
    let leased = store.lease(Lane::Text, NOW, later, 1).await.unwrap();
    store.give_up(leased[0].id, &events(1)).await.unwrap();
    assert_eq!(store.backlog().await.unwrap(), Backlog::default());
    assert_eq!(store.audit(0, 10).await.unwrap().len(), 1);
}
