//! The terms of a list as a tree of characters. It finds the terms that a password contains,
//! exactly or with one edit.
//!
//! Nodes are numbered breadth first. So the children of a node are neighbours, and end where those
//! of the next node begin. A node takes twelve bytes, and a list of ten thousand terms is built in
//! about a millisecond.

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::steps;

/// A set of terms.
#[derive(Clone, Debug)]
pub(super) struct Trie {
    /// The nodes, the root first. One extra node after the last one marks where the last one's
    /// children end. The empty set has no nodes.
    nodes: Vec<Node>,
}

/// A term of a list, by the number of its last node. Within one list, shorter terms have smaller
/// numbers, and terms of equal length are in the order of their code points.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct TermNumber(u32);

/// A term at the beginning of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// The number of characters of the text that it covers.
    pub(super) length: usize,
    /// The number of characters of the term.
    pub(super) term_length: usize,
    /// The number of the term.
    pub(super) term: TermNumber,
    /// Whether the match needs an edit: one character exchanged, removed or inserted.
    pub(super) fuzzy: bool,
}

impl Trie {
    /// The empty set.
    pub(super) const EMPTY: Self = Self { nodes: Vec::new() };

    /// Builds the tree from sorted terms, without duplicates and empty terms.
    pub(super) fn of_sorted(terms: &[&str]) -> Self {
        if terms.is_empty() {
            return Self::EMPTY;
        }
        let mut nodes = Vec::new();
        nodes.push(Node::new('\0'));
        // In the order of the nodes: the terms that pass through each node, and the number of their
        // bytes that lead to it.
        let mut unvisited = VecDeque::from([(0..terms.len(), 0)]);
        let mut visited = 0;
        while let Some((mut through, depth)) = unvisited.pop_front() {
            nodes[visited].first_child = number(nodes.len());
            if terms[through.start].len() == depth {
                nodes[visited].ends_term = true;
                through.start += 1;
            }
            while let Some(label) = next_character(terms, &through, depth) {
                let alike =
                    terms[through.clone()].partition_point(|term| term[depth..].starts_with(label));
                let child = through.start..through.start + alike;
                through.start = child.end;
                unvisited.push_back((child, depth + label.len_utf8()));
                nodes.push(Node::new(label));
            }
            visited += 1;
        }
        let mut end = Node::new('\0');
        end.first_child = number(nodes.len());
        nodes.push(end);
        Self { nodes }
    }

    /// Finds every term at the beginning of `text`, exactly or with one edit. It may report the
    /// same hit more than once.
    pub(super) fn search(&self, text: &[char], mut found: impl FnMut(Hit)) {
        if self.nodes.is_empty() {
            return;
        }
        let mut node = ROOT;
        let mut depth = 0;
        loop {
            self.report(node, depth, depth, false, &mut found);
            let next = text.get(depth).copied();
            if next.is_some() {
                // The text has an extra character here.
                self.follow(node, text, depth + 1, depth, &mut found);
            }
            for child in self.children(node) {
                // The term has an extra character here.
                self.follow(child, text, depth, depth + 1, &mut found);
                if next.is_some_and(|character| character != self.nodes[child].label) {
                    // The text has another character here.
                    self.follow(child, text, depth + 1, depth + 1, &mut found);
                }
            }
            match next.and_then(|character| self.child(node, character)) {
                Some(child) => node = child,
                None => return,
            }
            depth += 1;
        }
    }

    /// The length of the longest term at the beginning of `text`. 0 if there is none.
    pub(super) fn longest(&self, text: &[char]) -> usize {
        let (mut node, mut longest) = (ROOT, 0);
        for (depth, character) in text.iter().enumerate() {
            match self.child(node, *character) {
                Some(child) => node = child,
                None => break,
            }
            if self.nodes[node].ends_term {
                longest = depth + 1;
            }
        }
        longest
    }

    /// The text of a term.
    pub(super) fn term(&self, term: TermNumber) -> String {
        let mut backwards = Vec::new();
        let mut node = term.0 as usize;
        while node != ROOT {
            backwards.push(self.nodes[node].label);
            node = self.parent(node);
        }
        backwards.into_iter().rev().collect()
    }

    /// Whether the set contains exactly this term.
    pub(super) fn has(&self, term: &str) -> bool {
        let mut node = ROOT;
        for character in term.chars() {
            match self.child(node, character) {
                Some(child) => node = child,
                None => return false,
            }
        }
        self.nodes.get(node).is_some_and(|node| node.ends_term)
    }

    /// Reports the terms on the path of `text` from `position` on, after the one edit was used.
    fn follow(
        &self,
        mut node: usize,
        text: &[char],
        position: usize,
        mut term_length: usize,
        found: &mut impl FnMut(Hit),
    ) {
        let mut length = position;
        loop {
            self.report(node, length, term_length, true, found);
            let next = text.get(length);
            match next.and_then(|character| self.child(node, *character)) {
                Some(child) => node = child,
                None => return,
            }
            length += 1;
            term_length += 1;
        }
    }

    fn report(
        &self,
        node: usize,
        length: usize,
        term_length: usize,
        fuzzy: bool,
        found: &mut impl FnMut(Hit),
    ) {
        if self.nodes[node].ends_term {
            found(Hit {
                length,
                term_length,
                term: TermNumber(number(node)),
                fuzzy,
            });
        }
    }

    fn child(&self, node: usize, character: char) -> Option<usize> {
        steps::count();
        let children = self.children(node);
        self.nodes
            .get(children.clone())?
            .binary_search_by_key(&character, |child| child.label)
            .ok()
            .map(|offset| children.start + offset)
    }

    fn children(&self, node: usize) -> Range<usize> {
        match self.nodes.get(node..node + 2) {
            Some([this, next]) => this.first_child as usize..next.first_child as usize,
            Some(_) | None => 0..0,
        }
    }

    /// The last node whose children begin at this one or before it.
    fn parent(&self, node: usize) -> usize {
        let later = |other: &Node| other.first_child as usize <= node;
        self.nodes.partition_point(later).saturating_sub(1)
    }
}

const ROOT: usize = 0;

#[derive(Clone, Copy, Debug)]
struct Node {
    /// The character that leads here from the parent.
    label: char,
    /// Whether the path to this node is a whole term.
    ends_term: bool,
    first_child: u32,
}

impl Node {
    const fn new(label: char) -> Self {
        Self {
            label,
            ends_term: false,
            first_child: 0,
        }
    }
}

/// The character after the first `depth` bytes of the first of these terms.
fn next_character(terms: &[&str], through: &Range<usize>, depth: usize) -> Option<char> {
    terms[through.clone()].first()?[depth..].chars().next()
}

/// The number of a node. Lists have far fewer than four thousand million characters.
fn number(index: usize) -> u32 {
    u32::try_from(index).expect("a list has fewer characters than a u32 can count")
}
