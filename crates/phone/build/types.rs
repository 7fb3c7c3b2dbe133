//! Compiles the plans themselves: one automaton whose accepting nodes carry the set of a number's types.
//!
//! A number is of a type where both the plan's general pattern and the type's match it, so only their product is kept.

use crate::automaton::{ACCEPT, Arena, DEAD, NodeId};
use crate::emit::Source;
use crate::layout::Layout;
use crate::metadata::{self, CallingCode, Plan, Shape};
use crate::pattern;

/// The source of the tables.
pub(crate) fn compile(codes: &[CallingCode]) -> String {
    let mut arena = Arena::new();
    let plans: Vec<&Plan> = metadata::in_order(codes).map(|(_, plan)| plan).collect();
    let roots: Vec<NodeId> = plans.iter().map(|plan| numbers(&mut arena, plan)).collect();
    let leading: Vec<NodeId> = plans
        .iter()
        .map(|plan| {
            plan.leading_digits
                .as_ref()
                .map_or(DEAD, |digits| pattern::language(&mut arena, digits))
        })
        .collect();

    let layout = Layout::new(&arena, roots.iter().chain(&leading).copied());
    let mut source = Source::default();
    source.array(
        "NUMBERS",
        "u16",
        roots.iter().map(|&id| layout.position(id)),
    );
    source.array(
        "LEADING_DIGITS",
        "u16",
        leading.iter().map(|&id| layout.position(id)),
    );
    source.automaton("ASSIGNED", &layout);
    source.finish()
}

/// The numbers of a plan, each with the bits of its types.
fn numbers(arena: &mut Arena, plan: &Plan) -> NodeId {
    let general = shape(arena, &plan.general);
    let kinds = plan
        .types
        .each_ref()
        .map(|kind| kind.as_ref().map_or(DEAD, |kind| shape(arena, kind)));
    let types = arena.product(kinds, &|payloads, _| {
        payloads
            .iter()
            .enumerate()
            .fold(0, |set, (bit, &payload)| set | payload << bit)
    });
    arena.product([general, types], &|[general, types], _| {
        if general == ACCEPT { types } else { 0 }
    })
}

/// The numbers that match the whole pattern and have one of the lengths.
fn shape(arena: &mut Arena, shape: &Shape) -> NodeId {
    let pattern = pattern::language(arena, &shape.pattern);
    arena.product([pattern], &|[payload], length| {
        if shape.lengths.contains(&length) {
            payload
        } else {
            0
        }
    })
}
