//! Proves that the automaton holds exactly the numbers of the patterns from which it was compiled.
//!
//! The proof does not use samples. For every plan and type, a regular expression engine that is
//! independent of the build script compiles the patterns into automata. The test walks both sides
//! together, through every pair of states that any digits lead to. If they always agree on whether
//! the digits so far are a number, they hold the same language.

use std::collections::HashSet;
use std::vec::Vec;

use phonenumber::Type;
use phonenumber::metadata::{DATABASE, Descriptor};
use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use super::Types;
use crate::automaton::Node;
use crate::plan::Plan;
use crate::region::Region;
use crate::table::{Kind, Plans};

/// The types in the order of their bits.
const TYPES: [Type; 10] = [
    Type::FixedLine,
    Type::Mobile,
    Type::TollFree,
    Type::PremiumRate,
    Type::SharedCost,
    Type::PersonalNumber,
    Type::Voip,
    Type::Pager,
    Type::Uan,
    Type::Voicemail,
];

/// One digit more than the longest number.
const DIGITS_MAX: u16 = 18;

#[test]
fn for_every_plan_and_type_the_automaton_holds_the_language_of_the_pattern() {
    let plans = Plans::embedded();
    let (mut languages, mut states) = (0, 0);
    for (metadata, plan) in pairs(plans) {
        let descriptors = metadata.descriptors();
        let general = pattern(descriptors.general(), "$");
        let root = plans.root(Kind::Numbers, plan.index());
        for (bit, kind) in TYPES.into_iter().enumerate() {
            let name = std::format!("{} {kind:?}", metadata.id());
            states += match descriptors.get(kind) {
                Some(descriptor) => {
                    let both = Both {
                        patterns: [&general, &pattern(descriptor, "$")],
                        lengths: descriptor.possible_length(),
                    };
                    walk(plans, root, &name, &both, |types| types.0 >> bit & 1 == 1)
                }
                None => walk_none(plans, root, &name, bit),
            };
            languages += 1;
        }
    }
    assert!(languages > 2_000, "{languages} languages");
    assert!(states > 100_000, "{states} pairs of states");
}

#[test]
fn for_every_plan_the_leading_digits_are_those_of_the_pattern() {
    let plans = Plans::embedded();
    for (metadata, plan) in pairs(plans) {
        let root = plans.root(Kind::LeadingDigits, plan.index());
        let Some(digits) = metadata.leading_digits() else {
            assert_eq!(root, crate::automaton::DEAD, "{}", metadata.id());
            continue;
        };
        let digits = compile(digits.as_str(), "$");
        let any = compile("[0-9]*", "$");
        let both = Both {
            patterns: [&any, &digits],
            lengths: &(0..DIGITS_MAX).collect::<Vec<_>>(),
        };
        walk(plans, root, metadata.id(), &both, |_| true);
    }
}

/// Every plan of the metadata with the matching plan of the table.
fn pairs(
    plans: &'static Plans<'static>,
) -> impl Iterator<Item = (&'static phonenumber::Metadata, Plan<'static>)> {
    let codes = (1..1000).filter_map(|code| Some((code, DATABASE.by_code(&code)?)));
    codes.flat_map(move |(code, regions)| {
        regions.into_iter().map(move |metadata| {
            let plan = match Region::parse(metadata.id()) {
                Some(region) => Plan::of_region(plans, region),
                None => Plan::of_code(plans, code),
            };
            (metadata, plan.expect("every plan is in the table"))
        })
    })
}

/// The digits that match both patterns and have one of the lengths.
struct Both<'a> {
    patterns: [&'a Dfa; 2],
    lengths: &'a [u16],
}

type Dfa = dense::DFA<Vec<u32>>;

/// Walks the patterns and the automaton together. Returns the number of pairs of states.
fn walk(
    plans: &Plans<'_>,
    root: Node,
    name: &str,
    both: &Both<'_>,
    accepts: impl Fn(Types) -> bool,
) -> usize {
    let starts = both.patterns.map(|dfa| {
        dfa.start_state(&start::Config::new().anchored(Anchored::Yes))
            .expect("the pattern has a start")
    });
    let mut met: HashSet<([StateID; 2], Node, u16)> = HashSet::new();
    let mut pending = std::vec![(starts, root, 0)];
    while let Some(here) = pending.pop() {
        if !met.insert(here) {
            continue;
        }
        let (states, node, length) = here;
        let each = || both.patterns.iter().zip(states);
        let is_number = both.lengths.contains(&length)
            && each().all(|(dfa, state)| dfa.is_match_state(dfa.next_eoi_state(state)));
        let payload = plans.automaton.payload(node);
        let is_held = payload.is_some_and(|payload| accepts(Types(payload)));
        assert_eq!(is_held, is_number, "{name} after {length} digits");

        let none_left = each().any(|(dfa, state)| dfa.is_dead_state(state));
        if length == DIGITS_MAX || (none_left && node == crate::automaton::DEAD) {
            continue;
        }
        for digit in b'0'..=b'9' {
            let mut after = states;
            for (dfa, state) in both.patterns.iter().zip(&mut after) {
                *state = dfa.next_state(*state, digit);
            }
            pending.push((after, plans.automaton.step(node, digit), length + 1));
        }
    }
    met.len()
}

/// Shows that no digits have a type that the plan does not use.
fn walk_none(plans: &Plans<'_>, root: Node, name: &str, bit: usize) -> usize {
    let mut met = HashSet::new();
    let mut pending = std::vec![root];
    while let Some(node) = pending.pop() {
        if node == crate::automaton::DEAD || !met.insert(node) {
            continue;
        }
        let types = plans.automaton.payload(node).unwrap_or(0);
        assert_eq!(types >> bit & 1, 0, "{name}");
        pending.extend((b'0'..=b'9').map(|digit| plans.automaton.step(node, digit)));
    }
    met.len()
}

fn pattern(descriptor: &Descriptor, end: &str) -> Dfa {
    compile(descriptor.national_number().as_str(), end)
}

fn compile(pattern: &str, end: &str) -> Dfa {
    dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                .match_kind(MatchKind::All)
                .minimize(true),
        )
        .syntax(
            syntax::Config::new()
                .unicode(false)
                .utf8(false)
                .ignore_whitespace(true),
        )
        .thompson(regex_automata::nfa::thompson::Config::new().utf8(false))
        .build(&std::format!("(?:{pattern}){end}"))
        .expect("the metadata holds well-formed patterns")
}
