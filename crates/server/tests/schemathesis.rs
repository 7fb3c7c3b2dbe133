//! schemathesis makes up requests from the description of the API, good ones and bad ones, and
//! finds nothing wrong with what comes back.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::server::Server;
use postern_protocol::Started;
use postern_server::http::HttpSettings;
use reqwest::Method;
use serde_json::json;
use tempfile::TempDir;

/// Where `cargo xtask test` puts it: beside the folder that Cargo gives to tests.
const PROGRAM: &str = "schemathesis/bin/schemathesis";

/// The same requests on every run.
const SEED: &str = "20261121";

/// A run takes a tenth of it. One that hangs is ended.
const SECONDS_MAX: &str = "240";

/// Requests for each operation that are made up at random, beside those for each member and each
/// bound.
const EXAMPLES: &str = "60";

/// Each is made up requests for about an attempt of its own, so that what one ends is not the end
/// of the others.
const ABOUT_ATTEMPTS: [&str; 8] = [
    "look",
    "cancel",
    "choosePurpose",
    "startMethod",
    "prove",
    "setPassword",
    "unlock",
    "askForHelp",
];

/// A good request may be refused by the judge: 409 and 422. One may even be malformed, since a
/// number such as `1.0` is an integer to JSON Schema and none to us. An attempt that was left is
/// still there to say so, which is no use after free.
const CONFIG: &str = r#"
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "401", "404", "409", "422", "429"]
use_after_free.enabled = false

[parameters]
"path.domain" = "contoso.example"

[[operations]]
include-operation-id = "startAttempt"
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "409", "422", "429"]

[[operations]]
include-operation-id = "prove"
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "409", "422", "429"]

"#;

#[tokio::test]
async fn nothing_that_can_be_sent_is_answered_otherwise_than_described() {
    let server = Server::start(HttpSettings {
        openapi: true,
        ..HttpSettings::default()
    })
    .await;
    let directory = TempDir::new().expect("there is room for a file");
    let config = directory.path().join("schemathesis.toml");
    let mut text = CONFIG.to_owned();
    for operation in ABOUT_ATTEMPTS {
        let Started { attempt, token } = server.begin("ada@contoso.example").await;
        let id = attempt.id;
        if operation == "prove" {
            let codes = format!("/api/v1/attempts/{id}/codes");
            let request = server.request(Method::POST, &codes).bearer_auth(&token);
            let request = request.header("Idempotency-Key", "\"1\"");
            let sent = request.json(&json!({ "method": "email" })).send().await;
            assert_eq!(sent.expect("the server answers").status(), 200);
        }
        let written = writeln!(
            text,
            "[[operations]]\ninclude-operation-id = \"{operation}\"\nparameters = {{ \"path.id\" = \"{id}\" }}\nheaders = {{ Authorization = \"Bearer {token}\" }}"
        );
        written.expect("a string takes every write");
    }
    fs::write(&config, text).expect("a file can be written");
    let api = format!("http://{}/api/v1", server.running.address);
    let mut command = Command::new("timeout");
    command
        .args(["--kill-after=5", SECONDS_MAX])
        .arg(program())
        .current_dir(&directory)
        .arg("--config-file")
        .arg(&config)
        .args(["run", &format!("{api}/openapi.json"), "--url", &api])
        .args(["--seed", SEED, "--max-examples", EXAMPLES])
        .args(["--workers", "1", "--request-timeout", "20", "--no-color"]);
    let ran = tokio::task::spawn_blocking(move || command.output()).await;
    let output = ran.expect("nothing panics").expect("it can be started");
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    // It was let in: a run that is refused at every door finds nothing wrong either.
    let numbers = server.numbers().await.text().await;
    let numbers = numbers.expect("there are numbers");
    for (route, method, status) in [
        ("/api/v1/attempts", "POST", 201),
        ("/api/v1/attempts/{id}", "GET", 200),
        ("/api/v1/attempts/{id}/codes", "POST", 200),
        ("/api/v1/attempts/{id}/proofs", "POST", 422),
        ("/api/v1/tenants/{domain}", "GET", 200),
    ] {
        let line = format!("{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}}");
        assert!(numbers.contains(&line), "none of {line}\n{numbers}");
    }
}

fn program() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let program = target.expect("it is in the target directory").join(PROGRAM);
    assert!(
        program.is_file(),
        "schemathesis is not installed: `cargo xtask test unit` installs it as {}",
        program.display()
    );
    program
}
