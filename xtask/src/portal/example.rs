//! The example portal, `examples/portal`, as npm and Vite build it: in a copy under the target directory, so that nothing is installed
//! among the sources.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{setup, shell, workspace};

/// The example, and the declarations that it is typed by: both keep their places, as one names the other.
const EXAMPLE: &str = "examples/portal";
const DECLARATIONS: &str = "embed/npm";
/// What `npm` and `vite` make in the example; not ours to copy, and not to be thrown away.
const MADE: [&str; 2] = ["node_modules", "dist"];
/// Tells the example where Postern is; without it, what its `.env` says.
const ORIGIN: &str = "POSTERN_ORIGIN";

/// Where the built example is, with the Postern that its `.env` names.
pub(crate) fn site() -> PathBuf {
    workspace::target().join("site/portal")
}

/// Builds the example into a folder.
///
/// # Errors
/// When npm is not there, or Vite finds something.
pub(crate) fn build(site: &Path, postern: Option<&str>) -> Result<()> {
    let mut build = npm("build")?;
    if let Some(origin) = postern {
        build.env(ORIGIN, origin);
    }
    build.args(["--", "--logLevel", "warn", "--emptyOutDir", "--outDir"]);
    shell::run(build.arg(site))
}

/// Whether the compiler of TypeScript agrees with all of it.
///
/// # Errors
/// When it does not, with what it says; when npm is not there.
pub(crate) fn check() -> Result<String> {
    let said = shell::read(&mut npm("check")?)?;
    Ok(format!("{EXAMPLE} compiles{said}"))
}

/// One of the example's own scripts, with all that it needs.
fn npm(script: &str) -> Result<Command> {
    let copy = workspace::target().join("portal");
    for folder in [EXAMPLE, DECLARATIONS] {
        renew(&workspace::root().join(folder), &copy.join(folder))
            .with_context(|| format!("could not copy {folder}"))?;
    }
    let folder = copy.join(EXAMPLE);
    setup::portal(&folder)?;
    let mut npm = shell::command("npm");
    npm.args(["run", "--silent", script]).current_dir(folder);
    Ok(npm)
}

/// Makes a folder what another is.
fn renew(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        if is_made(&entry) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if is_made(&entry) {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            renew(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn is_made(entry: &fs::DirEntry) -> bool {
    MADE.iter().any(|made| entry.file_name() == *made)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{EXAMPLE, workspace};

    #[test]
    fn the_lock_file_names_no_registry() {
        let lock = workspace::root().join(EXAMPLE).join("package-lock.json");
        let lock = fs::read_to_string(lock).expect("the example has a lock file");
        assert!(lock.contains("\"integrity\""));
        assert!(!lock.contains("\"resolved\""));
    }
}
