//! Tests of the operator's view of the service: its log, its metrics, and its readiness.

mod promtool;
mod ready;
mod words;

use std::sync::Arc;
use std::time::Duration;

use crate::support::log::Log;
use crate::support::server::{Server, start};
use crate::support::{Database, Postgres};
use async_trait::async_trait;
use postern_engine::account::AccountId;
use postern_engine::command::PasswordWrite;
use postern_engine::{Identifier, Person, Tenant, WriteBackHealth, Written};
use postern_peers::process::until;
use postern_server::directory::Directory;
use postern_server::http::{ForwardedHeader, HttpSettings, Metrics};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Connection;

/// A time limit longer than any step here: a test that reaches it fails.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn the_lines_of_a_request_say_whose_attempt_it_is_about() {
    let log = Log::shared();
    let server = Server::start(HttpSettings {
        trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()],
        forwarded_header: Some(ForwardedHeader::XForwardedFor),
        ..HttpSettings::default()
    })
    .await;
    let started = server.begin("ada@contoso.example").await;
    let id = started.attempt.id.to_string();
    for _ in 0..2 {
        let path = format!("/api/v1/attempts/{id}");
        let request = server
            .request(Method::GET, &path)
            .bearer_auth(&started.token);
        let request = request.header("X-Forwarded-For", "192.0.2.1, 198.51.100.7");
        let request = request.header("Forwarded", "for=192.0.2.9");
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
    let lines = log.lines();
    let of_attempt = lines
        .iter()
        .filter(|line| line["span"]["sid"] == id.as_str());
    let answered: Vec<&Value> = of_attempt
        .filter(|line| line["fields"]["message"] == "answered")
        .collect();
    assert_eq!(answered.len(), 3, "{lines:#?}");
    for line in &answered {
        let span = &line["span"];
        assert_eq!(span["cid"], started.attempt.correlation_id.to_string());
        assert_eq!(
            span["support_code"],
            started.attempt.support_code.to_string()
        );
        let short = started.attempt.support_code.short();
        assert_eq!(span["short_code"], short.to_string());
        assert_eq!(span["request_id"].as_str().unwrap().len(), 16);
    }
    assert_ne!(
        answered[1]["span"]["request_id"],
        answered[2]["span"]["request_id"]
    );
    assert_eq!(answered[0]["span"]["route"], "/api/v1/attempts");
    assert_eq!(answered[0]["span"]["client"], "127.0.0.1");
    assert_eq!(answered[1]["span"]["route"], "/api/v1/attempts/{id}");
    assert_eq!(answered[1]["span"]["client"], "198.51.100.7");
    assert_eq!(answered[1]["span"]["client_not_believed"], "192.0.2.9");
    assert!(answered[0]["span"]["client_not_believed"].is_null());
    // Each line contains its span once.
    assert!(lines.iter().all(|line| line["spans"].is_null()));
    let text = format!("{lines:?}");
    assert!(!text.contains(&started.token) && !text.contains("ada@contoso"));
}

#[tokio::test]
async fn a_proxy_that_names_no_client_is_warned_of_once() {
    let log = Log::shared();
    for (header, named) in [
        (Some(ForwardedHeader::XForwardedFor), "X-Forwarded-For"),
        (None, ""),
    ] {
        let server = Server::start(HttpSettings {
            trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()],
            forwarded_header: header,
            ..HttpSettings::default()
        })
        .await;
        let before = log.lines().len();
        for (path, headers) in [
            ("challenges", [("X-Forwarded-For", "unknown, 127.9.8.7")]),
            ("challenges", [("X-Forwarded-For", ", 127.9.8.7")]),
            ("attempts", [("X-Forwarded-For", "_hidden, 127.9.8.7")]),
            ("attempts", [("X-Forwarded-For", "unknown, 127.9.8.6")]),
            // A header other than the configured one has no effect, whatever its content.
            ("attempts", [("Forwarded", "for=192.0.2.9")]),
            ("attempts", [("X-Forwarded-For", "192.0.2.1, 127.9.8.5")]),
        ] {
            let path = format!("/api/v1/{path}");
            let mut request = server.request(Method::POST, &path);
            for (name, value) in headers {
                request = request.header(name, value);
            }
            request.send().await.unwrap();
        }
        // A probe comes through no proxy.
        let probe = server.request(Method::GET, "/healthz");
        let probe = probe.header("X-Forwarded-For", "unknown, 127.9.8.4");
        assert_eq!(probe.send().await.unwrap().status(), 200);
        let lines = log.lines().split_off(before);
        let warned = lines.iter().map(|line| &line["fields"]);
        let warned: Vec<(&str, &str)> = warned
            .filter(|fields| {
                fields["message"]
                    .as_str()
                    .is_some_and(|it| it.starts_with("a trusted proxy does not name its client"))
            })
            .map(|fields| {
                (
                    fields["proxy"].as_str().unwrap(),
                    fields["header"].as_str().unwrap(),
                )
            })
            // Other tests of this program also send requests from this machine.
            .filter(|(proxy, _)| proxy.starts_with("127.9."))
            .collect();
        let wanted = ["127.9.8.7", "127.9.8.6"].map(|proxy| (proxy, named));
        let wanted = if header.is_some() { &wanted[..] } else { &[] };
        assert_eq!(warned, wanted);
    }
}

#[tokio::test]
async fn the_lines_of_a_parcel_say_whose_attempt_has_ordered_it() {
    let log = Log::shared();
    let server = Server::start(HttpSettings::default()).await;
    let attempt = server.begin("ada@contoso.example").await;
    let path = format!("/api/v1/attempts/{}/codes", attempt.attempt.id);
    let request = server
        .request(Method::POST, &path)
        .bearer_auth(&attempt.token);
    let request = request.header("Idempotency-Key", "\"a code\"");
    let response = request.json(&json!({ "method": "email" })).send().await;
    assert_eq!(response.unwrap().status(), 200);
    let attempt = attempt.attempt;
    let carried = until("a parcel is carried", async || {
        let mut lines = log.lines().into_iter();
        lines.find(|line| {
            line["fields"]["message"] == "the carrier accepted a message"
                && line["span"]["sid"] == attempt.id.to_string()
        })
    });
    let span = carried.await["span"].clone();
    assert_eq!(span["cid"], attempt.correlation_id.to_string());
    assert_eq!(span["support_code"], attempt.support_code.to_string());
    assert_eq!(span["short_code"], attempt.support_code.short().to_string());
    assert_eq!(span["kind"], "mail");
}

#[tokio::test]
async fn numbers_are_there_from_the_start_and_contain_nothing_that_a_client_sent() {
    let server = Server::start(HttpSettings::default()).await;
    let text = server.numbers().await.text().await.unwrap();
    for begun in [
        "postern_build_info{version=\"",
        "postern_attempts_ended_total{end=\"locked\"} ",
        "postern_problems_total{kind=\"code-spent\"} ",
        "postern_outbox_parcels_total{kind=\"call\",outcome=\"given-up\"} ",
        "postern_outbox_waiting{lane=\"mail\",tenant=\"contoso.example\"} 0",
        "postern_outbox_oldest_due_seconds{lane=\"text\",tenant=\"contoso.example\"} 0",
        "postern_store_errors_total{during=\"request\"} ",
        "postern_breached_lookups_total{outcome=\"unknown\"} ",
        "postern_audit_chain_broken 0",
        "postern_key_missing 0",
        "postern_key_behind 0",
    ] {
        assert!(
            text.lines().any(|line| line.starts_with(begun)),
            "{begun}\n{text}"
        );
    }
    server.begin("ada@contoso.example").await;
    server.get("/api/v1/attempts/not-an-id-2718281828").await;
    server
        .request(Method::POST, "/api/v1/challenges")
        .send()
        .await
        .unwrap();
    server
        .request("BREW".parse().unwrap(), "/coffee")
        .send()
        .await
        .unwrap();
    let page = server.numbers().await;
    let media_type = page.headers()["content-type"].to_str().unwrap().to_owned();
    assert!(
        media_type.starts_with("text/plain; version=0.0.4"),
        "{media_type}"
    );
    let text = page.text().await.unwrap();
    for begun in [
        "postern_http_requests_total{route=\"/api/v1/attempts\",method=\"POST\",status=\"201\"} ",
        "postern_http_requests_total{route=\"other\",method=\"other\",status=\"404\"} ",
        "postern_http_request_seconds_bucket{route=\"/api/v1/attempts\",method=\"POST\",le=\"0.001\"} ",
        "postern_http_requests_in_flight ",
        "postern_problems_total{kind=\"attempt-unknown\"} ",
        "postern_attempts_started_total ",
        "postern_work_total{outcome=\"issued\"} ",
    ] {
        assert!(
            text.lines().any(|line| line.starts_with(begun)),
            "{begun}\n{text}"
        );
    }
    assert!(!text.contains("2718281828") && !text.contains("coffee") && !text.contains("BREW"));
}

/// Every header in which a client, or a proxy that is not ours, can name a client, with all its
/// possible forms.
const FORWARDED: [(&str, &str); 18] = [
    ("X-Forwarded-For", "127.0.0.1"),
    ("X-Forwarded-For", "203.0.113.9"),
    ("X-Forwarded-For", "203.0.113.9, 127.0.0.1"),
    ("X-Forwarded-For", ""),
    ("X-Forwarded-For", "garbage"),
    ("X-Forwarded-For", "::1"),
    ("Forwarded", "for=127.0.0.1"),
    ("Forwarded", "for=unknown"),
    ("Forwarded", "for=_x"),
    ("Forwarded", "for=198.51.100.1"),
    ("Forwarded", "for=\"[::1]:80\""),
    ("Forwarded", ""),
    ("Forwarded", "proto=https"),
    ("X-Real-IP", "127.0.0.1"),
    ("X-Forwarded-Proto", "https"),
    ("X-Forwarded-Host", "localhost"),
    ("X-Forwarded-Port", "443"),
    ("Via", "1.1 nginx"),
];

#[tokio::test]
async fn numbers_are_there_for_this_machine_and_for_no_client_behind_a_proxy() {
    let proxied = |header| HttpSettings {
        trusted_proxies: vec!["127.0.0.1/32".parse().unwrap()],
        forwarded_header: header,
        ..HttpSettings::default()
    };
    for (settings, direct) in [
        (HttpSettings::default(), 200),
        // Here every client comes through the proxy.
        (proxied(Some(ForwardedHeader::XForwardedFor)), 404),
        (proxied(Some(ForwardedHeader::Forwarded)), 404),
        (proxied(None), 404),
    ] {
        let described = format!("{settings:?}");
        let proxy = settings.forwarded_header;
        let server = Server::start(settings).await;
        assert_eq!(server.numbers().await.status(), direct, "{described}");
        let mut proxied = 0;
        for header in FORWARDED {
            for contradiction in FORWARDED {
                let asked = server.numbers_with(&[header, contradiction]).await;
                let status = asked.unwrap().status();
                assert_eq!(status, 404, "{header:?} {contradiction:?} {described}");
                proxied += 1;
            }
        }
        eprintln!(
            "/metrics where the header of proxies is {proxy:?}: {direct} without one, 404 for all of {proxied} that name a client"
        );
        // The listener of the service does not serve the metrics.
        assert_eq!(server.get("/metrics").await.status(), 404);
    }
    let server = Server::start(HttpSettings {
        metrics: Metrics {
            networks: vec!["198.51.100.0/24".parse().unwrap()],
            ..Metrics::default()
        },
        ..proxied(Some(ForwardedHeader::XForwardedFor))
    })
    .await;
    for (client, status) in [
        ("198.51.100.7", 200),
        ("198.51.100.7, 203.0.113.9", 404),
        ("203.0.113.9", 404),
        ("203.0.113.9, 127.0.0.1", 404),
    ] {
        let asked = server.numbers_with(&[("X-Forwarded-For", client)]).await;
        assert_eq!(asked.unwrap().status(), status, "{client}");
    }
    // A proxy on this machine makes the machine count as a proxy. If the configuration lists the
    // machine itself, programs on it may read the metrics.
    let named = Server::start(HttpSettings {
        metrics: Metrics {
            networks: vec!["127.0.0.0/8".parse().unwrap()],
            ..Metrics::default()
        },
        ..proxied(Some(ForwardedHeader::XForwardedFor))
    })
    .await;
    assert_eq!(named.numbers().await.status(), 200);
    for header in [
        ("X-Forwarded-For", "203.0.113.9"),
        ("X-Forwarded-For", ""),
        ("Forwarded", "for=127.0.0.1"),
        ("Forwarded", ""),
    ] {
        let asked = named.numbers_with(&[header]).await;
        assert_eq!(asked.unwrap().status(), 404, "{header:?}");
    }
    // The header that is not configured has no effect.
    let other = [("Forwarded", "for=198.51.100.7")];
    assert_eq!(server.numbers_with(&other).await.unwrap().status(), 404);
}

#[tokio::test]
async fn what_leaves_and_what_ends_is_counted() {
    let server = Server::start(HttpSettings::default()).await;
    let started = server.begin("ada@contoso.example").await;
    let path = format!("/api/v1/attempts/{}", started.attempt.id);
    let about = |method, tail: &str| {
        let request = server.request(method, &format!("{path}{tail}"));
        let request = request.bearer_auth(&started.token);
        request.header("Idempotency-Key", "\"1\"")
    };
    let sent = about(Method::POST, "/codes").json(&json!({ "method": "email" }));
    assert_eq!(sent.send().await.unwrap().status(), 200);
    let left = about(Method::DELETE, "").send().await.unwrap();
    assert_eq!(left.status(), 200);
    let counted = [
        "postern_outbox_parcels_total{kind=\"mail\",outcome=\"carried\"} ",
        "postern_attempts_ended_total{end=\"cancelled\"} ",
    ];
    // The mail leaves after the answer.
    let all_counted = async {
        loop {
            let text = server.numbers().await.text().await.unwrap();
            if counted.iter().all(|begun| text.contains(begun)) {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, all_counted).await;
    waited.expect("what left and what ended is counted");
}

/// A directory that fails at every request.
struct Broken;

/// The cause, which no answer may contain.
const WHY: &str = "no luck with row 2718281828";

#[async_trait]
impl Directory for Broken {
    async fn find(&self, _: &Tenant, _: &Identifier) -> anyhow::Result<Option<Person>> {
        panic!("{WHY}")
    }

    async fn person(&self, _: &Tenant, _: &AccountId) -> anyhow::Result<Option<Person>> {
        panic!("{WHY}")
    }

    async fn write_back(&self, _: &Tenant, _: &PasswordWrite) -> Written {
        panic!("{WHY}")
    }

    async fn unlock(&self, _: &Tenant, _: &AccountId) -> Written {
        panic!("{WHY}")
    }

    async fn health(&self, _: &Tenant) -> WriteBackHealth {
        panic!("{WHY}")
    }
}

#[tokio::test]
async fn what_breaks_costs_one_answer_which_does_not_say_why() {
    let server = Server::with_directory(HttpSettings::default(), Arc::new(Broken)).await;
    // The failure happens in the separate task that judges a request, and outside of it.
    let begun = start("ada@contoso.example");
    let begun = server
        .post("/api/v1/attempts", "a key of 22 characters", &begun)
        .await;
    let looked = server.get("/readyz").await;
    for answer in [begun, looked] {
        assert_eq!(answer.status(), 500);
        assert_eq!(answer.headers()["cache-control"], "no-store");
        let text = answer.text().await.unwrap();
        let body: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(body["type"], "/problems/internal");
        assert!(!text.contains("2718281828"), "{text}");
    }
    assert_eq!(server.get("/healthz").await.status(), 200);
    let tenant = server.get("/api/v1/tenants/contoso.example").await;
    assert_eq!(tenant.status(), 200);
}

#[tokio::test]
async fn every_line_says_when_it_was_in_utc() {
    let log = Log::shared();
    let server = Server::start(HttpSettings::default()).await;
    server.begin("ada@contoso.example").await;
    let lines = log.lines();
    assert!(!lines.is_empty());
    for line in lines {
        // RFC 3339 section 2: a time that ends in Z is UTC.
        let at = line["timestamp"].as_str().unwrap();
        assert!(at.contains('T') && at.ends_with('Z'), "{at}");
    }
}
