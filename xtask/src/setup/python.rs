//! Packages of Python, in an environment of their own under the target directory.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{apt, installing};
use crate::shell;

/// The interpreter of an environment that has these packages, each with its version.
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
