//! Python packages, in a separate environment under the target directory.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::Result;

use super::{apt, installing::installing};
use crate::shell;

/// The interpreter of an environment with these packages, each with its version.
pub(super) fn ensure(environment: &Path, packages: &[&str]) -> Result<PathBuf> {
    apt::ensure(&[("python3", "python3-venv")])?;
    let interpreter = environment.join("bin/python3");
    installing(&packages.join(" "), || {
        shell::run(
            shell::command("python3")
                .args(["-m", "venv"])
                .arg(environment),
        )?;
        let mut pip = shell::command(&interpreter);
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]);
        shell::run(pip.args(packages))
    })?;
    Ok(interpreter)
}

/// Whether an environment has a module.
pub(super) fn has(environment: &Path, module: &str) -> bool {
    let mut python = shell::command(environment.join("bin/python3"));
    python.args(["-c", &format!("import {module}")]);
    let imported = python.stderr(Stdio::null()).status();
    imported.is_ok_and(|status| status.success())
}
