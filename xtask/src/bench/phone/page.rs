//! The contest in a page: wasm modules and a script, measured in Chromium.
//!
//! The clock of a page is coarse unless the page is isolated, so this page is isolated.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::contest::{Input, Rounds};
use crate::{
    bench::temporary::Temporary,
    finish::{self, HEADERS_FILE},
    metadata, module, serve, setup, shell, workspace,
};

const SOURCES: &str = "tests/bench/phone";
const HEADERS: &str =
    "/*\n  Cross-Origin-Opener-Policy: same-origin\n  Cross-Origin-Embedder-Policy: require-corp\n";

/// The output of `drive.mjs`.
#[derive(Deserialize)]
pub(super) struct Measured {
    /// The inputs for which all contestants give the same answer.
    pub(super) agreeing: Vec<Input>,
    pub(super) first_call: Rounds,
    /// Region by region. Our library is called from within wasm, where the page has the typed text.
    pub(super) per_call: Rounds,
    /// The same, with all contestants called from JavaScript.
    pub(super) per_call_across: Rounds,
    /// From one region to the next.
    pub(super) per_call_of_the_world: Rounds,
}

pub(super) fn measure(inputs: &[Input], rounds: usize) -> Result<Measured> {
    let site = build()?;
    let port = serve::in_background(&site, 0, false)?;
    eprintln!("measuring in the page");
    let mut drive = shell::command("node");
    drive
        .arg(workspace::root().join(SOURCES).join("drive.mjs"))
        .arg(setup::lighthouse_module())
        .arg(rounds.to_string())
        .arg(format!("http://localhost:{port}/"))
        .env("CHROME_PATH", setup::chromium()?);
    let _temporary = Temporary::of(&mut drive)?;
    let line = shell::filter(&mut drive, &serde_json::to_string(inputs)?)?;
    serde_json::from_str(&line).context("drive.mjs printed no such result")
}

/// Builds the contestants and the page around them.
fn build() -> Result<PathBuf> {
    let site = workspace::target().join("site/phone-bench");
    eprintln!("building the contestants to {}", site.display());
    if site.is_dir() {
        fs::remove_dir_all(&site)?;
    }
    fs::create_dir_all(&site)?;
    copy(&workspace::root().join(SOURCES).join("page"), &site)?;
    fs::write(site.join(HEADERS_FILE), HEADERS)?;
    fs::write(site.join("plans.bin"), postern_phone::TABLE)?;
    finish::bundle_one(&site.join("libphonenumber.js"))?;
    module::build("phone-bench-postern", &site, "postern")?;
    module::build("phone-bench-stand-in", &site, "stand_in")?;
    let theirs = module::build("phone-bench-phonenumber", &site, "phonenumber")?;
    // The size stage searches pages for this metadata, so it must be found here.
    ensure!(
        metadata::is_in(&fs::read(theirs)?),
        "the crate phonenumber is linked but was not recognised"
    );
    Ok(site)
}

/// Copies the files of a directory.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("no {}", from.display()))? {
        let path = entry?.path();
        let name = path.file_name().context("an entry has a name")?;
        fs::copy(&path, to.join(name))?;
    }
    Ok(())
}
