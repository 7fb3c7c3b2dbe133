//! Finds calling codes in front of numbers without a `+`.
//!
//! libphonenumber reads digits as a calling code and a number if the digits themselves are not a
//! number of the plan, but the rest without the code and the national prefix is one. It asks the
//! plan's pattern both times. That pattern is not in the tables of parsing. If a region has its
//! code alone, or is the main region of its code, the numbers that begin with the code are enough:
//! the length of the rest decides. So both ways agree wherever either yields an assigned number,
//! and the tables stay small. Any other region leaves unknown digits to the main region, so a
//! separate automaton has all the digits that begin with a code there. Digits too long for the plan
//! are in neither automaton: parsing always removes their code.

use std::collections::HashMap;

use crate::action::{Action, Prepended, is_anchored};
use crate::automaton::{ACCEPT, Arena, DEAD, Node, NodeId};
use crate::metadata::Plan;

/// The numbers of a plan that begin with its own calling code, if a number could follow that code.
pub(crate) fn beside(arena: &mut Arena, code: u16, plan: &Plan, general: NodeId) -> NodeId {
    let code = code.to_string();
    let read = u16::try_from(code.len()).expect("three digits at most");
    let after_code = arena.walk(general, &code);
    let beside = arena.chain(&code, after_code);
    arena.product([beside], &|[payload], length| {
        let rest = length.saturating_sub(read);
        // The rest can have a prefix too, which is one digit in nearly all plans.
        let is_possible = [rest, rest.saturating_sub(1)]
            .iter()
            .any(|rest| plan.general.lengths.contains(rest));
        if is_possible { payload } else { 0 }
    })
}

/// The digits that begin with a calling code, and that are a number of the plan only without it.
pub(crate) fn taken(
    arena: &mut Arena,
    prepended: &Prepended,
    code: u16,
    plan: &Plan,
    general: NodeId,
    prefix: NodeId,
    actions: &[Action],
) -> NodeId {
    let mut kinds: Vec<Kind> = actions.iter().filter_map(replacement).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let longest = *plan.general.lengths.last().expect("every plan has numbers");
    let code = code.to_string();
    let read = u16::try_from(code.len()).expect("three digits at most");
    let mut stripped = Stripped {
        arena,
        prepended,
        general,
        kinds: &kinds,
        length_max: longest.saturating_sub(read),
        made: HashMap::new(),
    };
    let after_code = stripped.from(State {
        whole: general,
        prefix,
        rest: DEAD,
        replaced: vec![DEAD; kinds.len()],
        length: 0,
    });
    let with_code = arena.chain(&code, after_code);
    arena.product([with_code, general], &|[with_code, general], _| {
        if general == ACCEPT { 0 } else { with_code }
    })
}

/// The replacement of a prefix: digits, and then the prefix's own digits from this position on.
type Kind = (String, usize);

fn replacement(action: &Action) -> Option<Kind> {
    let (start, end) = action.keep;
    (start < end).then(|| (action.prepend.clone(), start))
}

/// Finds the digits that are a number of the plan, with or without their national prefix.
struct Stripped<'a> {
    arena: &'a mut Arena,
    prepended: &'a Prepended,
    general: NodeId,
    kinds: &'a [Kind],
    length_max: u16,
    made: HashMap<State, NodeId>,
}

/// The state after the digits so far.
#[derive(Clone, PartialEq, Eq, Hash)]
struct State {
    /// Their node in the plan.
    whole: NodeId,
    /// Their node among the prefixes.
    prefix: NodeId,
    /// Their node in the plan without the last prefix, or with its replacement.
    rest: NodeId,
    /// The same for prefixes that may still end, by their replacement.
    replaced: Vec<NodeId>,
    length: u16,
}

impl Stripped<'_> {
    fn from(&mut self, mut state: State) -> NodeId {
        if state.whole == DEAD && state.prefix == DEAD && state.rest == DEAD
            || state.length > self.length_max
        {
            return DEAD;
        }
        for (kind, node) in self.kinds.iter().zip(&mut state.replaced) {
            if kind.1 == usize::from(state.length) {
                *node = self.arena.walk(self.general, &kind.0);
            }
        }
        if let Some(&id) = self.made.get(&state) {
            return id;
        }
        let key = state.clone();

        let mut without = state.rest;
        let payload = self.arena.node(state.prefix).payload;
        if payload != 0 {
            without = self.replaced(&state, &self.prepended.action(payload));
            if !is_anchored(payload) {
                state.rest = without;
            }
        }

        let accepts = |id| self.arena.node(id).payload == ACCEPT;
        let is_number = accepts(state.whole) || accepts(without);
        let mut node = Node {
            payload: if is_number { ACCEPT } else { 0 },
            ..Node::default()
        };
        for digit in 0..10 {
            let next = |id| self.arena.node(id).next[digit];
            let after = State {
                whole: next(state.whole),
                prefix: next(state.prefix),
                rest: next(state.rest),
                replaced: state.replaced.iter().map(|&id| next(id)).collect(),
                length: state.length + 1,
            };
            node.next[digit] = self.from(after);
        }
        let id = self.arena.intern(node);
        self.made.insert(key, id);
        id
    }

    /// The node of the digits so far in the plan, after their prefix is dropped or replaced.
    fn replaced(&self, state: &State, action: &Action) -> NodeId {
        let Some(kind) = replacement(action) else {
            return self.arena.walk(self.general, &action.prepend);
        };
        // If digits after the kept ones are left out, the number is longer than any with its code.
        if action.keep.1 < usize::from(state.length) {
            return DEAD;
        }
        let index = self.kinds.iter().position(|one| *one == kind);
        index.map_or(DEAD, |index| state.replaced[index])
    }
}
