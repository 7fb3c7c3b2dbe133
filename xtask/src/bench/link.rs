//! `cargo xtask bench link`: what each part of the link saves of the page's script and wasm, in
//! bytes of brotli.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::{
    finish::{
        brotli, bundle_one, files,
        link::{self, parts::Parts},
    },
    page::{WIZARD, build},
    workspace,
};

/// A page with the files that wasm-bindgen writes.
const HTML: &str = "<link rel=\"modulepreload\" href=\"./postern.js\">\
                    <link rel=\"preload\" href=\"./postern_bg.wasm\">";

/// Links the page with all parts, and once without each.
///
/// # Errors
/// When the build fails or a link does.
pub(super) fn run() -> Result<Value> {
    build(&WIZARD)?;
    // Trunk leaves there what wasm-bindgen has written.
    let unlinked = workspace::target().join("wasm-bindgen/release");
    let whole = linked(&unlinked, Parts::default())?;
    let mut saved = Map::new();
    saved.insert("script and wasm".to_owned(), json!(whole));
    for part in link::all_parts() {
        let without = linked(&unlinked, Parts::but(part))?;
        saved.insert(part.to_owned(), json!(without - whole));
    }
    Ok(saved.into())
}

/// The bytes of script and wasm together, after a link with these parts.
fn linked(unlinked: &Path, parts: Parts) -> Result<i64> {
    let folder = tempfile::tempdir()?;
    for file in files(unlinked)? {
        let to = folder.path().join(&file);
        fs::create_dir_all(to.parent().unwrap_or(folder.path()))?;
        fs::copy(unlinked.join(&file), to).with_context(|| format!("could not copy {file}"))?;
    }
    link::together(folder.path(), HTML, parts)?;
    let [script, wasm] = ["postern.js", "postern_bg.wasm"].map(|file| folder.path().join(file));
    bundle_one(&script)?;
    let sizes = [brotli(&fs::read(script)?)?, brotli(&fs::read(wasm)?)?];
    Ok(i64::try_from(sizes.iter().map(Vec::len).sum::<usize>())?)
}
