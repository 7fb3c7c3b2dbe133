//! Runs other programs: finds them, starts them and reads their output. Tools that the set-up
//! installed under the target directory come before those of the machine.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// A command that runs at the top of the repository, with our tools first in its path.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace::root()).env("PATH", path());
    command
}

/// The same Cargo that runs this program.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments);
    cargo
}

/// Runs a command and shows its output.
///
/// # Errors
/// When it cannot be started, or ends with a status other than 0.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("could not start {}", describe(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", describe(command));
    }
    Ok(())
}

/// Runs a command and returns what it wrote to standard output.
///
/// # Errors
/// When it cannot be started, ends with a status other than 0, or does not write UTF-8.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("could not start {}", describe(command)))?;
    if !output.status.success() {
        bail!("{} ended with {}", describe(command), output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("{} did not write UTF-8", describe(command)))
}

/// Passes `input` to a command, and returns its output.
///
/// # Errors
/// As for [`read`].
pub(crate) fn filter(command: &mut Command, input: &str) -> Result<String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {}", describe(command)))?;
    let mut stdin = child
        .stdin
        .take()
        .context("the child's input was asked for")?;
    stdin.write_all(input.as_bytes())?;
    drop(stdin);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("{} ended with {}", describe(command), output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("{} did not write UTF-8", describe(command)))
}

/// Writes a script that calls a subcommand of this program, for a program that calls another one by
/// its path alone.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn script(path: &Path, xtask: &Path, subcommand: &str) -> Result<()> {
    let text = format!(
        "#!/bin/sh\nexec '{}' {subcommand} -- \"$@\"\n",
        xtask.display()
    );
    fs::write(path, text).with_context(|| format!("could not write {}", path.display()))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("could not make {} a program", path.display()))
}

/// The output of `program --version`. `None` if there is no such program.
pub(crate) fn version(program: &str) -> Option<String> {
    says(command(program).arg("--version"))
}

/// The output of a command. `None` if it cannot be started or fails.
pub(crate) fn says(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    String::from_utf8(output.stdout)
        .ok()
        .filter(|_| output.status.success())
}

/// Whether a program can be found.
pub(crate) fn has(program: &str) -> bool {
    find(program).is_some()
}

/// The path of a program.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&path())
        .map(|directory| directory.join(program))
        .find(|path| path.is_file())
}

/// The command in the form that a person would type.
pub(crate) fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(program).chain(command.get_args());
    words
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The search path: our tools, then the machine's.
pub(crate) fn path() -> OsString {
    let tools = workspace::tools();
    let mut directories = vec![tools.join("bin"), tools.join("npm/node_modules/.bin")];
    directories.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    env::join_paths(directories.iter().map(PathBuf::as_path)).unwrap_or_default()
}
