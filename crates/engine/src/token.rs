//! Bearer tokens: what opens one attempt and nothing else.

use alloc::string::String;

use postern_protocol::AttemptId;

use crate::key::{Digest, KEY_LENGTH};
use crate::{EngineKey, hex};

impl EngineKey {
    /// The bearer token of an attempt: 256 bits that cannot be computed without the key. Made again
    /// when an answer is repeated, so that it need not be kept.
    pub fn token(&self, id: AttemptId) -> String {
        let digest = self.digest("bearer token", &[&id.0.to_bytes()]);
        hex::encode(digest.as_bytes())
    }

    /// What a store keeps of a token, and a given one is compared with.
    pub fn token_digest(&self, token: &str) -> Digest {
        self.digest("token digest", &[token.as_bytes()])
    }

    /// A key of the host's own, for what it is named after: sealing what waits to be sent, say.
    pub fn derived(&self, purpose: &str) -> [u8; KEY_LENGTH] {
        *self.digest("derived key", &[purpose.as_bytes()]).as_bytes()
    }
}
