//! Tests that the API description and the index of problems are up to date.

#![expect(
    clippy::unwrap_used,
    reason = "a description that is not as it should be fails its test, and says why"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::{env, fs};

use crate::support::document::Document;
use crate::support::server::Server;
use postern_protocol::{
    CodeLength, DirectoryRule, Endpoint, KeyNeed, ProblemKind, RefusedNumberType, Timestamp, Verb,
};
use postern_server::http::{HttpSettings, openapi};
use reqwest::Method;
use reqwest::header::{HeaderName, HeaderValue};
use serde_json::Value;

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn the_committed_document_is_what_the_code_says() {
    let (path, document) = (file("openapi.json"), openapi::document());
    if env::var_os("UPDATE").is_some() {
        let text = serde_json::to_string_pretty(&sorted(&document)).unwrap();
        fs::write(&path, text + "\n").unwrap();
    }
    let committed: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert!(
        committed == document,
        "crates/server/openapi.json is not current: UPDATE=1 cargo test -p postern-server --test server openapi renews it"
    );
}

/// The same value with its members in order, whatever order the JSON map keeps.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.iter().collect();
            members
                .into_iter()
                .map(|(name, value)| (name.clone(), sorted(value)))
                .collect()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

#[tokio::test]
async fn it_is_served_where_that_is_configured_and_nowhere_else() {
    let path = "/api/v1/openapi.json";
    let server = Server::start(HttpSettings::default()).await;
    assert_eq!(server.get(path).await.status(), 404);
    let server = Server::start(HttpSettings {
        openapi: true,
        ..HttpSettings::default()
    })
    .await;
    let document: Value = server.get(path).await.json().await.unwrap();
    assert_eq!(document, openapi::document());
}

#[tokio::test]
async fn every_operation_of_it_is_there() {
    let server = Server::start(HttpSettings::default()).await;
    let document = openapi::document();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let path = path.replace("{domain}", "contoso.example");
            let path = format!("/api/v1{path}");
            let method: Method = method.to_uppercase().parse().unwrap();
            let response = server.request(method.clone(), &path).send().await.unwrap();
            assert_ne!(response.status(), 405, "{method} {path}");
            let body: Value = response.json().await.unwrap();
            assert!(
                body["status"] != 404 || body["type"] != "about:blank",
                "{method} {path}"
            );
        }
    }
}

fn method(endpoint: Endpoint) -> Method {
    match endpoint.verb() {
        Verb::Get => Method::GET,
        Verb::Post => Method::POST,
        Verb::Put => Method::PUT,
        Verb::Delete => Method::DELETE,
    }
}

/// The path of an endpoint, with values in the place of its parameters.
fn path(endpoint: Endpoint) -> String {
    let id = "01234567-89ab-4def-8123-456789abcdef";
    let path = endpoint.path().replace("{id}", id);
    format!("/api/v1{}", path.replace("{domain}", "contoso.example"))
}

#[test]
fn the_document_has_the_endpoints_of_the_table_and_no_others() {
    let document = openapi::document();
    let described = document["paths"].as_object().unwrap().iter();
    let described = described.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys();
        methods.map(move |method| (path.clone(), method.to_uppercase()))
    });
    let of_table = Endpoint::ALL.iter().map(|endpoint| {
        let method = method(*endpoint);
        (endpoint.path().to_owned(), method.to_string())
    });
    let described: BTreeSet<_> = described.collect();
    assert_eq!(described, of_table.collect());
    assert_eq!(described.len(), Endpoint::ALL.len());
}

#[tokio::test]
async fn every_endpoint_of_the_table_is_routed_and_nothing_else_is() {
    let server = Server::start(HttpSettings::default()).await;
    let status = async |method: &Method, path: &str| {
        let response = server.request(method.clone(), path).send().await.unwrap();
        let status = response.status().as_u16();
        let body: Value = response.json().await.unwrap();
        (status, body["type"] == "about:blank")
    };
    let methods = [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
    ];
    let routed: BTreeSet<(String, String)> = Endpoint::ALL
        .iter()
        .map(|endpoint| (path(*endpoint), method(*endpoint).to_string()))
        .collect();
    let paths: BTreeSet<&String> = routed.iter().map(|(path, _)| path).collect();
    for path in paths {
        for method in &methods {
            let (status, is_of_http) = status(method, path).await;
            let is_there = !(is_of_http && [404, 405].contains(&status));
            let is_in_table = routed.contains(&(path.clone(), method.to_string()));
            assert_eq!(is_there, is_in_table, "{method} {path}: {status}");
        }
    }
    for path in [
        "/attempts/",
        "/attempts/0/more",
        "/challenges/0",
        "/tenants",
    ] {
        for method in &methods {
            let path = format!("/api/v1{path}");
            assert_eq!(status(method, &path).await, (404, true), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_request_needs_a_key_where_the_table_says_so_and_nowhere_else() {
    let server = Server::start(HttpSettings::default()).await;
    for endpoint in Endpoint::ALL {
        let lacks = async |key: Option<&str>| {
            let mut request = server
                .request(method(*endpoint), &path(*endpoint))
                .bearer_auth("token")
                .header("Content-Type", "application/json")
                .body("{}");
            if let Some(key) = key {
                request = request.header("Idempotency-Key", key);
            }
            let body: Value = request.send().await.unwrap().json().await.unwrap();
            body["errors"][0]["header"] == "Idempotency-Key"
        };
        let need = endpoint.key();
        assert_eq!(lacks(None).await, need != KeyNeed::None, "{endpoint:?}");
        let is_random = need == KeyNeed::Random;
        assert_eq!(lacks(Some("\"short\"")).await, is_random, "{endpoint:?}");
        let long = "\"0123456789abcdef0123456789abcdef\"";
        assert!(!lacks(Some(long)).await, "{endpoint:?}");
    }
}

#[test]
fn an_address_has_room_for_an_attempt_or_a_domain_and_nothing_secret() {
    let mut taken = BTreeSet::new();
    for (path, item) in openapi::document()["paths"].as_object().unwrap() {
        taken.extend(
            path.split('/')
                .map(str::to_owned)
                .filter(|it| it.contains('{')),
        );
        for operation in item.as_object().unwrap().values() {
            let parameters = operation["parameters"].as_array();
            for parameter in parameters.into_iter().flatten() {
                let place = parameter["in"].as_str().unwrap();
                assert!(["path", "header"].contains(&place), "{path}: {parameter}");
            }
        }
    }
    assert_eq!(taken, BTreeSet::from(["{domain}".into(), "{id}".into()]));
}

fn check(status: u16, headers: &[(&'static str, &'static str)], body: &str) {
    let headers = headers.iter().map(|(name, value)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    });
    Document::read().check(
        &Method::GET,
        "/tenants/contoso.example",
        status,
        &headers.collect(),
        body,
    );
}

const JSON: (&str, &str) = ("content-type", "application/json");
const TENANT: &str = r#"{"domain":"contoso.example","name":"Contoso","locales":[],"portals":[],"password_rules":{"min_length":8,"max_length":256,"classes_required":0,"ascii_only":false}}"#;

#[test]
fn an_answer_as_described_passes() {
    check(200, &[JSON], TENANT);
}

#[test]
#[should_panic(expected = "Additional properties are not allowed")]
fn an_answer_with_a_member_that_is_not_described_fails() {
    check(
        200,
        &[JSON],
        &TENANT.replace("\"name\"", "\"x\":1,\"name\""),
    );
}

#[test]
#[should_panic(expected = "no such status")]
fn an_answer_with_a_status_that_is_not_described_fails() {
    check(202, &[JSON], TENANT);
}

#[test]
#[should_panic(expected = "is not described")]
fn an_answer_of_another_type_fails() {
    check(200, &[("content-type", "text/plain")], TENANT);
}

#[test]
#[should_panic(expected = "Retry-After: ")]
fn an_answer_with_a_header_that_is_not_as_described_fails() {
    let body = r#"{"type":"about:blank","title":"Service Unavailable","status":503}"#;
    let problem = ("content-type", "application/problem+json");
    check(503, &[problem, ("retry-after", "soon")], body);
}

/// Every kind of problem, with example content.
fn kinds() -> Vec<ProblemKind> {
    use ProblemKind as P;
    let now = Timestamp::from_seconds(0);
    vec![
        P::IdentifierEmpty,
        P::IdentifierTooLong,
        P::IdentifierMalformed,
        P::OrganisationMissing,
        P::OrganisationUnknown,
        P::OrganisationOther {
            tenant_name: "Contoso".into(),
        },
        P::PortalNotListed,
        P::WorkRefused,
        P::AttemptUnknown,
        P::NotExpected,
        P::MethodNotOffered,
        P::PhoneMalformed,
        P::PhoneNotAllowed {
            number_type: RefusedNumberType::Pager,
        },
        P::PhoneMismatch { tries_left: 1 },
        P::ResendTooSoon { retry_at: now },
        P::CodeMalformed {
            length: CodeLength::DEFAULT,
        },
        P::CodeWrong { tries_left: 1 },
        P::CodeExpired,
        P::CodeSuperseded,
        P::CodeUsed,
        P::CodeSpent { tries_left: 1 },
        P::MethodLocked {
            until: Timestamp::from_seconds(1),
        },
        P::AnswersIncomplete,
        P::AnswersWrong { tries_left: 1 },
        P::PasswordRefused(Vec::new()),
        P::DirectoryRefused(DirectoryRule::Policy),
        P::DirectoryUnreachable,
        P::BreachServiceUnreachable,
        P::DirectoryMisconfigured,
        P::OutcomeUnknown,
        P::TooManyRequests { retry_at: now },
        P::KeyReused,
        P::KeyInUse,
        P::Malformed,
        P::Internal,
    ]
}

/// The name of a variant: alone, or of the only member.
fn name(kind: &ProblemKind) -> String {
    match serde_json::to_value(kind).unwrap() {
        Value::String(name) => name,
        Value::Object(members) => members.keys().next().unwrap().clone(),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_)) => {
            panic!("{other}")
        }
    }
}

#[test]
fn the_index_of_problems_and_the_kinds_agree_both_ways() {
    let index = fs::read_to_string(file("../../docs/problems.md")).unwrap();
    let sections: BTreeMap<&str, &str> = index
        .split("\n## ")
        .skip(1)
        .map(|section| section.split_once('\n').unwrap())
        .collect();
    let kinds = kinds();
    for kind in &kinds {
        assert_eq!(kind.type_uri(), format!("/problems/{}", name(kind)));
        let section = sections.get(name(kind).as_str());
        let section = section.unwrap_or_else(|| panic!("docs/problems.md lacks {}", name(kind)));
        let status = format!("\nStatus {}. ", kind.status());
        assert!(section.starts_with(&status), "{}: {section}", name(kind));
        for part in ["\nMembers: ", "\nWhat to do: "] {
            assert!(section.contains(part), "{}: {part}", name(kind));
        }
        // The section describes every member of the kind.
        if let Value::Object(members) = serde_json::to_value(kind).unwrap()
            && let Some(Value::Object(fields)) = members.values().next()
        {
            for field in fields.keys() {
                assert!(
                    section.contains(&format!("`{field}`")),
                    "{}: {field}",
                    name(kind)
                );
            }
        }
    }
    let named: BTreeSet<String> = kinds.iter().map(name).collect();
    let indexed = sections.keys().map(|name| (*name).to_owned()).collect();
    assert_eq!(named, indexed);
    // The list above is complete: the document derives it from the type itself.
    let document = openapi::document();
    let variants = document["components"]["schemas"]["ProblemKind"]["oneOf"].as_array();
    let described = variants.unwrap().iter().flat_map(|variant| {
        let units = variant["enum"].as_array().cloned().unwrap_or_default();
        let units = units
            .into_iter()
            .map(|name| name.as_str().unwrap().to_owned());
        let others = variant["properties"]
            .as_object()
            .cloned()
            .unwrap_or_default();
        units
            .chain(others.into_iter().map(|(name, _)| name))
            .collect::<Vec<_>>()
    });
    assert_eq!(named, described.collect());
}

/// Each error status that our code names in an answer, and the status for headers that are too
/// large, which comes from the library.
#[test]
fn every_status_of_an_error_is_explained() {
    let index = fs::read_to_string(file("../../docs/problems.md")).unwrap();
    let mut sources = String::new();
    for folder in ["src/http", "src/development"] {
        for entry in fs::read_dir(file(folder)).unwrap() {
            sources.push_str(&fs::read_to_string(entry.unwrap().path()).unwrap());
        }
    }
    let named = |status: reqwest::StatusCode| {
        let reason = status.canonical_reason().unwrap_or("none");
        let name = reason.to_uppercase().replace([' ', '-'], "_");
        sources.contains(&format!("StatusCode::{name}"))
    };
    let all = (400..600).filter_map(|code| reqwest::StatusCode::from_u16(code).ok());
    let named: Vec<u16> = all.filter(|it| named(*it)).map(|it| it.as_u16()).collect();
    assert!([403, 421, 503].iter().all(|code| named.contains(code)));
    for code in named.into_iter().chain([431]) {
        assert!(
            index.contains(&format!("\n| {code} | ")) || index.contains(&format!("Status {code}.")),
            "docs/problems.md lacks {code}"
        );
    }
}
