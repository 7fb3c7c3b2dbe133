//! The modules of a crate, and the meaning of each name in them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use syn::{Expr, ExprLit, Ident, Item, ItemMod, Lit, Meta, UseTree};

/// All modules of a crate. The first is its root.
pub(crate) struct Tree {
    pub(crate) modules: Vec<Module>,
}

pub(crate) struct Module {
    pub(crate) file: PathBuf,
    pub(crate) items: Vec<Item>,
    /// Whether the module is compiled only for tests.
    pub(crate) is_test: bool,
    parent: Option<usize>,
    modules: BTreeMap<String, usize>,
    names: BTreeMap<String, Named>,
    /// The paths of `use …::*`.
    globs: Vec<Vec<String>>,
}

enum Named {
    Here,
    Import(Vec<String>),
}

/// The target of a path.
enum Found {
    /// An item that this module defines.
    ItemOf(usize),
    Module(usize),
}

/// The maximum number of names in a path.
const NAMES_MAX: usize = 16;

impl Tree {
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let mut tree = Self {
            modules: Vec::new(),
        };
        let folder = root.parent().unwrap_or(Path::new(".")).to_owned();
        let items = parsed(root)?;
        tree.add((None, false), root, &folder, items)?;
        Ok(tree)
    }

    /// Adds a module and all modules in it. The folder is the place of their files.
    fn add(
        &mut self,
        (parent, is_test): (Option<usize>, bool),
        file: &Path,
        folder: &Path,
        items: Vec<Item>,
    ) -> Result<usize> {
        let own = self.modules.len();
        self.modules.push(Module {
            file: file.to_owned(),
            items: Vec::new(),
            is_test,
            parent,
            modules: BTreeMap::new(),
            names: BTreeMap::new(),
            globs: Vec::new(),
        });
        for item in &items {
            if let Item::Mod(module) = item {
                let index = self.add_module(own, file, folder, module)?;
                self.modules[own]
                    .modules
                    .insert(module.ident.to_string(), index);
            } else if let Item::Use(used) = item {
                let module = &mut self.modules[own];
                leaves(&used.tree, &mut Vec::new(), &mut |path, name| match name {
                    Some(name) => drop(module.names.insert(name, Named::Import(path))),
                    None => module.globs.push(path),
                });
            } else if let Some(name) = defined(item) {
                self.modules[own]
                    .names
                    .insert(name.to_string(), Named::Here);
            }
        }
        self.modules[own].items = items;
        Ok(own)
    }

    fn add_module(
        &mut self,
        parent: usize,
        file: &Path,
        folder: &Path,
        module: &ItemMod,
    ) -> Result<usize> {
        let name = module.ident.to_string();
        let is_test = self.modules[parent].is_test || is_for_tests(module);
        let parent = (Some(parent), is_test);
        let beneath = folder.join(&name);
        if let Some((_, items)) = &module.content {
            return self.add(parent, file, &beneath, items.clone());
        }
        if let Some(path) = path_of(module) {
            let file = file.parent().unwrap_or(folder).join(path);
            let beneath = file.parent().unwrap_or(folder).to_owned();
            let items = parsed(&file)?;
            return self.add(parent, &file, &beneath, items);
        }
        let beside = folder.join(format!("{name}.rs"));
        let file = if beside.exists() {
            beside
        } else {
            beneath.join("mod.rs")
        };
        let items = parsed(&file)?;
        self.add(parent, &file, &beneath, items)
    }

    /// The file that defines the target of a path in a module. `None` for an item of another crate,
    /// and for a module: a longer path names what is needed of it.
    pub(crate) fn file_of(&self, module: usize, path: &[String]) -> Option<&Path> {
        match self.find(module, path, &mut BTreeSet::new())? {
            Found::ItemOf(module) => Some(self.modules[module].file.as_path()),
            Found::Module(_) => None,
        }
    }

    fn find(
        &self,
        module: usize,
        path: &[String],
        asked: &mut BTreeSet<(usize, Vec<String>)>,
    ) -> Option<Found> {
        // Names may refer to each other in a circle, and get longer on the way.
        if path.len() > NAMES_MAX || !asked.insert((module, path.to_vec())) {
            return None;
        }
        let Some((first, rest)) = path.split_first() else {
            return Some(Found::Module(module));
        };
        match first.as_str() {
            "crate" => return self.find(0, rest, asked),
            "self" => return self.find(module, rest, asked),
            "super" => return self.find(self.modules[module].parent?, rest, asked),
            _ => {}
        }
        let here = &self.modules[module];
        // A function may have the name of a module. A path continues only through the module.
        if let Some(index) = here.modules.get(first)
            && !(rest.is_empty() && here.names.contains_key(first))
        {
            return self.find(*index, rest, asked);
        }
        match here.names.get(first) {
            Some(Named::Here) => Some(Found::ItemOf(module)),
            Some(Named::Import(import)) if import.first() != Some(first) || import.len() > 1 => {
                let whole: Vec<String> = import.iter().chain(rest).cloned().collect();
                self.find(module, &whole, asked)
            }
            Some(Named::Import(_)) => None,
            None => here.globs.iter().find_map(|glob| {
                let Found::Module(of) = self.find(module, glob, asked)? else {
                    return None;
                };
                (of != module).then(|| self.find(of, path, asked))?
            }),
        }
    }
}

/// Calls `take` with each path of a `use`, and its name in this file. `*` has no name.
pub(crate) fn leaves(
    tree: &UseTree,
    path: &mut Vec<String>,
    take: &mut impl FnMut(Vec<String>, Option<String>),
) {
    match tree {
        UseTree::Path(part) => {
            path.push(part.ident.to_string());
            leaves(&part.tree, path, take);
            path.pop();
        }
        UseTree::Name(name) if name.ident == "self" => take(path.clone(), path.last().cloned()),
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            let whole = path.iter().cloned().chain([name.clone()]).collect();
            take(whole, Some(name));
        }
        UseTree::Rename(name) => {
            let mut whole = path.clone();
            if name.ident != "self" {
                whole.push(name.ident.to_string());
            }
            take(whole, Some(name.rename.to_string()));
        }
        UseTree::Glob(_) => take(path.clone(), None),
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves(tree, path, take);
            }
        }
    }
}

fn parsed(file: &Path) -> Result<Vec<Item>> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let parsed = syn::parse_file(&text).with_context(|| file.display().to_string())?;
    Ok(parsed.items)
}

fn is_for_tests(module: &ItemMod) -> bool {
    module.attrs.iter().any(|it| {
        it.path().is_ident("cfg")
            && it
                .parse_args::<Ident>()
                .is_ok_and(|condition| condition == "test")
    })
}

/// The value of `#[path = "…"]`.
fn path_of(module: &ItemMod) -> Option<String> {
    module.attrs.iter().find_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else {
            return None;
        };
        let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = &pair.value
        else {
            return None;
        };
        pair.path.is_ident("path").then(|| text.value())
    })
}

/// The name that an item defines.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the others define no name, and syn may add more"
)]
fn defined(item: &Item) -> Option<&Ident> {
    match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Macro(item) => item.ident.as_ref(),
        Item::Static(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Union(item) => Some(&item.ident),
        _ => None,
    }
}
