//! Tests of a process that was not restarted during the exchange of the key: it notices this, gives
//! everyone the same answer, and changes nothing.

use postern_engine::audit::Action;
use postern_peers::process::until;
use postern_server::cli::session::Done;
use postern_server::directory::BuiltIn;
use postern_server::keys::Keys;
use postern_server::serve::Running;
use postern_server::store::{AuditLog, SqlStore, Upkeep, Walk, Walked};
use postern_server::uncarried::Uncarried;
use reqwest::Response;
use serde_json::Value;

use super::exchange::{Exchanged, account, both, identifier};
use super::{CONTOSO, KeysCommand, new, old, open, rotate, said, session};
use crate::support::client::Pass;

on_each_store![
    |database| (super::Exchanged::over(database.url.clone()));
    a_forgotten_process_tells_everyone_the_same_from_the_first_moment_on,
    a_forgotten_process_notices_a_replica_that_seals_with_another_key,
    a_process_whose_keys_do_not_open_the_store_chains_and_forgets_nothing,
    a_process_that_is_behind_opens_the_store_to_none_that_was_forgotten,
];

const PEOPLE: usize = 3;

/// The database contains people, and a process with only the old key serves them.
async fn forgotten(it: &Exchanged) -> (Running, Pass) {
    let people = BuiltIn::new(open(&it.url, old()).await.unwrap(), old());
    for number in 0..PEOPLE {
        people.put(CONTOSO, &account(number, 0)).await.unwrap();
    }
    let forgotten = it.replica(old().into(), Uncarried::default()).await;
    let pass = it.client.start(forgotten.address, &identifier(0)).await;
    (forgotten, pass)
}

async fn get(running: &Running, path: &str) -> Response {
    let url = format!("http://{}{path}", running.address);
    reqwest::get(url).await.unwrap()
}

/// The report of readiness about the key, and its status.
async fn readiness(running: &Running) -> (u16, Value) {
    let answer = get(running, "/readyz").await;
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    (status, body["key"].clone())
}

async fn becomes(running: &Running, status: u16, key: &str) {
    until("readiness tells of the key", async || {
        (readiness(running).await == (status, key.into())).then_some(())
    })
    .await;
}

/// A complete answer: status, body, and every header except the date.
async fn whole(answer: Response) -> (u16, Vec<(String, String)>, String) {
    let status = answer.status().as_u16();
    let headers = answer.headers().iter();
    let headers = headers.filter(|(name, _)| *name != "date" && *name != "x-request-id");
    let text = |value: &reqwest::header::HeaderValue| value.to_str().unwrap().to_owned();
    let headers = headers.map(|(name, value)| (name.to_string(), text(value)));
    let headers = headers.collect();
    (status, headers, answer.text().await.unwrap())
}

/// Checks that everyone gets the same answer: existing people, invented ones, and those with an
/// earlier attempt.
async fn is_shut(it: &Exchanged, running: &Running, pass: &Pass) {
    let attempts = format!("http://{}/api/v1/attempts", running.address);
    let client = reqwest::Client::new();
    let mut told = Vec::new();
    for identifier in [
        identifier(0),
        identifier(PEOPLE - 1),
        format!("invented@{CONTOSO}"),
    ] {
        let start = crate::support::server::start(&identifier);
        let key = format!("\"{}\"", crate::support::client::fresh_key());
        let asked = client.post(&attempts).header("Idempotency-Key", key);
        told.push(whole(asked.json(&start).send().await.unwrap()).await);
    }
    let own = format!("{attempts}/{}", pass.id);
    let own = client.get(own).bearer_auth(&pass.token);
    told.push(whole(own.send().await.unwrap()).await);
    let none = client.get(format!("{attempts}/none"));
    told.push(whole(none.send().await.unwrap()).await);
    let challenges = format!("http://{}/api/v1/challenges", running.address);
    told.push(whole(client.post(challenges).send().await.unwrap()).await);
    for one in &told {
        assert_eq!(one, &told[0]);
    }
    let (status, headers, _) = &told[0];
    assert_eq!(*status, 503);
    let wait = headers.iter().find(|(name, _)| name == "retry-after");
    assert!(wait.is_some(), "{headers:?}");
    assert_eq!(get(running, "/healthz").await.status(), 200);
    let tenant = format!("/api/v1/tenants/{CONTOSO}");
    assert_eq!(get(running, &tenant).await.status(), 200);
    let reached = it
        .client
        .try_start(running.address, "ada@elsewhere.example")
        .await;
    assert_eq!(reached.unwrap().status, 503);
}

async fn rotate_to(it: &Exchanged, keys: Keys) -> Value {
    said(&session(open(&it.url, keys).await.unwrap()), rotate()).await
}

async fn is_whole(it: &Exchanged, keys: Keys) {
    let store = open(&it.url, keys).await.unwrap();
    while store.chain(100).await.unwrap() > 0 {}
    let verdict = store.verify_audit(None).await.unwrap();
    assert!(verdict.is_whole() && verdict.chained > 0, "{verdict:?}");
}

async fn a_forgotten_process_tells_everyone_the_same_from_the_first_moment_on(it: Exchanged) {
    let (forgotten, pass) = forgotten(&it).await;
    becomes(&forgotten, 200, "ok").await;
    // Requests arrive without a pause during the exchange: none fails for existing people.
    let asking = async {
        let mut told = Vec::new();
        loop {
            for identifier in [identifier(1), format!("invented@{CONTOSO}")] {
                let begun = it.client.try_start(forgotten.address, &identifier).await;
                told.push(begun.unwrap().status);
            }
            let (status, key) = readiness(&forgotten).await;
            if told.len() > 20 && (status, key) == (503, "missing".into()) {
                return told;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    let both_done = async { tokio::join!(asking, rotate_to(&it, both())) };
    let ended = tokio::time::timeout(std::time::Duration::from_mins(1), both_done).await;
    let (told, done) = ended.expect("the process notices within a minute");
    assert_eq!(done["accounts"]["others"], 0, "{done}");
    let (begun, refused) = told.split_at(told.partition_point(|status| *status == 201));
    assert!(!begun.is_empty() && !refused.is_empty(), "{told:?}");
    assert!(refused.iter().all(|status| *status == 503), "{told:?}");
    is_shut(&it, &forgotten, &pass).await;
    is_whole(&it, both()).await;

    // The process gets its own key back.
    rotate_to(&it, Keys::new(old(), [new()])).await;
    becomes(&forgotten, 200, "ok").await;
    it.client.start(forgotten.address, &identifier(0)).await;
    forgotten.stop().await;
    is_whole(&it, Keys::new(old(), [new()])).await;
}

async fn a_forgotten_process_notices_a_replica_that_seals_with_another_key(it: Exchanged) {
    let (forgotten, pass) = forgotten(&it).await;
    let other = it.replica(both(), it.mailbox.uncarried()).await;
    becomes(&forgotten, 503, "missing").await;
    is_shut(&it, &forgotten, &pass).await;
    // The other process handles all requests.
    let pass = it.client.start(other.address, &identifier(1)).await;
    it.client.send_mail(other.address, &pass).await;
    until("a code", async || it.mailbox.all().pop()).await;
    assert_eq!(readiness(&other).await, (200, "ok".into()));
    forgotten.stop().await;
    other.stop().await;
    is_whole(&it, both()).await;
    // After a restart with both keys, it serves requests.
    let again = it.replica(both(), it.mailbox.uncarried()).await;
    becomes(&again, 200, "ok").await;
    it.client.start(again.address, &identifier(2)).await;
    again.stop().await;
}

/// Writes a row into the audit log.
async fn leave_a_row(it: &Exchanged) {
    let session = session(open(&it.url, both()).await.unwrap());
    let done = Done::new(Action::KeysRotated, "");
    session.record(done).await.unwrap();
}

async fn a_process_whose_keys_do_not_open_the_store_chains_and_forgets_nothing(it: Exchanged) {
    let store: std::sync::Arc<SqlStore> = open(&it.url, old()).await.unwrap();
    for _ in 0..3 {
        leave_a_row(&it).await;
    }
    assert_eq!(store.chain(2).await.unwrap(), 2);
    assert!(store.try_keys().await.unwrap() && store.is_open());
    rotate_to(&it, both()).await;
    // The process received no message: it detects the change in each transaction.
    let later = postern_server::clock::Clock::System.now() + std::time::Duration::from_hours(24);
    assert_eq!(store.forget_audit(later, 100).await.unwrap(), 0);
    assert!(!store.is_open());
    assert_eq!(store.chain(100).await.unwrap(), 0);
    let walked = store.walk_audit(&mut Walk::default(), 100).await.unwrap();
    assert_eq!(walked, Walked::Shut);
    assert!(!store.try_keys().await.unwrap());
    is_whole(&it, both()).await;
    let status = KeysCommand::Status(postern_server::cli::keys::Status {});
    let told = said(&session(open(&it.url, both()).await.unwrap()), status).await;
    assert_eq!(told["is_done"], true, "{told}");
}

async fn a_process_that_is_behind_opens_the_store_to_none_that_was_forgotten(it: Exchanged) {
    let forgotten = open(&it.url, old()).await.unwrap();
    rotate_to(&it, both()).await;
    let behind = open(&it.url, Keys::new(old(), [new()])).await.unwrap();
    leave_a_row(&it).await;
    // It adds the rows to the chain, and does not seal again the data that the keys have in common.
    while behind.chain(100).await.unwrap() > 0 {}
    assert!(behind.try_keys().await.unwrap());
    assert!(!forgotten.try_keys().await.unwrap());
    // A start does not do this either. It needs a rotation.
    let again = it.replica(Keys::new(old(), [new()]), it.mailbox.uncarried());
    let again = again.await;
    assert!(!forgotten.try_keys().await.unwrap());
    becomes(&again, 200, "ok").await;
    again.stop().await;
    rotate_to(&it, Keys::new(old(), [new()])).await;
    assert!(forgotten.try_keys().await.unwrap());
    rotate_to(&it, both()).await;
    assert!(!forgotten.try_keys().await.unwrap());
    is_whole(&it, both()).await;
}
