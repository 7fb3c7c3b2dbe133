//! The production stage: the deployed server contains no development code, and accepts only
//! production configurations.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use anyhow::{Context, Result, ensure};

use super::{
    choice::Choice,
    left_out::LeftOut,
    log::Log,
    native::{self, Built, linted},
    tally::Tally,
};
use crate::{shell, workspace};

/// The parts that production leaves out: the cargo feature `development` of `postern-server`.
const DEVELOPMENT: LeftOut = LeftOut {
    sources: &[
        "crates/server/src/development",
        "crates/server/src/development.rs",
        "crates/world/src/contoso.rs",
    ],
    shared: &[
        "crates/engine/src",
        "crates/letters/src",
        "crates/locale/src",
        "crates/phone/src",
        "crates/protocol",
        "crates/server/migrations",
        // Errors of a configuration quote the comments of the example.
        "crates/server/postern.example.toml",
        "crates/server/src",
        "locales",
    ],
};

/// A valid configuration that production accepts. `key` is beside it.
const CONFIGURATION: &str = r#"public-url = "https://reset.contoso.example"
key = { file = "key" }
[store]
url = "sqlite://postern.sqlite"
[delivery.mail]
host = "localhost"
encryption = "none"
from = "reset@contoso.example"
[[tenants]]
domains = ["contoso.example"]
name = "Contoso"
[tenants.policy]
methods = ["email", "authenticator-code"]
"#;

/// The key of that configuration. It is random, since a key that is easy to guess is refused.
const KEY: &str = "8298b1ef6484c50ee74c8528ffc910f997f8ac7292fffa6c2e5c6a1759e9f484";

/// The exit code of clap for invalid arguments.
const USAGE: i32 = 2;

/// A check of the servers in this folder, as a claim that can fail.
type Check = fn(&Path) -> Result<String>;
const CHECKS: [(&str, Check); 5] = [
    (
        "production has no development code",
        production_has_no_development_code,
    ),
    (
        "production takes a configuration of production",
        production_takes_a_configuration_of_production,
    ),
    (
        "production refuses development",
        production_refuses_development,
    ),
    (
        "production refuses to write back to no directory",
        production_refuses_to_write_back_to_no_directory,
    ),
    (
        "production does not start without a configuration",
        production_does_not_start_without_a_configuration,
    ),
];

pub(super) fn run(log: &mut Log, _: Choice) -> Result<Tally> {
    let folder = workspace::target().join("stages/production");
    fs::create_dir_all(&folder)?;
    // One build would overwrite the other.
    fs::copy(program(log, &[])?, folder.join("development"))?;
    fs::copy(server(log)?, folder.join("production"))?;
    let mut tally = Tally::default();
    for (claim, check) in CHECKS {
        tally += log.claim(claim, check(&folder))?;
    }
    Ok(tally)
}

/// The features of production: the server without its default ones, and the crates below it as in
/// every other build, so that none of them is built again.
pub(super) const FEATURES: [&str; 3] = [
    "--no-default-features",
    "--features",
    "postern-phone/default,postern-protocol/default",
];

/// Builds the production server without optimisation.
pub(super) fn server(log: &mut Log) -> Result<PathBuf> {
    program(log, &FEATURES)
}

fn program(log: &mut Log, features: &[&str]) -> Result<PathBuf> {
    build(log, features)?;
    Ok(workspace::target().join("debug/postern-server"))
}

/// Builds the server within the whole workspace. For a single package Cargo would choose other
/// features of third-party crates, and rebuild most of them. Our own crates have the same features
/// either way.
pub(super) fn build(log: &mut Log, features: &[&str]) -> Result<Built> {
    let server = [
        "build",
        "--locked",
        "--workspace",
        "--bin",
        "postern-server",
    ];
    let mut server = linted(&server)?;
    server.args(features);
    native::build(log, server)
}

fn production_has_no_development_code(folder: &Path) -> Result<String> {
    DEVELOPMENT.proof(&folder.join("development"), &folder.join("production"))
}

fn production_takes_a_configuration_of_production(folder: &Path) -> Result<String> {
    let output = check_config(folder, CONFIGURATION)?;
    ensure!(
        output.status.success(),
        "the program says {}",
        said(&output)
    );
    Ok(said(&output))
}

fn production_refuses_development(folder: &Path) -> Result<String> {
    let output = check_config(folder, &format!("development = true\n{CONFIGURATION}"))?;
    let refusal = "postern.toml:1:15: this build has no development mode";
    ensure!(
        !output.status.success() && said(&output).contains(refusal),
        "the program says {}",
        said(&output)
    );
    Ok(said(&output))
}

fn production_refuses_to_write_back_to_no_directory(folder: &Path) -> Result<String> {
    let name = "name = \"Contoso\"\n";
    let deployed = format!("{name}write-back = \"deployed\"\n");
    let output = check_config(folder, &CONFIGURATION.replace(name, &deployed))?;
    let refusal = "needs a directory";
    ensure!(
        !output.status.success() && said(&output).contains(refusal),
        "the program says {}",
        said(&output)
    );
    Ok(said(&output))
}

fn production_does_not_start_without_a_configuration(folder: &Path) -> Result<String> {
    let mut server = shell::command(folder.join("production"));
    let output = server.current_dir(folder).env_remove("POSTERN_CONFIG");
    let output = output.output().context("the program cannot be started")?;
    ensure!(
        output.status.code() == Some(USAGE) && said(&output).contains("--config FILE"),
        "the program says {}",
        said(&output)
    );
    Ok(said(&output))
}

fn check_config(folder: &Path, text: &str) -> Result<Output> {
    fs::write(folder.join("key"), KEY)?;
    fs::write(folder.join("postern.toml"), text)?;
    let mut server = shell::command(folder.join("production"));
    server.current_dir(folder);
    let output = server.args(["check-config", "--config", "postern.toml"]);
    output.output().context("the program cannot be started")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}
