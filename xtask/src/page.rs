//! `cargo xtask build`: the page, by Trunk, as people get it. The production wizard and the demo
//! are the same page built twice; only the feature `demo` differs.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{package, setup, shell, stopwatch::Stopwatch, workspace};

pub(crate) mod linker;
mod panics;
mod which;

pub(crate) use which::Page;

/// Tells `finish-page`, which Trunk calls, which page it is about.
pub(crate) const PAGE_VARIABLE: &str = "POSTERN_PAGE";

const LINKER_VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER";
pub(crate) const RUSTFLAGS_VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Builds a page and returns its directory. The wizard's has the package of npm in it, which a
/// server hands out.
///
/// # Errors
/// When a tool cannot be installed, the build fails, or npm does not pack.
pub(crate) fn build(page: Page) -> Result<PathBuf> {
    setup::page()?;
    let clock = Stopwatch::start();
    let site = page.site();
    eprintln!("building the {} page to {}", page.name(), site.display());
    trunk_build(
        &workspace::root().join("Trunk.toml"),
        "postern",
        &site,
        page,
    )?;
    if page == Page::Wizard {
        // Trunk makes the folder anew: each build has to have it.
        package::put_into(&site)?;
    }
    eprintln!("built the {} page in {clock}", page.name());
    Ok(site)
}

/// Builds the page of any package of the workspace, from its own `Trunk.toml`.
///
/// # Errors
/// When Trunk fails.
pub(crate) fn trunk_build(config: &Path, package: &str, site: &Path, page: Page) -> Result<()> {
    fs::create_dir_all(site).with_context(|| format!("could not make {}", site.display()))?;
    // Trunk copies whatever lies here, and another page may have left its snippets.
    let bindings = workspace::target().join("wasm-bindgen");
    if bindings.is_dir() {
        fs::remove_dir_all(&bindings)
            .with_context(|| format!("could not clear {}", bindings.display()))?;
    }
    shell::run(&mut shell::cargo(&["fetch", "--quiet", "--locked"]))?;
    let mut trunk = shell::command("trunk");
    trunk.arg("--config").arg(config);
    // Everything is here by now: whatever is not must fail rather than be fetched in some other
    // version.
    trunk
        .args([
            "build",
            "--release",
            "--offline",
            "true",
            "--locked",
            "true",
            "--color",
            "never",
            "--dist",
        ])
        .arg(site);
    trunk.args(page.features());
    let path = env::join_paths(
        [cargo_for(package)?]
            .into_iter()
            .chain(env::split_paths(&shell::path())),
    )?;
    trunk
        .env("PATH", path)
        .env(RUSTFLAGS_VARIABLE, rustflags()?)
        .envs(linker_of(package)?)
        .env(PAGE_VARIABLE, page.name())
        .env("TRUNK_SKIP_VERSION_CHECK", "true");
    shell::run(&mut trunk)
}

/// Flags for the compiler, for the page alone.
///
/// Messages of panics name the source: by its package, not by where it lies on the machine that
/// built it. So every machine builds the same page, and a smaller one.
pub(crate) fn rustflags() -> Result<String> {
    let cargo_home = match env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => PathBuf::from(env::var_os("HOME").context("HOME is not set")?).join(".cargo"),
    };
    let mut prefixes = vec![workspace::root()];
    // One for each registry.
    for sources in fs::read_dir(cargo_home.join("registry/src"))
        .into_iter()
        .flatten()
    {
        prefixes.push(sources?.path());
    }
    let flags = prefixes
        .iter()
        .map(|prefix| format!("--remap-path-prefix={}/=", prefix.display()));
    Ok(flags.collect::<Vec<_>>().join(" "))
}

/// The package that is the wizard's page. Others are programs, which Cargo optimises as a whole by
/// itself.
const WIZARD: &str = "postern";

/// What has the page linked by [`linker`]; nothing for other packages.
fn linker_of(package: &str) -> Result<Option<(&'static str, PathBuf)>> {
    if package != WIZARD {
        return Ok(None);
    }
    let script = linker::script(&directory_for(package)?)?;
    Ok(Some((LINKER_VARIABLE, script)))
}

/// A directory of our own that only the build of that package sees.
fn directory_for(package: &str) -> Result<PathBuf> {
    let directory = workspace::tools().join("cargo-for").join(package);
    fs::create_dir_all(&directory)
        .with_context(|| format!("could not make {}", directory.display()))?;
    Ok(directory)
}

/// A directory with a `cargo` that builds one package only, and whose `xtask` is this program.
///
/// Trunk cannot name a package, so at the top of the workspace it would build all default members,
/// tools included, for wasm, and their features would leak into the page. The wizard is built as a
/// `cdylib` alone: beside an rlib, Cargo drops link-time optimisation without a word.
fn cargo_for(package: &str) -> Result<PathBuf> {
    let directory = directory_for(package)?;
    let build = if package == WIZARD {
        "rustc --lib --crate-type cdylib"
    } else {
        "build"
    };
    let script = directory.join("cargo");
    let program = env::current_exe().context("could not find this program")?;
    let text = format!(
        "#!/bin/sh\ncase \"$1\" in\nbuild) shift; exec \"$CARGO\" {build} --package {package} \"$@\" ;;\nxtask) shift; exec '{}' \"$@\" ;;\nesac\nexec \"$CARGO\" \"$@\"\n",
        program.display()
    );
    fs::write(&script, text)?;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
    Ok(directory)
}
