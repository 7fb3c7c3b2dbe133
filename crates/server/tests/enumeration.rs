//! Tests that a client cannot find out from an answer whether an account exists: not from its
//! status, its headers or its body.
//!
//! `cargo xtask bench enumeration` measures the time of answers; this file tests its statistics.

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

use postern_engine::Account;
use postern_engine::tenant::Disclosure;
use postern_server::clock::Clock;
use postern_server::development::Mailbox;
use postern_server::directory::{BuiltIn, Directories};
use postern_server::serve::{self, Options};
use postern_server::settings::Settings;
use serde_json::{Value, json};
use tokio::time::Instant;
use walk::{House, Who};

use crate::support::Database;
use crate::support::client::fresh_key;

/// The number of people of each kind.
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

/// The number of people of each kind that a machine tries to distinguish. If one machine is right
/// too often, the test repeats with more other people and another key.
///
/// If people of both kinds are drawn and answered alike, a machine is right about half of them. For
/// 400 and 400 people the standard deviation is 2.5 % at most, however much the judgements of the
/// two halves depend on each other. The bound is two standard deviations away, and chance exceeds
/// it for any of three figures in one crowd of 14 at most. For 1,200 and 1,200 people the standard
/// deviation is 1.45 % at most, and the bound is 3.4 of them away: one crowd of 1,000. The crowds
/// have no people in common, so chance fails a test in one run of 14,000 at most.
const CROWDS: [usize; 2] = [400, 1_200];

/// The maximum share of people that a machine may classify correctly: a guess is right for half of
/// them.
const TOLD_RIGHTLY_MAX: f64 = 0.55;

/// The suffix of the name of a machine that sees only times.
const BY_TIMES: &str = " by times";

/// The seed for the people if the variable sets no other.
const SEED: u64 = 1;
const SEED_VARIABLE: &str = "POSTERN_CROWD_SEED";

/// The two kinds of people that the machines have to distinguish.
#[derive(Clone, Copy, Debug)]
struct Crowd {
    disclosure: Disclosure,
    /// The service refuses either the people with an account or those without.
    are_refused: bool,
    /// Whether the count of people is from a time when none had an office phone.
    is_count_old: bool,
}

const EXPLAINED: Crowd = Crowd {
    disclosure: Disclosure::Explain,
    are_refused: false,
    is_count_old: false,
};
const CONCEALED: Crowd = Crowd {
    disclosure: Disclosure::Conceal,
    are_refused: true,
    is_count_old: false,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_cannot_tell_who_is_there_where_refusals_are_explained() {
    EXPLAINED.judge().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_cannot_tell_who_is_refused_from_who_is_not_there_where_that_is_concealed() {
    CONCEALED.judge().await;
}

/// The result for the machines if decoys did not follow the current data on file: two people in
/// five have an office phone.
#[tokio::test(flavor = "multi_thread")]
async fn a_machine_tells_who_is_there_by_an_old_count_of_what_they_have_on_file() {
    let crowd = Crowd {
        is_count_old: true,
        ..EXPLAINED
    };
    let told = crowd.told_rightly(CROWDS[0] / 2, SEED).await;
    assert!(told["forest"] > TOLD_RIGHTLY_MAX, "{told:?}");
}

/// The result for the machines if one of the answers took longer for existing people. The delay
/// equals the interquartile range of the times, so that the machines find it on a fast machine and
/// on a slow one. A guess by the best threshold between the two kinds is then right for about three
/// people in four, for any distribution of times.
#[tokio::test(flavor = "multi_thread")]
async fn each_machine_tells_who_is_there_by_one_answer_that_takes_longer() {
    const TOOK: &str = "begin took";
    let of_each = CROWDS[0] / 2;
    let mut answered = EXPLAINED
        .answered(&crowd::people(of_each, SEED), SEED)
        .await;
    let took = answered.iter().filter_map(|(_, seen)| seen[TOOK].as_f64());
    let mut took: Vec<f64> = took.collect();
    took.sort_by(f64::total_cmp);
    let longer = took[took.len() * 3 / 4] - took[took.len() / 4];
    for (_, seen) in answered.iter_mut().filter(|(is_there, _)| *is_there) {
        let took = seen[TOOK].as_f64().expect("it is a time") + longer;
        seen.insert(TOOK.to_owned(), took.into());
    }
    let told = told_rightly(&answered, of_each, SEED);
    eprintln!("{longer:.3} ms longer: {told:?}");
    for machine in ["forest", "regression", "bayes"] {
        let share = told[&[machine, BY_TIMES].concat()];
        assert!(share > TOLD_RIGHTLY_MAX, "{longer:.3} ms longer: {told:?}");
    }
}

impl Crowd {
    /// Asserts that no machine distinguishes the two kinds by the content of the answers. The test
    /// only prints the results by times: they depend on the computer that runs the test, and
    /// `cargo xtask bench enumeration` measures them.
    async fn judge(self) {
        let seed = std::env::var(SEED_VARIABLE).map_or(SEED, |seed| {
            seed.parse().expect("POSTERN_CROWD_SEED is a number")
        });
        let mut all_told = Vec::new();
        for (of_each, seed) in CROWDS.into_iter().zip(seed..) {
            let told = self.told_rightly(of_each, seed).await;
            let mut shown = told
                .iter()
                .filter(|(machine, _)| !machine.ends_with(BY_TIMES));
            if shown.all(|(_, share)| *share <= TOLD_RIGHTLY_MAX) {
                return;
            }
            all_told.push(told);
        }
        panic!("machines tell them apart: {all_told:?}");
    }

    /// The share that each machine classifies correctly, for this number of people of each kind.
    async fn told_rightly(self, of_each: usize, seed: u64) -> BTreeMap<String, f64> {
        let answered = self.answered(&crowd::people(of_each, seed), seed).await;
        let told = told_rightly(&answered, of_each, seed);
        eprintln!("{self:?}, {of_each} of each, seed {seed}: {told:?}");
        told
    }

    /// The answers for all people, and whether each has an account.
    async fn answered(self, people: &[bool], seed: u64) -> Vec<Answers> {
        let (database, key) = (Database::sqlite(), crowd::key(seed));
        let store = Arc::new(database.open_with(&key).await);
        let directory = Arc::new(BuiltIn::new(store.clone(), &key));
        let mut accounts = Vec::new();
        for (number, is_there) in people.iter().enumerate() {
            if *is_there {
                accounts.push(crowd::account(number, self.are_refused, seed));
            } else if self.are_refused {
                // Refused people need others that are not refused, or the service would offer no
                // method.
                accounts.push(crowd::account(people.len() + number, false, seed));
            }
        }
        for account in &accounts {
            let mut account = account.clone();
            account.person.office_phone.take_if(|_| self.is_count_old);
            put(&directory, &account).await;
        }
        let running = serve::start(
            store,
            Directories::one(directory.clone()),
            Options {
                asks_work: false,
                uncarried: Arc::new(Mailbox::new(Clock::System)).uncarried(),
                ..Options::new(
                    key,
                    Settings::new(
                        vec![crowd::tenant(self.disclosure)],
                        "reset.contoso.example",
                    ),
                )
            },
        );
        let running = running.await.expect("it starts");
        for account in accounts.iter().filter(|_| self.is_count_old) {
            put(&directory, account).await;
        }
        let base = format!("http://{}/api/v1/attempts", running.address);
        let client = reqwest::Client::new();
        let mut answered = Vec::new();
        // The requests run one after the other: with many at once, the time would be that of the
        // queue.
        for (number, is_there) in people.iter().copied().enumerate() {
            // Where refusals are explained, the service reports to a person that they have nothing
            // on file.
            if let Some(features) = features(&client, &base, number).await {
                answered.push((is_there, features));
            }
        }
        running.stop().await;
        answered
    }
}

async fn put(directory: &BuiltIn, account: &Account) {
    let put = directory.put(crowd::DOMAIN, account).await;
    put.expect("there is room for every account");
}

/// Whether a person has an account, and the features of all answers.
type Answers = (bool, BTreeMap<String, Value>);

/// The features of all answers for a person; nothing for a refused person.
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
        let begun = Instant::now();
        let response = request.send().await.expect("it answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("it answers");
        let took = begun.elapsed();
        let body: Value = serde_json::from_str(&text).expect("it is JSON");
        let seen = (status, &headers, &body, identifier.as_str(), text.as_str());
        crowd::note(name, seen, took, &mut features);
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

/// Asks the machines for the share that each classifies correctly, by the content only and by the
/// times only.
fn told_rightly(answered: &[Answers], of_each: usize, seed: u64) -> BTreeMap<String, f64> {
    let there = answered.iter().filter(|(is_there, _)| *is_there).count();
    let known = there.min(answered.len() - there);
    assert!(
        known > of_each / 2,
        "{known} people of each kind are too few"
    );
    // The same number of each kind, so that a guess is right half the time.
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
        .arg(seed.to_string())
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
    assert_eq!(told.len(), 6);
    told
}
