//! Programs from crates.io, installed into the target directory. `cargo-binstall` fetches a binary
//! if it is available and finds one. Otherwise the program is compiled.

use anyhow::{Context, Result, bail};

use super::installing::installing;
use crate::{shell, workspace};

/// A program in one version.
pub(super) struct CargoTool<'a> {
    pub(super) package: &'a str,
    pub(super) program: &'a str,
    pub(super) version: &'a str,
    /// Whether to use the package's own lock file.
    pub(super) locked: bool,
}

impl CargoTool<'_> {
    /// Installs the program unless this version is on the path.
    pub(super) fn ensure(&self) -> Result<()> {
        if self.is_here() {
            return Ok(());
        }
        installing(&format!("{} {}", self.package, self.version), || {
            if shell::has("cargo-binstall") && self.download().is_ok() && self.is_here() {
                Ok(())
            } else {
                self.build()
            }
        })?;
        if !self.is_here() {
            bail!(
                "{} {} was installed, but `{} --version` reports another version",
                self.package,
                self.version,
                self.program
            );
        }
        Ok(())
    }

    fn is_here(&self) -> bool {
        // A Cargo extension is called as Cargo calls it, since some do not answer otherwise.
        let version = match self.program.strip_prefix("cargo-") {
            Some(name) => shell::says(shell::command(self.program).args([name, "--version"])),
            None => shell::version(self.program),
        };
        version.is_some_and(|text| text.split_whitespace().any(|word| word == self.version))
    }

    fn download(&self) -> Result<()> {
        let tool = format!("{}@{}", self.package, self.version);
        let disabled = [
            "--disable-strategies",
            "compile",
            "--no-confirm",
            "--disable-telemetry",
        ];
        shell::run(
            shell::cargo(&["binstall", &tool])
                .args(disabled)
                .arg("--root")
                .arg(workspace::tools()),
        )
    }

    fn build(&self) -> Result<()> {
        let mut cargo =
            shell::cargo(&["install", self.package, "--version", self.version, "--root"]);
        cargo.arg(workspace::tools());
        if self.locked {
            cargo.arg("--locked");
        }
        let build = workspace::tools().join("build");
        // Tools run for seconds, so the time to compile them matters most.
        cargo
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
        let result = shell::run(&mut cargo);
        if build.is_dir() {
            // The folder has half a gigabyte or more that no later tool uses.
            std::fs::remove_dir_all(&build)
                .with_context(|| format!("could not remove {}", build.display()))?;
        }
        result
    }
}

/// The version of a package in `Cargo.lock`.
///
/// # Errors
/// When the lock file is missing or does not name the package.
pub(super) fn locked_version(package: &str) -> Result<String> {
    let path = workspace::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path)
        .with_context(|| format!("could not read {}", path.display()))?;
    version_in(&lock, package)
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock does not name {package}"))
}

fn version_in<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, after) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    after.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn the_version_is_that_of_the_package_itself_and_not_of_one_with_a_longer_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm"), None);
    }
}
