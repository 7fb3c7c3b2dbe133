//! Lays out automata in the format that `src/automaton.rs` reads.
//!
//! Nodes have numbers in the order of a breadth-first search, so that an edge to a node that the
//! search has not met before needs no target. Nodes that are the target of many edges have numbers
//! before all others, so that the high byte of those targets is nearly always the same.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::automaton::{Arena, DEAD, NodeId};
use crate::table::{Table, number};

/// A bit beside the digits 8 and 9 of an edge: the edge is the last one of its node.
const LAST: u8 = 1 << 2;
/// A bit beside the digits 8 and 9 of an edge: the edge has a target, instead of the next new node.
const GIVEN: u8 = 1 << 3;

/// The set of all ten digits.
const ALL_DIGITS: u16 = (1 << 10) - 1;

/// The number of nodes, besides the dead node, whose numbers fit into a byte.
const NEAR_NODES: usize = 255;

/// These nodes have a mark each, with the positions of their edges and targets: most steps of a
/// walk lead to one of them.
const MARKED_NODES: usize = 1 + NEAR_NODES;

/// After them, this number of nodes shares one mark.
const NODES_A_MARK: usize = 8;

pub(crate) struct Layout {
    numbers: HashMap<NodeId, u16>,
    first_payload: u16,
    first_met: u16,
    payloads: Vec<u16>,
    marked_edges: Vec<u16>,
    marked_targets: Vec<u16>,
    flags: Vec<u8>,
    masks: Vec<u8>,
    targets: Vec<u16>,
}

/// A node, and the digits that lead to it.
type Edge = (u16, NodeId);

impl Layout {
    /// Lays out all nodes that are reachable from `roots`.
    pub(crate) fn new(arena: &Arena, roots: &[NodeId]) -> Self {
        let edges = edges(arena, roots);
        let mut order = vec![DEAD];
        let (near, rare) = apart(arena, &edges);
        let has_payload = |&id: &NodeId| arena.node(id).payload != 0;
        let (near_carriers, near): (Vec<_>, Vec<_>) = near.into_iter().partition(has_payload);
        order.extend(near);
        let first_payload = number(order.len());
        let carriers = near_carriers.iter().chain(&rare);
        let payloads = carriers.clone().map(|&id| arena.node(id).payload).collect();
        order.extend(carriers);

        let mut numbers: HashMap<NodeId, u16> = HashMap::new();
        for (place, &id) in order.iter().enumerate() {
            numbers.insert(id, number(place));
        }
        let mut layout = Self {
            numbers,
            first_payload,
            first_met: 0,
            payloads,
            marked_edges: Vec::new(),
            marked_targets: Vec::new(),
            flags: Vec::new(),
            masks: Vec::new(),
            targets: Vec::new(),
        };
        for &root in roots {
            layout.meet(&mut order, root);
        }
        layout.first_met = number(order.len());
        let mut place = 0;
        while let Some(&id) = order.get(place) {
            if place < MARKED_NODES || (place - MARKED_NODES).is_multiple_of(NODES_A_MARK) {
                layout.marked_edges.push(number(layout.flags.len()));
                layout.marked_targets.push(number(layout.targets.len()));
            }
            layout.place(&mut order, &edges[&id]);
            place += 1;
        }
        layout
    }

    /// The number of a node.
    pub(crate) fn number(&self, id: NodeId) -> u16 {
        self.numbers[&id]
    }

    /// Adds the parts to a table, in the order in which the reader expects them.
    pub(crate) fn write(&self, table: &mut Table) {
        table.words([self.first_payload, self.first_met]);
        table.words(self.payloads.iter().copied());
        table.words(self.marked_edges.iter().copied());
        table.words(self.marked_targets.iter().copied());
        table.bytes(self.flags.iter().copied());
        table.bytes(self.masks.iter().copied());
        table.words(self.targets.iter().copied());
    }

    /// Numbers a node, and returns whether it had no number before.
    fn meet(&mut self, order: &mut Vec<NodeId>, id: NodeId) -> bool {
        let next = number(order.len());
        let is_new = *self.numbers.entry(id).or_insert(next) == next;
        if is_new {
            order.push(id);
        }
        is_new
    }

    /// Adds the edges of the next node.
    fn place(&mut self, order: &mut Vec<NodeId>, edges: &[Edge]) {
        for (index, &(digits, target)) in edges.iter().enumerate() {
            let [mask, mut flags] = digits.to_le_bytes();
            if index + 1 == edges.len() {
                flags |= LAST;
            }
            if !self.meet(order, target) {
                flags |= GIVEN;
                self.targets.push(self.number(target));
            }
            self.flags.push(flags);
            self.masks.push(mask);
        }
    }
}

/// The edges of all reachable nodes.
fn edges(arena: &Arena, roots: &[NodeId]) -> BTreeMap<NodeId, Vec<Edge>> {
    let mut edges = BTreeMap::new();
    let mut pending = roots.to_vec();
    pending.push(DEAD);
    while let Some(id) = pending.pop() {
        edges.entry(id).or_insert_with(|| {
            let of_node = edges_of(arena, id);
            pending.extend(of_node.iter().map(|&(_, next)| next));
            of_node
        });
    }
    edges
}

/// The edges of a node, from small masks to large. The last edge gets the mask of all digits, since
/// it takes the rest in any case.
fn edges_of(arena: &Arena, id: NodeId) -> Vec<Edge> {
    let mut digits: BTreeMap<NodeId, u16> = BTreeMap::new();
    for (digit, &next) in arena.node(id).next.iter().enumerate() {
        if next != DEAD {
            *digits.entry(next).or_default() |= 1 << digit;
        }
    }
    let all = digits.values().fold(0, |all, digits| all | digits);
    let mut edges: Vec<Edge> = digits
        .into_iter()
        .map(|(next, digits)| (digits, next))
        .collect();
    edges.sort_unstable();
    match edges.last_mut() {
        Some(last) if all == ALL_DIGITS => last.0 = ALL_DIGITS,
        Some(_) => {}
        // Every node has an edge, so that the reader can count nodes by their last edges.
        None => edges.push((0, DEAD)),
    }
    edges
}

/// The nodes with the most incoming edges, and the other nodes that have a payload.
fn apart(arena: &Arena, edges: &BTreeMap<NodeId, Vec<Edge>>) -> (Vec<NodeId>, Vec<NodeId>) {
    let mut leading: HashMap<NodeId, usize> = HashMap::new();
    for &(_, next) in edges.values().flatten() {
        *leading.entry(next).or_default() += 1;
    }
    let count = |id: &NodeId| leading.get(id).copied().unwrap_or_default();
    let has_payload = |id: &NodeId| arena.node(*id).payload != 0;
    let mut near: Vec<NodeId> = edges
        .keys()
        .copied()
        .filter(|id| *id != DEAD && (count(id) > 1 || has_payload(id)))
        .collect();
    near.sort_by_key(|id| Reverse(count(id)));
    let mut rest = near.split_off(near.len().min(NEAR_NODES));
    rest.retain(has_payload);
    (near, rest)
}
