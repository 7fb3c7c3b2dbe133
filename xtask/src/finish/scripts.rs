//! The scripts: wasm-bindgen's with its snippets in it, and minified, as all others are. For our
//! own pages `link` has gathered it before. Snippets left as files would each cost a person one
//! more round trip before the page works.

use std::{fs, path::Path};

use anyhow::Result;

use super::{files::files, names::WORKER};
use crate::{html, setup, shell, workspace};

/// Where wasm-bindgen puts inline JavaScript of crates.
const SNIPPETS: &str = "snippets";
const BUNDLING: [&str; 2] = ["--bundle", "--format=esm"];
const BUNDLING_CLASSIC: [&str; 2] = ["--bundle", "--format=iife"];
/// Scripts that share code with what portals load: made anew from where they are in the repository.
/// The worker is no module: Firefox knows those from 114 on.
const SHARING: [(&str, [&str; 2]); 2] = [("work.js", BUNDLING_CLASSIC), ("sent.js", BUNDLING)];

/// Bundles what the page preloads, and minifies the rest.
pub(super) fn bundle(staging: &Path, html: &str) -> Result<()> {
    let modules: Vec<&str> = html::tags(html, "link")
        .into_iter()
        .filter(|link| link.attribute("rel") == Some("modulepreload"))
        .filter_map(|link| link.attribute("href"))
        .map(|href| href.trim_start_matches("./"))
        .collect();
    for file in files(staging)?.iter().filter(|file| is_script(file)) {
        let module = modules.contains(&file.as_str());
        // The service worker's marks are comments, and it is filled in last.
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

/// Makes one module of a script and all that it imports, from beside it or from a package of
/// set-up.
///
/// # Errors
/// When it imports what is not there.
pub(crate) fn bundle_one(script: &Path) -> Result<()> {
    Ok(fs::write(script, minified(script, &BUNDLING)?)?)
}

/// A classic script of the repository with all that it imports, for a page that has to wait for it.
pub(super) fn classic_of(script: &Path) -> Result<String> {
    minified(script, &BUNDLING_CLASSIC)
}

/// One module of a script of the repository and all that it imports, but for what is named as
/// external.
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
