//! Tests of the wizard in a portal: the pages that may send requests, load it, contain it and be
//! returned to, and those that may not.

#![expect(
    clippy::unwrap_used,
    reason = "an answer that is not as it should be fails its test, and says why"
)]

use std::fs;
use std::sync::Arc;

use crate::support::server::{Server, start};
use crate::support::service::{HOST, Service};
use postern_engine::Tenant;
use postern_protocol::{self as protocol, Step};
use postern_server::clock::Clock;
use postern_server::development::Mailbox;
use postern_server::http;
use postern_server::settings::Settings;
use postern_world::contoso;
use reqwest::header::HeaderName;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

mod back;
mod frame;

const ATTEMPTS: &str = "/api/v1/attempts";

/// The portal that only Contoso lists.
const PORTAL: &str = "https://portal.contoso.example";

/// The portal that only the bank lists.
const OTHERS: &str = "https://portal.bank.example";

/// The sign-in page of Contoso.
const CONTOSO: &str = "https://contoso.example/";

const ELSEWHERE: &str = "https://evil.example";

/// Contoso and its bank, each with a portal.
fn settings() -> Settings {
    let mut tenants = contoso::tenants();
    for tenant in &mut tenants {
        let portal = match tenant.domain() {
            contoso::CONTOSO => PORTAL,
            contoso::BANK => OTHERS,
            _ => continue,
        };
        tenant.portals.push(portal.into());
    }
    Settings::new(tenants, HOST)
}

fn go_by(server: &Server, settings: Settings) {
    server.running.judge.settings.store(Arc::new(settings));
}

async fn server() -> Server {
    let server = Server::start(http::HttpSettings::default()).await;
    go_by(&server, settings());
    server
}

/// A wizard with a separate page for frames, and scripts that portals name.
fn site() -> TempDir {
    let site = TempDir::new().unwrap();
    fs::create_dir(site.path().join("embed")).unwrap();
    for (name, text) in [
        ("index.html", "<p>Hello</p>"),
        ("frame.html", "<p>Framed</p>"),
        ("postern-0123456789abcdef.js", "1"),
        ("work.js", "2"),
        ("embed/postern.js", "3"),
        ("embed/postern-frame.js", "4"),
        ("embed/element-0123456789abcdef.js", "5"),
        (
            "_headers",
            "/*\n  Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\n  Cross-Origin-Resource-Policy: same-origin\n  Permissions-Policy: camera=(), clipboard-write=()\n\
             /postern-0123456789abcdef.js\n  Cache-Control: public, max-age=31536000, immutable\n\
             /embed/element-0123456789abcdef.js\n  Cache-Control: public, max-age=31536000, immutable\n\
             /embed/postern.js\n  Cache-Control: public, max-age=31536000, immutable\n",
        ),
    ] {
        fs::write(site.path().join(name), text).unwrap();
    }
    site
}

/// The preflight request of a browser for a page of this origin.
async fn preflight(server: &Server, origin: &str, path: &str) -> Response {
    let request = server
        .request(Method::OPTIONS, path)
        .header("Origin", origin);
    let request = request.header("Access-Control-Request-Method", "POST");
    let request = request.header(
        "Access-Control-Request-Headers",
        "authorization,content-type,idempotency-key",
    );
    request.send().await.unwrap()
}

/// Begins an attempt from a page of this origin.
async fn begin(server: &Server, origin: &str, identifier: &str) -> Response {
    let request = server
        .request(Method::POST, ATTEMPTS)
        .json(&start(identifier));
    let request = request.header(
        "Idempotency-Key",
        format!("\"{identifier} at {origin:>22}\""),
    );
    request.header("Origin", origin).send().await.unwrap()
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    let value = response.headers().get(name)?;
    Some(value.to_str().unwrap())
}

/// The CORS headers of an answer, without `Vary`.
fn told(response: &Response) -> Vec<&str> {
    let names = response.headers().keys().map(HeaderName::as_str);
    names
        .filter(|name| name.starts_with("access-control-"))
        .collect()
}

#[tokio::test]
async fn a_browser_that_asks_for_a_portal_is_told_what_is_let() {
    let server = server().await;
    for path in [
        "/api/v1/challenges",
        ATTEMPTS,
        "/api/v1/attempts/1/password",
    ] {
        let answer = preflight(&server, PORTAL, path).await;
        assert_eq!(answer.status(), 204, "{path}");
        for (name, value) in [
            ("access-control-allow-origin", PORTAL),
            ("access-control-allow-methods", "GET,POST,PUT,DELETE"),
            (
                "access-control-allow-headers",
                "authorization,content-type,idempotency-key",
            ),
            ("access-control-max-age", "7200"),
            ("vary", "origin"),
        ] {
            assert_eq!(header(&answer, name), Some(value), "{path}: {name}");
        }
        assert_eq!(header(&answer, "access-control-allow-credentials"), None);
    }
}

#[tokio::test]
async fn a_browser_that_asks_for_an_unlisted_page_is_refused_and_told_nothing() {
    let server = server().await;
    for origin in [
        ELSEWHERE,
        "null",
        "https://portal.contoso.example.evil.example",
        "https://portal.contoso.example:8443",
        "http://portal.contoso.example",
        "https://PORTAL.contoso.example",
        "",
    ] {
        let answer = preflight(&server, origin, ATTEMPTS).await;
        assert_eq!(answer.status(), 403, "{origin}");
        assert_eq!(told(&answer), [""; 0], "{origin}");
        assert_eq!(header(&answer, "vary"), Some("origin"), "{origin}");
        let answer = server.request(Method::GET, "/api/v1/tenants/contoso.example");
        let answer = answer.header("Origin", origin).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(told(&answer), [""; 0], "{origin}");
        assert_eq!(header(&answer, "vary"), Some("origin"), "{origin}");
    }
    let answer = server.get("/api/v1/tenants/contoso.example").await;
    assert_eq!(header(&answer, "vary"), Some("origin"));
}

#[tokio::test]
async fn an_unlisted_page_may_read_that_it_is_not_listed_and_nothing_else() {
    let server = server().await;
    let own = format!("https://{HOST}");
    for (origin, status, read_by) in [
        (ELSEWHERE, 403, Some("*")),
        ("null", 403, Some("*")),
        ("", 403, Some("*")),
        (PORTAL, 201, Some(PORTAL)),
        (&own, 201, None),
    ] {
        let request = server.request(Method::POST, "/api/v1/challenges");
        let answer = request.header("Origin", origin).send().await.unwrap();
        assert_eq!(answer.status(), status, "{origin}");
        let allowed = header(&answer, "access-control-allow-origin").map(str::to_owned);
        assert_eq!(allowed.as_deref(), read_by, "{origin}");
        if status == 403 {
            let problem: Value = answer.json().await.unwrap();
            assert_eq!(problem["type"], "/problems/portal-not-listed");
        }
    }
}

#[tokio::test]
async fn a_portal_reads_what_is_answered_and_what_is_refused() {
    let server = server().await;
    for (path, status) in [
        ("/api/v1/tenants/contoso.example", 200),
        ("/api/v1/attempts/1", 401),
        ("/api/v1/nothing", 404),
        ("/api/v1/challenges", 405),
        (&format!("/api/v1/{}", "a".repeat(2048)), 414),
    ] {
        let request = server.request(Method::GET, path).header("Origin", PORTAL);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status);
        let allowed = header(&answer, "access-control-allow-origin");
        assert_eq!(allowed, Some(PORTAL), "{path}");
        let exposed = header(&answer, "access-control-expose-headers");
        assert_eq!(exposed, Some("retry-after"), "{path}");
    }
    let elsewhere = server.request(Method::GET, "/healthz");
    let elsewhere = elsewhere.header("Origin", PORTAL).send().await.unwrap();
    assert_eq!(told(&elsewhere), [""; 0]);
}

#[tokio::test]
async fn a_portal_that_is_listed_later_is_let_then_and_one_that_is_not_any_more_no_longer() {
    let server = Server::start(http::HttpSettings::default()).await;
    assert_eq!(preflight(&server, PORTAL, ATTEMPTS).await.status(), 403);
    go_by(&server, settings());
    assert_eq!(preflight(&server, PORTAL, ATTEMPTS).await.status(), 204);
    go_by(&server, Settings::new(contoso::tenants(), HOST));
    assert_eq!(preflight(&server, PORTAL, ATTEMPTS).await.status(), 403);
}

#[tokio::test]
async fn an_attempt_begins_at_a_portal_of_its_own_tenant_and_at_no_other() {
    let server = server().await;
    let own = format!("https://{HOST}");
    for (origin, identifier, status) in [
        (PORTAL, "ada@contoso.example", 201),
        (PORTAL, "nobody@contoso.example", 201),
        (PORTAL, "", 400),
        (PORTAL, "ada", 400),
        (PORTAL, "ada@nowhere.example", 422),
        (PORTAL, "ada@bank.contoso.example", 403),
        (OTHERS, "ada@contoso.example", 403),
        (OTHERS, "nobody@contoso.example", 403),
        (ELSEWHERE, "ada@contoso.example", 403),
        (ELSEWHERE, "nobody@contoso.example", 403),
        ("null", "ada@contoso.example", 403),
        (&own, "ada@contoso.example", 201),
        (&own, "ada@bank.contoso.example", 201),
    ] {
        let answer = begin(&server, origin, identifier).await;
        assert_eq!(answer.status(), status, "{identifier} from {origin}");
        if status == 403 {
            let problem: Value = answer.json().await.unwrap();
            assert_eq!(problem["type"], "/problems/portal-not-listed");
        }
    }
    // This holds for every name by which our own page was reached.
    let request = server.request(Method::POST, ATTEMPTS);
    let request = request.header("Origin", "http://127.0.0.1:8080");
    let request = request.header("Sec-Fetch-Site", "same-origin");
    let request = request.header("Idempotency-Key", "\"one of our own page, and so on\"");
    let answer = request.json(&start("ada@contoso.example")).send().await;
    assert_eq!(answer.unwrap().status(), 201);
}

#[tokio::test]
async fn an_attempt_is_opened_from_a_portal_of_its_own_tenant_and_from_no_other() {
    let server = server().await;
    let started = server.begin("ada@contoso.example").await;
    let path = format!("{ATTEMPTS}/{}", started.attempt.id);
    let own = format!("https://{HOST}");
    for (origin, status) in [(PORTAL, 200), (&own, 200), (OTHERS, 401), (ELSEWHERE, 401)] {
        let request = server.request(Method::GET, &path).header("Origin", origin);
        let answer = request.bearer_auth(&started.token).send().await.unwrap();
        assert_eq!(answer.status(), status, "{origin}");
        let request = server
            .request(Method::POST, &format!("{path}/proofs"))
            .header("Origin", origin)
            .header("Idempotency-Key", format!("\"{origin}\""));
        let request = request.json(&json!({ "code": "1" }));
        let answer = request.bearer_auth(&started.token).send().await.unwrap();
        let status = if status == 200 { 409 } else { 401 };
        assert_eq!(answer.status(), status, "{origin}");
    }
}

#[tokio::test]
async fn what_is_no_page_is_loaded_by_every_portal_and_a_page_by_none() {
    let site = site();
    let server = Server::with_site(http::HttpSettings::default(), &site).await;
    for path in [
        "/postern-0123456789abcdef.js",
        "/work.js",
        "/embed/postern.js",
    ] {
        let file = server.get(path).await;
        assert_eq!(file.status(), 200, "{path}");
        assert_eq!(
            header(&file, "access-control-allow-origin"),
            Some("*"),
            "{path}"
        );
        let policy = header(&file, "cross-origin-resource-policy");
        assert_eq!(policy, Some("cross-origin"), "{path}");
    }
    for path in ["/", "/index.html", "/frame.html", "/nothing.js"] {
        let page = server.get(path).await;
        assert_eq!(told(&page), [""; 0], "{path}");
        let policy = header(&page, "cross-origin-resource-policy");
        assert_eq!(policy, Some("same-origin"), "{path}");
    }
}

#[tokio::test]
async fn a_script_that_portals_name_is_asked_about_each_time() {
    let site = site();
    let server = Server::with_site(http::HttpSettings::default(), &site).await;
    for path in ["/embed/postern.js", "/embed/postern-frame.js"] {
        let file = server.get(path).await;
        let kept = header(&file, "cache-control");
        assert_eq!(kept, Some("no-cache"), "{path}");
        let etag = header(&file, "etag").unwrap();
        let request = server
            .request(Method::GET, path)
            .header("If-None-Match", etag);
        let same = request.send().await.unwrap();
        assert_eq!(same.status(), 304, "{path}");
        assert_eq!(header(&same, "access-control-allow-origin"), Some("*"));
    }
    for path in [
        "/postern-0123456789abcdef.js",
        "/embed/element-0123456789abcdef.js",
    ] {
        let hashed = server.get(path).await;
        let kept = header(&hashed, "cache-control").unwrap();
        assert!(kept.contains("immutable"), "{path}: {kept}");
    }
}

#[tokio::test]
async fn a_text_is_bound_to_the_portal_around_the_page_where_the_tenant_lists_it() {
    let own = "@reset.contoso.example #CODE";
    // The origin of the page, the portal that contains it in a frame, and the host to which the
    // text is bound.
    for (page, portal, bound) in [
        (
            None,
            Some(PORTAL),
            "@portal.contoso.example #CODE @reset.contoso.example",
        ),
        (None, Some(OTHERS), own),
        (None, Some(ELSEWHERE), own),
        (None, None, own),
        (Some(PORTAL), None, "@portal.contoso.example #CODE"),
    ] {
        // Each case has its own person: there is a wait between two texts to one person.
        let mailbox = Arc::new(Mailbox::new(Clock::System));
        let service = Service::with(settings(), mailbox.uncarried()).await;
        let mut body = start("ada@contoso.example");
        if let Some(portal) = portal {
            body["via"]["portal"] = Value::from(portal);
        }
        let person = match page {
            Some(page) => service.arrive_from(page, &body).await,
            None => service.arrive_with(&body).await,
        };
        let phone = Some("+44 7700 900123");
        service
            .choose(&person, protocol::Method::MobileSms, phone)
            .await;
        service.nothing_waits().await;
        let text = mailbox.all().remove(0);
        let bound = bound.replace("CODE", text.code.as_deref().unwrap());
        assert_eq!(text.text.lines().last(), Some(&*bound), "{portal:?}");
    }
}

#[tokio::test]
async fn the_colours_of_a_tenant_are_a_style_sheet_that_every_page_may_load() {
    let server = Server::start(http::HttpSettings::default()).await;
    let mut settings = settings();
    settings.tenants[0].domains.push("contoso.test".into());
    let sheet = "@layer postern {}\n";
    settings
        .themes
        .insert(contoso::CONTOSO.into(), sheet.into());
    go_by(&server, settings);
    for domain in ["contoso.example", "Contoso.EXAMPLE", "contoso.test"] {
        let path = format!("/embed/themes/{domain}.css");
        let theme = server.get(&path).await;
        assert_eq!(theme.status(), 200, "{domain}");
        for (name, value) in [
            ("content-type", "text/css; charset=utf-8"),
            ("cache-control", "public, max-age=600, must-revalidate"),
            ("access-control-allow-origin", "*"),
            ("cross-origin-resource-policy", "cross-origin"),
        ] {
            assert_eq!(header(&theme, name), Some(value), "{domain}: {name}");
        }
        let etag = header(&theme, "etag").unwrap().to_owned();
        assert_eq!(theme.text().await.unwrap(), sheet);
        let request = server.request(Method::GET, &path);
        let same = request.header("If-None-Match", etag).send().await.unwrap();
        assert_eq!(same.status(), 304, "{domain}");
    }
    let without = server.get("/embed/themes/bank.contoso.example.css").await;
    assert_eq!(
        (without.status().as_u16(), without.text().await.unwrap()),
        (200, String::new())
    );
    for name in ["nowhere.example.css", "contoso.example", ".css"] {
        let missing = server.get(&format!("/embed/themes/{name}")).await;
        assert_eq!(missing.status(), 404, "{name}");
        // A portal's page has to be able to report that there is no such tenant.
        assert_eq!(
            header(&missing, "access-control-allow-origin"),
            Some("*"),
            "{name}"
        );
    }
}

#[tokio::test]
async fn an_organisation_is_found_by_either_form_of_its_domain() {
    let server = Server::start(http::HttpSettings::default()).await;
    for configured in ["münchen.example", "xn--mnchen-3ya.example"] {
        let tenants = vec![Tenant::new(configured, "München")];
        go_by(&server, Settings::new(tenants, HOST));
        for (asked, status) in [
            ("münchen.example", 200),
            ("MÜNCHEN.example", 200),
            ("m%c3%bcnchen.example", 200),
            ("mu\u{308}nchen.example", 200),
            ("münchen。example", 200),
            ("xn--mnchen-3ya.example", 200),
            ("XN--MNCHEN-3YA.EXAMPLE", 200),
            ("munchen.example", 404),
            ("xn--mnchen-3ya", 404),
            ("m%fcnchen.example", 400),
        ] {
            let answer = server.get(&format!("/api/v1/tenants/{asked}")).await;
            assert_eq!(answer.status(), status, "{asked} of {configured}");
            if status == 200 {
                let told: Value = answer.json().await.unwrap();
                assert_eq!(told["name"], "München", "{asked}");
            }
        }
    }
}
