//! The graph that wasm-metadce needs: one root, the script, and the exports that it reaches.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use serde::Serialize;

use super::identifiers::{identifiers, is_export};

/// A name that no export has, since it is not an identifier.
const ROOT: &str = "the script";

#[derive(Serialize)]
#[serde(untagged)]
enum Node<'a> {
    Root {
        name: &'a str,
        root: bool,
        reaches: &'a BTreeSet<&'a str>,
    },
    Export {
        name: &'a str,
        export: &'a str,
    },
}

/// The graph in the format of wasm-metadce. Its JSON parser knows no escapes, and identifiers need
/// none.
///
/// # Errors
/// When the script names no export, which means that this module misreads it.
pub(super) fn of(script: &str) -> Result<String> {
    let exports: BTreeSet<&str> = identifiers(script)
        .filter(|identifier| is_export(script, identifier))
        .map(|identifier| &script[identifier])
        .collect();
    ensure!(
        !exports.is_empty(),
        "the script of wasm-bindgen names no export of the wasm: its form may have changed"
    );
    let root = Node::Root {
        name: ROOT,
        root: true,
        reaches: &exports,
    };
    let exports = exports
        .iter()
        .map(|name| Node::Export { name, export: name });
    let nodes: Vec<Node<'_>> = std::iter::once(root).chain(exports).collect();
    Ok(serde_json::to_string(&nodes)?)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_script_reaches_each_export_that_it_names() {
        let script =
            "function mount(a) { return wasm.mount(a, wasm.memory.buffer); }\nwasm.memory;";
        let expected = "[{\"name\":\"the script\",\"root\":true,\"reaches\":[\"memory\",\"mount\"]},\
                        {\"name\":\"memory\",\"export\":\"memory\"},{\"name\":\"mount\",\"export\":\"mount\"}]";
        assert_eq!(of(script).expect("it names two"), expected);
    }

    #[test]
    fn a_script_without_exports_is_refused() {
        assert!(of("e.mount(); instance.exports").is_err());
    }
}
