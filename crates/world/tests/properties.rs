//! Properties that hold for every sequence of inputs.
//!
//! The sequences are random. They contain right proofs often enough to reach the end. A failing
//! sequence is shrunk to the shortest one that fails.

#[path = "properties/actor.rs"]
mod actor;

use actor::{Actor, COUNTERS, Move, moves, wrong_moves};
use postern_engine::policy::{LockScope, PolicySettings};
use postern_protocol::Method;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use serde_json::Value;

/// The tests write no file, because they also run without a file system.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 200,
        failure_persistence: None::<Box<FileFailurePersistence>>.map(|it| it as _),
        ..ProptestConfig::default()
    }
}

fn policies() -> impl Strategy<Value = PolicySettings> {
    (1_u8..=2, any::<bool>()).prop_map(|(gates_required, separate_unlock)| PolicySettings {
        gates_required,
        separate_unlock,
        methods: Method::ALL.to_vec(),
        ..PolicySettings::default()
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nothing_is_written_back_before_every_gate_is_proven(
        policy in policies(),
        is_administrator in any::<bool>(),
        moves in proptest::collection::vec(moves(), 1..40),
    ) {
        let required = if is_administrator { 2 } else { usize::from(policy.gates_required) };
        let mut actor = Actor::known(policy, is_administrator);
        for step in &moves {
            actor.make(step);
            for proven in actor.written_back.drain(..) {
                prop_assert!(proven.len() >= required, "written back after {proven:?}");
                prop_assert!(!is_administrator || !proven.contains(&"questions"));
            }
        }
    }

    #[test]
    fn a_code_never_works_twice(
        policy in policies(),
        moves in proptest::collection::vec(moves(), 1..40),
    ) {
        let mut actor = Actor::known(policy, false);
        for step in &moves {
            actor.make(step);
        }
        let mut worked = actor.codes_that_worked.clone();
        worked.sort_unstable();
        worked.dedup();
        prop_assert_eq!(worked.len(), actor.codes_that_worked.len());
    }

    #[test]
    fn counters_never_go_down_but_for_a_success(
        policy in policies(),
        moves in proptest::collection::vec(moves(), 1..40),
    ) {
        let mut actor = Actor::known(policy, false);
        for step in &moves {
            let before = actor.counts();
            actor.make(step);
            let after = actor.counts();
            for (counter, (before, after)) in COUNTERS.iter().zip(before.iter().zip(&after)) {
                prop_assert!(
                    after >= before || actor.has_just_succeeded,
                    "{counter:?} went from {before} to {after} by {step:?}"
                );
            }
        }
    }

    #[test]
    fn what_is_stored_of_an_attempt_holds_no_code_no_answer_and_no_password(
        policy in policies(),
        moves in proptest::collection::vec(moves(), 1..40),
    ) {
        let mut actor = Actor::known(policy, false);
        for step in &moves {
            actor.make(step);
            let stored = actor.stored();
            for secret in actor.secrets() {
                prop_assert!(!stored.contains(&secret), "{secret} in {stored}");
            }
        }
    }

    #[test]
    fn an_unknown_identifier_is_answered_as_a_known_one_is(
        gates in 1_u8..=2,
        separate_unlock in any::<bool>(),
        moves in proptest::collection::vec(wrong_moves(), 1..30),
    ) {
        let policy = PolicySettings {
            gates_required: gates,
            separate_unlock,
            methods: Method::ALL.to_vec(),
            ..PolicySettings::default()
        };
        let mut known = Actor::known(policy.clone(), false);
        let mut unknown = Actor::unknown(policy);
        for step in &moves {
            let (known, unknown) = (known.make(step), unknown.make(step));
            prop_assert_eq!(shape(known), shape(unknown), "after {:?}", step);
        }
    }

    #[test]
    fn nothing_that_is_done_under_one_identifier_is_seen_under_another(
        gates in 1_u8..=2,
        lock in prop_oneof![Just(LockScope::Account), Just(LockScope::Method)],
        turns in proptest::collection::vec(turns(), 1..60),
    ) {
        let policy = PolicySettings {
            gates_required: gates,
            methods: Method::ALL.to_vec(),
            lock,
            ..PolicySettings::default()
        };
        let mut known = Actor::known_twice(policy.clone());
        let mut unknown = Actor::unknown(policy);
        for turn in &turns {
            match turn {
                Turn::Own(step) => {
                    let (known, unknown) = (known.make(step), unknown.make(step));
                    prop_assert_eq!(shape(known), shape(unknown), "after {:?}", step);
                }
                Turn::Other(wait @ Move::Wait(_)) => {
                    known.make(wait);
                    unknown.make(wait);
                }
                Turn::Other(step) => {
                    known.make_elsewhere(step);
                    unknown.stand_by();
                }
            }
            let (known, unknown) = (known.make(&Move::Look), unknown.make(&Move::Look));
            prop_assert_eq!(shape(known), shape(unknown), "looked at after {:?}", turn);
        }
    }
}

/// A move under the examined identifier, or under another identifier of the same person.
#[derive(Clone, Debug)]
enum Turn {
    Own(Move),
    Other(Move),
}

fn turns() -> impl Strategy<Value = Turn> {
    prop_oneof![
        1 => wrong_moves().prop_map(Turn::Own),
        2 => moves().prop_map(Turn::Other),
    ]
}

/// A reply without the given identifier. Everything else has to be equal: digits of numbers,
/// questions and their numbers, tries, moments, and which fields are present.
fn shape(reply: Value) -> Value {
    match reply {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| {
                let value = match (name.as_str(), value) {
                    ("identifier", Value::String(_)) => Value::from("..."),
                    (_, value) => shape(value),
                };
                (name, value)
            })
            .collect(),
        Value::Array(items) => items.into_iter().map(shape).collect(),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => other,
    }
}

#[test]
fn the_moves_reach_the_end_by_every_method() {
    for method in Method::ALL {
        let policy = PolicySettings {
            methods: Method::ALL.to_vec(),
            ..PolicySettings::default()
        };
        let mut actor = Actor::known(policy, false);
        for step in [
            Move::Identify,
            Move::Start(method),
            Move::ProveRightly,
            Move::SetPassword,
        ] {
            actor.make(&step);
        }
        assert!(actor.has_just_succeeded, "{method:?}");
    }
}
