//! Tests of many requests at once, to one process or to two over one database: the service judges
//! one after the other, whichever process receives them.

#![expect(
    clippy::unwrap_used,
    reason = "a server that fails here fails its test, and says why"
)]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use crate::support::client::{Client, Pass, Reply, fresh_key};
use crate::support::{Database, Postgres, key};
use postern_engine::account::AccountId;
use postern_engine::policy::PolicySettings;
use postern_engine::{Account, Person, Policy, Tenant};
use postern_protocol::Method as Way;
use postern_server::clock::Clock;
use postern_server::development::Mailbox;
use postern_server::directory::{BuiltIn, Directories};
use postern_server::serve::{self, Options, Running};
use postern_server::settings::Settings;
use postern_server::store::Outgoing;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const DOMAIN: &str = "contoso.example";

/// Fifty different wrong codes: the same wrong code costs only one try, even if the person types it
/// several times.
fn wrong_codes(right: &str) -> Vec<String> {
    let all = (0..).map(|number| format!("{number:08}"));
    all.filter(|code| code != right).take(50).collect()
}

/// A time limit longer than any step here, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_mins(1);

/// Two processes of the service over one database.
struct Replicas {
    running: [Running; 2],
    mailbox: Arc<Mailbox>,
    directory: Arc<BuiltIn>,
    client: Client,
}

impl Replicas {
    async fn start(database: &Database) -> Self {
        let mailbox = Arc::new(Mailbox::new(Clock::System));
        let start = async || {
            let store = Arc::new(database.open().await);
            let directory = Arc::new(BuiltIn::new(store.clone(), key()));
            let running = serve::start(
                store,
                Directories::one(directory.clone()),
                Options {
                    asks_work: false,
                    uncarried: mailbox.uncarried(),
                    ..Options::new(
                        key(),
                        Settings::new(vec![tenant()], "reset.contoso.example"),
                    )
                },
            );
            (running.await.unwrap(), directory)
        };
        let (first, directory) = start().await;
        let (second, _) = start().await;
        Self {
            running: [first, second],
            mailbox,
            directory,
            client: Client::new(),
        }
    }

    /// A person with an alternate mailbox.
    async fn person(&self, name: &str) -> String {
        let identifier = format!("{name}@{DOMAIN}");
        let account = Account::from(Person {
            alternate_emails: vec![mailbox_of(name)],
            ..Person::new(name, &identifier)
        });
        self.directory.put(DOMAIN, &account).await.unwrap();
        identifier
    }

    fn address(&self, number: usize) -> SocketAddr {
        self.running[number % 2].address
    }

    /// Every code that either process sent to a person.
    fn codes_of(&self, name: &str) -> Vec<String> {
        let letters = self.mailbox.all().into_iter();
        let to = letters.filter(|letter| letter.to == mailbox_of(name));
        to.filter_map(|letter| letter.code).collect()
    }

    async fn code_of(&self, name: &str) -> String {
        let sent = tokio::time::timeout(PATIENCE, async {
            loop {
                if let Some(code) = self.codes_of(name).pop() {
                    return code;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        sent.await.expect("a code is sent")
    }

    /// Posts each of the bodies to the same path, all at once, alternately to both processes.
    async fn at_once(&self, pass: &Pass, tail: &'static str, codes: &[&str]) -> Vec<Reply> {
        let mut asking = JoinSet::new();
        for (number, code) in codes.iter().enumerate() {
            let (client, pass, server) = (self.client.clone(), pass.clone(), self.address(number));
            let body = json!({ "code": code });
            asking.spawn(async move { client.post(server, &pass, tail, body).await });
        }
        asking.join_all().await
    }

    /// Waits until all messages have left.
    async fn delivered(&self) {
        let left = tokio::time::timeout(PATIENCE, async {
            while self.running[0].store.backlog().await.unwrap().waiting > 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        left.await.expect("everything leaves");
    }

    async fn stop(self) {
        for one in self.running {
            one.stop().await;
        }
    }
}

fn tenant() -> Tenant {
    let settings = PolicySettings {
        methods: vec![Way::Email],
        ..PolicySettings::default()
    };
    Tenant {
        policy: Some(Policy::new(settings).unwrap()),
        ..Tenant::new(DOMAIN, "Contoso")
    }
}

fn mailbox_of(name: &str) -> String {
    format!("{name}@mail.example")
}

fn count(replies: &[Reply], is_it: impl Fn(&Reply) -> bool) -> usize {
    replies.iter().filter(|reply| is_it(reply)).count()
}

on_each_store![
    |database| (super::Replicas::start(&database).await);
    two_replicas_serve_one_attempt_turn_by_turn,
    fifty_wrong_proofs_at_once_consume_five_tries,
    of_fifty_right_proofs_at_once_one_wins,
    one_right_proof_among_fifty_wins_once_or_comes_too_late,
    one_key_at_both_replicas_sends_one_code,
    every_code_leaves_once,
    failures_at_one_replica_make_challenges_of_the_other_harder,
    the_token_of_an_attempt_that_ended_opens_nothing,
];

async fn two_replicas_serve_one_attempt_turn_by_turn(service: Replicas) {
    let (client, ada) = (&service.client, service.person("ada").await);
    let pass = client.start(service.address(0), &ada).await;
    client.send_mail(service.address(1), &pass).await;
    let code = service.code_of("ada").await;
    let reply = client
        .post(
            service.address(0),
            &pass,
            "/proofs",
            json!({ "code": code }),
        )
        .await;
    assert_eq!(reply.step(), "choose-password", "{}", reply.body);
    let password = json!({ "password": "Correct-horse-7-battery" });
    let reply = client
        .post(service.address(1), &pass, "/password", password)
        .await;
    assert_eq!(reply.step(), "done", "{}", reply.body);
    for number in 0..2 {
        let reply = client.look(service.address(number), &pass).await;
        assert_eq!(reply.step(), "done", "{}", reply.body);
    }
    let account = AccountId("ada".into());
    let is_set = service
        .directory
        .is_password(DOMAIN, &account, "Correct-horse-7-battery");
    assert!(is_set.await.unwrap());
    service.stop().await;
}

/// The token opens neither the attempt, at either process and with the right code, nor another
/// attempt of the same person.
async fn the_token_of_an_attempt_that_ended_opens_nothing(service: Replicas) {
    const PASSWORD: &str = "Correct-horse-7-battery";
    let client = &service.client;
    for (name, is_proven) in [("ada", false), ("ben", true)] {
        let identifier = service.person(name).await;
        let pass = client.start(service.address(0), &identifier).await;
        client.send_mail(service.address(0), &pass).await;
        let code = json!({ "code": service.code_of(name).await });
        if is_proven {
            let proven = client.post(service.address(0), &pass, "/proofs", code.clone());
            assert_eq!(proven.await.step(), "choose-password");
        }
        let (once, cancel) = (fresh_key(), (Method::DELETE, ""));
        let cancelled = client.ask(service.address(0), Some(&pass), &once, cancel, None);
        assert_eq!(cancelled.await.unwrap().step(), "ended");
        let other = client.start(service.address(0), &identifier).await;
        let crossed = Pass {
            token: pass.token.clone(),
            ..other.clone()
        };
        for number in 0..2 {
            let server = service.address(number);
            for (method, tail, body) in [
                (Method::PUT, "/purpose", json!({ "purpose": "reset" })),
                (Method::POST, "/codes", json!({ "method": "email" })),
                (Method::POST, "/proofs", code.clone()),
                (Method::POST, "/password", json!({ "password": PASSWORD })),
                (Method::POST, "/unlock", json!({})),
                (Method::POST, "/help", json!({})),
            ] {
                let (once, act) = (fresh_key(), (method.clone(), tail));
                let own = client.ask(server, Some(&pass), &once, act, Some(body.clone()));
                let own = own.await.unwrap();
                let told = (own.status, own.problem(), own.step());
                assert_eq!(told, (409, "not-expected", "ended"), "{tail}: {}", own.body);
                let (once, act) = (fresh_key(), (method, tail));
                let others = client.ask(server, Some(&crossed), &once, act, Some(body));
                assert_eq!(others.await.unwrap().status, 401, "{tail}");
            }
            assert_eq!(client.look(server, &pass).await.step(), "ended");
            assert_eq!(client.look(server, &crossed).await.status, 401);
            assert_eq!(client.look(server, &other).await.step(), "choose-method");
        }
        let account = AccountId(name.into());
        let is_set = service.directory.is_password(DOMAIN, &account, PASSWORD);
        assert!(!is_set.await.unwrap());
    }
    service.stop().await;
}

async fn fifty_wrong_proofs_at_once_consume_five_tries(service: Replicas) {
    let (client, ada) = (&service.client, service.person("ada").await);
    let pass = client.start(service.address(0), &ada).await;
    client.send_mail(service.address(0), &pass).await;
    let code = service.code_of("ada").await;
    let wrong = wrong_codes(&code);
    let wrong: Vec<&str> = wrong.iter().map(String::as_str).collect();
    let replies = service.at_once(&pass, "/proofs", &wrong).await;
    let consumed = count(&replies, |reply| reply.problem() == "code-wrong");
    assert!(consumed <= 5, "{consumed} tries were consumed");
    assert!(
        count(&replies, |reply| reply.status == 500) == 0,
        "{replies:?}"
    );
    // The code is spent: the service no longer accepts even the right one.
    let reply = client
        .post(
            service.address(1),
            &pass,
            "/proofs",
            json!({ "code": code }),
        )
        .await;
    assert_eq!(reply.problem(), "code-spent", "{}", reply.body);
    service.stop().await;
}

async fn of_fifty_right_proofs_at_once_one_wins(service: Replicas) {
    let (client, ada) = (&service.client, service.person("ada").await);
    let pass = client.start(service.address(0), &ada).await;
    client.send_mail(service.address(0), &pass).await;
    let code = service.code_of("ada").await;
    let replies = service
        .at_once(&pass, "/proofs", &[code.as_str(); 50])
        .await;
    assert_eq!(count(&replies, |reply| reply.status == 200), 1);
    assert_eq!(
        count(&replies, |reply| reply.problem() == "not-expected"),
        49
    );
    let reply = client.look(service.address(1), &pass).await;
    assert_eq!(reply.step(), "choose-password", "{}", reply.body);
    service.stop().await;
}

async fn one_right_proof_among_fifty_wins_once_or_comes_too_late(service: Replicas) {
    let (client, ada) = (&service.client, service.person("ada").await);
    let pass = client.start(service.address(0), &ada).await;
    client.send_mail(service.address(0), &pass).await;
    let code = service.code_of("ada").await;
    let wrong = wrong_codes(&code);
    let mut codes: Vec<&str> = wrong.iter().map(String::as_str).collect();
    codes[25] = &code;
    let replies = service.at_once(&pass, "/proofs", &codes).await;
    let won = count(&replies, |reply| reply.status == 200);
    let consumed = count(&replies, |reply| reply.problem() == "code-wrong");
    assert!(won <= 1 && consumed <= 5, "{won} won, {consumed} consumed");
    let end = client.look(service.address(1), &pass).await;
    let expected = if won == 1 {
        "choose-password"
    } else {
        "enter-code"
    };
    assert_eq!(end.step(), expected, "{}", end.body);
    service.stop().await;
}

async fn one_key_at_both_replicas_sends_one_code(service: Replicas) {
    let ada = service.person("ada").await;
    let pass = service.client.start(service.address(0), &ada).await;
    let key = fresh_key();
    let mut asking = JoinSet::new();
    for number in 0..10 {
        let (client, pass, key) = (service.client.clone(), pass.clone(), key.clone());
        let server = service.address(number);
        asking.spawn(async move {
            let body = Some(json!({ "method": "email" }));
            let post = (Method::POST, "/codes");
            let reply = client.ask(server, Some(&pass), &key, post, body).await;
            reply.expect("the server answers")
        });
    }
    for reply in asking.join_all().await {
        let is_replayed = reply.status == 200 && reply.step() == "enter-code";
        assert!(
            is_replayed || reply.problem() == "key-in-use",
            "{}",
            reply.body
        );
    }
    service.delivered().await;
    assert_eq!(service.codes_of("ada").len(), 1);
    service.stop().await;
}

async fn every_code_leaves_once(service: Replicas) {
    let names: Vec<String> = (0..30).map(|number| format!("person{number}")).collect();
    for name in &names {
        service.person(name).await;
    }
    let mut asking = JoinSet::new();
    for (number, name) in names.iter().enumerate() {
        let (client, identifier) = (service.client.clone(), format!("{name}@{DOMAIN}"));
        let servers = [service.address(number), service.address(number + 1)];
        asking.spawn(async move {
            let pass = client.start(servers[0], &identifier).await;
            client.send_mail(servers[1], &pass).await;
        });
    }
    asking.join_all().await;
    service.delivered().await;
    for name in &names {
        assert_eq!(service.codes_of(name).len(), 1, "{name}");
    }
    service.stop().await;
}

async fn failures_at_one_replica_make_challenges_of_the_other_harder(service: Replicas) {
    let client = &service.client;
    let cost = async |number| {
        let url = format!("http://{}/api/v1/challenges", service.address(number));
        let sent = reqwest::Client::new().post(url).send().await;
        let challenge: Value = sent.unwrap().json().await.unwrap();
        challenge["parameters"]["cost"].as_u64().unwrap()
    };
    let usual = cost(1).await;
    // Thirty attempts an hour from one network are normal, and the service forgets some in the
    // meantime.
    for number in 0..10 {
        let name = format!("person{number}");
        let identifier = service.person(&name).await;
        let pass = client.start(service.address(0), &identifier).await;
        client.send_mail(service.address(0), &pass).await;
        let wrong = wrong_codes(&service.code_of(&name).await);
        for code in wrong.iter().take(4) {
            let body = json!({ "code": code });
            let reply = client
                .post(service.address(0), &pass, "/proofs", body)
                .await;
            assert!(reply.problem().starts_with("code-"), "{}", reply.body);
        }
    }
    let harder = tokio::time::timeout(PATIENCE, async {
        while cost(1).await != 2 * usual {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    harder.await.expect("the other replica learns of it");
    assert_eq!(cost(0).await, 2 * usual);
    service.stop().await;
}

/// A connection that breaks in the middle of a request leaves no client waiting, and the service
/// loses nothing that it acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn a_restart_of_postgresql_is_got_over() {
    let mut postgres = Postgres::start();
    let database = Database::of(&postgres).await;
    let service = Arc::new(Replicas::start(&database).await);
    let ada = service.person("ada").await;
    let (stop, mut clients) = (CancellationToken::new(), JoinSet::new());
    for number in 0..10 {
        let (service, ada, stop) = (service.clone(), ada.clone(), stop.clone());
        clients.spawn(async move {
            let (mut passes, mut failures) = (Vec::new(), Vec::new());
            while !stop.is_cancelled() {
                let asked = service.client.try_start(service.address(number), &ada);
                let reply = tokio::time::timeout(PATIENCE, asked).await;
                let reply = reply.expect("no client waits for ever").unwrap();
                match reply.pass() {
                    Some(pass) => passes.push(pass),
                    None => failures.push(reply),
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            (passes, failures)
        });
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    postgres.kill();
    // The wait is longer than the connection timeout, so that some requests do fail.
    tokio::time::sleep(Duration::from_secs(7)).await;
    postgres.start_again();
    let recovered = tokio::time::timeout(PATIENCE, async {
        loop {
            let started = service.client.try_start(service.address(0), &ada);
            if started.await.unwrap().status == 201 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    recovered.await.expect("it recovers by itself");
    stop.cancel();
    let (mut acknowledged, mut failed) = (0, 0);
    while let Some(client) = clients.join_next().await {
        let (passes, failures) = client.unwrap();
        for reply in &failures {
            assert_eq!(
                reply.problem(),
                "internal",
                "{} {}",
                reply.status,
                reply.body
            );
        }
        failed += failures.len();
        for pass in passes {
            acknowledged += 1;
            let reply = service
                .client
                .look(service.address(acknowledged), &pass)
                .await;
            assert_eq!(reply.status, 200, "{}", reply.body);
        }
    }
    assert!(
        acknowledged > 0 && failed > 0,
        "{acknowledged} and {failed}"
    );
}
