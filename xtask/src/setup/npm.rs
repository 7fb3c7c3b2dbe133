//! Programs and scripts that come from npm, each pinned, in one folder under the target directory;
//! and what a lock file names, beside it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use sha2::{Digest, Sha256};

use super::installing::installing;
use crate::{shell, workspace};

/// A package in one version.
pub(super) struct NpmPackage {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

/// The lock file of a folder, and what is kept of it once all that it names is installed.
const LOCK: &str = "package-lock.json";
const INSTALLED: &str = "node_modules/.installed-lock.json";

/// Installs what the lock file of a folder names, the packed package beside it too, unless that is
/// there.
pub(super) fn ensure_locked(folder: &Path, package: &str) -> Result<()> {
    let (lock, installed) = (folder.join(LOCK), folder.join(INSTALLED));
    let mut wanted = fs::read(&lock).with_context(|| format!("{} is missing", lock.display()))?;
    // The lock file does not say which package that is: its content does.
    let packed = fs::read(folder.join(package))
        .with_context(|| format!("{} has no {package}", folder.display()))?;
    wanted.extend(Sha256::digest(packed));
    if fs::read(&installed).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    installing("what the example portal is built with", || {
        let mut install = shell::command("npm");
        install.args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel",
            "error",
        ]);
        shell::run(install.current_dir(folder))?;
        Ok(fs::write(&installed, wanted)?)
    })
}

/// Where all packages are.
pub(super) fn packages() -> PathBuf {
    workspace::tools().join("npm/node_modules")
}

impl NpmPackage {
    /// Installs the package unless this version is there.
    pub(super) fn ensure(&self) -> Result<()> {
        if self.installed_version().as_deref() == Some(self.version) {
            return Ok(());
        }
        let Self { name, version } = self;
        installing(&format!("{name} {version}"), || {
            let npm = workspace::tools().join("npm");
            fs::create_dir_all(&npm)?;
            let mut install = shell::command("npm");
            // None of them needs its install scripts, so none gets to run one.
            install.args([
                "install",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel",
                "error",
                "--save-exact",
            ]);
            shell::run(
                install
                    .arg("--prefix")
                    .arg(npm)
                    .arg(format!("{name}@{version}")),
            )
        })
    }

    /// Where the package is, or will be.
    pub(super) fn directory(&self) -> PathBuf {
        packages().join(self.name)
    }

    fn installed_version(&self) -> Option<String> {
        let manifest = fs::read(self.directory().join("package.json")).ok()?;
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).ok()?;
        Some(manifest["version"].as_str()?.to_owned())
    }
}
