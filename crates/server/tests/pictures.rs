//! Tests of the organisations' pictures, as pages of the service and of portals receive them.

use std::io::Read;
use std::sync::Arc;

use crate::support::server::Server;
use crate::support::service::HOST;
use flate2::read::GzDecoder;
use postern_server::http;
use postern_server::logo::{Logo, Picture};
use postern_server::settings::Settings;
use postern_world::contoso;
use reqwest::{Method, Response};
use serde_json::Value;

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    let value = response.headers().get(name)?;
    Some(value.to_str().expect("it is ASCII"))
}

#[tokio::test]
async fn the_pictures_of_a_tenant_are_told_of_and_every_page_may_show_them() {
    const LIGHT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    const DARK: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" />";
    let server = Server::start(http::HttpSettings::default()).await;
    let mut settings = Settings::new(contoso::tenants(), HOST);
    let picture = |text: &'static str| Picture::of(text.into()).unwrap();
    let logo = Logo {
        light: picture(LIGHT),
        dark: Some(picture(DARK)),
    };
    settings.logos.insert(contoso::CONTOSO.into(), logo);
    server.running.judge.settings.store(Arc::new(settings));
    let of = async |domain: &str| -> Value {
        let told = server.get(&format!("/api/v1/tenants/{domain}")).await;
        told.json().await.unwrap()
    };
    let told = of("contoso.example").await;
    for (key, content) in [("logo_url", LIGHT), ("logo_dark_url", DARK)] {
        let address = told[key].as_str().unwrap();
        let path = address.strip_prefix("../../..").unwrap();
        let picture = server.get(path).await;
        assert_eq!(picture.status(), 200, "{key}");
        for (name, value) in [
            ("content-type", "image/svg+xml"),
            ("x-content-type-options", "nosniff"),
            ("access-control-allow-origin", "*"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("cache-control", "public, max-age=31536000, immutable"),
        ] {
            assert_eq!(header(&picture, name), Some(value), "{key}: {name}");
        }
        // A picture that is opened directly runs no script and fetches nothing.
        let policy = header(&picture, "content-security-policy").unwrap();
        for directive in ["default-src 'none'", "sandbox"] {
            assert!(policy.split("; ").any(|it| it == directive), "{policy}");
        }
        assert!(!policy.contains("script"), "{policy}");
        assert_eq!(picture.text().await.unwrap(), content);
    }
    let without = of("bank.contoso.example").await;
    assert_eq!(without.get("logo_url"), None);
    for name in ["nothing.svg", "..%2f..%2fetc%2fpasswd", ""] {
        let missing = server.get(&format!("/embed/logos/{name}")).await;
        assert_eq!(missing.status(), 404, "{name}");
    }
}

#[tokio::test]
async fn a_drawing_is_compressed_for_who_takes_it_so_and_a_photograph_never() {
    let server = Server::start(http::HttpSettings::default()).await;
    let paths = "<path d=\"M0 0h1v1z\"/>".repeat(100);
    let drawing = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{paths}</svg>");
    let light = Picture::of(drawing.clone().into()).unwrap();
    let dark = Picture::of([b"\x89PNG\r\n\x1a\n", &[0; 1000][..]].concat().into()).unwrap();
    let names = [&light, &dark].map(|picture| picture.name.clone());
    let mut settings = Settings::new(contoso::tenants(), HOST);
    let dark = Some(dark);
    settings
        .logos
        .insert(contoso::CONTOSO.into(), Logo { light, dark });
    server.running.judge.settings.store(Arc::new(settings));
    let mut tags = Vec::new();
    let varies = Some("accept-encoding");
    for (name, accepts, coding, vary) in [
        (&names[0], "gzip, br", Some("gzip"), varies),
        (&names[0], "br", None, varies),
        (&names[1], "gzip, br", None, None),
    ] {
        let asked = server.request(Method::GET, &format!("/embed/logos/{name}"));
        let answer = asked.header("accept-encoding", accepts).send().await;
        let answer = answer.unwrap();
        assert_eq!(header(&answer, "content-encoding"), coding, "{name}");
        assert_eq!(header(&answer, "vary"), vary, "{name}");
        tags.push(header(&answer, "etag").unwrap().to_owned());
        let body = answer.bytes().await.unwrap();
        if coding.is_some() {
            assert!(body.len() < drawing.len() / 4, "{} bytes", body.len());
            let mut plain = String::new();
            GzDecoder::new(&body[..])
                .read_to_string(&mut plain)
                .unwrap();
            assert_eq!(plain, drawing);
        }
    }
    assert_ne!(tags[0], tags[1]);
}
