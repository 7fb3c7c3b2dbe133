//! Walks a minimal acyclic automaton over digits, in the form that the table stores.
//!
//! Nothing is unpacked: the form that compresses well is also the form that is walked.
//!
//! Nodes are numbered in the order of a breadth-first search. The edges of all nodes are stored one
//! after the other in that order. An edge is a set of digits and the node that they lead to. A walk
//! takes the first edge of a node that has the digit. So the last edge of a node may claim digits
//! of the other edges, which makes most last edges alike.
//!
//! The parts are separate streams, since a compressor works best if similar data is together:
//! - *masks*: the digits 0 to 7 of each edge;
//! - *flags*: the digits 8 and 9 of each edge, [`LAST`] and [`GIVEN`];
//! - *targets*: a word for each edge that is [`GIVEN`]. Every other edge leads to the next node
//!   that no earlier edge led to. Such targets are counted and not stored: two edges in five;
//! - *marks*: where the edges and the given targets of a node begin, for each of the first 256
//!   nodes and then for every eighth;
//! - *payloads*: accepting nodes have consecutive numbers, and each has a word.
//!
//! The gain is measured: all plans take 23.8 KB of brotli. The previous format, words with
//! distances between them, one node after the other, took 32.6 KB.

use crate::words::Words;

/// Bits in the flags of an edge: the digits 8 and 9.
const HIGH_DIGITS: u8 = 0b11;
/// Bit in the flags of an edge: the edge is the last of its node.
const LAST: u8 = 1 << 2;
/// Bit in the flags of an edge: the target is stored.
const GIVEN: u8 = 1 << 3;

/// The first nodes, which most edges lead to. Each of them has a mark of its own.
const NEAR_NODES: u16 = 256;

/// After those nodes, one mark for this many nodes.
const NODES_A_MARK: u16 = 8;

/// Flags are counted in chunks of this many.
const CHUNK: usize = 8;

/// A node, by its number.
pub(crate) type Node = u16;

/// The node that accepts nothing and has no successors.
pub(crate) const DEAD: Node = 0;

#[derive(Clone, Copy)]
pub(crate) struct Automaton<'t> {
    /// The first node that has a payload.
    pub(crate) first_payload: Node,
    /// The first node that an edge without a stored target leads to.
    pub(crate) first_met: Node,
    pub(crate) payloads: Words<'t>,
    pub(crate) marked_edges: Words<'t>,
    pub(crate) marked_targets: Words<'t>,
    pub(crate) flags: &'t [u8],
    pub(crate) masks: &'t [u8],
    pub(crate) targets: Words<'t>,
}

impl Automaton<'_> {
    /// The node that an ASCII digit leads to.
    pub(crate) fn step(&self, node: Node, digit: u8) -> Node {
        if node == DEAD {
            return DEAD;
        }
        let digit = digit & 0xF;
        let (mut edge, mut given) = self.first_edge(node);
        while let (Some(&flags), Some(&mask)) = (self.flags.get(edge), self.masks.get(edge)) {
            let digits = u16::from_le_bytes([mask, flags & HIGH_DIGITS]);
            let is_given = flags & GIVEN != 0;
            if digits >> digit & 1 == 1 {
                return if is_given {
                    self.targets.get(given)
                } else {
                    let met = edge.saturating_sub(given);
                    u16::try_from(met).map_or(DEAD, |met| self.first_met.saturating_add(met))
                };
            }
            if flags & LAST != 0 {
                break;
            }
            edge += 1;
            given += usize::from(is_given);
        }
        DEAD
    }

    /// How many edges, and how many given targets, come before those of a node.
    fn first_edge(&self, node: Node) -> (usize, usize) {
        let (mark, nodes) = match node.checked_sub(NEAR_NODES) {
            None => (node, 0),
            Some(far) => (NEAR_NODES + far / NODES_A_MARK, far % NODES_A_MARK),
        };
        let (mark, mut nodes) = (usize::from(mark), u32::from(nodes));
        let mut edge = usize::from(self.marked_edges.get(mark));
        let mut given = usize::from(self.marked_targets.get(mark));
        while nodes > 0 {
            let chunk = self.chunk(edge);
            let mut last = chunk & every(LAST);
            let count = last.count_ones();
            if count < nodes {
                nodes -= count;
                given += (chunk & every(GIVEN)).count_ones() as usize;
                edge += CHUNK;
                if edge >= self.flags.len() {
                    break;
                }
                continue;
            }
            // The end of the preceding node is within the chunk: it is the given one of the ends
            // there.
            for _ in 1..nodes {
                last &= last - 1;
            }
            let end = last.trailing_zeros() / u8::BITS;
            let before = u64::MAX >> (u64::BITS - u8::BITS * (end + 1));
            given += (chunk & every(GIVEN) & before).count_ones() as usize;
            edge += end as usize + 1;
            break;
        }
        (edge, given)
    }

    /// The flags of an edge and of the edges after it, the first in the lowest byte. After the last
    /// edge the flags are zero.
    fn chunk(&self, edge: usize) -> u64 {
        let rest = self.flags.get(edge..).unwrap_or_default();
        match rest.first_chunk::<CHUNK>() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => rest
                .iter()
                .rev()
                .fold(0, |chunk, &flags| chunk << u8::BITS | u64::from(flags)),
        }
    }

    /// The payload of an accepting node.
    pub(crate) fn payload(&self, node: Node) -> Option<u16> {
        let index = usize::from(node.checked_sub(self.first_payload)?);
        (index < self.payloads.len()).then(|| self.payloads.get(index))
    }

    /// The payload of the node that `digits` lead to, if that node accepts.
    pub(crate) fn accepted(&self, root: Node, digits: &[u8]) -> Option<u16> {
        let mut node = root;
        for &digit in digits {
            node = self.step(node, digit);
            if node == DEAD {
                return None;
            }
        }
        self.payload(node)
    }

    /// The last accepting node on the path of `digits` for which `counts` holds: the number of
    /// digits that lead to it, and its payload.
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
            if node == DEAD {
                break;
            }
            if let Some(payload) = self.payload(node)
                && counts(index + 1, payload)
            {
                longest = Some((index + 1, payload));
            }
        }
        longest
    }
}

/// A chunk with the flag in every byte.
const fn every(flag: u8) -> u64 {
    u64::from_ne_bytes([flag; CHUNK])
}
