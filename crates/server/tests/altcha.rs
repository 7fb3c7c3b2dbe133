//! The proof of work with ALTCHA's own library as the client.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::server::Server;
use serde_json::Value;

/// The place below the target directory where `cargo xtask` has installed the library.
const LIBRARY: &str = "tools/npm/node_modules/altcha-lib";

#[tokio::test(flavor = "multi_thread")]
async fn what_altchas_own_library_solves_and_sends_is_taken() {
    let server = Server::that_asks_work().await;
    let address = format!("http://{}", server.running.address);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/altcha.mjs");
    let mut command = Command::new("node");
    command.arg(script).arg(library()).arg(address);
    let ran = tokio::task::spawn_blocking(move || command.output()).await;
    let output = ran.expect("nothing panics").expect("node can be started");
    let told: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        panic!("{error}: {complaint}")
    });
    assert_eq!(told["status"], 201, "{told}");
    // The page never sends these members.
    let members = told["members"].as_array().expect("there are members");
    assert!(members.iter().any(|member| member == "time"), "{told}");
}

fn library() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let library = target.expect("it is in the target directory").join(LIBRARY);
    assert!(
        library.is_dir(),
        "altcha-lib is not installed: `cargo xtask test unit` installs it as {}",
        library.display()
    );
    library
}
