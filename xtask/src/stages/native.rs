//! The native build: every target of the workspace, with clippy in the place of the compiler. One
//! build serves lints and tests. `cargo clippy` would read all crates once more, third-party crates
//! included.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;

use super::{log::Log, programs::Program};
use crate::shell::{self, cargo};

/// The feature of the page with its offline demo.
pub(super) const DEMO: [&str; 2] = ["--features", "postern/demo"];

/// What a build made.
pub(super) struct Built {
    /// The test programs, the largest first, since those take longest.
    pub(super) programs: Vec<Program>,
    /// The number of warnings and errors, those of clippy included.
    pub(super) findings: usize,
}

/// The build of a run, which several stages use.
#[derive(Default)]
pub(super) struct Native(Mutex<Option<Arc<Built>>>);

impl Native {
    /// The result of the build. The first stage that asks for it runs it.
    ///
    /// # Errors
    /// When a crate does not compile.
    pub(super) fn built(&self, log: &mut Log) -> Result<Arc<Built>> {
        let built = self.0.lock();
        let mut built = built.map_err(|_| anyhow!("an earlier build was interrupted"))?;
        if let Some(built) = &*built {
            return Ok(built.clone());
        }
        let new = Arc::new(build(log, linted(&every_target(&[]))?)?);
        *built = Some(new.clone());
        Ok(new)
    }
}

/// The arguments of Cargo that build every target, benchmarks and examples included.
pub(super) fn every_target(features: &[&'static str]) -> Vec<&'static str> {
    let all = [
        "test",
        "--locked",
        "--workspace",
        "--all-targets",
        "--no-run",
    ];
    all.iter().chain(features).copied().collect()
}

/// Cargo with clippy in the place of the compiler, for our own crates.
///
/// # Errors
/// When the compiler does not say where it is.
pub(super) fn linted(arguments: &[&str]) -> Result<Command> {
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = shell::read(shell::command(compiler).args(["--print", "sysroot"]))?;
    let driver = Path::new(sysroot.trim()).join("bin/clippy-driver");
    let mut cargo = cargo(arguments);
    cargo.env("RUSTC_WORKSPACE_WRAPPER", driver);
    Ok(cargo)
}

/// Runs a build, with its warnings and errors in the log.
///
/// # Errors
/// When a crate does not compile.
pub(super) fn build(log: &mut Log, mut cargo: Command) -> Result<Built> {
    let (status, messages) = log.read(cargo.args(["--message-format", "json"]))?;
    let (mut programs, mut findings) = (Vec::new(), 0);
    for line in messages.lines() {
        let message: Value = serde_json::from_str(line).context("Cargo wrote no JSON")?;
        if let Some(finding) = finding(&message) {
            log.note(finding)?;
            findings += 1;
        }
        if let Some(program) = program(&message) {
            programs.push((fs::metadata(&program.path)?.len(), program));
        }
    }
    if !status.success() {
        bail!("{} ended with {status}", shell::describe(&cargo));
    }
    programs.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    Ok(Built {
        programs: programs.into_iter().map(|(_, program)| program).collect(),
        findings,
    })
}

/// A warning or an error in the compiler's own words, if the message has one.
fn finding(message: &Value) -> Option<&str> {
    let message = message.get("message")?;
    let level = message["level"].as_str()?;
    let is_finding = level == "warning" || level.starts_with("error");
    message["rendered"].as_str().filter(|_| is_finding)
}

/// The test program that a message describes, if it describes one. Benchmarks are none.
fn program(message: &Value) -> Option<Program> {
    let target = &message["target"];
    if message["profile"]["test"] != true || target["kind"][0] == "bench" {
        return None;
    }
    let manifest = PathBuf::from(message["manifest_path"].as_str()?);
    Some(Program {
        path: message["executable"].as_str()?.into(),
        package: manifest.parent()?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{finding, program};

    fn artifact(kind: &str, test: bool, executable: Option<&str>) -> Value {
        json!({
            "reason": "compiler-artifact", "manifest_path": "/here/crates/engine/Cargo.toml",
            "target": { "kind": [kind] }, "profile": { "test": test }, "executable": executable,
        })
    }

    #[test]
    fn of_what_cargo_builds_only_test_programs_are_run() {
        let path = Some("/here/target/debug/deps/engine-1");
        let found = program(&artifact("lib", true, path)).expect("it is one");
        assert_eq!(found.package.to_str(), Some("/here/crates/engine"));
        assert!(program(&artifact("bench", true, path)).is_none());
        assert!(program(&artifact("bin", false, path)).is_none());
        assert!(program(&artifact("lib", true, None)).is_none());
        assert!(program(&json!({ "reason": "build-finished", "success": true })).is_none());
    }

    #[test]
    fn a_warning_is_a_finding_and_a_note_is_none() {
        let said = |level: &str| {
            json!({
                "reason": "compiler-message",
                "message": { "level": level, "rendered": "unused variable" },
            })
        };
        for level in ["warning", "error", "error: internal compiler error"] {
            assert_eq!(finding(&said(level)), Some("unused variable"), "{level}");
        }
        assert_eq!(finding(&said("failure-note")), None);
        assert_eq!(finding(&artifact("lib", true, None)), None);
    }
}
