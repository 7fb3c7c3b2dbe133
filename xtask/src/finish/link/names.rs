//! Shortens the names by which script and wasm know each other. wasm-opt shortens them in the wasm,
//! and this module in the script. That saves 3,531 bytes of brotli (`cargo xtask bench link`).
//!
//! If the names did not match, the page would fail at its start in the browser. So every name of
//! the wasm must be found in the script, and every export that the script uses must exist. If a new
//! wasm-bindgen writes another script, the build fails instead.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail, ensure};
use serde::Deserialize;

use super::identifiers::{identifiers, is_export, is_key};

/// The name that wasm-opt gives to all modules.
const MODULE: &str = "a";

/// The report of wasm-opt about new names.
#[derive(Deserialize)]
pub(super) struct Names {
    /// Module, old name and new name.
    imports: Vec<(String, String, String)>,
    /// Old name and new name.
    exports: Vec<(String, String)>,
}

/// The script with the new names.
///
/// # Errors
/// When script and wasm do not name the same things.
pub(super) fn apply(script: &str, names: &Names) -> Result<String> {
    rename_module(&rename(script, names)?, module(names)?)
}

/// Renames imports and exports in one pass, so that no new name is mistaken for an old one.
fn rename(script: &str, names: &Names) -> Result<String> {
    let imports: BTreeMap<&str, &str> = names
        .imports
        .iter()
        .map(|(_, old, new)| (old.as_str(), new.as_str()))
        .collect();
    let exports: BTreeMap<&str, &str> = names
        .exports
        .iter()
        .map(|(old, new)| (old.as_str(), new.as_str()))
        .collect();
    let mut missing: BTreeSet<&str> = imports.keys().chain(exports.keys()).copied().collect();
    let mut renamed = String::with_capacity(script.len());
    let mut copied = 0;
    for identifier in identifiers(script) {
        let old = &script[identifier.clone()];
        let new = if is_export(script, &identifier) {
            let Some(new) = exports.get(old) else {
                bail!("the script calls {old}, which the wasm does not export");
            };
            new
        } else if is_key(script, &identifier)
            && let Some(new) = imports.get(old)
        {
            new
        } else {
            continue;
        };
        missing.remove(old);
        renamed.push_str(&script[copied..identifier.start]);
        renamed.push_str(new);
        copied = identifier.end;
    }
    ensure!(
        missing.is_empty(),
        "the script lacks names of the wasm, or has them in a form that wasm-bindgen did not write before: {missing:?}"
    );
    renamed.push_str(&script[copied..]);
    Ok(renamed)
}

/// The only module of all imports. With two modules, their functions could get the same name.
fn module(names: &Names) -> Result<&str> {
    let modules: BTreeSet<&str> = names
        .imports
        .iter()
        .map(|(module, _, _)| module.as_str())
        .collect();
    let mut rest = modules.iter();
    match (rest.next(), rest.next()) {
        (Some(module), None) => Ok(module),
        _ => bail!("the wasm should import from one module and imports from {modules:?}"),
    }
}

fn rename_module(script: &str, module: &str) -> Result<String> {
    let key = format!("{module:?}:");
    ensure!(
        script.matches(&key).count() == 1,
        "the script should have {key} once, with what the wasm imports"
    );
    Ok(script.replace(&key, &format!("{MODULE:?}:")))
}

#[cfg(test)]
mod tests {
    use super::{Names, apply};

    const SCRIPT: &str = "var imports = {\n  __wbg_log_1: function(mount) { console.log(mount.memory); },\n  b: 1\n};\n\
         var all = { \"./postern_bg.js\": imports };\nfunction mount() { return wasm.mount(wasm.b); }\n";

    fn names(json: &str) -> Names {
        serde_json::from_str(json).expect("these are names")
    }

    fn error(script: &str, json: &str) -> String {
        let error = apply(script, &names(json)).expect_err("names do not meet");
        error.to_string()
    }

    #[test]
    fn exports_are_renamed_after_wasm_imports_as_keys_and_nothing_else_is() {
        let names = names(
            r#"{"imports": [["./postern_bg.js", "__wbg_log_1", "b"]], "exports": [["mount", "c"], ["b", "mount"]]}"#,
        );
        assert_eq!(
            apply(SCRIPT, &names).expect("names meet"),
            "var imports = {\n  b: function(mount) { console.log(mount.memory); },\n  b: 1\n};\n\
             var all = { \"a\": imports };\nfunction mount() { return wasm.c(wasm.mount); }\n"
        );
    }

    #[test]
    fn an_import_that_the_script_lacks_is_named() {
        let json = r#"{"imports": [["./postern_bg.js", "__wbg_log_1", "d"], ["./postern_bg.js", "__wbg_new_2", "e"]], "exports": [["mount", "c"], ["b", "f"]]}"#;
        assert!(error(SCRIPT, json).contains("{\"__wbg_new_2\"}"));
    }

    #[test]
    fn an_export_that_the_script_lacks_is_named() {
        let json = r#"{"imports": [["./postern_bg.js", "__wbg_log_1", "d"]], "exports": [["mount", "c"], ["b", "f"], ["memory", "g"]]}"#;
        assert!(error(SCRIPT, json).contains("{\"memory\"}"));
    }

    #[test]
    fn an_export_that_the_wasm_lacks_is_named() {
        let json = r#"{"imports": [["./postern_bg.js", "__wbg_log_1", "d"]], "exports": [["mount", "c"]]}"#;
        assert_eq!(
            error(SCRIPT, json),
            "the script calls b, which the wasm does not export"
        );
    }

    #[test]
    fn the_module_must_be_the_only_one_and_in_the_script() {
        let exports = r#""exports": [["mount", "c"], ["b", "f"]]"#;
        let one = format!(r#"{{"imports": [["./other.js", "__wbg_log_1", "d"]], {exports}}}"#);
        assert!(error(SCRIPT, &one).contains("./other.js"));
        let two = format!(
            r#"{{"imports": [["./postern_bg.js", "__wbg_log_1", "d"], ["env", "b", "e"]], {exports}}}"#
        );
        assert!(error(SCRIPT, &two).contains("\"env\""));
    }
}
