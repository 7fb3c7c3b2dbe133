//! A solved challenge as it comes in: what the format of ALTCHA defines, so that its own libraries
//! are taken, and nothing else.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A challenge given back with its solution.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Payload {
    challenge: Challenge,
    solution: Solution,
}

/// What has to be solved (ALTCHA, version 2): parameters, and the service's signature over them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Challenge {
    parameters: Parameters,
    signature: String,
}

/// A solution is a counter for which the key derived from `nonce` and the counter (four bytes,
/// big-endian) begins with `keyPrefix`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Parameters {
    /// The key derivation function: `PBKDF2/SHA-256`.
    algorithm: String,
    /// Iterations of it for each counter tried.
    #[schema(maximum = 4_294_967_295_u32)]
    cost: u32,
    /// What the challenge is for.
    data: BTreeMap<String, String>,
    /// Unix seconds after which a solution is worth nothing.
    expires_at: i64,
    /// Bytes of key to derive.
    #[schema(maximum = 255)]
    key_length: u8,
    /// How the derived key must begin, in hexadecimal.
    key_prefix: String,
    /// A signature over the key that solves it, which challenges of ours do not have: those of an
    /// earlier release did.
    key_signature: Option<String>,
    /// Random bytes in hexadecimal; one solution is taken for each.
    nonce: String,
    /// The salt of the derivation, in hexadecimal.
    salt: String,
    /// Memory that other derivations cost; this one has none.
    #[schema(maximum = 4_294_967_295_u32)]
    memory_cost: Option<u32>,
    /// Threads that other derivations take; this one has none.
    #[schema(maximum = 4_294_967_295_u32)]
    parallelism: Option<u32>,
}

/// What was found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Solution {
    /// The counter that solves it.
    #[schema(maximum = 4_294_967_295_u32)]
    counter: u32,
    /// The key derived with it, in hexadecimal.
    derived_key: String,
    /// Milliseconds that it took, as libraries of ALTCHA say; nothing goes by it.
    time: Option<f64>,
}

impl From<Payload> for altcha::Payload {
    fn from(payload: Payload) -> Self {
        let Payload {
            challenge,
            solution,
        } = payload;
        let Parameters {
            algorithm,
            cost,
            data,
            expires_at,
            key_length,
            key_prefix,
            key_signature,
            nonce,
            salt,
            memory_cost,
            parallelism,
        } = challenge.parameters;
        let data = data.into_iter();
        Self {
            challenge: altcha::Challenge {
                parameters: altcha::ChallengeParameters {
                    algorithm,
                    cost,
                    data: Some(
                        data.map(|(name, value)| (name, Value::from(value)))
                            .collect(),
                    ),
                    expires_at: Some(expires_at),
                    key_length: key_length.into(),
                    key_prefix,
                    key_signature,
                    memory_cost,
                    nonce,
                    parallelism,
                    salt,
                },
                signature: Some(challenge.signature),
            },
            solution: altcha::Solution {
                counter: solution.counter,
                derived_key: solution.derived_key,
                time: solution.time,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use altcha::{SolveChallengeOptions, solve_challenge};
    use postern_engine::EngineKey;
    use postern_protocol::ProblemKind;
    use serde_json::json;

    use super::*;
    use crate::clock::Clock;
    use crate::http::{Difficulty, Work};
    use crate::pressure::Times;

    #[test]
    fn a_challenge_comes_back_as_it_was_issued_and_is_taken() {
        let easy = serde_json::json!({ "cost": 1, "guesses": 16 });
        let easy = serde_json::from_value::<Difficulty>(easy).unwrap();
        let keys = EngineKey::new([42; 32]).into();
        let work = Work::new(&keys, true, Clock::System, Arc::default());
        let challenge = work.issue(easy, Times::ONCE).unwrap();
        let solution = solve_challenge(SolveChallengeOptions::new(&challenge)).unwrap();
        let solution = solution.unwrap();
        // As the page writes it, which gives no time, and as libraries do.
        let untimed = json!({ "counter": solution.counter, "derivedKey": solution.derived_key });
        let mut timed = untimed.clone();
        timed["time"] = json!(204.8);
        let mut text = json!({ "challenge": challenge, "solution": untimed });
        for solution in [timed, untimed] {
            text["solution"] = solution;
            let payload: Payload = serde_json::from_value(text.clone()).unwrap();
            assert!(work.verify(&payload.into()).is_ok());
        }

        text["challenge"]["parameters"]["data"]["purpose"] = json!("another");
        let payload: Payload = serde_json::from_value(text.clone()).unwrap();
        let refused = work.verify(&payload.into());
        assert_eq!(refused.unwrap_err(), ProblemKind::WorkRefused);
        // What another derivation would cost was never signed.
        text["challenge"]["parameters"]["data"]["purpose"] = json!("attempt");
        text["challenge"]["parameters"]["memoryCost"] = json!(1);
        let payload: Payload = serde_json::from_value(text.clone()).unwrap();
        let refused = work.verify(&payload.into());
        assert_eq!(refused.unwrap_err(), ProblemKind::WorkRefused);
        text["solution"]["memoryCost"] = json!(1);
        assert!(serde_json::from_value::<Payload>(text).is_err());
    }
}
