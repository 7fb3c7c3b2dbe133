//! Reads the patterns of the metadata, as languages and as prefixes.
//!
//! They are regular expressions without loops, so each is a finite set of digit strings. A whole
//! number needs only that set. A prefix also needs the match that a backtracking matcher would
//! choose, and the content of its groups.

use std::collections::HashMap;

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::automaton::{ACCEPT, Arena, DEAD, Node, NodeId};

/// A set of digits, one bit each.
type Digits = u16;

/// One way to match a prefix: the possible digits at each position.
#[derive(Clone, Default)]
pub(crate) struct Path {
    pub(crate) digits: Vec<Digits>,
    /// The beginning and end of each group of the pattern, by its number minus one. `None` if the
    /// group takes no part.
    pub(crate) groups: Vec<Option<(usize, usize)>>,
    /// Whether the number must end where the prefix ends.
    pub(crate) anchored: bool,
}

/// Every way to match a pattern, in the order in which a backtracking matcher tries them.
pub(crate) fn paths(pattern: &str) -> Vec<Path> {
    let mut paths = paths_of(&parse(pattern));
    let groups = paths.iter().map(|path| path.groups.len()).max();
    for path in &mut paths {
        path.groups.resize(groups.unwrap_or_default(), None);
    }
    paths
}

/// The automaton that accepts exactly the strings that match the whole pattern.
pub(crate) fn language(arena: &mut Arena, pattern: &str) -> NodeId {
    let mut machine = Machine::default();
    let end = machine.state(Edge::End);
    let start = machine.before(&parse(pattern), end);
    let mut made = HashMap::new();
    machine.determine(arena, machine.closure(&[start]), &mut made)
}

fn parse(pattern: &str) -> Hir {
    regex_syntax::ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .ignore_whitespace(true)
        .build()
        .parse(pattern)
        .unwrap_or_else(|error| panic!("the metadata holds a malformed pattern: {error}"))
}

fn class_digits(class: &Class) -> Digits {
    let Class::Bytes(class) = class else {
        panic!("patterns are read as bytes");
    };
    let bytes = class
        .ranges()
        .iter()
        .flat_map(|range| range.start()..=range.end());
    bytes.fold(0, |digits, byte| digits | digit(byte))
}

fn digit(byte: u8) -> Digits {
    assert!(
        byte.is_ascii_digit(),
        "a pattern holds {:?}, which is not a digit",
        char::from(byte)
    );
    1 << (byte - b'0')
}

fn bounds(repetition: &regex_syntax::hir::Repetition) -> (u32, u32) {
    let max = repetition
        .max
        .expect("a pattern without an end would hold numbers of any length");
    (repetition.min, max)
}

fn paths_of(hir: &Hir) -> Vec<Path> {
    match hir.kind() {
        HirKind::Empty => vec![Path::default()],
        HirKind::Literal(literal) => {
            let digits = literal.0.iter().map(|&byte| digit(byte)).collect();
            vec![Path {
                digits,
                ..Path::default()
            }]
        }
        HirKind::Class(class) => vec![Path {
            digits: vec![class_digits(class)],
            ..Path::default()
        }],
        HirKind::Look(Look::End) => vec![Path {
            anchored: true,
            ..Path::default()
        }],
        HirKind::Look(look) => panic!("a pattern looks around: {look:?}"),
        HirKind::Repetition(repetition) => {
            assert!(
                repetition.greedy,
                "a lazy repetition would prefer the shortest match"
            );
            let (min, max) = bounds(repetition);
            let once = paths_of(&repetition.sub);
            (min..=max)
                .rev()
                .flat_map(|times| in_turn(std::iter::repeat_n(&once, times as usize)))
                .collect()
        }
        HirKind::Capture(capture) => {
            let group = capture.index as usize - 1;
            let mut paths = paths_of(&capture.sub);
            for path in &mut paths {
                let groups = path.groups.len().max(group + 1);
                path.groups.resize(groups, None);
                path.groups[group] = Some((0, path.digits.len()));
            }
            paths
        }
        HirKind::Concat(parts) => {
            let parts: Vec<_> = parts.iter().map(paths_of).collect();
            in_turn(parts.iter())
        }
        HirKind::Alternation(parts) => parts.iter().flat_map(paths_of).collect(),
    }
}

/// Every way to match the parts in sequence.
fn in_turn<'a>(parts: impl Iterator<Item = &'a Vec<Path>>) -> Vec<Path> {
    parts.fold(vec![Path::default()], |firsts, seconds| {
        firsts
            .iter()
            .flat_map(|first| seconds.iter().map(|second| join(first, second)))
            .collect()
    })
}

fn join(first: &Path, second: &Path) -> Path {
    assert!(
        !first.anchored || second.digits.is_empty(),
        "nothing can follow the end of the number"
    );
    let offset = first.digits.len();
    let mut path = first.clone();
    path.digits.extend(&second.digits);
    path.groups
        .resize(first.groups.len().max(second.groups.len()), None);
    for (group, place) in second.groups.iter().enumerate() {
        if let Some((start, end)) = place {
            path.groups[group] = Some((start + offset, end + offset));
        }
    }
    path.anchored |= second.anchored;
    path
}

/// A nondeterministic automaton, built from its end to its start.
#[derive(Default)]
struct Machine {
    states: Vec<Edge>,
}

enum Edge {
    End,
    Read(Digits, usize),
    Either(Vec<usize>),
}

impl Machine {
    fn state(&mut self, edge: Edge) -> usize {
        self.states.push(edge);
        self.states.len() - 1
    }

    /// The state from which `hir` leads to `after`.
    fn before(&mut self, hir: &Hir, after: usize) -> usize {
        match hir.kind() {
            HirKind::Empty => after,
            HirKind::Literal(literal) => literal.0.iter().rev().fold(after, |after, &byte| {
                self.state(Edge::Read(digit(byte), after))
            }),
            HirKind::Class(class) => self.state(Edge::Read(class_digits(class), after)),
            HirKind::Look(look) => panic!("the pattern of a whole number looks around: {look:?}"),
            HirKind::Repetition(repetition) => {
                let (min, max) = bounds(repetition);
                let mut state = after;
                for _ in min..max {
                    let once = self.before(&repetition.sub, state);
                    state = self.state(Edge::Either(vec![once, after]));
                }
                (0..min).fold(state, |state, _| self.before(&repetition.sub, state))
            }
            HirKind::Capture(capture) => self.before(&capture.sub, after),
            HirKind::Concat(parts) => parts
                .iter()
                .rev()
                .fold(after, |after, part| self.before(part, after)),
            HirKind::Alternation(parts) => {
                let starts = parts.iter().map(|part| self.before(part, after)).collect();
                self.state(Edge::Either(starts))
            }
        }
    }

    /// The states that `states` reach without a digit, and that read a digit or end. They are
    /// sorted, so that equal sets are equal lists.
    fn closure(&self, states: &[usize]) -> Vec<usize> {
        let mut pending = states.to_vec();
        let mut reached = Vec::new();
        while let Some(state) = pending.pop() {
            match &self.states[state] {
                Edge::Either(states) => pending.extend(states),
                Edge::End | Edge::Read(..) => reached.push(state),
            }
        }
        reached.sort_unstable();
        reached.dedup();
        reached
    }

    fn determine(
        &self,
        arena: &mut Arena,
        states: Vec<usize>,
        made: &mut HashMap<Vec<usize>, NodeId>,
    ) -> NodeId {
        if states.is_empty() {
            return DEAD;
        }
        if let Some(&id) = made.get(&states) {
            return id;
        }
        let mut node = Node::default();
        for digit in 0..10 {
            let after: Vec<usize> = states
                .iter()
                .filter_map(|&state| match self.states[state] {
                    Edge::Read(digits, after) if digits >> digit & 1 == 1 => Some(after),
                    Edge::Read(..) | Edge::End | Edge::Either(_) => None,
                })
                .collect();
            node.next[digit] = self.determine(arena, self.closure(&after), made);
        }
        if states
            .iter()
            .any(|&state| matches!(self.states[state], Edge::End))
        {
            node.payload = ACCEPT;
        }
        let id = arena.intern(node);
        made.insert(states, id);
        id
    }
}
