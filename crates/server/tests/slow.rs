//! Tests that slow work delays only itself: slow bodies, floods of probes, and requests that fill
//! every place.

#![expect(
    clippy::unwrap_used,
    reason = "an answer that is not as it should be fails its test, and says why"
)]

mod attack;
mod flood;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use http_body_util::channel::{Channel, Sender};
use hyper::Request;
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use postern_engine::account::AccountId;
use postern_engine::command::PasswordWrite;
use postern_engine::{Identifier, Person, Tenant, WriteBackHealth, Written};
use postern_peers::process::until;
use postern_protocol::{Method, Step};
use postern_server::clock::Clock;
use postern_server::development::Mailbox;
use postern_server::directory::Directory;
use postern_server::http;
use postern_world::contoso;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_rustls::rustls;

use self::attack::Attack;
use crate::support::client::fresh_key;
use crate::support::server::{Server, start};
use crate::support::service::Service;
use crate::tls;

/// A time limit longer than any step here: a test that reaches it fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// The number of connections and of bodies on each, as in the attack that once blocked the service.
const CONNECTIONS: usize = 6;
const STREAMS: usize = 90;

/// The number of bodies in progress that a connection may have; the server cuts off further ones.
const KEPT: usize = 8;

/// The same for a client, on any number of connections, and the number of further bodies from a
/// client that floods.
const KEPT_OF_CLIENT: usize = 128;
const BEYOND: usize = 20;

/// The number of timed resets before and during an attack. The best of each counts: the machine
/// also has other work.
const TIMED: usize = 3;

/// A password that no rule refuses.
const PASSWORD: &str = "nine boats, no sail";

/// A connection with HTTP/2 over TLS that can carry any requests at once.
async fn connection(
    service: &Service,
    trusted: &rustls::pki_types::CertificateDer<'static>,
) -> SendRequest<Body> {
    let version = &rustls::version::TLS13;
    let stream = tls::connect_to(service.address(), trusted, b"h2", version).await;
    let io = TokioIo::new(stream.unwrap());
    let (sender, connection) = http2::handshake(TokioExecutor::new(), io).await.unwrap();
    tokio::spawn(connection);
    sender
}

/// A body that delivers one byte of a thousand, and holds back the others as long as the sender
/// exists.
async fn slow() -> (Sender<Bytes, std::io::Error>, Body) {
    let (mut sender, body) = Channel::new(1);
    sender.send_data(Bytes::from_static(b"[")).await.unwrap();
    (sender, Body::new(body))
}

/// Sends a request and reads the answer.
async fn ask(
    sender: &SendRequest<Body>,
    path: &str,
    token: Option<&str>,
    body: &Value,
) -> (u16, Value) {
    let mut request = Request::post(format!("https://{}{path}", tls::NAME))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", format!("\"{}\"", fresh_key()));
    if let Some(token) = token {
        request = request.header("Authorization", format!("Bearer {token}"));
    }
    let request = request.body(Body::from(body.to_string())).unwrap();
    let response = sender.clone().send_request(request).await.unwrap();
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap())
}

/// The code from the mail.
async fn code(mailbox: &Mailbox) -> String {
    until("a code", async || {
        mailbox.all().into_iter().find_map(|letter| letter.code)
    })
    .await
}

/// A person that the server has not seen yet resets the password, on a separate HTTP/2 connection.
/// Returns the time.
async fn reset(
    service: &Service,
    trusted: &rustls::pki_types::CertificateDer<'static>,
    mailbox: &Mailbox,
    name: &str,
) -> Duration {
    service.put(name, "contoso.example").await;
    mailbox.clear();
    let begun = Instant::now();
    let honest = connection(service, trusted).await;
    let arrival = start(&format!("{name}@contoso.example"));
    let (status, started) = ask(&honest, "/api/v1/attempts", None, &arrival).await;
    assert_eq!(status, 201, "{started}");
    let token = started["token"].as_str();
    let id = started["attempt"]["id"].as_str().unwrap();
    let about = |tail: &str| format!("/api/v1/attempts/{id}/{tail}");
    let by_mail = json!({ "method": "email" });
    let (status, sent) = ask(&honest, &about("codes"), token, &by_mail).await;
    assert_eq!(status, 200, "{sent}");
    let proof = json!({ "code": code(mailbox).await });
    let (status, proven) = ask(&honest, &about("proofs"), token, &proof).await;
    assert_eq!(status, 200, "{proven}");
    let chosen = json!({ "password": PASSWORD });
    let (status, done) = ask(&honest, &about("password"), token, &chosen).await;
    assert_eq!(status, 200, "{done}");
    assert!(done["step"].get("done").is_some(), "{done}");
    begun.elapsed()
}

/// The same by HTTP/1.1.
async fn reset_in_the_clear(service: &Service, mailbox: &Mailbox, name: &str) -> Duration {
    service.put(name, "contoso.example").await;
    mailbox.clear();
    let begun = Instant::now();
    let identifier = format!("{name}@contoso.example");
    let person = service.arrive(&identifier, "en").await;
    service.choose(&person, Method::Email, None).await;
    let code = code(mailbox).await;
    assert_eq!(service.prove(&person, &code).await, 1);
    let step = service.set_password(&person, PASSWORD).await;
    assert!(matches!(step, Step::Done(_)), "{step:?}");
    begun.elapsed()
}

/// Settings with only one place for requests: a body that used the place during its transfer would
/// block everyone.
fn one_place() -> http::HttpSettings {
    http::HttpSettings {
        concurrency_max: NonZeroUsize::MIN,
        ..http::HttpSettings::default()
    }
}

/// The targets of the slow bodies: the API and the other path that reads a body.
const READ_AT: [&str; 2] = ["/reports", "/api/v1/attempts"];

/// Reports how much longer a reset takes during an attack: `cargo xtask soak abuse` shows it. It
/// never fails the test.
fn told(attack: &str, before: Duration, during: Duration) {
    let ratio = during.as_secs_f64() / before.as_secs_f64();
    eprintln!(
        "{attack}: a reset takes {before:.1?} without and {during:.1?} with it, {ratio:.2} times as long"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_bodies_on_six_connections_hold_up_no_honest_reset() {
    let directory = TempDir::new().unwrap();
    let files = tls::files(&directory);
    let certificate = tls::issue(&files);
    let mailbox = Arc::new(Mailbox::new(Clock::System));
    let settings = http::HttpSettings {
        tls: Some(files),
        ..one_place()
    };
    let service = Service::speaking(settings, mailbox.uncarried()).await;
    let mut before = Duration::MAX;
    for number in 0..TIMED {
        let name = format!("before{number}");
        before = before.min(reset(&service, &certificate, &mailbox, &name).await);
    }
    let mut attack = Attack::default();
    for _ in 0..CONNECTIONS {
        let attacker = connection(&service, &certificate).await;
        for number in 0..STREAMS {
            let (attacker, path) = (attacker.clone(), READ_AT[number % 2]);
            attack.send(move || {
                let mut attacker = attacker.clone();
                async move {
                    let (_kept, body) = slow().await;
                    let request = Request::post(format!("https://{}{path}", tls::NAME))
                        .header("Content-Type", "application/json")
                        .header("Content-Length", "1000");
                    let answered = attacker.send_request(request.body(body).unwrap());
                    Some(answered.await.ok()?.status().as_u16())
                }
            });
        }
    }
    attack.holds(CONNECTIONS * KEPT).await;
    let mut during = Duration::MAX;
    for number in 0..TIMED {
        let name = format!("during{number}");
        during = during.min(reset(&service, &certificate, &mailbox, &name).await);
    }
    attack.holds(CONNECTIONS * KEPT).await;
    told(
        "540 slow bodies on six connections of HTTP/2",
        before,
        during,
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_bodies_on_as_many_connections_hold_up_no_honest_reset() {
    let mailbox = Arc::new(Mailbox::new(Clock::System));
    let service = Service::speaking(one_place(), mailbox.uncarried()).await;
    let mut before = Duration::MAX;
    for number in 0..TIMED {
        let name = format!("before{number}");
        before = before.min(reset_in_the_clear(&service, &mailbox, &name).await);
    }
    let mut attack = Attack::default();
    for number in 0..CONNECTIONS * STREAMS {
        let (address, path) = (service.address(), READ_AT[number % 2]);
        attack.send(move || async move {
            let mut stream = TcpStream::connect(address).await.ok()?;
            let half = format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{");
            stream.write_all(half.as_bytes()).await.ok()?;
            let mut answer = [0; 12];
            stream.read_exact(&mut answer).await.ok()?;
            std::str::from_utf8(&answer[9..]).ok()?.parse().ok()
        });
    }
    attack.holds(KEPT_OF_CLIENT).await;
    let mut during = Duration::MAX;
    for number in 0..TIMED {
        let name = format!("during{number}");
        during = during.min(reset_in_the_clear(&service, &mailbox, &name).await);
    }
    attack.holds(KEPT_OF_CLIENT).await;
    told(
        "540 slow bodies on as many connections of HTTP/1.1",
        before,
        during,
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_is_given_up_wherever_it_is_sent() {
    let server = Server::start(http::HttpSettings::default()).await;
    let mut asked = Vec::new();
    for path in [
        "/api/v1/attempts",
        "/api/v1/challenges",
        "/api/v1/nothing",
        "/telephony/calls/01234567-89ab-4def-8123-456789abcdef/menu",
        "/reports",
    ] {
        let half = format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"
        );
        let mut stream = server.connect().await;
        stream.write_all(half.as_bytes()).await.unwrap();
        asked.push((path, stream));
    }
    for (path, mut stream) in asked {
        let mut answer = [0; 12];
        let read = tokio::time::timeout(PATIENCE, stream.read_exact(&mut answer)).await;
        read.expect("the server answers").unwrap();
        assert_eq!(&answer, b"HTTP/1.1 408", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_takes_its_place_once_it_is_there_as_a_whole() {
    let settings = http::HttpSettings {
        concurrency_max: NonZeroUsize::MIN,
        ..http::HttpSettings::default()
    };
    let server = Server::start(settings).await;
    // For each path: the request in progress, the other request to the one place in the meantime,
    // and the final answer to the first.
    for (path, media_type, other, answered) in [
        (
            "/api/v1/attempts",
            "application/json",
            "/api/v1/tenants/contoso.example",
            b"HTTP/1.1 400",
        ),
        (
            "/telephony/calls/01234567-89ab-4def-8123-456789abcdef/menu",
            "application/x-www-form-urlencoded",
            "/api/v1/tenants/contoso.example",
            b"HTTP/1.1 404",
        ),
        (
            "/reports",
            "application/reports+json",
            "/problems/code-wrong",
            b"HTTP/1.1 204",
        ),
    ] {
        let mut stream = server.connect().await;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: {media_type}\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // The server sends this as soon as it reads the body.
        let mut told = [0; 25];
        stream.read_exact(&mut told).await.unwrap();
        assert_eq!(&told, b"HTTP/1.1 100 Continue\r\n\r\n", "{path}");
        stream.write_all(b"[").await.unwrap();
        assert_eq!(server.get(other).await.status(), 200, "{path}");
        stream.write_all(b"]").await.unwrap();
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, answered, "{path}");
    }
}
