//! Tests of the browsers' security rules: caching, framing and types of answers, and the requests
//! that the page of another site can make.

use std::fs;

use crate::support::server::Server;
use postern_protocol::Attempt;
use postern_server::http::HttpSettings;
use reqwest::Method;
use tempfile::TempDir;

const ATTEMPTS: &str = "/api/v1/attempts";

/// The headers of every answer that does not set its own.
const DEFAULTS: [(&str, &str); 7] = [
    (
        "strict-transport-security",
        "max-age=31536000; includeSubDomains",
    ),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "content-security-policy",
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    ),
];

/// An origin that is never ours.
const ELSEWHERE: &str = "https://evil.example";

#[tokio::test]
async fn every_answer_is_kept_nowhere_framed_nowhere_and_taken_for_what_it_is() {
    let server = Server::start(HttpSettings::default()).await;
    let started = server.begin("ada@contoso.example").await;
    let about = format!("{ATTEMPTS}/{}", started.attempt.id);
    for path in [
        "/healthz",
        "/nothing",
        "/problems/code-wrong",
        "/api/v1/tenants/contoso.example",
        "/api/v1/attempts/nonsense",
        &about,
    ] {
        let request = server
            .request(Method::GET, path)
            .header("Origin", ELSEWHERE);
        let answer = request.bearer_auth(&started.token).send().await.unwrap();
        let headers = answer.headers();
        for (name, value) in DEFAULTS {
            assert_eq!(headers[name], value, "{path}: {name}");
        }
        // JSON has no charset except UTF-8 (RFC 8259 section 8.1).
        let media_type = headers["content-type"].to_str().unwrap();
        assert!(
            [
                "text/plain; charset=utf-8",
                "application/json",
                "application/problem+json"
            ]
            .contains(&media_type),
            "{path}: {media_type}"
        );
        for name in ["set-cookie", "access-control-allow-origin", "server"] {
            assert!(!headers.contains_key(name), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn the_wizards_own_files_get_what_they_do_not_bring() {
    let site = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(site.path().join(name), text).unwrap();
    write("index.html", "<p>Hello</p>");
    write("a.js", "1");
    write("_headers", "/a.js\n  Cache-Control: no-cache\n");
    let server = Server::with_site(HttpSettings::default(), &site).await;
    for (path, media_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/a.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.headers()["content-type"], media_type);
        let is_script = path == "/a.js";
        for (name, value) in DEFAULTS {
            let value = match name {
                "cache-control" if is_script => "no-cache",
                "cross-origin-resource-policy" if is_script => "cross-origin",
                _ => value,
            };
            assert_eq!(answer.headers()[name], value, "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn a_page_of_another_site_can_have_nothing_done() {
    let server = Server::start(HttpSettings::default()).await;
    let started = server.begin("ada@contoso.example").await;
    let about = format!("{ATTEMPTS}/{}", started.attempt.id);
    for (method, tail) in [
        (Method::PUT, "/purpose"),
        (Method::POST, "/codes"),
        (Method::POST, "/proofs"),
        (Method::POST, "/password"),
        (Method::POST, "/unlock"),
        (Method::POST, "/help"),
        (Method::DELETE, ""),
    ] {
        let path = format!("{about}{tail}");
        let from_elsewhere = |method| server.request(method, &path).header("Origin", ELSEWHERE);
        // Browsers send a preflight before a request with a header from a script, and the service
        // refuses it (Fetch standard, "CORS-preflight fetch").
        let asked = from_elsewhere(Method::OPTIONS)
            .header("Access-Control-Request-Method", method.as_str())
            .header(
                "Access-Control-Request-Headers",
                "authorization,idempotency-key",
            );
        let told = asked.send().await.unwrap();
        assert_eq!(told.status(), 403, "{path}");
        let is_let = |name: &str| name.starts_with("access-control-");
        assert!(
            !told.headers().keys().any(|it| is_let(it.as_str())),
            "{path}"
        );
        // Without a preflight, browsers send forms and follow links. Neither carries a token.
        let form = "application/x-www-form-urlencoded";
        let form = from_elsewhere(method)
            .header("Content-Type", form)
            .body("code=1");
        assert_eq!(form.send().await.unwrap().status(), 401, "{path}");
        if !tail.is_empty() {
            let link = from_elsewhere(Method::GET).bearer_auth(&started.token);
            assert_eq!(link.send().await.unwrap().status(), 405, "{path}");
        }
    }
    let look = server
        .request(Method::GET, &about)
        .bearer_auth(&started.token);
    let mut after: Attempt = look.send().await.unwrap().json().await.unwrap();
    // The time of the request differs.
    after.now = started.attempt.now;
    assert_eq!(after, started.attempt);
}

#[tokio::test]
async fn the_change_password_address_leads_to_the_wizard_and_nowhere_else() {
    let server = Server::start(HttpSettings::default()).await;
    let path = "/.well-known/change-password?next=https://evil.example";
    let request = format!("GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    let answer = server.raw(&request).await.to_lowercase();
    assert!(answer.starts_with("http/1.1 303"), "{answer}");
    assert!(answer.contains("\r\nlocation: /\r\n"), "{answer}");
    assert!(!answer.contains("evil"), "{answer}");
}
