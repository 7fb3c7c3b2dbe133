//! The types that a crate defines.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use syn::{Ident, Item, ItemEnum, ItemStruct, ItemTrait, ItemType, ItemUnion};

use super::modules::Tree;

/// The names that more than one module defines, with the files of these modules. Items that are
/// compiled only for tests are left out.
pub(crate) fn of_the_same_name(tree: &Tree) -> BTreeMap<String, BTreeSet<PathBuf>> {
    let mut defined: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for module in tree.modules.iter().filter(|module| !module.is_test) {
        // An item may be there twice, each under its own condition.
        let names: BTreeSet<&Ident> = module.items.iter().filter_map(name).collect();
        for name in names {
            let files = defined.entry(name.to_string()).or_default();
            files.push(module.file.clone());
        }
    }
    defined.retain(|_, files| files.len() > 1);
    let sets = defined.into_iter();
    sets.map(|(name, files)| (name, files.into_iter().collect()))
        .collect()
}

fn name(item: &Item) -> Option<&Ident> {
    let (Item::Enum(ItemEnum { ident, .. })
    | Item::Struct(ItemStruct { ident, .. })
    | Item::Trait(ItemTrait { ident, .. })
    | Item::Type(ItemType { ident, .. })
    | Item::Union(ItemUnion { ident, .. })) = item
    else {
        return None;
    };
    Some(ident)
}
