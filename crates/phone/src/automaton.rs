//! Reads a minimal acyclic automaton over digits from a table of words.
//!
//! The table is an array in the binary, so there is nothing to build, allocate or compile before the first digit.
//!
//! A node is where its first word is.
//! It is a list of groups, and a group is two words: a set of digits, with [`LAST`] in the last group, and how far back from the node's first word the node lies that those digits lead to.
//! A node that accepts has a word before its groups: [`ACCEPTS`], a payload, and [`LEAF`] if there are no groups.

/// In the first word of a node that accepts.
const ACCEPTS: u16 = 1 << 15;
/// Beside [`ACCEPTS`]: nothing leads on from here.
const LEAF: u16 = 1 << 14;
/// In the first word of a node's last group.
const LAST: u16 = 1 << 10;

/// A node, by the index of its first word.
pub(crate) type Node = u16;

/// The node that accepts nothing and leads nowhere. It is the first of every table.
pub(crate) const DEAD: Node = 0;

pub(crate) struct Automaton(pub(crate) &'static [u16]);

impl Automaton {
    /// The node that an ASCII digit leads to.
    pub(crate) fn step(&self, node: Node, digit: u8) -> Node {
        let mut at = node;
        let first = self.word(at);
        if first & ACCEPTS != 0 {
            if first & LEAF != 0 {
                return DEAD;
            }
            at += 1;
        }
        loop {
            let digits = self.word(at);
            if digits >> (digit & 0xF) & 1 == 1 {
                return node.saturating_sub(self.word(at + 1));
            }
            if digits & LAST != 0 {
                return DEAD;
            }
            at += 2;
        }
    }

    /// What an accepting node carries.
    pub(crate) fn payload(&self, node: Node) -> Option<u16> {
        let first = self.word(node);
        (first & ACCEPTS != 0).then_some(first & (LEAF - 1))
    }

    /// The payload where all of `digits` lead to, if that accepts.
    pub(crate) fn accepted(&self, root: Node, digits: &[u8]) -> Option<u16> {
        let end = digits
            .iter()
            .fold(root, |node, &digit| self.step(node, digit));
        self.payload(end)
    }

    /// The last accepting node on the way of `digits` that `counts`: how many digits lead to it, and its payload.
    pub(crate) fn longest(
        &self,
        root: Node,
        digits: &[u8],
        counts: impl Fn(usize, u16) -> bool,
    ) -> Option<(usize, u16)> {
        let mut node = root;
        let mut longest = None;
        for (index, &digit) in digits.iter().enumerate() {
            node = self.step(node, digit);
            if let Some(payload) = self.payload(node)
                && counts(index + 1, payload)
            {
                longest = Some((index + 1, payload));
            }
        }
        longest
    }

    /// A word, or an empty last group beyond the table's end.
    fn word(&self, at: u16) -> u16 {
        self.0.get(usize::from(at)).copied().unwrap_or(LAST)
    }
}
