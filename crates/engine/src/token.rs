//! Bearer tokens. Each token opens one attempt and nothing else.

use alloc::string::String;

use postern_protocol::AttemptId;

use crate::key::{Digest, KEY_LENGTH};
use crate::{EngineKey, hex};

impl EngineKey {
    /// The bearer token of an attempt: 256 bits that cannot be computed without the key. To repeat
    /// an answer, the host computes the token again, so no store keeps it.
    pub fn token(&self, id: AttemptId) -> String {
        let digest = self.digest("bearer token", &[&id.0.to_bytes()]);
        hex::encode(digest.as_bytes())
    }

    /// The digest of a token that a store keeps. A given token is compared with it.
    pub fn token_digest(&self, token: &str) -> Digest {
        self.digest("token digest", &[token.as_bytes()])
    }

    /// A key for the host's own use, derived from the name of its purpose, such as sealing the
    /// outbox.
    pub fn derived(&self, purpose: &str) -> [u8; KEY_LENGTH] {
        *self.digest("derived key", &[purpose.as_bytes()]).as_bytes()
    }
}
