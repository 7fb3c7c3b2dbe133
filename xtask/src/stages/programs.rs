//! Runs the test programs that Cargo has built in parallel. Many of them wait, and Cargo itself
//! runs one after the other.

use std::{
    collections::VecDeque,
    fs,
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
    thread,
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{shell, stopwatch::Stopwatch, workspace};

/// The number of cores in CI. A program itself runs two tests at a time there.
const AT_ONCE: usize = 2;

/// A test program, and the folder of its package, which is its working directory.
pub(super) struct Program {
    path: PathBuf,
    package: PathBuf,
}

/// The output of a program, and whether it succeeded.
pub(super) struct Ran {
    pub(super) name: String,
    pub(super) output: String,
    /// The duration of the run, in words.
    pub(super) took: String,
    pub(super) is_success: bool,
}

/// Builds the test programs that `cargo test` would run, the largest first, since those take
/// longest.
///
/// # Errors
/// When compilation fails.
pub(super) fn build(test: &mut Command) -> Result<Vec<Program>> {
    test.args(["--no-run", "--message-format", "json-render-diagnostics"]);
    let messages = shell::read(test)?;
    let mut programs: Vec<(u64, Program)> = Vec::new();
    for line in messages.lines() {
        let message: Value = serde_json::from_str(line).context("Cargo wrote no JSON")?;
        if let Some(program) = program(&message) {
            programs.push((fs::metadata(&program.path)?.len(), program));
        }
    }
    programs.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    Ok(programs.into_iter().map(|(_, program)| program).collect())
}

/// The test program that a message of Cargo describes, if it describes one.
fn program(message: &Value) -> Option<Program> {
    if message["profile"]["test"] != true {
        return None;
    }
    let manifest = PathBuf::from(message["manifest_path"].as_str()?);
    Some(Program {
        path: message["executable"].as_str()?.into(),
        package: manifest.parent()?.to_owned(),
    })
}

/// Runs all programs, and passes the result of each to `report`. A failure does not stop the run.
///
/// # Errors
/// When a program cannot be started.
pub(super) fn run(
    programs: Vec<Program>,
    report: impl FnMut(Ran) -> Result<()> + Send,
) -> Result<()> {
    let (waiting, report) = (Mutex::new(VecDeque::from(programs)), Mutex::new(report));
    let next = || {
        waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
    };
    let worker = || -> Result<()> {
        while let Some(program) = next() {
            let ran = program.run()?;
            (report.lock().unwrap_or_else(PoisonError::into_inner))(ran)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
}

impl Program {
    fn run(&self) -> Result<Ran> {
        let within = self.path.strip_prefix(workspace::target());
        let name = within.unwrap_or(&self.path).display().to_string();
        let mut command = shell::command(&self.path);
        command
            .current_dir(&self.package)
            .env("CARGO_MANIFEST_DIR", &self.package)
            .env("TERM", "dumb")
            .stdin(Stdio::null());
        let clock = Stopwatch::start();
        let output = command
            .output()
            .with_context(|| format!("could not start {name}"))?;
        let (out, errors) = (&output.stdout, &output.stderr);
        Ok(Ran {
            name,
            output: [out, errors].map(|it| String::from_utf8_lossy(it)).concat(),
            took: clock.to_string(),
            is_success: output.status.success(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::program;

    #[test]
    fn of_what_cargo_builds_only_test_programs_are_run() {
        let artifact = |test: bool, executable: Option<&str>| {
            json!({
                "reason": "compiler-artifact", "manifest_path": "/here/crates/engine/Cargo.toml",
                "profile": { "test": test }, "executable": executable,
            })
        };
        let found = program(&artifact(true, Some("/here/target/debug/deps/engine-1")));
        let found = found.expect("it is one");
        assert_eq!(found.package.to_str(), Some("/here/crates/engine"));
        assert!(program(&artifact(false, Some("/here/target/debug/server"))).is_none());
        assert!(program(&artifact(true, None)).is_none());
        assert!(program(&json!({ "reason": "build-finished", "success": true })).is_none());
    }
}
