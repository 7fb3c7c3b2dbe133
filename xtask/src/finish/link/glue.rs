//! wasm-bindgen's script, as one file with only what a page uses of it.
//!
//! The crates beneath ours export classes that nothing here calls. esbuild leaves out what has no
//! effect, so whatever only seems to have one is told apart first. The result keeps its names:
//! `names` goes by them, and minifying comes last.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::plain;
use crate::shell;

/// All that a page may import of the script: `index.html` does, and so do hosts that bring their
/// own page.
const EXPORTS: [&str; 2] = ["default", "mount"];

/// Classes get another name for `free`, for a syntax that no page uses.
const DISPOSAL: &str = "if (Symbol.dispose) ";
/// Each class has a registry; making one does nothing until something is registered.
const REGISTRY: &str = "new FinalizationRegistry(";
const PURE_REGISTRY: &str = "/* @__PURE__ */ new FinalizationRegistry(";

/// Bundles the script with its snippets, without what no export needs.
pub(super) fn gather(script: &Path) -> Result<String> {
    let glue = fs::read_to_string(script)
        .with_context(|| format!("could not read {}", script.display()))?;
    fs::write(script, droppable(&plain::plainly(&glue)?))
        .with_context(|| format!("could not write {}", script.display()))?;
    let (Some(directory), Some(file)) = (script.parent(), script.file_name()) else {
        anyhow::bail!("{} is no file", script.display());
    };
    let mut esbuild = shell::command("esbuild");
    esbuild.current_dir(directory).args([
        "--bundle",
        "--format=esm",
        "--charset=utf8",
        "--legal-comments=none",
        "--log-level=warning",
    ]);
    shell::filter(&mut esbuild, &entry(&file.to_string_lossy()))
}

/// A module that exports what a page uses, and so is all that a bundle of it has.
fn entry(file: &str) -> String {
    format!("export {{ {} }} from \"./{file}\";\n", EXPORTS.join(", "))
}

/// The script with nothing in it that keeps an unused class alive.
fn droppable(glue: &str) -> String {
    let lines = glue.lines().filter(|line| !line.starts_with(DISPOSAL));
    let kept: Vec<&str> = lines.collect();
    kept.join("\n").replace(REGISTRY, PURE_REGISTRY) + "\n"
}

#[cfg(test)]
mod tests {
    use super::{droppable, entry};

    #[test]
    fn a_page_gets_the_start_and_the_wizard_and_no_more() {
        assert_eq!(
            entry("postern.js"),
            "export { default, mount } from \"./postern.js\";\n"
        );
    }

    #[test]
    fn nothing_keeps_an_unused_class() {
        let glue = "export class A {\n    free() {}\n}\nif (Symbol.dispose) A.prototype[Symbol.dispose] = A.prototype.free;\n\
                    const AFinalization = (typeof FinalizationRegistry === 'undefined')\n    ? {}\n    : new FinalizationRegistry(ptr => wasm.a_free(ptr, 1));\n";
        assert_eq!(
            droppable(glue),
            "export class A {\n    free() {}\n}\n\
             const AFinalization = (typeof FinalizationRegistry === 'undefined')\n    ? {}\n    : /* @__PURE__ */ new FinalizationRegistry(ptr => wasm.a_free(ptr, 1));\n"
        );
    }
}
