//! System packages, installed with apt. Only root may install them; another user gets the command
//! to run.

use std::{os::unix::fs::MetadataExt, path::Path};

use anyhow::{Result, bail};

use super::installing::installing;
use crate::shell;

/// Installs packages whose program is not on the path. Takes pairs of program and package.
pub(super) fn ensure(programs: &[(&str, &str)]) -> Result<()> {
    install(
        programs
            .iter()
            .filter(|(program, _)| !shell::has(program))
            .map(|(_, package)| *package),
    )
}

/// Installs packages whose file does not exist. Takes pairs of file and package.
pub(super) fn ensure_files(files: &[(&str, &str)]) -> Result<()> {
    install(
        files
            .iter()
            .filter(|(file, _)| !Path::new(file).exists())
            .map(|(_, package)| *package),
    )
}

fn install<'a>(packages: impl Iterator<Item = &'a str>) -> Result<()> {
    let packages: Vec<&str> = packages.collect();
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    if !shell::has("apt-get") {
        bail!("this machine lacks these packages (the names are Debian's): {list}");
    }
    if !is_root() {
        bail!(
            "this machine lacks these packages: {list}\nrun: sudo apt-get update && sudo apt-get install --yes --no-install-recommends \
             {list}"
        );
    }
    installing(&list, || {
        shell::run(shell::command("apt-get").args(["update", "--quiet"]))?;
        let mut apt = shell::command("apt-get");
        apt.args(["install", "--yes", "--quiet", "--no-install-recommends"])
            .args(&packages);
        shell::run(apt.env("DEBIAN_FRONTEND", "noninteractive"))
    })
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}
