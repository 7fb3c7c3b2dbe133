//! Proof of work in place of a captcha: the ALTCHA version 2 format.
//!
//! The page solves it in a worker while the person types; there is nothing to see, hear or puzzle
//! out (WCAG 2.2, 3.3.8). What the format defines is read, so that its own libraries are taken, and
//! nothing else.

use alloc::collections::BTreeMap;
use alloc::string::String;

use postern_wire_derive::wire;

use crate::Timestamp;

/// What has to be solved (ALTCHA, version 2): parameters, and the service's signature over them.
#[wire(deny_unknown_fields, no_page)]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Challenge {
    /// How to solve it.
    pub parameters: Parameters,
    /// HMAC-SHA-256 over the JSON of the parameters with sorted keys, in hexadecimal.
    pub signature: String,
}

/// A solution is a counter for which the key derived from `nonce` and the counter (four bytes,
/// big-endian) begins with `keyPrefix`.
// The fields stand in the order of their names: the signature covers sorted keys.
#[wire(deny_unknown_fields, no_page, rename_all = "camelCase")]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Parameters {
    /// The key derivation function: `PBKDF2/SHA-256`.
    pub algorithm: String,
    /// Iterations of it for each counter tried.
    pub cost: u32,
    /// What the challenge is for.
    pub data: BTreeMap<String, String>,
    /// Unix seconds after which a solution is worth nothing.
    #[wire(schema(value_type = i64))]
    pub expires_at: Timestamp,
    /// Bytes of key to derive.
    pub key_length: u8,
    /// How the derived key must begin, in hexadecimal.
    pub key_prefix: String,
    /// A signature over the key that solves it, which challenges of ours do not have.
    pub key_signature: Option<String>,
    /// Memory that other derivations cost; this one has none.
    pub memory_cost: Option<u32>,
    /// Random bytes in hexadecimal; one solution is taken for each.
    pub nonce: String,
    /// Threads that other derivations take; this one has none.
    pub parallelism: Option<u32>,
    /// The salt of the derivation, in hexadecimal.
    pub salt: String,
}

/// What was found.
#[wire(deny_unknown_fields, no_page, rename_all = "camelCase")]
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The counter that solves it.
    pub counter: u32,
    /// The key derived with it, in hexadecimal.
    pub derived_key: String,
    /// Milliseconds that it took, as libraries of ALTCHA say; nothing goes by it.
    pub time: Option<f64>,
}

/// A challenge given back with its solution.
// The page has both as JSON, and passes them on.
#[wire(deny_unknown_fields)]
#[derive(Clone, Debug, PartialEq)]
pub struct Payload<Given = Challenge, Found = Solution> {
    /// The challenge, unchanged.
    pub challenge: Given,
    /// Its solution.
    pub solution: Found,
}
