//! `cargo xtask build`: builds the pages with Trunk, for deployment. The production wizard and the
//! demo are the same program, built twice; only the feature `demo` differs.

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

pub(crate) use which::{DEMO, PAGES, Page, WIZARD};

/// The variable that tells `finish-page`, which Trunk calls, which page it finishes.
pub(crate) const PAGE_VARIABLE: &str = "POSTERN_PAGE";

const LINKER_VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER";
pub(crate) const RUSTFLAGS_VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Builds all pages for production.
///
/// # Errors
/// When a tool cannot be installed, or a build fails.
pub(crate) fn build_all() -> Result<()> {
    Page::measured().try_for_each(|(page, _)| build(page).map(drop))
}

/// Builds a page and returns its directory. The directory of a page for portals contains the npm
/// package, which a server serves.
///
/// # Errors
/// When a tool cannot be installed, the build fails, or `npm pack` fails.
pub(crate) fn build(page: &Page) -> Result<PathBuf> {
    setup::page()?;
    let clock = Stopwatch::start();
    let site = page.site();
    eprintln!("building the {} page to {}", page.name, site.display());
    let recipe = Recipe {
        package: page.package,
        trunk: page.trunk,
        features: page.features,
    };
    trunk_build(&recipe, &site, page.name)?;
    if page.is_embedded {
        // Trunk recreates the folder, so each build must add the package again.
        package::put_into(&site)?;
    }
    eprintln!("built the {} page in {clock}", page.name);
    Ok(site)
}

/// What Trunk builds a page from.
pub(crate) struct Recipe<'a> {
    /// The package of the workspace.
    pub(crate) package: &'a str,
    /// Its Trunk file, from the top of the repository.
    pub(crate) trunk: &'a str,
    /// The features of the package.
    pub(crate) features: &'a [&'a str],
}

/// Builds the page of any package of the workspace, from its own Trunk file. `name` tells
/// `finish-page` which page it finishes, if the Trunk file calls it.
///
/// # Errors
/// When Trunk fails.
pub(crate) fn trunk_build(recipe: &Recipe<'_>, site: &Path, name: &str) -> Result<()> {
    fs::create_dir_all(site).with_context(|| format!("could not make {}", site.display()))?;
    // Trunk copies everything in this folder, and another page may have left snippets there.
    let bindings = workspace::target().join("wasm-bindgen");
    if bindings.is_dir() {
        fs::remove_dir_all(&bindings)
            .with_context(|| format!("could not clear {}", bindings.display()))?;
    }
    shell::run(&mut shell::cargo(&["fetch", "--quiet", "--locked"]))?;
    let mut trunk = shell::command("trunk");
    trunk
        .arg("--config")
        .arg(workspace::root().join(recipe.trunk));
    // Everything is installed by now. Anything missing must cause an error, and not a download in
    // another version.
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
    if !recipe.features.is_empty() {
        trunk.arg("--features").arg(recipe.features.join(","));
    }
    let path = env::join_paths(
        [cargo_for(recipe.package)?]
            .into_iter()
            .chain(env::split_paths(&shell::path())),
    )?;
    trunk
        .env("PATH", path)
        .env(RUSTFLAGS_VARIABLE, rustflags()?)
        .envs(linker_of(recipe.package)?)
        .env(PAGE_VARIABLE, name)
        .env("TRUNK_SKIP_VERSION_CHECK", "true");
    shell::run(&mut trunk)
}

/// Compiler flags for the page only.
///
/// Messages of panics name the source. With these flags they name it by its package and not by its
/// path on the build machine. So every machine builds the same, smaller page.
pub(crate) fn rustflags() -> Result<String> {
    let cargo_home = match env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => PathBuf::from(env::var_os("HOME").context("HOME is not set")?).join(".cargo"),
    };
    let mut prefixes = vec![workspace::root()];
    // One prefix for each registry.
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

/// Whether a package has the program of one of our pages. Other packages are programs, for which
/// Cargo does whole-program optimisation by itself.
fn is_ours(package: &str) -> bool {
    PAGES.iter().any(|page| page.package == package)
}

/// The setting that makes [`linker`] link the page. `None` for other packages.
fn linker_of(package: &str) -> Result<Option<(&'static str, PathBuf)>> {
    if !is_ours(package) {
        return Ok(None);
    }
    let script = linker::script(&directory_for(package)?)?;
    Ok(Some((LINKER_VARIABLE, script)))
}

/// A directory that only the build of that package has in its path.
fn directory_for(package: &str) -> Result<PathBuf> {
    let directory = workspace::tools().join("cargo-for").join(package);
    fs::create_dir_all(&directory)
        .with_context(|| format!("could not make {}", directory.display()))?;
    Ok(directory)
}

/// A directory with a `cargo` that builds only one package, and with this program as `xtask`.
///
/// Trunk cannot select a package. At the top of the workspace it would build all default members,
/// including tools, for wasm, and their features would leak into the page. Our pages are built only
/// as a `cdylib`: if one were built as an rlib too, Cargo would silently drop link-time
/// optimisation.
fn cargo_for(package: &str) -> Result<PathBuf> {
    let directory = directory_for(package)?;
    let build = if is_ours(package) {
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
