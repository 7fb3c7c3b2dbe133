//! Runs the test programs that Cargo has built in parallel. Many of them wait, and Cargo itself
//! runs one after the other.

use std::{
    collections::VecDeque,
    path::PathBuf,
    process::Stdio,
    sync::{Mutex, PoisonError},
    thread,
};

use anyhow::{Context, Result};

use crate::{shell, stopwatch::Stopwatch, workspace};

/// The number of cores in CI. A program itself runs two tests at a time there.
const AT_ONCE: usize = 2;

/// A test program, and the folder of its package, which is its working directory.
pub(super) struct Program {
    pub(super) path: PathBuf,
    pub(super) package: PathBuf,
}

/// The output of a program, and whether it succeeded.
pub(super) struct Ran {
    pub(super) name: String,
    pub(super) output: String,
    /// The duration of the run, in words.
    pub(super) took: String,
    pub(super) is_success: bool,
}

/// Runs all programs, and passes the result of each to `report`. A failure does not stop the run.
///
/// # Errors
/// When a program cannot be started.
pub(super) fn run<'a>(
    programs: impl Iterator<Item = &'a Program>,
    report: impl FnMut(Ran) -> Result<()> + Send,
) -> Result<()> {
    let (waiting, report) = (
        Mutex::new(programs.collect::<VecDeque<_>>()),
        Mutex::new(report),
    );
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
