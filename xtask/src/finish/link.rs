//! The link: the page's script and its wasm, as small as they get when each knows what the other
//! needs.
//!
//! The script is gathered into one file that has only what a page uses; the wasm loses every export
//! that this file does not name, and is optimised once; then both call each other's functions by
//! names of a letter or two. Trunk's own run of wasm-opt sees the wasm alone, so `index.html` turns
//! it off.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::{html, shell};

mod glue;
mod graph;
mod identifiers;
mod names;
mod order;
mod plain;

use self::names::Names;

/// What the browsers of our README know, and the compiler may therefore have used.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// Chosen by the bytes of brotli that are left, not by the bytes of wasm: what makes the code
/// shorter often makes it less alike. Never `--traps-never-happen`: a panic is a trap, and what
/// comes after it must not come to pass.
const OPTIMIZATIONS: [&str; 7] = [
    // The linker puts the stack first, so the lowest addresses are its end and no data: what is
    // added to an address may be part of the load or store.
    "--low-memory-unused",
    // Both make the code shorter, and less alike.
    "--skip-pass=simplify-locals",
    "--skip-pass=code-pushing",
    "-O2",
    // Beside -O2 it says how much inlining may cost.
    "--shrink-level=2",
    // Without a limit every function with one caller would be inlined. Large ones compress better
    // apart.
    "--one-caller-inline-max-function-size=10",
    "--converge",
];
/// A run of their own, since no pass may change a function after they have put it in its place.
const ORDERING: [&str; 3] = [
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
];
/// Prints what it has renamed.
const RENAMING: &str = "--minify-imports-and-exports-and-modules";

/// Links the script and the wasm that the page preloads, each in its place.
pub(super) fn together(staging: &Path, html: &str) -> Result<()> {
    let script = preloaded(staging, html, "modulepreload", "js")?;
    let wasm = preloaded(staging, html, "preload", "wasm")?;

    let gathered = glue::gather(&script)?;
    remove_unnamed_exports(&wasm, &gathered)?;
    let passes = [&ORDERING[..], &[RENAMING]].concat();
    let names: Names = serde_json::from_str(&optimize(&wasm, &passes)?)
        .context("wasm-opt printed something else than the names that it has given")?;
    let renamed = names::apply(&gathered, &names)
        .with_context(|| format!("could not link {}", script.display()))?;
    fs::write(&script, renamed).with_context(|| format!("could not write {}", script.display()))
}

/// The one file of an extension that the page's links of a kind name.
fn preloaded(staging: &Path, html: &str, kind: &str, extension: &str) -> Result<PathBuf> {
    let files: Vec<PathBuf> = html::tags(html, "link")
        .into_iter()
        .filter(|link| link.attribute("rel") == Some(kind))
        .filter_map(|link| link.attribute("href"))
        .map(|href| staging.join(href.trim_start_matches("./")))
        .filter(|file| file.extension().is_some_and(|own| own == extension))
        .collect();
    ensure!(
        files.len() == 1,
        "the page should preload one .{extension} file and preloads {files:?}"
    );
    Ok(files.into_iter().collect())
}

/// Takes out every export that the script does not name, and the code that only they reach.
fn remove_unnamed_exports(wasm: &Path, script: &str) -> Result<()> {
    let graph = wasm.with_extension("graph.json");
    fs::write(&graph, graph::of(script)?)
        .with_context(|| format!("could not write {}", graph.display()))?;
    let mut metadce = shell::command("wasm-metadce");
    metadce
        .args(FEATURES)
        .arg("--graph-file")
        .arg(&graph)
        .arg(wasm)
        .arg("--output")
        .arg(wasm);
    // It lists what it has taken out, and the list is not needed.
    shell::read(&mut metadce)?;
    Ok(fs::remove_file(&graph)?)
}

/// Makes a wasm small that keeps the names of its imports and exports, as the page's is made small.
///
/// # Errors
/// When it is no wasm, or a tool fails.
pub(crate) fn shrink(wasm: &Path) -> Result<()> {
    optimize(wasm, &ORDERING).map(drop)
}

/// Makes the wasm small, and returns what the last passes print.
fn optimize(wasm: &Path, last: &[&str]) -> Result<String> {
    wasm_opt(wasm, &OPTIMIZATIONS)?;
    let read = fs::read(wasm).with_context(|| format!("could not read {}", wasm.display()))?;
    let named = order::named_by_likeness(&read)
        .with_context(|| format!("{} is no wasm", wasm.display()))?;
    fs::write(wasm, named).with_context(|| format!("could not write {}", wasm.display()))?;
    wasm_opt(wasm, last)
}

/// Runs passes over the wasm, in place, and returns what they print.
fn wasm_opt(wasm: &Path, passes: &[&str]) -> Result<String> {
    let mut wasm_opt = shell::command("wasm-opt");
    wasm_opt
        .args(FEATURES)
        .args(passes)
        .arg(wasm)
        .arg("--output")
        .arg(wasm);
    shell::read(&mut wasm_opt)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::preloaded;

    const PAGE: &str = "<link rel=\"modulepreload\" href=\"./a.js\"><link rel=\"preload\" href=\"./a_bg.wasm\" as=\"fetch\">\
                        <link rel=\"preload\" href=\"./words.txt\">";

    #[test]
    fn the_page_says_which_two_files_are_linked() {
        let find = |kind, extension| preloaded(Path::new("/site"), PAGE, kind, extension).ok();
        assert_eq!(find("modulepreload", "js"), Some("/site/a.js".into()));
        assert_eq!(find("preload", "wasm"), Some("/site/a_bg.wasm".into()));
    }

    #[test]
    fn a_page_with_two_modules_is_refused() {
        let two = PAGE.to_owned() + "<link rel=\"modulepreload\" href=\"./b.js\">";
        assert!(preloaded(Path::new("/site"), &two, "modulepreload", "js").is_err());
    }
}
