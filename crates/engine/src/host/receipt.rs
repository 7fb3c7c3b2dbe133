//! Answers that are given again: the same request with the same idempotency key is done once.
//!
//! A lost answer must neither send two texts nor burn a try. What is kept holds no token and no secret.

use alloc::string::String;
use core::time::Duration;

use postern_protocol as protocol;
use postern_protocol::{AttemptId, Problem, ProblemKind, Started};
use serde::{Deserialize, Serialize};

use super::Answer;
use crate::EngineKey;
use crate::key::Digest;

/// How long an answer is remembered: longer than any attempt lasts.
pub const ANSWER_LIFE: Duration = Duration::from_hours(1);

/// The longest key that is taken; a UUID has 36 characters.
const KEY_LENGTH_MAX: usize = 64;

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
    /// Keys of one attempt are apart from those of another.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::Malformed`] for a key of no characters or of more than 64.
    pub fn new(
        attempt: Option<AttemptId>,
        key: &str,
        fingerprint: Digest,
    ) -> Result<Self, ProblemKind> {
        if key.is_empty() || key.len() > KEY_LENGTH_MAX {
            return Err(ProblemKind::Malformed);
        }
        let scope = attempt.map_or_else(String::new, |id| alloc::format!("{id} "));
        Ok(Self {
            key: scope + key,
            fingerprint,
        })
    }

    /// What the answer is remembered by.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What another request with the same key would not have.
    pub const fn fingerprint(&self) -> &Digest {
        &self.fingerprint
    }
}
