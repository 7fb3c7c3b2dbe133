//! Proof of work in place of a captcha: the ALTCHA version 2 format.
//!
//! The page solves it in a worker while the person types; there is nothing to see, hear or puzzle
//! out (WCAG 2.2, 3.3.8).

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// What has to be solved: parameters, and the judge's signature over them.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Challenge {
    /// How to solve it.
    pub parameters: Parameters,
    /// HMAC-SHA-256 over the JSON of the parameters with sorted keys, in hexadecimal.
    pub signature: String,
}

/// The parameters of a challenge.
///
/// A solution is a counter for which the key derived from `nonce || counter` (the counter as four
/// bytes, big-endian) begins with `key_prefix`. The fields stand in the order of their names: the
/// signature covers sorted keys.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameters {
    /// The key derivation function; `PBKDF2/SHA-256` is what the page can solve with `WebCrypto`.
    pub algorithm: String,
    /// Iterations of it for each counter tried.
    pub cost: u32,
    /// Unix seconds after which a solution is worth nothing.
    pub expires_at: Timestamp,
    /// Bytes of key to derive.
    pub key_length: u8,
    /// How the derived key must begin, in hexadecimal.
    pub key_prefix: String,
    /// Sixteen random bytes in hexadecimal; one solution is taken for each.
    pub nonce: String,
    /// The salt of the derivation: sixteen random bytes in hexadecimal.
    pub salt: String,
}

/// What the page found.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Solution {
    /// The counter that solves the challenge.
    pub counter: u32,
    /// The key derived with it, in hexadecimal.
    pub derived_key: String,
}

/// A challenge given back with its solution.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Payload {
    /// The challenge, unchanged.
    pub challenge: Challenge,
    /// Its solution.
    pub solution: Solution,
}
