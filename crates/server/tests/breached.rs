//! Tests of breached passwords: the service that is asked, the data that it receives, and the
//! result for a password while it does not answer.

use std::sync::Arc;

use crate::support::log::Log;
use crate::support::service::{HOST, Person, Service};
use postern_peers::breaches::{Asked, Breaches, Mood, hash};
use postern_peers::process::{free_port, until};
use postern_protocol::{Method, Step};
use postern_server::breached::{self, WhenUnreachable};
use postern_server::clock::Clock;
use postern_server::delivery;
use postern_server::development::Mailbox;
use postern_server::settings::Settings;
use postern_world::contoso;
use serde_json::Value;
use tokio::sync::{Mutex, MutexGuard};

const ADA: &str = "ada@contoso.example";

/// None of our lists contains this password, and a log does not contain the first digits of its
/// hash by chance.
const PASSWORD: &str = "nine boats, no sail";
const ANOTHER: &str = "four boats, no sail";

/// A service, and the breach service that it asks.
struct Stage {
    service: Service,
    mailbox: Arc<Mailbox>,
    breaches: Breaches,
    /// The counters of a process are shared by all its services.
    _turn: MutexGuard<'static, ()>,
}

impl Stage {
    async fn set(when_unreachable: WhenUnreachable) -> Self {
        static TURN: Mutex<()> = Mutex::const_new(());
        let turn = TURN.lock().await;
        let breaches = Breaches::start().await;
        let mailbox = Arc::new(Mailbox::new(Clock::System));
        let settings = asking(&breaches.url(), when_unreachable);
        Self {
            service: Service::with(settings, mailbox.uncarried()).await,
            mailbox,
            breaches,
            _turn: turn,
        }
    }

    /// The number of requests with this outcome, from the metrics.
    async fn counted(&self, outcome: &str) -> u64 {
        let begun = format!("postern_breached_lookups_total{{outcome=\"{outcome}\"}} ");
        let address = self.service.running.metrics_address;
        let address = address.expect("there are numbers");
        let page = reqwest::get(format!("http://{address}/metrics")).await;
        let text = page.expect("the server answers").text().await;
        let text = text.expect("it is text");
        let count = text.lines().find_map(|line| line.strip_prefix(&begun));
        count.map_or(0, |count| count.parse().expect("it is a number"))
    }

    /// Arrives, and passes the gate by mail.
    async fn proven(&self, identifier: &str) -> Person {
        self.mailbox.clear();
        let person = self.service.arrive(identifier, "en").await;
        self.service.choose(&person, Method::Email, None).await;
        let code = until("a code", async || {
            let letters = self.mailbox.all();
            letters.into_iter().find_map(|letter| letter.code)
        });
        assert_eq!(self.service.prove(&person, &code.await).await, 1);
        person
    }

    /// Sends a password under a new key.
    async fn send(&self, person: &Person, password: &str) -> Value {
        let key = format!("password {password}");
        self.service.try_password(person, &key, password).await
    }
}

fn asking(url: &str, when_unreachable: WhenUnreachable) -> Settings {
    Settings {
        breached_passwords: Some(breached::BreachSettings {
            url: url.parse().expect("it is an address"),
            timeout_seconds: 1,
            when_unreachable,
        }),
        ..Settings::new(contoso::tenants(), HOST)
    }
}

fn is_done(answer: &Value) -> bool {
    answer["step"].get("done").is_some()
}

/// The kind of a problem whose attempt is still at the step of the password.
fn refused(answer: &Value) -> &Value {
    let attempt = &answer["attempt"];
    let step = attempt["step"].get("choose-password");
    assert!(step.is_some(), "{answer}");
    assert_eq!(attempt["gates"]["passed"], 1, "{answer}");
    &answer["kind"]
}

#[tokio::test]
async fn what_is_asked_is_five_digits_of_a_hash_and_nothing_else() {
    let log = Log::shared();
    let stage = Stage::set(WhenUnreachable::Accept).await;
    let ada = stage.proven(ADA).await;
    assert!(is_done(&stage.send(&ada, PASSWORD).await));

    let hash = hash(PASSWORD);
    let (prefix, suffix) = hash.split_at(5);
    let asked = stage.breaches.asked();
    let [
        Asked {
            method,
            address,
            headers,
            body,
        },
    ] = asked.as_slice()
    else {
        panic!("{asked:?}");
    };
    assert_eq!(method, "GET");
    assert_eq!(*address, format!("/range/{prefix}"));
    assert!(body.is_empty());
    let host = stage.breaches.url().replace("http://", "");
    let host = host.split('/').next().unwrap_or_default().to_owned();
    let mut headers = headers.clone();
    headers.sort();
    let expected = [
        ("accept", "*/*"),
        ("add-padding", "true"),
        ("host", host.as_str()),
        ("user-agent", "postern-server"),
    ];
    assert_eq!(
        headers,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );

    // The log contains no part of it after a failure either.
    stage.breaches.be(Mood::Says(500, ""));
    stage.service.put("grace", "contoso.example").await;
    let grace = stage.proven("grace@contoso.example").await;
    assert!(is_done(&stage.send(&grace, PASSWORD).await));
    let lines: Vec<String> = log.lines().iter().map(Value::to_string).collect();
    let warned = "the service for breached passwords does not answer";
    assert!(lines.iter().any(|line| line.contains(warned)));
    assert!(prefix.contains(|digit: char| digit.is_ascii_uppercase()));
    for line in lines {
        for part in [prefix, suffix, &suffix.to_lowercase(), PASSWORD] {
            assert!(!line.contains(part), "{part}: {line}");
        }
    }
}

#[tokio::test]
async fn a_breached_password_is_refused_and_another_is_taken() {
    let stage = Stage::set(WhenUnreachable::Accept).await;
    stage.breaches.hold([PASSWORD]);
    let found = stage.counted("found").await;
    let not_found = stage.counted("not-found").await;
    let ada = stage.proven(ADA).await;
    let answer = stage.send(&ada, PASSWORD).await;
    let kind = refused(&answer);
    assert_eq!(kind["password-refused"], serde_json::json!(["banned"]));
    assert!(is_done(&stage.send(&ada, ANOTHER).await));
    assert_eq!(stage.counted("found").await, found + 1);
    assert_eq!(stage.counted("not-found").await, not_found + 1);
}

#[tokio::test]
async fn a_line_that_fills_up_is_no_hit() {
    let stage = Stage::set(WhenUnreachable::Refuse).await;
    stage.breaches.fill_up_with(PASSWORD);
    let ada = stage.proven(ADA).await;
    assert!(is_done(&stage.send(&ada, PASSWORD).await));
    assert_eq!(stage.breaches.asked().len(), 1);
}

/// Each way of not answering. The last is a range as long as none is.
fn moods() -> [Mood; 6] {
    let line = "0123456789ABCDEF0123456789ABCDEF012:1\r\n";
    [
        Mood::Silent,
        Mood::Says(503, ""),
        Mood::Says(302, ""),
        Mood::Says(200, ""),
        Mood::Says(200, "<html>"),
        Mood::Says(200, line.repeat(7_000).leak()),
    ]
}

#[tokio::test]
async fn while_the_breach_service_is_silent_a_password_is_taken_where_the_settings_accept_it() {
    let stage = Stage::set(WhenUnreachable::Accept).await;
    stage.breaches.hold([PASSWORD]);
    let unknown = stage.counted("unknown").await;
    let moods = moods();
    for (index, mood) in moods.into_iter().enumerate() {
        let name = format!("somebody{index}");
        stage.service.put(&name, "contoso.example").await;
        let identifier = format!("{name}@contoso.example");
        let person = stage.proven(&identifier).await;
        stage.breaches.be(mood);
        let answer = stage.send(&person, PASSWORD).await;
        assert!(is_done(&answer), "{mood:?}: {answer}");
    }
    assert_eq!(
        stage.breaches.asked().len(),
        moods.len(),
        "no password is asked about twice"
    );

    let silent = format!("http://127.0.0.1:{}/range/", free_port());
    let settings = asking(&silent, WhenUnreachable::Accept);
    let delivery = delivery::DeliverySettings::default();
    let reloaded = stage.service.running.reload(settings, &delivery);
    reloaded.expect("they can be used");
    let ada = stage.proven(ADA).await;
    assert!(is_done(&stage.send(&ada, PASSWORD).await));
    let counted = stage.counted("unknown").await - unknown;
    assert_eq!(usize::try_from(counted).ok(), Some(moods.len() + 1));
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_seen_in_readiness_until_one_can() {
    let stage = Stage::set(WhenUnreachable::Accept).await;
    stage.service.becomes_ready(true).await;
    let ada = stage.proven(ADA).await;
    stage.breaches.be(Mood::Says(200, "<html>"));
    assert!(is_done(&stage.send(&ada, PASSWORD).await));
    stage.service.becomes_ready(false).await;
    // The server goes on asking while it is not ready. Otherwise it would not see that the breach
    // service answers again.
    stage.breaches.be(Mood::Well);
    stage.service.becomes_ready(true).await;
}

#[tokio::test]
async fn while_the_breach_service_is_silent_no_password_is_taken_where_the_settings_refuse_it_and_the_attempt_goes_on()
 {
    let stage = Stage::set(WhenUnreachable::Refuse).await;
    let ada = stage.proven(ADA).await;
    let moods = moods();
    for (index, mood) in moods.into_iter().enumerate() {
        stage.breaches.be(mood);
        let key = format!("mood {index}");
        let answer = stage.service.try_password(&ada, &key, PASSWORD).await;
        assert_eq!(refused(&answer), "breach-service-unreachable", "{mood:?}");
        assert_eq!(answer["status"], 503);
    }
    stage.breaches.be(Mood::Well);
    // The password was not judged under that key, so nothing is remembered of it: the same request
    // is judged anew.
    let answer = stage.service.try_password(&ada, "mood 0", PASSWORD).await;
    assert!(is_done(&answer), "{answer}");
    assert_eq!(stage.breaches.asked().len(), moods.len() + 1);
}

#[tokio::test]
async fn the_breach_service_is_not_asked_about_a_password_that_is_refused_anyway() {
    let stage = Stage::set(WhenUnreachable::Refuse).await;
    stage.mailbox.clear();
    let early = stage.service.arrive(ADA, "en").await;
    let answer = stage.send(&early, PASSWORD).await;
    assert_eq!(answer["kind"], "not-expected");
    let ada = stage.proven(ADA).await;
    for password in ["Qz7#x", "p@$$w0rd1", "boats at C0ntoso 7"] {
        let answer = stage.send(&ada, password).await;
        assert!(refused(&answer).get("password-refused").is_some());
    }
    assert!(stage.breaches.asked().is_empty());
}

#[tokio::test]
async fn the_same_request_again_is_answered_without_asking_again() {
    let stage = Stage::set(WhenUnreachable::Refuse).await;
    stage.breaches.hold([PASSWORD]);
    let ada = stage.proven(ADA).await;
    let once = stage.send(&ada, PASSWORD).await;
    let again = stage.send(&ada, PASSWORD).await;
    assert_eq!(once, again);
    assert!(is_done(&stage.send(&ada, ANOTHER).await));
    assert!(is_done(&stage.send(&ada, ANOTHER).await));
    assert_eq!(stage.breaches.asked().len(), 2);
}

#[tokio::test]
async fn settings_that_are_read_again_say_whether_the_breach_service_is_asked() {
    let stage = Stage::set(WhenUnreachable::Refuse).await;
    stage.breaches.hold([PASSWORD, ANOTHER]);
    let ada = stage.proven(ADA).await;
    refused(&stage.send(&ada, PASSWORD).await);
    stage.service.reload(&delivery::DeliverySettings::default());
    let step = stage.service.set_password(&ada, ANOTHER).await;
    assert!(matches!(step, Step::Done(_)));
    assert_eq!(stage.breaches.asked().len(), 1);
}
