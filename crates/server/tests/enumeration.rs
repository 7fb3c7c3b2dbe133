//! A client cannot tell from an answer whether an account exists: neither from its status, nor its headers, nor its
//! body.
//!
//! How long answers take is measured by `cargo xtask bench enumeration`, whose statistics are tried here.

#[path = "enumeration/apart.rs"]
mod apart;
#[path = "enumeration/crowd.rs"]
mod crowd;
#[path = "enumeration/statistics.rs"]
mod statistics;
#[path = "enumeration/walk.rs"]
mod walk;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use postern_engine::tenant::Disclosure;
use postern_server::clock::Clock;
use postern_server::development::Mailbox;
use postern_server::directory::BuiltIn;
use postern_server::serve::{self, Options};
use postern_server::settings::Settings;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use walk::{House, Who};

use crate::support::client::fresh_key;
use crate::support::{Database, key};

/// People of each kind.
const PEOPLE: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn known_refused_and_unknown_people_are_answered_alike_by_every_endpoint() {
    let house = House::start(Database::sqlite(), PEOPLE).await;
    for (name, answers) in house.ask(PEOPLE).await {
        let known = &answers[&Who::Known];
        for who in Who::ALL {
            assert_eq!(answers[&who].len(), PEOPLE, "{name}");
            for (seen, expected) in answers[&who].iter().zip(known) {
                assert_eq!(seen.status, expected.status, "{name}, {who:?}");
                assert_eq!(seen.headers, expected.headers, "{name}, {who:?}");
                assert_eq!(seen.shape, expected.shape, "{name}, {who:?}");
            }
        }
    }
    house.stop().await;
}

/// People of each kind who are told apart by a machine.
const CROWD: usize = 400;

/// The share of people that a machine may tell rightly: a guess tells half of them.
const TOLD_RIGHTLY_MAX: f64 = 0.55;

/// People asked at once.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_cannot_tell_who_is_there_where_refusals_are_explained() {
    let people: Vec<bool> = [true, false].repeat(CROWD);
    let answered = answered(Disclosure::Explain, &people, false).await;
    judge(&answered);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_cannot_tell_who_is_refused_from_who_is_not_there_where_that_is_concealed() {
    let people: Vec<bool> = [true, false].repeat(CROWD);
    let answered = answered(Disclosure::Conceal, &people, true).await;
    judge(&answered);
}

/// The answers for all people, and whether each has an account. Either the people with an account are refused, or those
/// without.
async fn answered(
    disclosure: Disclosure,
    people: &[bool],
    are_refused: bool,
) -> Vec<(bool, BTreeMap<String, Value>)> {
    let database = Database::sqlite();
    let store = Arc::new(database.open().await);
    let directory = Arc::new(BuiltIn::new(store.clone(), key()));
    for (number, is_there) in people.iter().enumerate() {
        // Refused people need others beside them who are not refused, or no method would be offered.
        let put = [
            (*is_there && are_refused, number, true),
            (*is_there && !are_refused, number, false),
            (are_refused && !is_there, people.len() + number, false),
        ];
        for (is_put, number, is_refused) in put {
            if is_put {
                let account = crowd::account(number, is_refused);
                let put = directory.put(crowd::DOMAIN, &account).await;
                put.expect("there is room for every account");
            }
        }
    }
    let running = serve::start(Options {
        asks_work: false,
        uncarried: Arc::new(Mailbox::new(Clock::System)).uncarried(),
        ..Options::new(
            store,
            directory,
            key(),
            Settings::new(vec![crowd::tenant(disclosure)], "reset.contoso.example"),
        )
    });
    let running = running.await.expect("it starts");
    let base = format!("http://{}/api/v1/attempts", running.address);
    let client = reqwest::Client::new();
    let mut answered = Vec::new();
    let numbered: Vec<(usize, bool)> = people.iter().copied().enumerate().collect();
    for some in numbered.chunks(AT_ONCE) {
        let mut asking = JoinSet::new();
        for (number, is_there) in some.iter().copied() {
            let (client, base) = (client.clone(), base.clone());
            asking.spawn(async move { (is_there, features(&client, &base, number).await) });
        }
        // Who has nothing on file is told so where refusals are explained.
        let told = asking.join_all().await.into_iter();
        answered.extend(told.filter_map(|(is_there, features)| Some((is_there, features?))));
    }
    running.stop().await;
    answered
}

/// All answers for a person; nothing for a person who is refused.
async fn features(
    client: &reqwest::Client,
    base: &str,
    number: usize,
) -> Option<BTreeMap<String, Value>> {
    let identifier = crowd::identifier(number);
    let mut features = BTreeMap::new();
    let mut ask = async |name: &str, url: String, token: &str, body: Value| {
        let request = client.post(url).bearer_auth(token).json(&body);
        let request = request.header("Idempotency-Key", format!("\"{}\"", fresh_key()));
        let response = request.send().await.expect("it answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("it answers");
        let body: Value = serde_json::from_str(&text).expect("it is JSON");
        let seen = (status, &headers, &body, identifier.as_str(), text.as_str());
        crowd::note(name, seen, &mut features);
        body
    };
    let start = json!({
        "identifier": identifier,
        "locale": "en",
        "support_code": "6f1c3a52-8d0e-4f7b-9a26-0c5d7e8f9a1b",
    });
    let started = ask("begin", base.to_owned(), "", start).await;
    let attempt = &started["attempt"];
    if !attempt["step"]["refused"].is_null() {
        return None;
    }
    let id = attempt["id"].as_str().expect("an attempt has an id");
    let token = started["token"].as_str().expect("an attempt has a token");
    let mut last = attempt.clone();
    for (place, (tail, body)) in crowd::STEPS.iter().enumerate() {
        let name = format!("{place}");
        let answer = ask(&name, format!("{base}/{id}{tail}"), token, body(&last)).await;
        let is_problem = !answer["attempt"].is_null();
        last = if is_problem {
            answer["attempt"].clone()
        } else {
            answer
        };
    }
    Some(features)
}

/// Asks the machine.
fn judge(answered: &[(bool, BTreeMap<String, Value>)]) {
    let there = answered.iter().filter(|(is_there, _)| *is_there).count();
    let known = there.min(answered.len() - there);
    assert!(known > CROWD / 2, "{known} people of each kind are too few");
    // As many of each kind, so that a guess is right half the time.
    let mut taken = [0; 2];
    let even = answered.iter().filter(|(is_there, _)| {
        let taken = &mut taken[usize::from(*is_there)];
        *taken += 1;
        *taken <= known
    });
    let even = serde_json::to_vec(&even.collect::<Vec<_>>()).expect("it can be written");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let python = target
        .expect("it is in the target directory")
        .join("classifier/bin/python3");
    assert!(
        python.is_file(),
        "scikit-learn is not installed: `cargo xtask test unit` installs it for {}",
        python.display()
    );
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/enumeration/classifier.py"
    );
    let mut machine = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it can be started");
    let mut input = machine.stdin.take().expect("it has an input");
    input.write_all(&even).expect("it reads");
    drop(input);
    let output = machine.wait_with_output().expect("it ends");
    assert!(output.status.success());
    let told: BTreeMap<String, f64> =
        serde_json::from_slice(&output.stdout).expect("it prints JSON");
    assert_eq!(told.len(), 3);
    for (name, share) in &told {
        assert!(
            *share <= TOLD_RIGHTLY_MAX,
            "{name} tells {share} of {known}: {told:?}"
        );
    }
}
