//! Tests of calls through an exchange that uses Twilio's protocol.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use postern_peers::exchange::{ACCOUNT, Exchange, FROM, Placed, TOKEN, sign};
use postern_peers::process::until;
use postern_protocol::{Method, Step};
use postern_server::clock::Clock;
use postern_server::delivery::{self, CallSettings};
use postern_server::secret::Secret;

use crate::support::service::{HOST, Person, Service};

/// Tuesday the 14th of November 2023, 22:13:20 UTC.
const NOW: i64 = 1_700_000_000;

/// The parameter that every call has.
const CALL: (&str, &str) = ("CallSid", "CA1");

/// A person whose phone rings, in Dutch.
struct Ringing {
    exchange: Exchange,
    service: Service,
    chen: Person,
    call: Placed,
}

impl Ringing {
    async fn start() -> Self {
        let exchange = Exchange::start().await;
        let service = Service::start(calls(&exchange), clock().0).await;
        let chen = call_chen(&service).await;
        let call = exchange.placed().await;
        Self {
            exchange,
            service,
            chen,
            call,
        }
    }

    /// Answers the phone.
    async fn menu(&self) -> String {
        let answered = [CALL, ("CallStatus", "in-progress")];
        let url = self.call.parameter("Url");
        let (status, menu) = self.ask(url, &answered).await;
        assert_eq!(status, 200, "{menu}");
        menu
    }

    async fn press(&self, key: &str) -> String {
        let menu = self.menu().await;
        let action = menu.split("action=\"").nth(1);
        let action = action.and_then(|rest| rest.split('"').next());
        let action = action.expect("keys go somewhere");
        let pressed = [CALL, ("Digits", key)];
        let (status, said) = self.ask(action, &pressed).await;
        assert_eq!(status, 200, "{said}");
        said
    }

    /// Ends the call.
    async fn end(&self, status: &str) {
        let ended = [CALL, ("CallStatus", status)];
        let url = self.call.parameter("StatusCallback");
        let (status, said) = self.ask(url, &ended).await;
        assert_eq!(status, 204, "{said}");
    }

    async fn ask(&self, url: &str, parameters: &[(&str, &str)]) -> (u16, String) {
        let server = self.service.address();
        self.exchange.ask(server, url, parameters).await
    }

    async fn has_failed(&self) -> bool {
        has_failed(&self.service, &self.chen).await
    }
}

fn calls(exchange: &Exchange) -> delivery::DeliverySettings {
    delivery::DeliverySettings {
        calls: Some(settings(exchange)),
        ..delivery::DeliverySettings::default()
    }
}

/// The settings as an administrator writes them, except for the secret.
fn settings(exchange: &Exchange) -> CallSettings {
    let settings = serde_json::json!({
        "account-sid": ACCOUNT,
        "auth-token": { "file": concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml") },
        "from": FROM,
        "url": exchange.url(),
    });
    CallSettings {
        auth_token: Secret::new(TOKEN),
        ..serde_json::from_value(settings).expect("the settings are well-formed")
    }
}

fn clock() -> (Clock, Arc<AtomicI64>) {
    let time = Arc::new(AtomicI64::new(NOW));
    (Clock::Set(time.clone()), time)
}

async fn call_chen(service: &Service) -> Person {
    let chen = service.arrive("chen@clinic.contoso.example", "nl").await;
    let phone = Some("+31 6 12345678");
    service.choose(&chen, Method::MobileCall, phone).await;
    chen
}

async fn has_failed(service: &Service, person: &Person) -> bool {
    let step = service.look(person).await.step;
    let Step::AwaitCall(waits) = step else {
        panic!("no call is waited for: {step:?}");
    };
    waits.failed
}

#[tokio::test]
async fn the_hash_key_opens_the_gate_and_the_end_of_the_call_changes_nothing() {
    let ringing = Ringing::start().await;
    let call = &ringing.call;
    assert_eq!(
        (call.parameter("To"), call.parameter("From")),
        ("+31612345678", FROM)
    );
    assert_eq!(call.parameter("Timeout"), "20");
    let said = ringing.press("#").await;
    assert!(
        said.contains("<Say language=\"nl-NL\">Dank u. Ga verder in uw browser.</Say><Hangup/>"),
        "{said}"
    );
    let after = ringing.service.look(&ringing.chen).await;
    assert_eq!(after.gates.passed, 1);
    ringing.end("completed").await;
    ringing.end("completed").await;
    assert_eq!(ringing.service.look(&ringing.chen).await, after);
}

#[tokio::test]
async fn the_menu_is_said_twice_in_the_language_of_the_attempt() {
    let ringing = Ringing::start().await;
    let menu = ringing.menu().await;
    let words = "Dit is een telefoontje van Contoso Clinic. Wilt u weer toegang tot uw account, druk dan op #. Zo niet, hang dan op.";
    let say = format!("<Say language=\"nl-NL\">{words}</Say>");
    assert_eq!(menu.matches(&say).count(), 2, "{menu}");
    assert_eq!(
        menu.matches("<Gather input=\"dtmf\" numDigits=\"1\" finishOnKey=\"\"")
            .count(),
        2,
        "{menu}"
    );
    assert!(menu.ends_with("<Hangup/></Response>\n"), "{menu}");
}

#[tokio::test]
async fn another_key_opens_nothing_and_is_asked_again() {
    let ringing = Ringing::start().await;
    let said = ringing.press("5").await;
    assert!(said.contains("<Gather"), "{said}");
    assert_eq!(ringing.service.look(&ringing.chen).await.gates.passed, 0);
    ringing.press("#").await;
    assert_eq!(ringing.service.look(&ringing.chen).await.gates.passed, 1);
}

#[tokio::test]
async fn silence_a_busy_line_and_a_call_that_fails_are_told_to_the_person() {
    for status in ["completed", "busy", "no-answer", "failed", "canceled"] {
        let ringing = Ringing::start().await;
        ringing.end("ringing").await;
        assert!(!ringing.has_failed().await, "{status}");
        ringing.end(status).await;
        assert!(ringing.has_failed().await, "{status}");
        ringing.end(status).await;
        assert!(ringing.has_failed().await, "{status}");
    }
}

#[tokio::test]
async fn what_is_not_signed_by_the_call_service_changes_nothing() {
    let ringing = Ringing::start().await;
    let before = ringing.service.look(&ringing.chen).await;
    let menu = ringing.call.parameter("Url");
    let key = menu.replace("/menu", "/key");
    let status = ringing.call.parameter("StatusCallback");
    for (url, parameter) in [
        (menu, ("CallStatus", "in-progress")),
        (&key, ("Digits", "#")),
        (status, ("CallStatus", "failed")),
    ] {
        let parameters = [CALL, parameter];
        let forged = [
            sign("another token", url, &parameters),
            sign("open sesame", url, &[CALL, ("Digits", "5")]),
            sign("open sesame", &format!("{url}?"), &parameters),
            String::new(),
            "no Base64".into(),
        ];
        let mut signatures: Vec<Option<&str>> = forged.iter().map(|it| Some(it.as_str())).collect();
        signatures.push(None);
        for signature in signatures {
            let asked =
                ringing
                    .exchange
                    .ask_signed(ringing.service.address(), url, &parameters, signature);
            let (status, said) = asked.await;
            assert_eq!(status, 403, "{url} {signature:?}");
            assert!(!said.contains("<Response>"), "{said}");
        }
    }
    assert_eq!(ringing.service.look(&ringing.chen).await, before);
}

#[tokio::test]
async fn a_call_that_no_attempt_waits_for_is_hung_up() {
    let ringing = Ringing::start().await;
    let url = format!("https://{HOST}/telephony/calls/00000000-0000-4000-8000-000000000001/menu");
    let (status, said) = ringing.ask(&url, &[CALL]).await;
    assert_eq!(status, 200);
    assert!(said.contains("<Response><Hangup/></Response>"), "{said}");
}

#[tokio::test]
async fn a_number_that_cannot_be_called_is_given_up_at_once_and_the_person_told() {
    let exchange = Exchange::start().await;
    exchange.refuse(21217);
    let service = Service::start(calls(&exchange), clock().0).await;
    let chen = call_chen(&service).await;
    until("the call has failed", async || {
        has_failed(&service, &chen).await.then_some(())
    })
    .await;
    assert_eq!(service.undelivered().await, [Some(Method::MobileCall)]);
    service.nothing_waits().await;
}

#[tokio::test]
async fn a_call_that_cannot_be_placed_in_time_is_given_up_and_the_person_told() {
    let exchange = Exchange::start().await;
    exchange.refuse(20429);
    let (clock, time) = clock();
    let service = Service::start(calls(&exchange), clock).await;
    let chen = call_chen(&service).await;
    assert!(!has_failed(&service, &chen).await);
    assert_eq!(service.waiting().await, 1);
    time.store(NOW + 60, Ordering::SeqCst);
    until("the call has failed", async || {
        has_failed(&service, &chen).await.then_some(())
    })
    .await;
    assert_eq!(service.undelivered().await, [Some(Method::MobileCall)]);
}
