//! The imports between the files of a crate.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use syn::visit::{self, Visit};

use crate::modules::{Tree, leaves};

/// One file needs another: this has the names that it takes from the other.
pub(crate) struct Edge {
    pub(crate) from: PathBuf,
    pub(crate) to: PathBuf,
    pub(crate) names: BTreeSet<String>,
}

pub(crate) fn edges(tree: &Tree) -> Vec<Edge> {
    let mut found: BTreeMap<(PathBuf, PathBuf), BTreeSet<String>> = BTreeMap::new();
    for (index, module) in tree.modules.iter().enumerate() {
        let mut paths = Paths::default();
        for item in &module.items {
            paths.visit_item(item);
        }
        for path in paths.0 {
            let Some(to) = tree
                .file_of(index, &path)
                .filter(|file| *file != module.file)
            else {
                continue;
            };
            let between = (module.file.clone(), to.to_owned());
            found.entry(between).or_default().insert(path.join("::"));
        }
    }
    let edge = |((from, to), names)| Edge { from, to, names };
    found.into_iter().map(edge).collect()
}

/// Every path in a module, and every `use`.
#[derive(Default)]
struct Paths(BTreeSet<Vec<String>>);

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_mod(&mut self, _: &'ast syn::ItemMod) {
        // An inner module is a separate module.
    }

    fn visit_item_use(&mut self, used: &'ast syn::ItemUse) {
        // A re-export is for other files, and is not a need of this file.
        if !matches!(used.vis, syn::Visibility::Inherited) {
            return;
        }
        leaves(&used.tree, &mut Vec::new(), &mut |path, _| {
            self.0.insert(path);
        });
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let names = path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string());
            self.0.insert(names.collect());
        }
        visit::visit_path(self, path);
    }
}
