//! The metrics in the format that Prometheus reads.

use std::io::Write;
use std::process::{Command, Stdio};

use postern_server::http::HttpSettings;
use reqwest::Method;

use crate::support::server::Server;

/// The output of `promtool check metrics` for a page: empty if names, types and help are correct.
fn remarks(page: &str) -> String {
    let mut child = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("promtool is there: `cargo xtask test` installs it");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(page.as_bytes()).expect("it reads");
    drop(stdin);
    let done = child.wait_with_output().expect("it ends");
    let said = [done.stdout, done.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert_eq!(done.status.success(), said.is_empty(), "{said}");
    said
}

#[tokio::test]
async fn prometheus_has_nothing_to_say_of_the_numbers() {
    let server = Server::start(HttpSettings::default()).await;
    let before = server.numbers().await.text().await.expect("a page");
    assert_eq!(remarks(&before), "");
    server.begin("ada@contoso.example").await;
    server.get("/readyz").await;
    server.get("/no/such/path").await;
    let challenge = server.request(Method::POST, "/api/v1/challenges").send();
    assert_eq!(challenge.await.expect("an answer").status(), 201);
    let page = server.numbers().await.text().await.expect("a page");
    // Other tests of this process may have counted the same events before: at least the numbers
    // differ.
    assert_ne!(page, before);
    assert_eq!(remarks(&page), "");
    // The tool finds a fault that exists.
    assert!(!remarks("some_total 1\n# TYPE some_total gauge\n").is_empty());
}
