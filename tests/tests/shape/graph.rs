//! Loops of files.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use crate::uses::Edge;

/// The files of each loop, of any length.
///
/// Two files are in one loop if each can be reached from the other.
pub(crate) fn cycles(edges: &[Edge]) -> Vec<BTreeSet<PathBuf>> {
    let mut next: BTreeMap<&PathBuf, BTreeSet<&PathBuf>> = BTreeMap::new();
    for edge in edges {
        next.entry(&edge.from).or_default().insert(&edge.to);
    }
    let reached: BTreeMap<&PathBuf, BTreeSet<&PathBuf>> = next
        .keys()
        .map(|file| (*file, reached_from(file, &next)))
        .collect();
    let mut cycles = BTreeSet::new();
    for (file, there) in &reached {
        if !there.contains(file) {
            continue;
        }
        let back = there.iter().filter(|other| {
            reached
                .get(*other)
                .is_some_and(|there| there.contains(file))
        });
        cycles.insert(back.map(|file| (*file).clone()).collect::<BTreeSet<_>>());
    }
    cycles.into_iter().collect()
}

fn reached_from<'a>(
    file: &'a PathBuf,
    next: &BTreeMap<&'a PathBuf, BTreeSet<&'a PathBuf>>,
) -> BTreeSet<&'a PathBuf> {
    let mut reached = BTreeSet::new();
    let mut open = vec![file];
    while let Some(file) = open.pop() {
        for to in next.get(file).into_iter().flatten() {
            if reached.insert(*to) {
                open.push(to);
            }
        }
    }
    reached
}
