//! Tests of HTTP itself: limits, strictness, problems, the files, and a stop that interrupts no
//! request.

#![expect(
    clippy::unwrap_used,
    reason = "an answer that is not as it should be fails its test, and says why"
)]

mod keys;

use std::fs;
use std::num::NonZeroU32;
use std::time::Duration;

use crate::support::server::{Server, start};
use postern_server::http::HttpSettings;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const ATTEMPTS: &str = "/api/v1/attempts";

/// A key that is long enough to begin an attempt.
const KEY: &str = "a key of 22 characters";

/// A time limit longer than any step here: a test that reaches it fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// The problem in an answer.
async fn problem(response: Response) -> (u16, String, Value) {
    let status = response.status().as_u16();
    let media_type = response.headers()["content-type"].to_str().unwrap();
    assert_eq!(media_type, "application/problem+json");
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["status"], status);
    let name = body["type"].as_str().unwrap().to_owned();
    (status, name, body)
}

#[tokio::test]
async fn an_unknown_member_is_refused_in_every_body() {
    let server = Server::start(HttpSettings::default()).await;
    let started = server.begin("ada@contoso.example").await;
    let about = format!("{ATTEMPTS}/{}", started.attempt.id);
    let mut begin = start("ada@contoso.example");
    begin["admin"] = json!(true);
    let guid = "01234567-89ab-4def-8123-456789abcdef";
    let parameters = json!({
        "algorithm": "a", "cost": 1, "data": {}, "expiresAt": 1, "keyLength": 1, "keyPrefix": "",
        "keySignature": "", "nonce": "", "salt": "", "x": 1,
    });
    let with_work = json!({
        "identifier": "ada", "locale": "en", "support_code": guid,
        "work": {
            "challenge": { "parameters": parameters, "signature": "" },
            "solution": { "counter": 1, "derivedKey": "" },
        },
    });
    let deep = ["#", "work", "challenge", "parameters", "x"].join("/");
    for (method, path, wrong, body) in [
        (Method::POST, ATTEMPTS.to_owned(), "#/admin", begin),
        (Method::POST, ATTEMPTS.to_owned(), &deep, with_work),
        (
            Method::PUT,
            format!("{about}/purpose"),
            "#/x",
            json!({ "purpose": "reset", "x": 1 }),
        ),
        (
            Method::POST,
            format!("{about}/codes"),
            "#/x",
            json!({ "method": "email", "x": 1 }),
        ),
        (
            Method::POST,
            format!("{about}/proofs"),
            "#",
            json!({ "code": "12345678", "x": 1 }),
        ),
        (
            Method::POST,
            format!("{about}/proofs"),
            "#/answers/0/x",
            json!({ "answers": [{ "question": 1, "answer": "a", "x": 1 }] }),
        ),
        (
            Method::POST,
            format!("{about}/password"),
            "#/x",
            json!({ "password": "p", "x": 1 }),
        ),
    ] {
        let request = server.request(method, &path).json(&body);
        let request = request.bearer_auth(&started.token);
        let response = request
            .header("Idempotency-Key", format!("\"{KEY}\""))
            .send()
            .await
            .unwrap();
        let (status, name, told) = problem(response).await;
        assert_eq!(
            (status, name.as_str()),
            (400, "/problems/malformed"),
            "{path}: {body}"
        );
        let pointer = told["errors"][0]["pointer"].as_str().unwrap();
        assert_eq!(pointer, wrong, "{body}: {told}");
    }
}

#[tokio::test]
async fn a_body_is_small_flat_and_json() {
    let server = Server::start(HttpSettings::default()).await;
    let send = |media_type: &'static str, body: String| {
        let request = server.request(Method::POST, ATTEMPTS).body(body);
        let request = request.header("Idempotency-Key", format!("\"{KEY}\""));
        request.header("Content-Type", media_type).send()
    };
    let json = "application/json";
    let deep = format!("{}1{}", "[".repeat(9), "]".repeat(9));
    let bomb = "[".repeat(16_000);
    for (media_type, body, expected) in [
        (json, " ".repeat(16 * 1024 + 1), (413, "about:blank")),
        (json, " ".repeat(16 * 1024), (400, "/problems/malformed")),
        (json, deep, (400, "/problems/malformed")),
        (json, bomb, (400, "/problems/malformed")),
        (json, "{".to_owned(), (400, "/problems/malformed")),
        ("text/plain", "{}".to_owned(), (415, "about:blank")),
        (
            "application/json; charset=latin1",
            "{}".to_owned(),
            (415, "about:blank"),
        ),
    ] {
        let (status, name, _) = problem(send(media_type, body).await.unwrap()).await;
        assert_eq!((status, name.as_str()), expected);
    }
}

#[tokio::test]
async fn whatever_is_refused_is_a_problem_with_the_headers_of_every_answer() {
    let server = Server::start(HttpSettings::default()).await;
    let cases = [
        (Method::GET, "/api/v1/attempts", 405, Some("POST")),
        (Method::TRACE, "/api/v1/challenges", 405, Some("POST")),
        (
            Method::PATCH,
            "/api/v1/attempts/1",
            405,
            Some("GET,HEAD,DELETE"),
        ),
        (Method::POST, "/healthz", 405, Some("GET,HEAD")),
        (Method::GET, "/api/v1/nothing", 404, None),
        (Method::GET, "/api/v1/tenants/nobody.example", 404, None),
        (
            Method::GET,
            "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200",
            404,
            None,
        ),
        (Method::GET, "/api/v1/attempts/%ff", 400, None),
    ];
    for (method, path, status, allow) in cases {
        let response = server.request(method, path).send().await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        let headers = response.headers().clone();
        assert_eq!(
            headers.get("allow").map(|it| it.to_str().unwrap()),
            allow,
            "{path}"
        );
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "cache-control",
        ] {
            assert!(headers.contains_key(name), "{path}: {name}");
        }
        let (_, name, _) = problem(response).await;
        assert_eq!(name, "about:blank", "{path}");
    }
}

#[tokio::test]
async fn long_addresses_and_large_headers_are_refused() {
    let server = Server::start(HttpSettings::default()).await;
    let long = format!("/{}", "a".repeat(2048));
    let (status, name, _) = problem(server.get(&long).await).await;
    assert_eq!((status, name.as_str()), (414, "about:blank"));
    let large = "a".repeat(20 * 1024);
    let request = format!("GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: {large}\r\n\r\n");
    assert!(server.raw(&request).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn a_connection_on_which_nothing_comes_is_closed() {
    let server = Server::start(HttpSettings {
        header_seconds: NonZeroU32::MIN,
        ..HttpSettings::default()
    })
    .await;
    for said in ["", "GET /healthz HT"] {
        let answer = tokio::time::timeout(PATIENCE, server.raw(said)).await;
        let answer = answer.expect("the server hangs up");
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_request_that_never_ends_is_answered_all_the_same() {
    let server = Server::start(HttpSettings {
        request_seconds: NonZeroU32::MIN,
        ..HttpSettings::default()
    })
    .await;
    let half = format!(
        "POST {ATTEMPTS} HTTP/1.1\r\nHost: a\r\nIdempotency-Key: \"{KEY}\"\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"
    );
    let answer = tokio::time::timeout(PATIENCE, server.raw(&half)).await;
    let answer = answer.expect("the server answers");
    assert!(answer.starts_with("HTTP/1.1 504"), "{answer}");
    assert!(answer.contains("\"about:blank\""), "{answer}");
}

#[tokio::test]
async fn a_request_that_names_no_host_or_two_is_refused() {
    let server = Server::start(HttpSettings::default()).await;
    for (head, status) in [
        ("GET /healthz HTTP/1.1\r\nHost: a\r\n", "200"),
        ("GET /healthz HTTP/1.1\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nHost:\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n", "400"),
        ("GET /api/v1/openapi.json HTTP/1.1\r\n", "400"),
        ("GET / HTTP/1.1\r\n", "400"),
        ("GET http://a/healthz HTTP/1.1\r\n", "400"),
        // A health check may use the older protocol version, which has no host.
        ("GET /healthz HTTP/1.0\r\n", "200"),
    ] {
        let answer = server
            .raw(&format!("{head}Connection: close\r\n\r\n"))
            .await;
        let told = answer.split(' ').nth(1).unwrap_or_default();
        assert_eq!(told, status, "{head}: {answer}");
    }
}

#[tokio::test]
async fn stopping_finishes_what_runs_and_waits_for_no_other_connection() {
    let server = Server::start(HttpSettings::default()).await;
    // Three idle connections: one that never sent anything, one between two requests, one in the
    // middle of a header.
    let mut idle = Vec::new();
    for said in ["", "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"] {
        let mut stream = server.connect().await;
        stream.write_all(said.as_bytes()).await.unwrap();
        if !said.is_empty() {
            let mut answer = [0; 12];
            stream.read_exact(&mut answer).await.unwrap();
            assert_eq!(&answer, b"HTTP/1.1 200");
        }
        idle.push(stream);
    }
    let mut running = server.connect().await;
    let body = start("ada@contoso.example").to_string();
    let head = format!(
        "POST {ATTEMPTS} HTTP/1.1\r\nHost: a\r\nIdempotency-Key: \"{KEY}\"\r\nContent-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    running.write_all(head.as_bytes()).await.unwrap();
    let mut line = [0; 25];
    running.read_exact(&mut line).await.unwrap();

    let address = server.running.address;
    let stopped = tokio::spawn(server.running.stop());
    for mut stream in idle {
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut rest)).await;
        closed.expect("an idle connection is closed").unwrap();
    }
    let deaf = async { while TcpStream::connect(address).await.is_ok() {} };
    let deaf = tokio::time::timeout(PATIENCE, deaf).await;
    deaf.expect("the server does not listen any more");
    assert!(!stopped.is_finished());
    running.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    running.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    let ended = tokio::time::timeout(PATIENCE, stopped).await;
    ended.expect("it stops").unwrap();
}

#[tokio::test]
async fn asking_again_too_soon_is_told_when_to_come_back() {
    let server = Server::start(HttpSettings::default()).await;
    let started = server.begin("ada@contoso.example").await;
    let path = format!("{ATTEMPTS}/{}/codes", started.attempt.id);
    let ask = |key: &'static str| {
        let request = server
            .request(Method::POST, &path)
            .bearer_auth(&started.token);
        let request = request.header("Idempotency-Key", format!("\"{key}\""));
        request.json(&json!({ "method": "email" })).send()
    };
    assert_eq!(ask("1").await.unwrap().status(), 200);
    let refused = ask("2").await.unwrap();
    let header = |name: &str| refused.headers()[name].to_str().unwrap().to_owned();
    let seconds: u64 = header("retry-after").parse().unwrap();
    assert!((1..=30).contains(&seconds), "{seconds}");
    assert_eq!(header("ratelimit-policy"), "\"resend\";q=1");
    assert_eq!(header("ratelimit"), format!("\"resend\";r=0;t={seconds}"));
    let (status, name, body) = problem(refused).await;
    assert_eq!((status, name.as_str()), (429, "/problems/resend-too-soon"));
    assert_eq!(body["violated-policies"], json!(["resend"]));
}

#[tokio::test]
async fn an_attempt_that_is_not_there_cannot_be_told_from_another_persons() {
    let server = Server::start(HttpSettings::default()).await;
    let ada = server.begin("ada@contoso.example").await;
    let other = server.begin("ada@contoso.example").await;
    let mut answers = Vec::new();
    for (id, token) in [
        (ada.attempt.id.to_string(), Some(other.token.as_str())),
        (
            "01234567-89ab-4def-8123-456789abcdef".to_owned(),
            Some(other.token.as_str()),
        ),
        ("nonsense".to_owned(), Some(other.token.as_str())),
        (ada.attempt.id.to_string(), Some("")),
        (ada.attempt.id.to_string(), None),
    ] {
        let mut request = server.request(Method::GET, &format!("{ATTEMPTS}/{id}"));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        let mut headers = response.headers().clone();
        headers.remove("date");
        answers.push((headers, problem(response).await));
    }
    assert_eq!(answers[0].1.0, 401);
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:#?}"
    );
}

#[tokio::test]
async fn a_type_resolves_to_what_is_said_of_it() {
    let server = Server::start(HttpSettings::default()).await;
    let page = server.get("/problems/code-wrong").await;
    assert_eq!(page.status(), 200);
    let text = page.text().await.unwrap();
    assert!(
        text.starts_with("code-wrong\n") && text.contains("tries_left"),
        "{text}"
    );
    assert_eq!(server.get("/problems/nothing").await.status(), 404);
}

/// A wizard with two files, one of which compresses well.
fn site() -> TempDir {
    let directory = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(directory.path().join(name), bytes).unwrap();
    write("index.html", "<p>Hello</p>".repeat(100).as_bytes());
    write("index.html.br", b"brotli");
    write("a.png", b"picture");
    write(
        "_headers",
        b"/*\n  Content-Security-Policy: default-src 'none'\n/index.html\n  Cache-Control: no-cache\n",
    );
    directory
}

#[tokio::test]
async fn the_page_comes_in_the_form_that_is_liked_best_and_only_when_it_is_new() {
    let site = site();
    let server = Server::with_site(HttpSettings::default(), &site).await;
    let mut tags = Vec::new();
    for (accepts, coding) in [
        ("gzip, br", Some("br")),
        ("gzip;q=1, br;q=0.5", Some("gzip")),
        ("identity", None),
    ] {
        let request = || {
            server
                .request(Method::GET, "/")
                .header("Accept-Encoding", accepts)
        };
        let page = request().send().await.unwrap();
        let headers = page.headers().clone();
        assert_eq!(page.status(), 200);
        assert_eq!(
            headers
                .get("content-encoding")
                .map(|it| it.to_str().unwrap()),
            coding
        );
        assert_eq!(headers["vary"], "accept-encoding");
        assert_eq!(headers["cache-control"], "no-cache");
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
        let etag = headers["etag"].to_str().unwrap().to_owned();
        let bytes = page.bytes().await.unwrap();
        match coding {
            Some("br") => assert_eq!(&bytes[..], b"brotli"),
            Some(_) => assert_eq!(&bytes[..2], [0x1f, 0x8b]),
            None => assert_eq!(&bytes[..12], b"<p>Hello</p>"),
        }
        let same = request()
            .header("If-None-Match", &etag)
            .send()
            .await
            .unwrap();
        assert_eq!(same.status(), 304);
        assert_eq!(same.headers()["etag"], etag.as_str());
        assert_eq!(same.headers()["vary"], "accept-encoding");
        let head = server
            .request(Method::HEAD, "/")
            .header("Accept-Encoding", accepts);
        let head = head.send().await.unwrap();
        assert_eq!(
            (head.status().as_u16(), &head.headers()["etag"]),
            (200, &headers["etag"])
        );
        assert_eq!(
            head.headers()["content-length"],
            bytes.len().to_string().as_str()
        );
        tags.push(etag);
    }
    tags.dedup();
    assert_eq!(tags.len(), 3);
    let picture = server.get("/a.png").await;
    assert!(!picture.headers().contains_key("vary"));
    let posted = server.request(Method::POST, "/").send().await.unwrap();
    assert_eq!(
        (posted.status().as_u16(), &posted.headers()["allow"]),
        (405, &"GET,HEAD".parse().unwrap())
    );
}
