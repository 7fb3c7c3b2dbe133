//! Tests of the proof of work: each proof begins one attempt. The work is harder if many attempts
//! begin, and for the identifier, the tenant and the network of failed proofs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use postern_server::clock::Clock;
use postern_server::settings::Settings;
use postern_world::contoso;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::Database;
use crate::support::client::{Client, Pass, Reply, fresh_key, solved};
use crate::support::server::{Server, start};

on_each_store![
    |database| (database);
    work_that_is_given_back_again_begins_nothing_and_makes_none_harder,
    who_has_the_key_of_anothers_attempt_and_not_its_work_gets_nothing_of_it,
];

/// The number of attempts a minute that is normal.
const ORDINARY: u32 = 10;

/// The number of repeated solutions: the attack that made work four times as hard for every client
/// repeated 300.
const GIVEN_BACK: u32 = 300;

/// A server whose normal work is a single guess.
async fn server() -> Server {
    let server = Server::that_asks_work().await;
    ask_for(&server, &json!({ "cost": 16, "guesses": 1 }));
    server
}

/// The same over another database, with a low number of normal attempts. Its clock stands still.
async fn server_over(database: Database) -> Server {
    // The time is later than any clock that the library for challenges reads.
    let clock = Clock::Set(Arc::new(AtomicI64::new(4_000_000_000)));
    let server = Server::that_asks_work_over(database, clock).await;
    let difficulty = json!({ "cost": 16, "guesses": 1, "ordinary-per-minute": ORDINARY });
    ask_for(&server, &difficulty);
    server
}

fn ask_for(server: &Server, difficulty: &Value) {
    let settings = Settings {
        difficulty: serde_json::from_value(difficulty.clone()).expect("it makes sense"),
        ..Settings::new(contoso::tenants(), "reset.contoso.example")
    };
    server.running.judge.settings.store(Arc::new(settings));
}

/// A person with a server and a client.
struct Person<'a> {
    server: &'a Server,
    client: Client,
}

impl Person<'_> {
    async fn challenge(&self) -> Value {
        let sent = self.server.request(Method::POST, "/api/v1/challenges");
        let answer = sent.send().await.expect("the server answers");
        answer.json().await.expect("it is a challenge")
    }

    /// Begins with this work, under this key.
    async fn begin(&self, identifier: &str, work: &Value, key: &str) -> Reply {
        let mut body = start(identifier);
        body["support_code"] = json!("6f1c3a52-8d0e-4f7b-9a26-0c5d7e8f9a1b");
        body["work"] = work.clone();
        let address = self.server.running.address;
        let begun = self
            .client
            .ask(address, None, key, (Method::POST, ""), Some(body));
        begun.await.expect("the server answers")
    }

    /// The requirements of the next challenge: iterations for each guess, and the beginning of the
    /// key.
    async fn hardness(&self) -> (u64, String) {
        let challenge = self.challenge().await;
        let parameters = &challenge["parameters"];
        let (cost, prefix) = (&parameters["cost"], &parameters["keyPrefix"]);
        let prefix = prefix.as_str().expect("it is text").to_owned();
        (cost.as_u64().expect("it is a number"), prefix)
    }

    /// Begins with the normal work, and requests a mail; nothing if the service offers none.
    async fn begin_with_mail(&self, identifier: &str) -> Option<Pass> {
        let work = solved(&self.challenge().await);
        let begun = self.begin(identifier, &work, &fresh_key()).await;
        let pass = begun.pass().unwrap_or_else(|| panic!("{}", begun.body));
        let address = self.server.running.address;
        let body = json!({ "method": "email" });
        let sent = self.client.post(address, &pass, "/codes", body).await;
        (sent.step() == "enter-code").then_some(pass)
    }

    async fn fail(&self, pass: &Pass) {
        static GUESSES: AtomicU32 = AtomicU32::new(0);
        let address = self.server.running.address;
        // Each guess differs: the same one again would cost no try.
        let guess = GUESSES.fetch_add(1, Ordering::Relaxed);
        let body = json!({ "code": format!("{guess:08}") });
        let reply = self.client.post(address, pass, "/proofs", body).await;
        assert!(reply.problem().starts_with("code-"), "{}", reply.body);
    }
}

/// An unknown identifier to which the service offers a mail, with an attempt that waits for its
/// code.
async fn unknown(person: &Person<'_>, from: usize) -> (String, Pass) {
    for number in from.. {
        let identifier = format!("nobody.{number}@contoso.example");
        if let Some(pass) = person.begin_with_mail(&identifier).await {
            return (identifier, pass);
        }
    }
    unreachable!("there are enough")
}

async fn work_that_is_given_back_again_begins_nothing_and_makes_none_harder(database: Database) {
    let server = server_over(database).await;
    let person = Person {
        server: &server,
        client: Client::new(),
    };
    let work = solved(&person.challenge().await);
    let identifiers = ["ada@contoso.example", "never@contoso.example"];
    let first = person.begin(identifiers[0], &work, &fresh_key()).await;
    assert_eq!(first.status, 201, "{}", first.body);
    for (_, identifier) in (0..GIVEN_BACK).zip(identifiers.into_iter().cycle()) {
        let again = person.begin(identifier, &work, &fresh_key()).await;
        let told = (again.status, again.problem());
        assert_eq!(told, (422, "work-refused"), "{}", again.body);
    }
    let (cost, prefix) = person.hardness().await;
    eprintln!(
        "a solution that is given back {GIVEN_BACK} times begins nothing, and the next costs {cost} iterations instead of 16"
    );
    assert_eq!((cost, prefix.as_str()), (16, ""));
    // Each attempt with new work counts: the first was one of them.
    let mut begun = 1;
    for (attempts, cost, prefix) in [
        (2 * ORDINARY - 1, 16, ""),
        (2 * ORDINARY, 32, ""),
        (3 * ORDINARY, 48, ""),
        (4 * ORDINARY, 4, "0"),
        (5 * ORDINARY, 4, "0"),
    ] {
        for number in begun..attempts {
            let work = solved(&person.challenge().await);
            let identifier = format!("{number}@contoso.example");
            let reply = person.begin(&identifier, &work, &fresh_key()).await;
            assert_eq!(reply.status, 201, "{}", reply.body);
        }
        begun = attempts;
        let asked = person.hardness().await;
        assert_eq!(asked, (cost, prefix.to_owned()), "{attempts} attempts");
    }
}

async fn who_has_the_key_of_anothers_attempt_and_not_its_work_gets_nothing_of_it(
    database: Database,
) {
    let server = server_over(database).await;
    let person = Person {
        server: &server,
        client: Client::new(),
    };
    let (ada, key) = ("ada@contoso.example", fresh_key());
    let own = solved(&person.challenge().await);
    let first = person.begin(ada, &own, &key).await;
    assert_eq!(first.status, 201, "{}", first.body);
    let others = solved(&person.challenge().await);
    let reused = person.begin(ada, &others, &key).await;
    assert_eq!((reused.status, reused.problem()), (422, "key-reused"));
    let again = person.begin(ada, &own, &key).await;
    assert_eq!((again.status, &again.body), (201, &first.body));
    // The other client can still use its work, under its own key.
    let theirs = person.begin(ada, &others, &fresh_key()).await;
    assert_eq!(theirs.status, 201, "{}", theirs.body);
    assert_ne!(theirs.body["token"], first.body["token"]);
}

#[tokio::test]
async fn from_the_second_failure_on_an_attempt_costs_several_times_as_much_for_known_and_unknown_identifiers()
 {
    let server = server().await;
    let person = Person {
        server: &server,
        client: Client::new(),
    };
    let ada = "ada@contoso.example".to_owned();
    let adas = person.begin_with_mail(&ada).await.expect("she has a mail");
    for (identifier, pass) in [(ada, adas), unknown(&person, 0).await] {
        // The number of failures, iterations for each guess, and the beginning of the key; nothing
        // if the normal work is sufficient.
        for harder in [None, None, Some((4, "0")), Some((8, "0")), Some((8, "0"))] {
            let usual = person.challenge().await;
            assert_eq!(usual["parameters"]["cost"], 16);
            let work = solved(&usual);
            let begun = person.begin(&identifier, &work, &fresh_key()).await;
            if let Some((cost, prefix)) = harder {
                assert_eq!(begun.problem(), "work-refused", "{identifier}");
                assert_eq!(begun.status, 422);
                let challenge = &begun.body["challenge"];
                assert_eq!(challenge["parameters"]["cost"], cost, "{identifier}");
                assert_eq!(challenge["parameters"]["keyPrefix"], prefix);
                // The work that was too light is still usable for another attempt.
                let other = person
                    .begin("bob@contoso.example", &work, &fresh_key())
                    .await;
                assert_eq!(other.status, 201, "{}", other.body);
                let harder = solved(challenge);
                let begun = person.begin(&identifier, &harder, &fresh_key()).await;
                assert_eq!(begun.status, 201, "{}", begun.body);
            } else {
                assert_eq!(begun.status, 201, "{}", begun.body);
            }
            person.fail(&pass).await;
        }
    }
}

#[tokio::test]
async fn a_lost_answer_is_given_again_though_more_work_is_asked_by_now() {
    let server = server().await;
    let person = Person {
        server: &server,
        client: Client::new(),
    };
    let (work, key) = (solved(&person.challenge().await), fresh_key());
    let first = person.begin("ada@contoso.example", &work, &key).await;
    let pass = first.pass().expect("it began");
    let address = server.running.address;
    person.client.send_mail(address, &pass).await;
    for _ in 0..3 {
        person.fail(&pass).await;
    }
    let again = person.begin("ada@contoso.example", &work, &key).await;
    assert_eq!((again.status, &again.body), (201, &first.body));
    // The page extracts the challenge from the text, where it is the last member.
    let mut body = start("ada@contoso.example");
    body["work"] = solved(&person.challenge().await);
    let key = fresh_key();
    let refused = server.post("/api/v1/attempts", &key, &body).await;
    let text = refused.text().await.expect("it is text");
    let (_, challenge) = text.split_once("\"challenge\":").expect("it is there");
    let challenge = challenge.strip_suffix('}').expect("it stands last");
    let challenge: Value = serde_json::from_str(challenge).expect("it is a challenge");
    solved(&challenge);
    let others = person
        .begin("ada@contoso.example", &work, &fresh_key())
        .await;
    assert_eq!(others.problem(), "work-refused");
}

#[tokio::test]
async fn failures_from_a_network_make_its_challenges_harder() {
    let server = server().await;
    let person = Person {
        server: &server,
        client: Client::new(),
    };
    let mut passes = Vec::new();
    for number in 0..8 {
        passes.push(unknown(&person, 100 * number).await.1);
    }
    let mut failures = 0;
    for pass in &passes {
        for _ in 0..4 {
            person.fail(pass).await;
            failures += 1;
            let challenge = person.challenge().await;
            // The service forgets an hour's quota within an hour, so the exact moment decides
            // between the two values.
            let expected = match failures {
                ..30 => Some(16),
                32.. => Some(32),
                _ => None,
            };
            if let Some(expected) = expected {
                assert_eq!(challenge["parameters"]["cost"], expected, "{failures}");
            }
        }
    }
}
