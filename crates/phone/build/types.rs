//! Compiles the plans themselves: one automaton whose accepting nodes carry the set of a number's
//! types.
//!
//! A number has a type if it matches both the plan's general pattern and the pattern of the type,
//! so the automaton contains only their product.

use crate::automaton::{ACCEPT, Arena, DEAD, NodeId};
use crate::metadata::{Plan, Shape};
use crate::pattern;

/// The numbers of a plan, each with the bits of its types.
pub(crate) fn numbers(arena: &mut Arena, plan: &Plan) -> NodeId {
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

/// The digits at the beginning of all numbers of a plan, if the plan names them.
pub(crate) fn leading_digits(arena: &mut Arena, plan: &Plan) -> NodeId {
    plan.leading_digits
        .as_ref()
        .map_or(DEAD, |digits| pattern::language(arena, digits))
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
