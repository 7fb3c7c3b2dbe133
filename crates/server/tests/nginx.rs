//! Tests of the service behind a real nginx: under a path of a host with other content, and through
//! a proxy that reports nothing about its clients.

#![expect(
    clippy::unwrap_used,
    reason = "an answer that is not as it should be fails its test, and says why"
)]

use std::fs;

use crate::support::server::{Server, start};
use postern_peers::nginx::Nginx;
use postern_server::http::{ForwardedHeader, HttpSettings};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::Value;
use tempfile::TempDir;

/// A page that names its files relative to its own address, as ours does.
fn site() -> TempDir {
    let directory = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let head = |to_root: &str| {
        format!("<head><link rel=\"modulepreload\" href=\"{to_root}postern.js\"></head>")
    };
    write("index.html", &head("./"));
    write("frame.html", &head("../"));
    write("postern.js", "export {}");
    write("embed/postern.js", "export {}");
    write("embed/npm/postern-reset.tgz", "tarball");
    write(
        "_headers",
        "/*\n  Content-Security-Policy: default-src 'none'\n",
    );
    directory
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    let value = response.headers().get(name);
    value.map_or("", |value| value.to_str().unwrap())
}

/// A proxy that has the service under a path, beside other content of its host.
async fn under_a_path(upstream: &str, pass: &str) -> Nginx {
    Nginx::start(&format!(
        "location /portal/reset/ {{
            proxy_pass {pass};
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header Forwarded \"\";
        }}
        location = /.well-known/change-password {{ proxy_pass {upstream}; }}"
    ))
    .await
}

/// An attempt is found at the address that its beginning names.
async fn an_attempt_is_where_it_says(client: &Client, host: &str, key: &str) {
    let begun = client
        .post(format!("{host}/portal/reset/api/v1/attempts"))
        .header("Idempotency-Key", format!("\"{key:0>22}\""))
        .json(&start("ada@contoso.example"));
    let begun = begun.send().await.unwrap();
    assert_eq!(begun.status(), 201);
    let place = header(&begun, "location").to_owned();
    assert!(
        place.starts_with("/portal/reset/api/v1/attempts/"),
        "{place}"
    );
    let begun: Value = begun.json().await.unwrap();
    let look = client.get(format!("{host}{place}"));
    let look = look.bearer_auth(begun["token"].as_str().unwrap());
    let look: Value = look.send().await.unwrap().json().await.unwrap();
    assert_eq!(look["id"], begun["attempt"]["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_the_service_is_under_a_base_path() {
    let site = site();
    let settings = HttpSettings {
        base_path: "/portal/reset".to_owned(),
        trusted_proxies: vec!["127.0.0.1/32".parse().unwrap()],
        forwarded_header: Some(ForwardedHeader::XForwardedFor),
        ..HttpSettings::default()
    };
    let server = Server::with_site(settings, &site).await;
    let upstream = format!("http://{}", server.running.address);
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    // One proxy keeps the path in the forwarded request, and one removes it.
    for pass in [upstream.clone(), format!("{upstream}/")] {
        let nginx = under_a_path(&upstream, &pass).await;
        let host = nginx.url();
        let base = format!("{host}/portal/reset");
        let get = async |url: &str| client.get(url).send().await.unwrap();

        let page = get(&format!("{base}/?tenant=contoso.example")).await;
        assert_eq!(page.status(), 200, "{pass}");
        assert_eq!(header(&page, "link"), "<./postern.js>; rel=modulepreload");
        let policy = header(&page, "content-security-policy");
        assert!(
            policy.contains("report-uri /portal/reset/reports;"),
            "{policy}"
        );
        assert_eq!(
            header(&page, "reporting-endpoints"),
            "csp=\"/portal/reset/reports\""
        );
        for (path, status) in [
            ("/postern.js", 200),
            ("/embed/postern.js", 200),
            ("/embed/npm/postern-reset.tgz", 200),
            ("/embed/frame?tenant=contoso.example", 200),
            ("/embed/themes/contoso.example.css", 200),
            ("/api/v1/tenants/contoso.example", 200),
            ("/problems/code-wrong", 200),
            ("/healthz", 200),
            ("/readyz", 200),
            ("/metrics", 404),
            ("/nothing", 404),
        ] {
            let answer = get(&format!("{base}{path}")).await;
            assert_eq!(answer.status(), status, "{pass} {path}");
        }
        for url in [
            format!("{host}/.well-known/change-password"),
            format!("{base}/.well-known/change-password"),
        ] {
            let led = get(&url).await;
            assert_eq!(
                (led.status().as_u16(), header(&led, "location")),
                (303, "/portal/reset/")
            );
        }
        let report = client
            .post(format!("{base}/reports"))
            .header("Content-Type", "application/reports+json")
            .body("[]");
        assert_eq!(report.send().await.unwrap().status(), 204);

        an_attempt_is_where_it_says(&client, &host, &pass).await;
    }
    // The page's references are relative, so its address has to end with a slash.
    let slashless = format!("{upstream}/portal/reset?tenant=contoso.example");
    let led = client.get(slashless).send().await.unwrap();
    let location = header(&led, "location");
    assert_eq!(
        (led.status().as_u16(), location),
        (308, "/portal/reset/?tenant=contoso.example")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_of_this_machine_that_says_nothing_of_its_clients_opens_nothing_to_them() {
    let server = Server::start(HttpSettings::default()).await;
    let upstream = format!("http://{}", server.running.address);
    let numbers = server.running.metrics_address.unwrap();
    // Locations that lead to the separate metrics listener, and the client information of each.
    let named = [
        ("silent", ""),
        (
            "x-forwarded-for",
            "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
        ),
        ("forwarded", "proxy_set_header Forwarded for=$remote_addr;"),
        ("x-real-ip", "proxy_set_header X-Real-IP $remote_addr;"),
        (
            "x-forwarded-host",
            "proxy_set_header X-Forwarded-Host $host;",
        ),
        (
            "x-forwarded-proto",
            "proxy_set_header X-Forwarded-Proto $scheme;",
        ),
        ("via", "proxy_set_header Via \"1.1 nginx\";"),
    ];
    let to_numbers = named.map(|(name, said)| {
        // The server recognises all but the first by their content, not by their form.
        let version = if said.is_empty() {
            ""
        } else {
            "proxy_http_version 1.1;"
        };
        format!("location = /{name} {{ proxy_pass http://{numbers}/metrics; {version} {said} }}")
    });
    let nginx = Nginx::start(&format!(
        "location / {{ proxy_pass {upstream}; }} {}",
        to_numbers.concat()
    ))
    .await;
    let get = async |path: &str| {
        let answer = reqwest::get(format!("{}{path}", nginx.url())).await;
        answer.unwrap().status().as_u16()
    };
    assert_eq!(get("/healthz").await, 200);
    assert_eq!(get("/metrics").await, 404);
    assert_eq!(server.numbers().await.status(), 200);
    for (name, _) in named {
        let numbers = get(&format!("/{name}")).await;
        eprintln!("/metrics behind nginx that passes to its listener, {name}: {numbers}");
        assert_eq!(numbers, 404, "{name}");
    }
    // The development mailbox is also unavailable under another name.
    let client = Client::new();
    for (host, status) in [
        ("127.0.0.1", 200),
        ("localhost:8080", 200),
        ("mail.localhost", 200),
        ("[::1]:8080", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("192.0.2.1", 421),
    ] {
        let url = format!("{upstream}/development/mailbox");
        let asked = client.get(url).header("Host", host).send().await;
        assert_eq!(asked.unwrap().status(), status, "{host}");
    }
}
