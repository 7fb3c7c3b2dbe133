//! Tests of the page of a frame: the pages that may contain it, and its permissions there.

use postern_server::http;
use reqwest::{Method, Response};
use serde_json::Value;

use super::{OTHERS, PORTAL, go_by, header, settings, site, told};
use crate::support::server::Server;

/// The sources that a policy permits to contain the page.
fn ancestors(page: &Response) -> Vec<&str> {
    let policy = header(page, "content-security-policy").unwrap();
    let mut directives = policy.split("; ");
    let found = directives.find_map(|it| it.strip_prefix("frame-ancestors "));
    assert!(
        directives.all(|it| !it.starts_with("frame-ancestors")),
        "{policy}"
    );
    found.unwrap().split(' ').collect()
}

#[tokio::test]
async fn a_frame_is_contained_by_the_portals_of_the_tenant_that_is_named_and_by_no_other_page() {
    let site = site();
    let server = Server::with_site(http::HttpSettings::default(), &site).await;
    let mut settings = settings();
    settings.tenants[0]
        .portals
        .push("http://localhost:3000".into());
    settings.tenants[0].domains.push("contoso.test".into());
    go_by(&server, settings);
    let both = [PORTAL, "http://localhost:3000"];
    for (tenant, sources) in [
        ("contoso.example", &both[..]),
        ("Contoso.EXAMPLE%20", &both),
        ("contoso.test", &both),
        ("bank.contoso.example", &[OTHERS]),
        ("clinic.contoso.example", &["'none'"]),
        ("nowhere.example", &["'none'"]),
        ("", &["'none'"]),
        ("*", &["'none'"]),
        ("contoso.example;script-src%20*", &["'none'"]),
    ] {
        let page = server.get(&format!("/embed/frame?tenant={tenant}")).await;
        assert_eq!(page.status(), 200, "{tenant}");
        assert_eq!(ancestors(&page), sources, "{tenant}");
    }
    for path in [
        "/",
        "/frame.html",
        "/embed/postern.js",
        "/embed/frame",
        "/healthz",
    ] {
        assert_eq!(ancestors(&server.get(path).await), ["'none'"], "{path}");
    }
}

#[tokio::test]
async fn a_frame_is_the_page_with_its_policy_kept_nowhere_and_may_do_what_a_code_and_the_help_ask()
{
    let site = site();
    let server = Server::with_site(http::HttpSettings::default(), &site).await;
    go_by(&server, settings());
    let path = "/embed/frame?tenant=contoso.example";
    let request = server.request(Method::GET, path);
    let page = request.header("If-None-Match", "*").send().await.unwrap();
    assert_eq!(page.status(), 200);
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(header(&page, name), Some(value), "{name}");
    }
    assert_eq!(header(&page, "etag"), None);
    assert_eq!(told(&page), [""; 0]);
    let policy = header(&page, "content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; report-uri "),
        "{policy}"
    );
    // Of two headers with the same name the last one applies.
    let lines = page.headers().get_all("permissions-policy").iter();
    let lines: Vec<&str> = lines.map(|line| line.to_str().unwrap()).collect();
    assert_eq!(
        lines.join(", "),
        "camera=(), clipboard-write=(), otp-credentials=(self), clipboard-write=(self)"
    );
    assert_eq!(page.text().await.unwrap(), "<p>Framed</p>");
}

#[tokio::test]
async fn a_frame_names_its_tenant_and_is_not_there_without_its_page() {
    let with = site();
    let server = Server::with_site(http::HttpSettings::default(), &with).await;
    for path in ["/embed/frame", "/embed/frame?domain=contoso.example"] {
        let refused = server.get(path).await;
        assert_eq!(refused.status(), 400, "{path}");
        let problem: Value = refused.json().await.unwrap();
        assert_eq!(problem["type"], "about:blank");
    }
    let posted = server.request(Method::POST, "/embed/frame?tenant=contoso.example");
    assert_eq!(posted.send().await.unwrap().status(), 405);
    let server = Server::start(http::HttpSettings::default()).await;
    let missing = server.get("/embed/frame?tenant=contoso.example").await;
    assert_eq!(missing.status(), 404);
}
