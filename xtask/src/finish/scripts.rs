//! The scripts. wasm-bindgen's is bundled with its snippets, and all scripts are minified. For our
//! own pages `link` has bundled it before. Each snippet in a separate file would cost one more
//! round trip before the page works.

use std::{fs, path::Path};

use anyhow::Result;

use super::{files::files, names::WORKER};
use crate::{html, setup, shell, workspace};

/// The folder of wasm-bindgen for inline JavaScript of crates.
const SNIPPETS: &str = "snippets";
const BUNDLING: [&str; 2] = ["--bundle", "--format=esm"];
const BUNDLING_CLASSIC: [&str; 2] = ["--bundle", "--format=iife"];
/// Scripts that share code with the files for portals. They are bundled again from the sources in
/// the repository. The worker is not a module, since Firefox supports module workers only from 114
/// on.
const SHARING: [(&str, [&str; 2]); 2] = [("work.js", BUNDLING_CLASSIC), ("sent.js", BUNDLING)];

/// Bundles the preloaded scripts, and minifies the others.
pub(super) fn bundle(staging: &Path, html: &str) -> Result<()> {
    let modules: Vec<&str> = html::tags(html, "link")
        .into_iter()
        .filter(|link| link.attribute("rel") == Some("modulepreload"))
        .filter_map(|link| link.attribute("href"))
        .map(|href| href.trim_start_matches("./"))
        .collect();
    for file in files(staging)?.iter().filter(|file| is_script(file)) {
        let module = modules.contains(&file.as_str());
        // The marks of the service worker are comments, and it is filled last.
        if file.starts_with(SNIPPETS) || file == WORKER {
            continue;
        }
        let path = staging.join(file);
        let minified = match SHARING.iter().find(|(name, _)| name == file) {
            Some((name, bundling)) => {
                minified(&workspace::root().join("public").join(name), bundling)?
            }
            None => minified(&path, if module { &BUNDLING } else { &[] })?,
        };
        fs::write(&path, minified)?;
    }
    if staging.join(SNIPPETS).is_dir() {
        fs::remove_dir_all(staging.join(SNIPPETS))?;
    }
    Ok(())
}

/// Bundles a script with all its imports into one module. Imports come from files beside it or from
/// packages of the set-up.
///
/// # Errors
/// When an import does not exist.
pub(crate) fn bundle_one(script: &Path) -> Result<()> {
    Ok(fs::write(script, minified(script, &BUNDLING)?)?)
}

/// Bundles a script of the repository with all its imports as a classic script, for a page that
/// must wait for it.
pub(super) fn classic_of(script: &Path) -> Result<String> {
    minified(script, &BUNDLING_CLASSIC)
}

/// Bundles a script of the repository with all its imports as one module, except the imports named
/// as external.
pub(super) fn module_of(script: &Path, external: &str) -> Result<String> {
    minified(script, &[&BUNDLING[..], &[external]].concat())
}

fn minified(script: &Path, options: &[&str]) -> Result<String> {
    let mut esbuild = shell::command("esbuild");
    esbuild
        .arg(script)
        .args([
            "--minify",
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=warning",
        ])
        .args(options)
        .env("NODE_PATH", setup::npm_packages());
    Ok(shell::read(&mut esbuild)?.trim_end().to_owned())
}

fn is_script(file: &str) -> bool {
    Path::new(file)
        .extension()
        .is_some_and(|extension| extension == "js" || extension == "mjs")
}
