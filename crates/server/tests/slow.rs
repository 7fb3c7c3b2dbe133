//! Tests that slow work delays only itself: slow bodies, floods of probes, and requests that fill
//! every place.

#![expect(
    clippy::unwrap_used,
    reason = "an answer that is not as it should be fails its test, and says why"
)]

mod attack;

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

/// Sends a request through a trusted proxy for the named client. Returns the status.
async fn ask_for(
    client: &str,
    mut proxy: SendRequest<Body>,
    path: &str,
    body: Body,
) -> hyper::Result<u16> {
    let request = Request::post(format!("https://{}{path}", tls::NAME))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", format!("\"{}\"", fresh_key()))
        .header("X-Forwarded-For", client);
    let answer = proxy.send_request(request.body(body).unwrap()).await?;
    Ok(answer.status().as_u16())
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_trusted_proxy_a_client_that_floods_cuts_off_its_own_bodies() {
    let directory = TempDir::new().unwrap();
    let files = tls::files(&directory);
    let certificate = tls::issue(&files);
    let settings = http::HttpSettings {
        tls: Some(files),
        trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()],
        forwarded_header: Some(http::ForwardedHeader::XForwardedFor),
        ..http::HttpSettings::default()
    };
    let mailbox = Arc::new(Mailbox::new(Clock::System));
    let service = Service::speaking(settings, mailbox.uncarried()).await;
    // The two clients share connections of the proxy, and each has more bodies on one connection
    // than a client could have directly.
    let proxies = [
        connection(&service, &certificate).await,
        connection(&service, &certificate).await,
    ];
    let path = "/api/v1/attempts";
    let honest = start("ada@contoso.example").to_string();
    let (first, rest) = honest.split_at(honest.len() / 2);
    let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(1);
    sender
        .send_data(Bytes::from(first.to_owned()))
        .await
        .unwrap();
    let proxy = proxies[0].clone();
    let answered = tokio::spawn(ask_for("198.51.100.7", proxy, path, Body::new(body)));
    let cut_off = Arc::new(AtomicUsize::new(0));
    let mut kept = Vec::new();
    for number in 0..KEPT_OF_CLIENT + BEYOND {
        let (sender, body) = slow().await;
        kept.push(sender);
        let (proxy, cut_off) = (proxies[number % 2].clone(), cut_off.clone());
        tokio::spawn(async move {
            if let Ok(503) = ask_for("198.51.100.8", proxy, path, body).await {
                cut_off.fetch_add(1, Ordering::SeqCst);
            }
        });
    }
    until("those that are too many are cut off", async || {
        (cut_off.load(Ordering::SeqCst) >= BEYOND).then_some(())
    })
    .await;
    sender
        .send_data(Bytes::from(rest.to_owned()))
        .await
        .unwrap();
    drop(sender);
    assert_eq!(answered.await.unwrap().unwrap(), 201);
    assert_eq!(cut_off.load(Ordering::SeqCst), BEYOND);
    drop(kept);
}

/// A directory that finds no account, answers only when the test permits it, and counts the
/// requests for its state.
struct Waits {
    told: Arc<Semaphore>,
    asked: AtomicUsize,
}

impl Waits {
    fn until(told: Arc<Semaphore>) -> Arc<Self> {
        let asked = AtomicUsize::new(0);
        Arc::new(Self { told, asked })
    }
}

#[async_trait]
impl Directory for Waits {
    async fn find(&self, _: &Tenant, _: &Identifier) -> anyhow::Result<Option<Person>> {
        let _told = self.told.acquire().await?;
        Ok(None)
    }

    async fn person(&self, _: &Tenant, _: &AccountId) -> anyhow::Result<Option<Person>> {
        Ok(None)
    }

    async fn write_back(&self, _: &Tenant, _: &PasswordWrite) -> Written {
        Written::Unknown
    }

    async fn unlock(&self, _: &Tenant, _: &AccountId) -> Written {
        Written::Unknown
    }

    async fn health(&self, _: &Tenant) -> WriteBackHealth {
        self.asked.fetch_add(1, Ordering::SeqCst);
        WriteBackHealth::Healthy
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_request_too_many_is_told_so_at_once_and_balancers_soon() {
    let told = Arc::new(Semaphore::new(0));
    let settings = http::HttpSettings {
        concurrency_max: NonZeroUsize::MIN,
        ..http::HttpSettings::default()
    };
    let server = Server::with_directory(settings, Waits::until(told.clone())).await;
    let server = Arc::new(server);
    let first = tokio::spawn({
        let server = server.clone();
        async move {
            let body = start("ada@contoso.example");
            let key = fresh_key();
            server.post("/api/v1/attempts", &key, &body).await.status()
        }
    });
    let path = "/api/v1/tenants/contoso.example";
    let refused = until("there is no place", async || {
        let answer = server.get(path).await;
        (answer.status() == 503).then_some(answer)
    })
    .await;
    assert_eq!(refused.headers()["retry-after"], "1");
    assert_eq!(
        refused.headers()["content-type"],
        "application/problem+json"
    );
    // Files and probes have their own places.
    assert_eq!(server.get("/healthz").await.status(), 200);
    assert_eq!(server.get("/problems/code-wrong").await.status(), 200);
    let said = async |status: u16| {
        until("it is said", async || {
            let answer = server.get("/readyz").await;
            let is = answer.status() == status;
            let body: Value = answer.json().await.unwrap();
            is.then_some(body["requests"].clone())
        })
        .await
    };
    assert_eq!(said(503).await, "full");
    told.add_permits(1);
    assert_eq!(first.await.unwrap(), 201);
    assert_eq!(said(200).await, "ok");
    assert_eq!(server.get(path).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_floods_has_a_quarter_of_the_places_and_another_is_answered() {
    const PLACES: usize = 8;
    let told = Arc::new(Semaphore::new(0));
    let settings = http::HttpSettings {
        concurrency_max: NonZeroUsize::new(PLACES).unwrap(),
        trusted_proxies: vec!["127.0.0.1/32".parse().unwrap()],
        forwarded_header: Some(http::ForwardedHeader::XForwardedFor),
        ..http::HttpSettings::default()
    };
    let server = Server::with_directory(settings, Waits::until(told.clone())).await;
    let server = Arc::new(server);
    let ask = |client: &'static str| {
        let server = server.clone();
        tokio::spawn(async move {
            let request = server.request(reqwest::Method::POST, "/api/v1/attempts");
            let request = request
                .header("X-Forwarded-For", client)
                .header("Idempotency-Key", format!("\"{}\"", fresh_key()))
                .json(&start("ada@contoso.example"));
            request.send().await.unwrap().status().as_u16()
        })
    };
    // The flood has twice as many requests as there are places.
    let flood: Vec<_> = (0..2 * PLACES).map(|_| ask("203.0.113.1")).collect();
    let path = "/api/v1/tenants/contoso.example";
    let look = async |client: &str| {
        let request = server.request(reqwest::Method::GET, path);
        let sent = request.header("X-Forwarded-For", client).send().await;
        sent.unwrap().status().as_u16()
    };
    until("the client has its share", async || {
        let refused = flood.iter().filter(|asked| asked.is_finished()).count();
        (refused == 2 * PLACES - PLACES / 4).then_some(())
    })
    .await;
    assert_eq!(look("203.0.113.1").await, 503);
    let others = ["203.0.113.2", "203.0.113.3"].map(ask);
    for client in ["203.0.113.2", "203.0.113.4", "2001:db8::1"] {
        assert_eq!(look(client).await, 200, "{client}");
    }
    told.add_permits(2 * PLACES);
    let mut answered = Vec::new();
    for asked in flood {
        answered.push(asked.await.unwrap());
    }
    answered.sort_unstable();
    let taken = answered.iter().filter(|status| **status == 201).count();
    assert_eq!((taken, answered[2]), (PLACES / 4, 503), "{answered:?}");
    for asked in others {
        assert_eq!(asked.await.unwrap(), 201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_probe_is_refused_in_a_flood_of_probes_and_the_parts_are_asked_once_a_second() {
    let directory = Waits::until(Arc::new(Semaphore::new(0)));
    let settings = http::HttpSettings::default();
    let server = Arc::new(Server::with_directory(settings, directory.clone()).await);
    // The number of checks of all parts: each tenant's directory is one part.
    let asked = || directory.asked.load(Ordering::SeqCst) / contoso::tenants().len();
    let begun = Instant::now();
    let probes: Vec<_> = (0..64)
        .map(|_| {
            let server = server.clone();
            tokio::spawn(async move {
                for _ in 0..10 {
                    assert_eq!(server.get("/readyz").await.status(), 200);
                }
            })
        })
        .collect();
    for probe in probes {
        probe.await.unwrap();
    }
    let (seconds, before) = (begun.elapsed().as_secs(), asked());
    assert!(
        (1..=seconds + 1).contains(&u64::try_from(before).unwrap()),
        "640 probes in {seconds} s asked {before} times"
    );
    until("the parts are asked again", async || {
        server.get("/readyz").await;
        (asked() > before).then_some(())
    })
    .await;
}
