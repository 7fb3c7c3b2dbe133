//! The log of a stage: the output of its commands. It is kept in a file and shown only after a
//! failure.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
};

use anyhow::{Context, Result, bail};

use super::{programs::Ran, tally::Tally};
use crate::shell;

pub(super) struct Log {
    path: PathBuf,
    file: File,
    remarks: Vec<String>,
}

impl Log {
    pub(super) fn create(path: &Path) -> Result<Self> {
        fs::create_dir_all(path.parent().context("a log is in a directory")?)?;
        Ok(Self {
            path: path.to_owned(),
            file: File::create(path)?,
            remarks: Vec::new(),
        })
    }

    /// Adds a remark to the stage's own line.
    pub(super) fn remark(&mut self, remark: &str) {
        self.remarks.push(remark.to_owned());
    }

    /// The remarks for the stage's own line.
    pub(super) fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// The whole log so far.
    pub(super) fn text(&self) -> Result<String> {
        Ok(String::from_utf8_lossy(&fs::read(&self.path)?).into_owned())
    }

    /// Adds a line of our own.
    pub(super) fn note(&mut self, line: &str) -> Result<()> {
        Ok(writeln!(self.file, "{line}")?)
    }

    /// Adds a claim with its result, and counts it.
    pub(super) fn claim(&mut self, claim: &str, found: Result<String>) -> Result<Tally> {
        match found {
            Ok(found) => {
                self.note(&format!("ok: {claim}\n{found}"))?;
                Ok(Tally::SUCCESS)
            }
            Err(error) => {
                self.note(&format!("FAILED: {claim}\n{error:#}"))?;
                Ok(Tally::FAILURE)
            }
        }
    }

    /// Runs a command that must succeed.
    pub(super) fn check(&mut self, command: &mut Command) -> Result<()> {
        let (status, _) = self.run(command)?;
        if !status.success() {
            bail!("{} ended with {status}", shell::describe(command));
        }
        Ok(())
    }

    /// Runs a command, and returns what it wrote to standard output. Its errors go to the log.
    pub(super) fn read(&mut self, command: &mut Command) -> Result<(ExitStatus, String)> {
        self.note(&format!("$ {}", shell::describe(command)))?;
        command
            .env("CARGO_TERM_COLOR", "never")
            .stderr(self.file.try_clone()?);
        let output = command
            .output()
            .with_context(|| format!("could not start {}", shell::describe(command)))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok((output.status, text))
    }

    /// Runs a command that runs tests, and counts them. If it fails without a failed test, that
    /// counts as a failure.
    pub(super) fn tests(
        &mut self,
        command: &mut Command,
        count: fn(&str) -> Tally,
    ) -> Result<Tally> {
        let (status, output) = self.run(command)?;
        let mut tally = count(&output);
        if !status.success() && tally.failed == 0 {
            self.note(&format!("{} ended with {status}", shell::describe(command)))?;
            tally += Tally::FAILURE;
        }
        Ok(tally)
    }

    /// Adds the output of a test program, and counts its tests. If it fails without a failed test,
    /// that counts as a failure.
    pub(super) fn program(&mut self, ran: &Ran) -> Result<Tally> {
        let Ran {
            name, output, took, ..
        } = ran;
        self.note(&format!("Running {name} ({took})\n{output}"))?;
        let mut tally = Tally::of_cargo(output);
        if !ran.is_success && tally.failed == 0 {
            self.note(&format!("FAILED: {name}"))?;
            tally += Tally::FAILURE;
        }
        Ok(tally)
    }

    fn run(&mut self, command: &mut Command) -> Result<(ExitStatus, String)> {
        self.note(&format!("$ {}", shell::describe(command)))?;
        let start = self.text()?.len();
        command
            .env("CARGO_TERM_COLOR", "never")
            .env("TERM", "dumb")
            .stdout(self.file.try_clone()?)
            .stderr(self.file.try_clone()?);
        let status = command
            .status()
            .with_context(|| format!("could not start {}", shell::describe(command)))?;
        let text = self.text()?;
        Ok((status, text.get(start..).unwrap_or_default().to_owned()))
    }
}
