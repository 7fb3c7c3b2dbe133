//! Repeated answers: a request that comes twice with the same idempotency key is executed once.
//!
//! A lost answer must not cause a second text or cost a try. The record contains no token, no
//! secret, and not even the key: a digest stands for it.

use alloc::string::String;
use core::time::Duration;

use postern_engine::{Digest, EngineKey, hex};
use postern_protocol as protocol;
use postern_protocol::{AttemptId, Problem, ProblemKind, Started};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{Answer, Request};

/// How long an answer is kept: longer than any attempt lasts.
pub const ANSWER_LIFE: Duration = Duration::from_hours(1);

/// The longest accepted key. A UUID has 36 characters.
pub const KEY_LENGTH_MAX: usize = 64;

/// The shortest key that begins an attempt: 128 random bits in base 64. A request with the same key
/// and the same proof of work gets the token again. So the key must be impossible to guess, and
/// never the same twice by chance.
pub const START_KEY_LENGTH_MIN: usize = 22;

/// An answer without its token.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// An attempt began.
    Started(protocol::Attempt),
    /// An attempt continued.
    Attempt(protocol::Attempt),
    /// The request had a problem.
    Problem(Problem),
}

impl Reply {
    /// The answer. If it began an attempt, it includes the token.
    ///
    /// # Errors
    ///
    /// The problem, if the reply is one.
    pub fn answer(self, key: &EngineKey) -> Result<Answer, Problem> {
        match self {
            Self::Started(attempt) => {
                let token = key.token(attempt.id);
                Ok(Answer::Started(Started { attempt, token }))
            }
            Self::Attempt(attempt) => Ok(Answer::Attempt(attempt)),
            Self::Problem(problem) => Err(problem),
        }
    }
}

/// A request that is executed once: its key, and a fingerprint that distinguishes it from others.
#[derive(Clone, Debug)]
pub struct Receipt {
    key: String,
    fingerprint: Digest,
}

impl Receipt {
    /// The receipt of a request. `None` if the request has no key, or if executing it twice makes
    /// no difference.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::Malformed`], as for [`new`](Self::new).
    pub(crate) fn of(
        request: &Request,
        nonce: Option<&str>,
        key: &EngineKey,
    ) -> Result<Option<Self>, ProblemKind> {
        let fingerprint = request.operation.fingerprint(key, nonce);
        let (Some(name), Some(fingerprint)) = (&request.idempotency_key, fingerprint) else {
            return Ok(None);
        };
        Self::new(request.operation.attempt(), name, fingerprint).map(Some)
    }

    /// Makes a receipt. Keys of one attempt are separate from those of another, and from keys that
    /// begin attempts.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::Malformed`] for a key of no characters or of more than 64, and for a key of
    /// fewer than [`START_KEY_LENGTH_MIN`] that is to begin an attempt.
    pub fn new(
        attempt: Option<AttemptId>,
        key: &str,
        fingerprint: Digest,
    ) -> Result<Self, ProblemKind> {
        let shortest = attempt.map_or(START_KEY_LENGTH_MIN, |_| 1);
        if !(shortest..=KEY_LENGTH_MAX).contains(&key.len()) {
            return Err(ProblemKind::Malformed);
        }
        // The scope has a fixed length, so that a key cannot equal one of another scope. A keyed
        // digest would change when the deployment's key is exchanged, and the same request would be
        // executed twice.
        let scope = attempt.map_or([0; 16], |id| id.0.to_bytes());
        let mut digest = Sha256::new();
        digest.update([u8::from(attempt.is_some())]);
        digest.update(scope);
        digest.update(key.as_bytes());
        Ok(Self {
            key: hex::encode(&digest.finalize()),
            fingerprint,
        })
    }

    /// The name of the record: a digest of the key and of its scope.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The fingerprint. Another request with the same key has a different one.
    pub const fn fingerprint(&self) -> &Digest {
        &self.fingerprint
    }
}
