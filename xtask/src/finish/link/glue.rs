//! Bundles wasm-bindgen's script into one file with only the parts that a page uses.
//!
//! Our dependencies export classes that no code here uses. esbuild removes code without side
//! effects, so this module first marks code that only seems to have some. The result keeps its
//! names, since `names` needs them; minifying comes last.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{parts, plain};
use crate::shell;

/// The imports of pages from the script: those of `index.html`, and those of hosts with their own
/// page.
const EXPORTS: [&str; 2] = ["default", "mount"];

/// Begins the line that gives a class another name for `free`, for a syntax that no page uses.
const DISPOSAL: &str = "if (Symbol.dispose) ";
/// Creates the registry of a class. That has no effect until an object is registered.
const REGISTRY: &str = "new FinalizationRegistry(";
const PURE_REGISTRY: &str = "/* @__PURE__ */ new FinalizationRegistry(";

/// Bundles the script with its snippets, without the parts that no export needs.
pub(super) fn gather(script: &Path, link: parts::Parts) -> Result<String> {
    let glue = fs::read_to_string(script)
        .with_context(|| format!("could not read {}", script.display()))?;
    let plain = if link.has(parts::PLAIN) {
        plain::plainly(&glue)?
    } else {
        glue
    };
    fs::write(script, droppable(&plain))
        .with_context(|| format!("could not write {}", script.display()))?;
    let (Some(directory), Some(file)) = (script.parent(), script.file_name()) else {
        anyhow::bail!("{} is not a file", script.display());
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

/// A module that exports what a page uses. A bundle of it contains only that.
fn entry(file: &str) -> String {
    format!("export {{ {} }} from \"./{file}\";\n", EXPORTS.join(", "))
}

/// The script without the lines that keep an unused class alive.
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
