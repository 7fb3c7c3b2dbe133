//! Minimal acyclic automata over the ten digits, in one arena.
//!
//! A node consists of its payload and its ten successors, and the arena creates equal nodes only
//! once. The languages are finite, and the arena creates nodes from the leaves up. So all automata
//! are minimal and shared by construction.

use std::collections::HashMap;

/// A node of an [`Arena`].
pub(crate) type NodeId = u32;

/// The node that accepts nothing and has no successors.
pub(crate) const DEAD: NodeId = 0;

/// The payload of a node that accepts without further information.
pub(crate) const ACCEPT: u16 = 1;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Node {
    /// 0 if the node does not accept the digits so far.
    pub(crate) payload: u16,
    pub(crate) next: [NodeId; 10],
}

pub(crate) struct Arena {
    nodes: Vec<Node>,
    ids: HashMap<Node, NodeId>,
}

impl Arena {
    pub(crate) fn new() -> Self {
        let dead = Node::default();
        Self {
            nodes: vec![dead],
            ids: HashMap::from([(dead, DEAD)]),
        }
    }

    pub(crate) fn node(&self, id: NodeId) -> Node {
        self.nodes[id as usize]
    }

    /// The one node that equals `node`.
    pub(crate) fn intern(&mut self, node: Node) -> NodeId {
        *self.ids.entry(node).or_insert_with(|| {
            self.nodes.push(node);
            NodeId::try_from(self.nodes.len() - 1).expect("far fewer nodes than 2^32")
        })
    }

    /// The node to which `digits` lead from `from`.
    pub(crate) fn walk(&self, from: NodeId, digits: &str) -> NodeId {
        digits.bytes().fold(from, |node, byte| {
            self.node(node).next[usize::from(byte - b'0')]
        })
    }

    /// A node from which `digits` lead to `to`, and all other digits lead to the dead node.
    pub(crate) fn chain(&mut self, digits: &str, to: NodeId) -> NodeId {
        if to == DEAD {
            return DEAD;
        }
        digits.bytes().rev().fold(to, |to, byte| {
            let mut node = Node::default();
            node.next[usize::from(byte - b'0')] = to;
            self.intern(node)
        })
    }

    /// Reads the automata at `roots` in parallel. `combine` makes the new payload from each
    /// combination of payloads and the number of digits read.
    pub(crate) fn product<const N: usize>(
        &mut self,
        roots: [NodeId; N],
        combine: &dyn Fn([u16; N], u16) -> u16,
    ) -> NodeId {
        self.product_from(roots, 0, combine, &mut HashMap::new())
    }

    fn product_from<const N: usize>(
        &mut self,
        ids: [NodeId; N],
        length: u16,
        combine: &dyn Fn([u16; N], u16) -> u16,
        made: &mut HashMap<([NodeId; N], u16), NodeId>,
    ) -> NodeId {
        if ids == [DEAD; N] {
            return DEAD;
        }
        if let Some(&id) = made.get(&(ids, length)) {
            return id;
        }
        let nodes = ids.map(|id| self.node(id));
        let payload = combine(nodes.map(|node| node.payload), length);
        let next = std::array::from_fn(|digit| {
            self.product_from(
                nodes.map(|node| node.next[digit]),
                length + 1,
                combine,
                made,
            )
        });
        let id = self.intern(Node { payload, next });
        made.insert((ids, length), id);
        id
    }
}
