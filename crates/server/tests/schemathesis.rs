//! schemathesis generates valid and invalid requests from the API description, and must find no
//! fault in the answers.

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

/// The place where `cargo xtask test` installs it: beside the folder that Cargo gives to tests.
const PROGRAM: &str = "schemathesis/bin/schemathesis";

/// The seed makes the requests the same on every run.
const SEED: &str = "20261121";

/// A normal run takes a tenth of this time. The test ends a run that hangs.
const SECONDS_MAX: &str = "240";

/// The number of random requests for each operation, in addition to those for each member and each
/// bound.
const EXAMPLES: &str = "60";

/// Each operation uses its own attempt, so that the end of one attempt does not end the others.
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

/// The judge may refuse a valid request: 409 and 422. A request may even be malformed, since a
/// number such as `1.0` is an integer for JSON Schema but not for the service. A cancelled attempt
/// still exists to report that, which is not a use after free.
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
    // Some requests were accepted: a run in which the service refuses everything would also find no
    // fault.
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
