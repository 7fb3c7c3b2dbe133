//! The documentation, written beside the tests of its examples. `cargo doc` would check all
//! third-party crates a second time, only to read what the build for tests has written already.

use std::{env, ffi::OsString, path::Path, process::Command};

use anyhow::{Context, Result};

use super::native::linted;
use crate::{shell, workspace};

/// The subcommand of xtask that takes the place of `rustdoc`.
pub(crate) const SUBCOMMAND: &str = "document";
/// The variable with the directory of the documentation.
const DIRECTORY: &str = "POSTERN_DOCUMENTATION";
/// Arguments of `rustdoc` for tests alone, and the number of their values.
const OF_TESTS: [(&str, usize); 2] = [("--test", 0), ("--test-run-directory", 1)];

/// The command that documents every library and runs its examples.
pub(super) fn command(xtask: &Path) -> Result<Command> {
    let script = workspace::target().join("stages/rustdoc");
    shell::script(&script, xtask, SUBCOMMAND)?;
    let mut cargo = linted(&["test", "--locked", "--workspace", "--no-fail-fast", "--doc"])?;
    cargo
        .env("RUSTDOC", script)
        .env(DIRECTORY, workspace::target().join("doc"));
    Ok(cargo)
}

/// Does what Cargo asks of `rustdoc`. For the examples of a crate, its documentation comes first.
///
/// # Errors
/// When the documentation has a warning, or an example fails.
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    // Paths in the arguments relate to the directory that Cargo has chosen.
    let directory = env::current_dir().context("there is no current directory")?;
    let rustdoc = || {
        let mut rustdoc = shell::command("rustdoc");
        rustdoc.current_dir(&directory);
        rustdoc
    };
    if let Some(documentation) = env::var_os(DIRECTORY)
        && arguments.iter().any(|argument| argument == "--test")
    {
        let mut documents = rustdoc();
        documents.args(without_tests(arguments));
        documents.args(["-D", "warnings", "--out-dir"]);
        shell::run(documents.arg(documentation))?;
    }
    shell::run(rustdoc().args(arguments))
}

fn without_tests(arguments: &[OsString]) -> Vec<&OsString> {
    let mut left = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match OF_TESTS.iter().find(|(name, _)| argument == name) {
            Some((_, values)) => arguments.by_ref().take(*values).for_each(drop),
            None => left.push(argument),
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::without_tests;

    #[test]
    fn documentation_has_every_argument_but_those_of_tests() {
        let asked = "--crate-name engine --test src/lib.rs --test-run-directory /here --cfg x";
        let asked: Vec<OsString> = asked.split(' ').map(OsString::from).collect();
        assert_eq!(
            without_tests(&asked),
            ["--crate-name", "engine", "src/lib.rs", "--cfg", "x"]
        );
    }
}
