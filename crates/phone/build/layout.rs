//! Lays automata out as the words that `src/automaton.rs` reads.
//!
//! Nodes come after those they lead to, so that distances are positive and most of them are small and alike, which is what a compressor wants.

use std::collections::{BTreeMap, HashMap};

use crate::automaton::{Arena, DEAD, NodeId};

/// A word that begins an accepting node: [`ACCEPTS`], perhaps [`LEAF`], and the payload.
const ACCEPTS: u16 = 1 << 15;
/// Set beside [`ACCEPTS`] where nothing leads on.
const LEAF: u16 = 1 << 14;
/// Set beside the digits of a node's last group.
const LAST: u16 = 1 << 10;

pub(crate) struct Layout {
    pub(crate) words: Vec<u16>,
    positions: HashMap<NodeId, u16>,
}

impl Layout {
    /// Lays out all that can be reached from `roots`.
    pub(crate) fn new(arena: &Arena, roots: impl IntoIterator<Item = NodeId>) -> Self {
        let mut layout = Self {
            words: vec![LAST],
            positions: HashMap::from([(DEAD, 0)]),
        };
        for root in roots {
            layout.place(arena, root);
        }
        layout
    }

    /// Where a node begins.
    pub(crate) fn position(&self, id: NodeId) -> u16 {
        self.positions[&id]
    }

    fn place(&mut self, arena: &Arena, id: NodeId) {
        if self.positions.contains_key(&id) {
            return;
        }
        let node = arena.node(id);
        let mut groups: BTreeMap<NodeId, u16> = BTreeMap::new();
        for (digit, &next) in node
            .next
            .iter()
            .enumerate()
            .filter(|&(_, &next)| next != DEAD)
        {
            self.place(arena, next);
            *groups.entry(next).or_default() |= 1 << digit;
        }
        let mut groups: Vec<(u16, u16)> = groups
            .into_iter()
            .map(|(next, digits)| (self.position(next), digits))
            .collect();
        groups.sort_unstable();

        let position =
            u16::try_from(self.words.len()).expect("an automaton has fewer than 2^16 words");
        self.positions.insert(id, position);
        if node.payload != 0 {
            assert!(node.payload < LEAF, "a payload has 14 bits");
            self.words
                .push(ACCEPTS | node.payload | if groups.is_empty() { LEAF } else { 0 });
        }
        for (index, &(next, digits)) in groups.iter().enumerate() {
            let last = if index + 1 == groups.len() { LAST } else { 0 };
            self.words.extend([digits | last, position - next]);
        }
    }
}
