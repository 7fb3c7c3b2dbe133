//! The link: makes the page's script and its wasm as small as possible, by using what each needs of
//! the other.
//!
//! First the script is bundled into one file with only the parts that a page uses. Then the wasm
//! loses every export that this file does not name, and is optimised once. At last both get short
//! names for each other's functions. Trunk's own run of wasm-opt sees only the wasm, so
//! `index.html` turns it off.

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
pub(crate) mod parts;
mod plain;

use self::{names::Names, parts::Parts};

/// WebAssembly features of the browsers in our README. The compiler may use them.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// Passes of wasm-opt, chosen by the resulting size in brotli, not by the size of the wasm: shorter
/// code is often less repetitive. Beside each stands what it saves (`cargo xtask bench link`).
/// `--traps-never-happen` must not be used: a panic is a trap, and code after it must not run.
const OPTIMIZATIONS: [&str; 6] = [
    // The linker puts the stack first, so the lowest addresses are the end of the stack and hold no
    // data. Therefore an offset may become part of a load or store: 45 bytes.
    "--low-memory-unused",
    // The pass makes the code shorter, but less repetitive: 241 bytes.
    "--skip-pass=simplify-locals",
    "-O2",
    // Together with -O2 this limits the cost of inlining: 42 bytes.
    "--shrink-level=2",
    // Without a limit every function with one caller would be inlined. Large functions compress
    // better separately: 147 bytes.
    "--one-caller-inline-max-function-size=10",
    // 84 bytes.
    "--converge",
];
/// A separate run, since no pass may change a function after its position is chosen.
const ORDERING: [&str; 3] = [
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
];
/// Prints the new names.
const RENAMING: &str = "--minify-imports-and-exports-and-modules";

/// Every part of the link. The passes of `-O2` are no part: the others are measured with them.
pub(crate) fn all_parts() -> Vec<&'static str> {
    let passes = OPTIMIZATIONS.into_iter().filter(|pass| *pass != "-O2");
    let named = [parts::PLAIN, parts::ORDER, parts::NAMES];
    named.into_iter().chain(passes).collect()
}

/// Links the script and the wasm that the page preloads, in place.
pub(crate) fn together(staging: &Path, html: &str, link: Parts) -> Result<()> {
    let script = preloaded(staging, html, "modulepreload", "js")?;
    let wasm = preloaded(staging, html, "preload", "wasm")?;

    let gathered = glue::gather(&script, link)?;
    remove_unnamed_exports(&wasm, &gathered)?;
    if !link.has(parts::NAMES) {
        optimize(&wasm, &ORDERING, link)?;
        return fs::write(&script, gathered)
            .with_context(|| format!("could not write {}", script.display()));
    }
    let passes = [&ORDERING[..], &[RENAMING]].concat();
    let names: Names = serde_json::from_str(&optimize(&wasm, &passes, link)?)
        .context("wasm-opt did not print the names that it gave")?;
    let renamed = names::apply(&gathered, &names)
        .with_context(|| format!("could not link {}", script.display()))?;
    fs::write(&script, renamed).with_context(|| format!("could not write {}", script.display()))
}

/// The only file with an extension that the page's links of a kind name.
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

/// Removes every export that the script does not name, and the code that only those exports reach.
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
    // Discards the list of removed exports that the tool prints.
    shell::read(&mut metadce)?;
    Ok(fs::remove_file(&graph)?)
}

/// Optimises a wasm like that of the page, but keeps the names of its imports and exports.
///
/// # Errors
/// When the file is not wasm, or a tool fails.
pub(crate) fn shrink(wasm: &Path) -> Result<()> {
    optimize(wasm, &ORDERING, Parts::default()).map(drop)
}

/// Optimises the wasm, and returns the output of the last passes.
fn optimize(wasm: &Path, last: &[&str], link: Parts) -> Result<String> {
    let passes = OPTIMIZATIONS.into_iter().filter(|pass| link.has(pass));
    wasm_opt(wasm, &passes.collect::<Vec<_>>())?;
    if !link.has(parts::ORDER) {
        let unsorted = last.iter().filter(|pass| **pass != ORDERING[0]);
        return wasm_opt(wasm, &unsorted.copied().collect::<Vec<_>>());
    }
    let read = fs::read(wasm).with_context(|| format!("could not read {}", wasm.display()))?;
    let named = order::named_by_likeness(&read)
        .with_context(|| format!("{} is not wasm", wasm.display()))?;
    fs::write(wasm, named).with_context(|| format!("could not write {}", wasm.display()))?;
    wasm_opt(wasm, last)
}

/// Runs passes over the wasm in place, and returns their output.
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
