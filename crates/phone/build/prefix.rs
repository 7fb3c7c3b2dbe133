//! Compiles what parsing needs of the plans: calling codes, lengths, and what may come before a number.
//!
//! Prefixes are patterns with a preference and with groups, so each becomes an automaton whose accepting nodes carry an [`Action`].
//! A third automaton a region holds the numbers that only look as if they had a prefix; it takes the place of the plan itself.

use std::collections::{BTreeSet, HashMap};

use crate::automaton::{ACCEPT, Arena, DEAD, Node, NodeId};
use crate::emit::Source;
use crate::layout::Layout;
use crate::metadata::{self, CallingCode, Plan};
use crate::pattern::{self, Path};

/// What to do with a number that begins with a prefix.
struct Action {
    /// Digits to put in the prefix's place.
    prepend: String,
    /// The part of the prefix to put after those.
    keep: (usize, usize),
    /// Whether this holds only if the number ends with the prefix.
    anchored: bool,
}

/// The digits that actions prepend, each once; the first are none.
struct Prepended(Vec<String>);

impl Prepended {
    /// The action in the bits that `src/prefix.rs` describes. Dropping the prefix is [`ACCEPT`].
    fn payload(&mut self, action: &Action) -> u16 {
        let index = self
            .0
            .iter()
            .position(|known| *known == action.prepend)
            .unwrap_or_else(|| {
                self.0.push(action.prepend.clone());
                self.0.len() - 1
            });
        let (start, end) = action.keep;
        assert!(
            start < 1 << 3 && end < 1 << 4 && index < 1 << 5,
            "an action fits its bits"
        );
        let bits = usize::from(action.anchored) << 1 | start << 2 | end << 5 | index << 9;
        ACCEPT | u16::try_from(bits).expect("14 bits")
    }
}

/// Whether a payload is that of an anchored action.
fn is_anchored(payload: u16) -> bool {
    payload >> 1 & 1 == 1
}

/// The roots of one region's automata.
struct Roots {
    national: NodeId,
    international: NodeId,
    kept: NodeId,
}

/// The source of the tables.
pub(crate) fn compile(codes: &[CallingCode]) -> String {
    let mut arena = Arena::new();
    let mut prepended = Prepended(vec![String::new()]);
    let plans: Vec<(usize, &Plan)> = metadata::in_order(codes).collect();
    let roots: Vec<Roots> = plans
        .iter()
        .map(|&(code, plan)| roots(&mut arena, &mut prepended, codes[code].code, plan))
        .collect();

    let mut source = Source::default();
    source.array("CALLING_CODES", "u16", codes.iter().map(|code| code.code));
    // A number is as long as the plan of the code's main region says, as in libphonenumber.
    source.array(
        "LENGTHS",
        "u16",
        codes
            .iter()
            .map(|code| length_set(&code.plans[0].general.lengths)),
    );
    source.array(
        "REGIONS",
        "[u8; 2]",
        plans.iter().map(|(_, plan)| region_literal(plan)),
    );
    source.array(
        "CODES_OF_OTHERS",
        "u8",
        plans[codes.len()..].iter().map(|(code, _)| code),
    );

    let layout = Layout::new(
        &arena,
        roots
            .iter()
            .flat_map(|roots| [roots.national, roots.international, roots.kept]),
    );
    source.array(
        "NATIONAL_PREFIX",
        "u16",
        roots.iter().map(|roots| layout.position(roots.national)),
    );
    source.array(
        "INTERNATIONAL_PREFIX",
        "u16",
        roots
            .iter()
            .map(|roots| layout.position(roots.international)),
    );
    source.array(
        "KEPT",
        "u16",
        roots.iter().map(|roots| layout.position(roots.kept)),
    );
    source.automaton("PREFIXES", &layout);
    source.array(
        "PREPENDED",
        "[u8; 4]",
        prepended.0.iter().map(|digits| format!("*b\"{digits:4}\"")),
    );
    source.finish()
}

/// A bit for each length, the lowest for two digits.
fn length_set(lengths: &BTreeSet<u16>) -> u16 {
    assert!(!lengths.is_empty(), "every plan has numbers");
    lengths.iter().fold(0, |set, length| {
        assert!(
            (2..=17).contains(length),
            "libphonenumber knows numbers of 2 to 17 digits"
        );
        set | 1 << (length - 2)
    })
}

/// Two letters, or nothing for a service of the whole world.
fn region_literal(plan: &Plan) -> String {
    match plan.region.as_str() {
        "001" => "[0, 0]".to_owned(),
        region => format!("*b\"{region}\""),
    }
}

fn roots(arena: &mut Arena, prepended: &mut Prepended, code: u16, plan: &Plan) -> Roots {
    let mut prefixes = |pattern: &Option<String>, transform: Option<&str>| {
        let Some(pattern) = pattern else {
            return DEAD;
        };
        let paths = pattern::paths(pattern);
        let payloads: Vec<u16> = paths
            .iter()
            .map(|path| prepended.payload(&action(path, transform)))
            .collect();
        let all = (0..paths.len()).map(|path| (path, 0)).collect();
        preferred(arena, &paths, &payloads, all, &mut HashMap::new())
    };
    let national = prefixes(&plan.national_prefix, plan.national_transform.as_deref());
    let international = prefixes(&plan.international_prefix, None);

    let general = pattern::language(arena, &plan.general.pattern);
    let mut kept = Kept {
        arena,
        general,
        lengths: &plan.general.lengths,
        made: HashMap::new(),
    };
    let beside_prefix = kept.beside_prefix(national);
    // Numbers of the plan that begin with its own calling code, where a number could follow that code.
    let code = code.to_string();
    let code_length = u16::try_from(code.len()).expect("three digits at most");
    let after_code = arena.walk(general, &code);
    let beside_code = arena.chain(&code, after_code);
    let beside_code = arena.product([beside_code], &|[payload], length| {
        let rest = length.saturating_sub(code_length);
        // The rest may have a prefix of its own, which is one digit nearly everywhere.
        let possible = [rest, rest.saturating_sub(1)]
            .iter()
            .any(|rest| plan.general.lengths.contains(rest));
        if possible { payload } else { 0 }
    });
    let kept = arena.product([beside_prefix, beside_code], &|[one, other], _| one | other);

    Roots {
        national,
        international,
        kept,
    }
}

/// What libphonenumber does with a match: where the last group took part, the transform takes the prefix's place.
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

/// The automaton in which the last accepting node on the way is the match that a backtracking matcher would take.
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
            // A longer match counts only where it would have been tried earlier.
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

/// Finds the numbers of a plan that would no longer be in the plan if what looks like their prefix were dropped.
struct Kept<'a> {
    arena: &'a mut Arena,
    general: NodeId,
    lengths: &'a BTreeSet<u16>,
    made: HashMap<(NodeId, NodeId, Rest), NodeId>,
}

/// What is known of the number without its prefix.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Rest {
    /// No prefix has been read.
    Whole,
    /// The prefix has been dropped, and this many digits of the rest have led here in the plan.
    Dropped(NodeId, u16),
    /// The prefix has been replaced, which is always right.
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
            ACCEPT => rest = Rest::Dropped(self.general, 0),
            _ => rest = Rest::Replaced,
        }

        let mut node = Node::default();
        if let Rest::Dropped(dropped, length) = rest {
            let accepts = |id| self.arena.node(id).payload == ACCEPT;
            // Where the length of the rest is impossible, parsing keeps the prefix anyway.
            let kept = self.lengths.contains(&length) && accepts(whole) && !accepts(dropped);
            node.payload = if kept { ACCEPT } else { 0 };
        }
        for digit in 0..10 {
            let next = |id| self.arena.node(id).next[digit];
            let rest = match rest {
                Rest::Dropped(dropped, length) => Rest::Dropped(next(dropped), length + 1),
                Rest::Whole | Rest::Replaced => rest,
            };
            node.next[digit] = self.from(next(prefix), next(whole), rest);
        }
        // A node without payload and successors is the dead one.
        let id = self.arena.intern(node);
        self.made.insert(key, id);
        id
    }
}
