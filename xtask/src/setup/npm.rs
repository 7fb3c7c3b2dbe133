//! Programs and scripts from npm, each with a pinned version, in one folder under the target
//! directory. Also installs the packages of a folder's lock file.

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

/// The lock file of a folder, and the copy of it that is kept after everything in it is installed.
const LOCK: &str = "package-lock.json";
const INSTALLED: &str = "node_modules/.installed-lock.json";

/// Installs the packages in the lock file of a folder, and the packed package beside it, unless
/// they are installed already.
pub(super) fn ensure_locked(folder: &Path, package: &str) -> Result<()> {
    let (lock, installed) = (folder.join(LOCK), folder.join(INSTALLED));
    let mut wanted = fs::read(&lock).with_context(|| format!("{} is missing", lock.display()))?;
    // The lock file does not identify the packed package, so its digest is added.
    let packed = fs::read(folder.join(package))
        .with_context(|| format!("{} has no {package}", folder.display()))?;
    wanted.extend(Sha256::digest(packed));
    if fs::read(&installed).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    installing("the packages of the example portal", || {
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

/// The folder of all packages.
pub(super) fn packages() -> PathBuf {
    workspace::tools().join("npm/node_modules")
}

impl NpmPackage {
    /// Installs the package unless this version is installed.
    pub(super) fn ensure(&self) -> Result<()> {
        if self.installed_version().as_deref() == Some(self.version) {
            return Ok(());
        }
        let Self { name, version } = self;
        installing(&format!("{name} {version}"), || {
            let npm = workspace::tools().join("npm");
            fs::create_dir_all(&npm)?;
            let mut install = shell::command("npm");
            // No package needs its install scripts, so none may run.
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

    /// The folder of the package, which may not exist yet.
    pub(super) fn directory(&self) -> PathBuf {
        packages().join(self.name)
    }

    fn installed_version(&self) -> Option<String> {
        let manifest = fs::read(self.directory().join("package.json")).ok()?;
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).ok()?;
        Some(manifest["version"].as_str()?.to_owned())
    }
}
