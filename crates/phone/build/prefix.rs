//! Compiles the parts of the plans that parsing needs: calling codes, lengths and prefixes.
//!
//! Prefixes are patterns with a preference and with groups, so each becomes an automaton whose
//! accepting nodes contain an [`Action`]. Two more automata for each region replace the plan
//! itself: one contains the numbers that only seem to have a prefix, the other the numbers with a
//! calling code but without a `+`.

use std::collections::{BTreeSet, HashMap};

use crate::action::{Action, Prepended, is_anchored};
use crate::automaton::{ACCEPT, Arena, DEAD, Node, NodeId};
use crate::code;
use crate::metadata::{CallingCode, Plan};
use crate::pattern::{self, Path};

/// The roots of one region's automata.
pub(crate) struct Roots {
    pub(crate) national: NodeId,
    pub(crate) international: NodeId,
    pub(crate) kept: NodeId,
    pub(crate) taken: NodeId,
}

/// Compiles the prefixes of the numbers of a plan.
pub(crate) fn roots(
    arena: &mut Arena,
    prepended: &mut Prepended,
    code: u16,
    plan: &Plan,
    is_main: bool,
) -> Roots {
    let (national, actions) = prefixes(
        arena,
        prepended,
        plan.national_prefix.as_deref(),
        plan.national_transform.as_deref(),
    );
    let (international, _) = prefixes(arena, prepended, plan.international_prefix.as_deref(), None);

    let general = pattern::language(arena, &plan.general.pattern);
    let mut kept = Kept {
        arena,
        general,
        made: HashMap::new(),
    };
    let kept = kept.beside_prefix(national);
    let (kept, taken) = if is_main {
        let beside_code = code::beside(arena, code, plan, general);
        let both = [kept, beside_code];
        (arena.product(both, &|[one, other], _| one | other), DEAD)
    } else {
        let taken = code::taken(arena, prepended, code, plan, general, national, &actions);
        (kept, taken)
    };

    Roots {
        national,
        international,
        kept,
        taken,
    }
}

/// The automaton of the prefixes that match a pattern, with their actions.
fn prefixes(
    arena: &mut Arena,
    prepended: &mut Prepended,
    pattern: Option<&str>,
    transform: Option<&str>,
) -> (NodeId, Vec<Action>) {
    let paths = pattern.map(pattern::paths).unwrap_or_default();
    let actions: Vec<Action> = paths.iter().map(|path| action(path, transform)).collect();
    let payloads: Vec<u16> = actions
        .iter()
        .map(|action| prepended.payload(action))
        .collect();
    let all = (0..paths.len()).map(|path| (path, 0)).collect();
    let root = preferred(arena, &paths, &payloads, all, &mut HashMap::new());
    (root, actions)
}

/// The assigned numbers, with calling code, of a length that the main region of their calling code
/// does not use.
pub(crate) fn uncommon(arena: &mut Arena, codes: &[CallingCode]) -> NodeId {
    let mut all = DEAD;
    for code in codes {
        let usual = &code.plans[0].general.lengths;
        let others = code.plans[1..].iter();
        for shape in others.flat_map(|plan| plan.types.iter().flatten()) {
            let lengths: BTreeSet<u16> = shape.lengths.difference(usual).copied().collect();
            if lengths.is_empty() {
                continue;
            }
            let numbers = pattern::language(arena, &shape.pattern);
            let numbers = arena.product([numbers], &|[payload], length| {
                if lengths.contains(&length) {
                    payload
                } else {
                    0
                }
            });
            let numbers = arena.chain(&code.code.to_string(), numbers);
            all = arena.product([all, numbers], &|[one, other], _| one | other);
        }
    }
    all
}

/// The action of libphonenumber for a match: if the last group took part, the transform replaces
/// the prefix.
fn action(path: &Path, transform: Option<&str>) -> Action {
    let last_group = path.groups.last().copied().flatten();
    let (prepend, keep) = match (transform, last_group) {
        (Some(transform), Some(_)) => {
            let (prepend, group) = transform
                .split_once('$')
                .expect("a transform names a group");
            let group: usize = group
                .parse()
                .expect("nothing follows the group in a transform");
            (
                prepend.to_owned(),
                path.groups[group - 1].expect("the group takes part whenever the last does"),
            )
        }
        (None, _) | (_, None) => (String::new(), (0, 0)),
    };
    Action {
        prepend,
        keep,
        anchored: path.anchored,
    }
}

/// The automaton in which the last accepting node on the way is the match that a backtracking
/// matcher would choose.
fn preferred(
    arena: &mut Arena,
    paths: &[Path],
    payloads: &[u16],
    mut alive: Vec<(usize, usize)>,
    made: &mut HashMap<Vec<(usize, usize)>, NodeId>,
) -> NodeId {
    if let Some(&id) = made.get(&alive) {
        return id;
    }
    let key = alive.clone();
    let mut node = Node::default();
    let ended = alive
        .iter()
        .find(|&&(path, read)| read == paths[path].digits.len() && read > 0);
    if let Some(&(path, _)) = ended {
        node.payload = payloads[path];
        if !is_anchored(payloads[path]) {
            // A longer match counts only if a backtracking matcher tries it earlier.
            alive.retain(|&(other, _)| other < path);
        }
    }
    for digit in 0..10 {
        let after: Vec<_> = alive
            .iter()
            .filter(|&&(path, read)| {
                paths[path]
                    .digits
                    .get(read)
                    .is_some_and(|digits| digits >> digit & 1 == 1)
            })
            .map(|&(path, read)| (path, read + 1))
            .collect();
        if !after.is_empty() {
            node.next[digit] = preferred(arena, paths, payloads, after, made);
        }
    }
    let id = arena.intern(node);
    made.insert(key, id);
    id
}

/// Finds the numbers of a plan that would not be in the plan without their apparent prefix.
struct Kept<'a> {
    arena: &'a mut Arena,
    general: NodeId,
    made: HashMap<(NodeId, NodeId, Rest), NodeId>,
}

/// The state of the number without its prefix.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Rest {
    /// There was no prefix yet.
    Whole,
    /// The prefix was dropped, and the rest leads to this node in the plan.
    Dropped(NodeId),
    /// The prefix was replaced, which is always right.
    Replaced,
}

impl Kept<'_> {
    fn beside_prefix(&mut self, prefix: NodeId) -> NodeId {
        self.from(prefix, self.general, Rest::Whole)
    }

    fn from(&mut self, prefix: NodeId, whole: NodeId, mut rest: Rest) -> NodeId {
        if whole == DEAD || (prefix == DEAD && !matches!(rest, Rest::Dropped(..))) {
            return DEAD;
        }
        if let Some(&id) = self.made.get(&(prefix, whole, rest)) {
            return id;
        }
        let key = (prefix, whole, rest);
        match self.arena.node(prefix).payload {
            0 => {}
            ACCEPT => rest = Rest::Dropped(self.general),
            _ => rest = Rest::Replaced,
        }

        let mut node = Node::default();
        if let Rest::Dropped(dropped) = rest {
            let accepts = |id| self.arena.node(id).payload == ACCEPT;
            let kept = accepts(whole) && !accepts(dropped);
            node.payload = if kept { ACCEPT } else { 0 };
        }
        for digit in 0..10 {
            let next = |id| self.arena.node(id).next[digit];
            let rest = match rest {
                Rest::Dropped(dropped) => Rest::Dropped(next(dropped)),
                Rest::Whole | Rest::Replaced => rest,
            };
            node.next[digit] = self.from(next(prefix), next(whole), rest);
        }
        // A node without payload and successors is the dead node.
        let id = self.arena.intern(node);
        self.made.insert(key, id);
        id
    }
}
