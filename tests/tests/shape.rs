//! The shape of the tree. No file is part of a loop of imports, so that a person can read the files
//! that a file needs without the file itself. No two types of a crate have the same name, so that a
//! name identifies its type. No crate depends on another that it must not know.
//!
//! A file imports another if a `use` or a path leads to a definition there. An item of a `pub use`
//! counts for the file that defines it. Paths inside macros are not detected.

#[path = "shape/crates.rs"]
mod crates;
#[path = "shape/graph.rs"]
mod graph;
#[path = "shape/modules.rs"]
mod modules;
#[path = "shape/types.rs"]
mod types;
#[path = "shape/uses.rs"]
mod uses;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use modules::Tree;
use serde_json::Value;

#[test]
fn no_file_is_part_of_an_import_cycle() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let top = top.canonicalize().expect("it is there");
    let mut said = String::new();
    for (root, _) in roots(&top) {
        let tree = Tree::read(&root).expect("the sources of a crate can be read");
        let edges = uses::edges(&tree);
        for cycle in graph::cycles(&edges) {
            writeln!(said, "\n{} files of {}:", cycle.len(), name(&top, &root))
                .expect("a string takes all");
            for edge in edges
                .iter()
                .filter(|edge| cycle.contains(&edge.from) && cycle.contains(&edge.to))
            {
                let [from, to] = [&edge.from, &edge.to].map(|file| name(&top, file));
                let names: Vec<&str> = edge.names.iter().map(String::as_str).collect();
                writeln!(said, "  {from} → {to}: {}", names.join(", "))
                    .expect("a string takes all");
            }
        }
    }
    assert!(
        said.is_empty(),
        "files import each other in a loop:\n{said}"
    );
}

#[test]
fn no_two_types_of_a_crate_have_the_same_name() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let top = top.canonicalize().expect("it is there");
    let mut said = String::new();
    for (root, _) in roots(&top).iter().filter(|(_, is_product)| **is_product) {
        let tree = Tree::read(root).expect("the sources of a crate can be read");
        for (twice, files) in types::of_the_same_name(&tree) {
            let files: Vec<String> = files.iter().map(|file| name(&top, file)).collect();
            writeln!(said, "\n{twice}: {}", files.join(", ")).expect("a string takes all");
        }
    }
    assert!(said.is_empty(), "types have the same name:\n{said}");
}

#[test]
fn no_crate_depends_on_what_it_must_not_know() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let forbidden = crates::forbidden(&top);
    assert!(forbidden.is_empty(), "{}", forbidden.join("\n"));
}

/// The first file of each crate and program of the workspace, and whether it is a library or a
/// program for use. The others are tests, benches, examples and build scripts.
fn roots(top: &Path) -> BTreeMap<PathBuf, bool> {
    let mut metadata = Command::new(env!("CARGO"));
    metadata.args(["metadata", "--no-deps", "--locked", "--format-version", "1"]);
    let output = metadata.current_dir(top).output();
    let output = output.expect("cargo can be started").stdout;
    let metadata: Value = serde_json::from_slice(&output).expect("cargo writes JSON");
    let listed = |it: &Value| it.as_array().expect("cargo lists them").clone();
    let packages = listed(&metadata["packages"]);
    let targets = packages.iter().flat_map(|it| listed(&it["targets"]));
    let roots = targets.map(|it| {
        let kinds = listed(&it["kind"]);
        let is_product = kinds
            .iter()
            .any(|it| it != "test" && it != "bench" && it != "example" && it != "custom-build");
        Some((PathBuf::from(it["src_path"].as_str()?), is_product))
    });
    roots
        .collect::<Option<_>>()
        .expect("a target has a first file")
}

fn name(top: &Path, file: &Path) -> String {
    file.strip_prefix(top).unwrap_or(file).display().to_string()
}
