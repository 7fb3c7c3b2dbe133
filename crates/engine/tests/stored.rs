//! The stored form of an attempt. Up to version 0.1, each state contained the case. Attempts in
//! that form are readable for one release.

use postern_engine::Attempt;
use serde_json::{Map, Value, json};

/// One attempt in each state, in the form of version 0.1.
const BEFORE: &str = include_str!("stored/before.json");

/// The present form: the case next to the state.
fn now(state: &str, mut data: Map<String, Value>) -> Value {
    let case = data.remove("case").expect("each state had the case");
    let at = if data.is_empty() && state != "entering-authenticator-code" {
        json!(state)
    } else {
        json!({ state: data })
    };
    json!({ "open": { "case": case, "at": at } })
}

#[test]
fn attempts_are_read_as_they_were_kept_before_and_as_they_are_kept() {
    let before: Vec<Map<String, Value>> = serde_json::from_str(BEFORE).expect("it is a list");
    let mut states = Vec::new();
    for stored in before {
        for (state, data) in &stored {
            let attempt: Attempt =
                serde_json::from_value(json!(stored)).expect("it is read as it was kept before");
            let data = data.as_object().expect("each state is an object");
            let kept = serde_json::to_value(&attempt).expect("it is kept");
            assert_eq!(kept, now(state, data.clone()));
            let again: Attempt = serde_json::from_value(kept).expect("it is read as it is kept");
            assert_eq!(again, attempt);
            states.push(state.clone());
        }
    }
    assert_eq!(states.len(), 14, "each state once: {states:?}");
}

#[test]
fn what_is_no_attempt_is_refused() {
    for text in [
        r#"{"done":{}}"#,
        r#"{"open":{"at":"choosing-method"}}"#,
        r#"{"arrived":{}}"#,
        r#""done""#,
        "null",
    ] {
        serde_json::from_str::<Attempt>(text).expect_err(text);
    }
}
