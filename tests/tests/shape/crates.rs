//! The arrows between crates that must never be.

use std::{collections::BTreeSet, path::Path, process::Command};

/// What a page is made of.
const PAGE: [&str; 6] = [
    "gloo-net",
    "js-sys",
    "leptos",
    "postern-kit",
    "wasm-bindgen",
    "web-sys",
];
/// What a service is made of.
const SERVICE: [&str; 4] = ["axum", "postern-server", "sqlx", "tokio"];

/// Crates, each with the crates that it must not depend on, itself or through others.
const NEVER: [(&str, &[&[&str]]); 4] = [
    ("postern-engine", &[&PAGE, &SERVICE, &["postern-host"]]),
    ("postern-host", &[&PAGE, &SERVICE]),
    ("postern-flow", &[&PAGE, &SERVICE]),
    ("postern-kit", &[&SERVICE, &["postern-flow"]]),
];

/// Each forbidden arrow that the manifests make.
pub(crate) fn forbidden(top: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for (package, never) in NEVER {
        let needed = needed_by(package, top);
        let never = never.iter().copied().flatten();
        found.extend(
            never
                .filter(|it| needed.contains(**it))
                .map(|it| format!("{package} → {it}")),
        );
    }
    found
}

/// The crates that a package needs in a page, itself or through others.
fn needed_by(package: &str, top: &Path) -> BTreeSet<String> {
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--locked", "--edges", "normal", "--prefix", "none"]);
    tree.args(["--target", "wasm32-unknown-unknown", "--package", package]);
    let output = tree.current_dir(top).output();
    let output = output.expect("cargo can be started");
    let listed = String::from_utf8(output.stdout).expect("names of crates are text");
    let names = listed.lines().filter_map(|line| line.split(' ').next());
    let names: BTreeSet<String> = names.map(str::to_owned).collect();
    assert!(names.contains(package), "cargo does not know {package}");
    names
}
