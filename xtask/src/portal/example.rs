//! The example portal, `examples/portal`, as npm and Vite build it. The build uses a copy under the
//! target directory, without any other file of the repository except the package that a Postern
//! serves. That is the situation of people who copy the example. Nothing is installed among the
//! sources.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    finish::embed::SHIM,
    package,
    page::{self, WIZARD},
    setup, shell, workspace,
};

const EXAMPLE: &str = "examples/portal";
/// The file of the element's package, as the example's `package.json` names it.
const PACKAGE: &str = "postern-reset.tgz";
/// Folders that `npm` and `vite` create in the example. They are neither copied nor removed.
const MADE: [&str; 2] = ["node_modules", "dist"];
/// The variable with Postern's origin. Without it the example uses its `.env`.
const ORIGIN: &str = "POSTERN_ORIGIN";

/// The folder of the built example, with the Postern that its `.env` names.
pub(crate) fn site() -> PathBuf {
    workspace::target().join("site/portal")
}

/// Builds the example into a folder.
///
/// # Errors
/// When npm is missing, or Vite reports an error.
pub(crate) fn build(site: &Path, postern: Option<&str>) -> Result<()> {
    let mut build = npm("build")?;
    if let Some(origin) = postern {
        build.env(ORIGIN, origin);
    }
    build.args(["--", "--logLevel", "warn", "--emptyOutDir", "--outDir"]);
    shell::run(build.arg(site))
}

/// Checks the example with the TypeScript compiler.
///
/// # Errors
/// When the compiler reports errors, which are in the message. Also when npm is missing.
pub(crate) fn check() -> Result<String> {
    let said = shell::read(&mut npm("check")?)?;
    Ok(format!("{EXAMPLE} compiles{said}"))
}

/// One of the example's own scripts, with everything that it needs.
fn npm(script: &str) -> Result<Command> {
    let folder = workspace::target().join("portal");
    renew(&workspace::root().join(EXAMPLE), &folder)
        .with_context(|| format!("could not copy {EXAMPLE}"))?;
    let tarball = packed()?;
    fs::copy(&tarball, folder.join(PACKAGE))
        .with_context(|| format!("could not copy {}", tarball.display()))?;
    setup::portal(&folder, PACKAGE)?;
    let mut npm = shell::command("npm");
    npm.args(["run", "--silent", script]).current_dir(folder);
    Ok(npm)
}

/// The packed package of the wizard that was built last. Builds the wizard if there is none.
fn packed() -> Result<PathBuf> {
    let site = WIZARD.site();
    if !site.join(SHIM).is_file() {
        page::build(&WIZARD)?;
    }
    package::write(&site, &package::folder())
}

/// Makes a folder a copy of another.
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

    use super::{EXAMPLE, PACKAGE, workspace};
    use crate::finish;

    #[test]
    fn the_lock_file_names_no_registry() {
        let lock = workspace::root().join(EXAMPLE).join("package-lock.json");
        let lock = fs::read_to_string(lock).expect("the example has a lock file");
        assert!(lock.contains("\"integrity\""));
        let resolved: Vec<&str> = lock
            .lines()
            .filter(|line| line.contains("\"resolved\""))
            .map(str::trim)
            .collect();
        assert_eq!(resolved, [format!("\"resolved\": \"file:{PACKAGE}\",")]);
    }

    #[test]
    fn what_is_copied_needs_nothing_of_the_repository() {
        let example = workspace::root().join(EXAMPLE);
        for file in finish::files(&example).expect("the example is there") {
            let path = example.join(&file);
            let is_made = ["node_modules/", "dist/"]
                .iter()
                .any(|made| file.starts_with(made));
            // Binary files name no other files.
            let Some(text) = fs::read_to_string(&path).ok().filter(|_| !is_made) else {
                continue;
            };
            // The README describes the repository around the example.
            assert!(file == "README.md" || !text.contains("../../"), "{file}");
        }
    }
}
