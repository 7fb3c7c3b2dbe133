//! No file of ours is part of a loop of imports: what a file needs can be read without what needs it.
//!
//! A file imports another where a `use` or a path leads to something that is defined there. What is
//! handed on by `pub use` counts for the file that defines it. Paths inside macros are not seen.

#[path = "cycles/graph.rs"]
mod graph;
#[path = "cycles/modules.rs"]
mod modules;
#[path = "cycles/uses.rs"]
mod uses;

use std::{fmt::Write as _, path::Path};

use modules::Tree;

/// The first file of each crate and program. Those of tests are no part of the product.
const ROOTS: [&str; 10] = [
    "build.rs",
    "crates/engine/src/lib.rs",
    "crates/phone/src/lib.rs",
    "crates/protocol/src/lib.rs",
    "crates/server/src/lib.rs",
    "crates/server/src/main.rs",
    "src/lib.rs",
    "tests/src/lib.rs",
    "tests/src/bin/browser/main.rs",
    "xtask/src/main.rs",
];

#[test]
fn no_file_is_part_of_an_import_cycle() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut said = String::new();
    for root in ROOTS {
        let tree = Tree::read(&top.join(root)).expect("the sources of a crate can be read");
        let edges = uses::edges(&tree);
        for cycle in graph::cycles(&edges) {
            writeln!(said, "\n{} files of {root}:", cycle.len()).expect("a string takes all");
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

fn name(top: &Path, file: &Path) -> String {
    file.strip_prefix(top).unwrap_or(file).display().to_string()
}
