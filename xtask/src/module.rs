//! A package as a wasm module with its script. It is compiled, bound and optimised like the page,
//! but without a page.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{finish, page, shell, workspace};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "web";

/// Builds a package into a directory, as `<name>.js` and `<name>_bg.wasm`, and returns the wasm.
///
/// # Errors
/// When the build or a tool fails.
pub(crate) fn build(package: &str, directory: &Path, name: &str) -> Result<PathBuf> {
    let mut cargo = shell::cargo(&["build", "--quiet", "--locked", "--package", package]);
    cargo.args(["--profile", PROFILE, "--target", TARGET]);
    shell::run(cargo.env(page::RUSTFLAGS_VARIABLE, page::rustflags()?))?;

    let built = workspace::target()
        .join(TARGET)
        .join(PROFILE)
        .join(package.replace('-', "_"))
        .with_extension("wasm");
    fs::create_dir_all(directory)
        .with_context(|| format!("could not make {}", directory.display()))?;
    let mut bindgen = shell::command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", name]);
    shell::run(bindgen.arg("--out-dir").arg(directory).arg(built))?;

    finish::bundle_one(&directory.join(name).with_extension("js"))?;
    let wasm = directory.join(format!("{name}_bg.wasm"));
    finish::shrink(&wasm)?;
    Ok(wasm)
}
