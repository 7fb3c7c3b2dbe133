//! Tests of the reports about content that the page's policy has stopped: from the header with the
//! report address to the metric and the log line.

#![expect(
    clippy::unwrap_used,
    reason = "a report that is not taken as it should be fails its test, and says why"
)]

use std::fs;

use crate::support::log::Log;
use crate::support::server::Server;
use postern_server::http::HttpSettings;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

const REPORTS: &str = "application/reports+json";
const SINGLE: &str = "application/csp-report";

async fn report(server: &Server, path: &str, media_type: &str, body: impl ToString) -> Response {
    let request = server.request(Method::POST, path);
    let request = request.header("Content-Type", media_type);
    request.body(body.to_string()).send().await.unwrap()
}

/// The report format of Chromium.
fn violation(directive: &str, blocked: &str) -> Value {
    json!({
        "age": 12, "type": "csp-violation", "url": "https://reset.contoso.example/?who=ada-1618033988",
        "user_agent": "Mozilla/5.0",
        "body": {
            "blockedURL": blocked, "columnNumber": 1, "disposition": "enforce",
            "documentURL": "https://reset.contoso.example/?who=ada-1618033988", "effectiveDirective": directive,
            "lineNumber": 1, "originalPolicy": "default-src 'none'", "referrer": "https://portal.contoso.example/ada-1618033988",
            "sample": "ada-1618033988", "sourceFile": "https://reset.contoso.example/ada-1618033988", "statusCode": 200,
        },
    })
}

/// The report format of `WebKit` and older versions of Firefox.
fn single(directive: &str, blocked: &str) -> Value {
    json!({
        "csp-report": {
            "blocked-uri": blocked, "column-number": 1, "disposition": "enforce",
            "document-uri": "https://reset.contoso.example/?who=ada-1618033988", "effective-directive": directive,
            "line-number": 1, "original-policy": "default-src 'none'", "referrer": "", "script-sample": "ada-1618033988",
            "source-file": "https://reset.contoso.example/ada-1618033988", "status-code": 200, "violated-directive": directive,
        },
    })
}

async fn counted(server: &Server, directive: &str) -> Option<u64> {
    let begun = format!("postern_policy_violations_total{{directive=\"{directive}\"}} ");
    let numbers = server.numbers().await.text().await.unwrap();
    let mut values = numbers.lines().filter_map(|line| line.strip_prefix(&begun));
    values.next().map(|value| value.parse().unwrap())
}

#[tokio::test]
async fn the_policy_of_a_page_says_where_it_is_reported_and_there_it_is_taken() {
    let site = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(site.path().join(name), text).unwrap();
    write("index.html", "<p>Hello</p>");
    write(
        "_headers",
        "/*\n  Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\n",
    );
    let server = Server::with_site(HttpSettings::default(), &site).await;
    let page = server.get("/").await;
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; frame-ancestors 'none'; "),
        "{policy}"
    );
    let said = |directive: &str| {
        let mut directives = policy.split("; ");
        let found = directives.find_map(|it| it.strip_prefix(directive)?.strip_prefix(' '));
        found.unwrap_or_else(|| panic!("no {directive}: {policy}"))
    };
    let endpoints = page.headers()["reporting-endpoints"].to_str().unwrap();
    let (name, path) = endpoints.split_once('=').unwrap();
    assert_eq!(name, said("report-to"));

    let path = path.trim_matches('"');
    let body = json!([violation("img-src", "https://cdn.example/a.png")]);
    let answer = report(&server, path, REPORTS, body).await;
    assert_eq!(answer.status(), 204);
    let body = single("img-src", "https://cdn.example/a.png");
    let answer = report(&server, said("report-uri"), SINGLE, body).await;
    assert_eq!(answer.status(), 204);
    assert_eq!(counted(&server, "img-src").await, Some(2));
}

#[tokio::test]
async fn nothing_of_a_report_is_kept_but_a_directive_that_there_is_and_an_origin() {
    let log = Log::shared();
    let server = Server::start(HttpSettings::default()).await;
    let blocked =
        "https://ada-1618033988:secret@cdn.example/ada-1618033988?ada-1618033988#ada-1618033988";
    let many = json!([
        violation("font-src", blocked),
        violation("ada-1618033988", "ada-1618033988"),
        { "type": "deprecation", "body": { "id": "ada-1618033988" } },
        { "type": "crash", "body": null },
    ]);
    assert_eq!(
        report(&server, "/reports", REPORTS, many).await.status(),
        204
    );
    let one = single("ada-1618033988", "inline");
    let media_type = "Application/CSP-Report; charset=utf-8";
    assert_eq!(
        report(&server, "/reports", media_type, one).await.status(),
        204
    );
    assert_eq!(counted(&server, "font-src").await, Some(1));
    assert_eq!(counted(&server, "other").await, Some(2));
    let numbers = server.numbers().await.text().await.unwrap();
    assert!(!numbers.contains("1618033988"), "{numbers}");

    let lines = log.lines();
    let text = serde_json::to_string(&lines).unwrap();
    assert!(!text.contains("1618033988"), "{text}");
    let told = lines.iter().map(|line| &line["fields"]).filter(|fields| {
        fields["message"] == "the content security policy blocked something in a page"
    });
    let told: Vec<_> = told
        .map(|fields| (fields["directive"].clone(), fields["blocked"].clone()))
        .collect();
    for (directive, blocked) in [
        ("font-src", "https://cdn.example"),
        ("other", "other"),
        ("other", "inline"),
    ] {
        assert!(
            told.contains(&(directive.into(), blocked.into())),
            "{told:?}"
        );
    }
}

#[tokio::test]
async fn what_is_no_report_or_too_long_is_refused() {
    let server = Server::start(HttpSettings::default()).await;
    let long = json!([violation("media-src", &"x".repeat(64 * 1024))]).to_string();
    for (media_type, body, status) in [
        ("application/json", "[]", 415),
        ("text/plain", "[]", 415),
        (REPORTS, "", 400),
        (REPORTS, "{}", 400),
        (SINGLE, "[]", 400),
        (SINGLE, "{\"csp-report\":1}", 400),
        (REPORTS, &"[".repeat(1000), 400),
        (REPORTS, &long, 413),
        (REPORTS, "[]", 204),
    ] {
        let answer = report(&server, "/reports", media_type, body).await;
        assert_eq!(answer.status(), status, "{media_type} {body:.20}");
    }
    assert_eq!(server.get("/reports").await.status(), 405);
    assert_eq!(counted(&server, "media-src").await, Some(0));
}

#[tokio::test]
async fn reports_beyond_the_limit_are_refused_until_the_next_minute() {
    let server = Server::start(HttpSettings::default()).await;
    let many = Value::from(vec![violation("object-src", "inline"); 50]);
    // The test sends twice the limit of a minute, so that one of the minutes is full whenever it
    // ended.
    for _ in 0..13 {
        let answer = report(&server, "/reports", REPORTS, &many).await;
        if answer.status() == 429 {
            let seconds = answer.headers()["retry-after"].to_str().unwrap();
            assert!((1..=60).contains(&seconds.parse().unwrap()), "{seconds}");
            assert!(counted(&server, "object-src").await >= Some(300));
            return;
        }
        assert_eq!(answer.status(), 204);
    }
    panic!("everything was taken");
}
