//! Answers that are given again: the same request with the same idempotency key is done once.
//!
//! A lost answer must neither send two texts nor burn a try. What is kept holds no token and no
//! secret, and not the key either: a digest stands for it.

use alloc::string::String;
use core::time::Duration;

use postern_engine::{Digest, EngineKey, hex};
use postern_protocol as protocol;
use postern_protocol::{AttemptId, Problem, ProblemKind, Started};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{Answer, Request};

/// How long an answer is remembered: longer than any attempt lasts.
pub const ANSWER_LIFE: Duration = Duration::from_hours(1);

/// The longest key that is taken; a UUID has 36 characters.
pub const KEY_LENGTH_MAX: usize = 64;

/// The shortest key that begins an attempt: 128 random bits in base 64. With it and the same proof
/// of work the token is answered again, so that it must not be guessed or used twice by chance.
pub const START_KEY_LENGTH_MIN: usize = 22;

/// An answer without its token.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// An attempt began.
    Started(protocol::Attempt),
    /// An attempt went on.
    Attempt(protocol::Attempt),
    /// It did not.
    Problem(Problem),
}

impl Reply {
    /// The answer, with its token where it began an attempt.
    ///
    /// # Errors
    ///
    /// The problem, where it is one.
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

/// A request that is answered once: its key, and what tells it from others.
#[derive(Clone, Debug)]
pub struct Receipt {
    key: String,
    fingerprint: Digest,
}

impl Receipt {
    /// The receipt of a request; `None` if it has no key, or is the same when it is done twice.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::Malformed`], as [`new`](Self::new) says.
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

    /// Keys of one attempt are apart from those of another, and from those that begin attempts.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::Malformed`] for a key of no characters or of more than 64, and for one of
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
        // The scope has a fixed length, so that no key can pass for one of another scope. A keyed
        // digest would change when the key is exchanged, and the same request would be done twice.
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

    /// What the answer is remembered by: a digest of the key and of what it is a key of.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What another request with the same key would not have.
    pub const fn fingerprint(&self) -> &Digest {
        &self.fingerprint
    }
}
