//! Tests of texts, through Kannel to its fake network.

use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use axum::routing::post;
use postern_peers::kannel::{Kannel, PASSWORD, Text, USERNAME};
use postern_peers::process::until;
use postern_peers::smtp::Smtp;
use postern_protocol::Method;
use postern_server::clock::Clock;
use postern_server::delivery::{self, Kannel as KannelSettings, TextSettings};
use postern_server::secret::Secret;
use tokio::net::TcpListener;

use crate::support::service::{HOST, Service};

/// Tuesday the 14th of November 2023, 22:13:20 UTC.
const NOW: i64 = 1_700_000_000;

fn clock() -> Clock {
    Clock::Set(Arc::new(AtomicI64::new(NOW)))
}

fn texts(url: &str) -> delivery::DeliverySettings {
    let settings = KannelSettings {
        url: url.into(),
        username: USERNAME.into(),
        password: Secret::new(PASSWORD),
        from: String::new(),
        ca_file: None,
        timeout_seconds: 10,
        connections: 8,
    };
    delivery::DeliverySettings {
        texts: Some(TextSettings::Kannel(settings)),
        ..delivery::DeliverySettings::default()
    }
}

fn code(text: &str) -> &str {
    text.rsplit('#').next().expect("there is a code in it")
}

fn grouped(code: &str) -> String {
    let (first, last) = code.split_at(4);
    format!("{first} {last}")
}

#[tokio::test]
async fn an_arabic_text_arrives_letter_for_letter() {
    let kannel = Kannel::start().await;
    let service = Service::start(texts(&kannel.url()), clock()).await;
    let ada = service.arrive("ada@contoso.example", "ar").await;
    let phone = Some("+44 7700 900123");
    service.choose(&ada, Method::MobileSms, phone).await;
    let Text { to, text } = kannel.received().await;
    let code = code(&text);
    assert_eq!(to, "+447700900123");
    assert_eq!(
        text,
        format!(
            "\u{2066}{}\u{2069} هو رمزك لدى \u{2068}Contoso\u{2069}. يعمل لمدة 5 دقائق. لا تشاركه مع أحد.\n\n@{HOST} #{code}",
            grouped(code)
        )
    );
    assert_eq!(service.prove(&ada, code).await, 1);
    service.nothing_waits().await;
}

#[tokio::test]
async fn a_text_in_the_letters_of_every_phone_arrives_as_they_are() {
    let kannel = Kannel::start().await;
    let service = Service::start(texts(&kannel.url()), clock()).await;
    let ada = service.arrive("ada@contoso.example", "de").await;
    let phone = Some("+44 7700 900123");
    service.choose(&ada, Method::MobileSms, phone).await;
    let Text { text, .. } = kannel.received().await;
    let code = code(&text);
    assert_eq!(
        text,
        format!(
            "{} ist Ihr Code für Contoso. Er gilt 5 Minuten. Geben Sie ihn nicht weiter.\n\n@{HOST} #{code}",
            grouped(code)
        )
    );
    assert_eq!(service.prove(&ada, code).await, 1);
}

/// A gateway that accepts JSON from a client with its token, and redirects other clients.
async fn gateway() -> (String, Arc<Mutex<Vec<String>>>) {
    type Taken = Arc<Mutex<Vec<String>>>;
    let taken = Taken::default();
    let take = async |State(taken): State<Taken>, headers: HeaderMap, body: String| {
        if headers
            .get("authorization")
            .is_none_or(|given| given != "Bearer open & sesame")
        {
            return Redirect::temporary("/elsewhere").into_response();
        }
        taken.lock().expect("no thread panics with it").push(body);
        "OK 17".into_response()
    };
    let elsewhere = async |State(taken): State<Taken>| {
        taken
            .lock()
            .expect("no thread panics with it")
            .push("followed".into());
        "OK 18"
    };
    let router = Router::new()
        .route("/messages", post(take))
        .route("/elsewhere", post(elsewhere))
        .with_state(taken.clone());
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port is free");
    let address = listener.local_addr().expect("it has one");
    tokio::spawn(async move { axum::serve(listener, router).await });
    (format!("http://{address}/messages"), taken)
}

fn templates(url: &str, token: &str) -> delivery::DeliverySettings {
    let settings = serde_json::json!({ "gateway": {
        "url": url,
        "json": { "to": "{to-digits}", "text": "{text}" },
        "authentication": "bearer",
        "success-begins-with": ["OK"],
    }});
    let settings = serde_json::from_value(settings).expect("the settings are well-formed");
    let TextSettings::Gateway(mut gateway) = settings else {
        panic!("it is another gateway");
    };
    gateway.password = Some(Secret::new(token));
    delivery::DeliverySettings {
        texts: Some(TextSettings::Gateway(gateway)),
        ..delivery::DeliverySettings::default()
    }
}

#[tokio::test]
async fn any_gateway_is_asked_as_its_templates_say() {
    let (url, taken) = gateway().await;
    let service = Service::start(templates(&url, PASSWORD), clock()).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    let phone = Some("+44 7700 900123");
    service.choose(&ada, Method::MobileSms, phone).await;
    service.nothing_waits().await;
    let taken = taken.lock().expect("no thread panics with it").clone();
    let [body] = taken.as_slice() else {
        panic!("one text, and not {}", taken.len());
    };
    let body: serde_json::Value = serde_json::from_str(body).expect("it is JSON");
    assert_eq!(body["to"], "447700900123");
    let text = body["text"].as_str().expect("it says something");
    assert!(
        text.ends_with(&format!("\n\n@{HOST} #{}", code(text))),
        "{text}"
    );
}

#[tokio::test]
async fn a_gateway_that_sends_us_elsewhere_is_not_followed() {
    let (url, taken) = gateway().await;
    let service = Service::start(templates(&url, "another token"), clock()).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    let phone = Some("+44 7700 900123");
    service.choose(&ada, Method::MobileSms, phone).await;
    until("it was tried and put by", async || {
        (service.put_by(NOW).await > 0).then_some(())
    })
    .await;
    assert!(taken.lock().expect("no thread panics with it").is_empty());
}

#[tokio::test]
async fn a_gateway_that_never_answers_holds_up_no_mail() {
    // The listener accepts connections and sends nothing.
    let silent = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port is free");
    let address = silent.local_addr().expect("it has one");
    let smtp = Smtp::start();
    let settings = delivery::DeliverySettings {
        mail: Some(super::mail::settings(&smtp)),
        ..texts(&format!("http://{address}"))
    };
    let service = Service::start(settings, clock()).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    let phone = Some("+44 7700 900123");
    service.choose(&ada, Method::MobileSms, phone).await;
    let (_asked, _) = silent.accept().await.expect("the gateway is asked");

    let femke = service.arrive("femke@contoso.example", "en").await;
    service.ask_for_help(&femke).await;
    smtp.received(1).await;
    until("nothing but the text waits", async || {
        (service.waiting().await == 1).then_some(())
    })
    .await;
}
