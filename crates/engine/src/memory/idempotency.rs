//! Answers remembered by idempotency key: the same request again gets the same answer, and nothing is done twice.
//!
//! A lost answer must neither send two texts nor burn a try. What is remembered holds no token and no secret.

use alloc::collections::BTreeMap;
use alloc::string::String;
use core::time::Duration;

use postern_protocol as protocol;
use postern_protocol::{AttemptId, Problem, ProblemKind, Timestamp};
use serde::{Deserialize, Serialize};

use crate::key::Digest;

/// How long an answer is remembered: longer than any attempt lasts.
const LIFE: Duration = Duration::from_hours(1);

/// The longest key that is taken; a UUID has 36 characters.
const KEY_LENGTH_MAX: usize = 64;

/// Answers by key.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub(super) struct Remembered(BTreeMap<String, Record>);

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Record {
    fingerprint: Digest,
    reply: Reply,
    at: Timestamp,
}

/// An answer without its token.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Reply {
    /// An attempt began.
    Started(protocol::Attempt),
    /// An attempt went on.
    Attempt(protocol::Attempt),
    /// It did not.
    Problem(Problem),
}

/// A request that may be remembered: its key, and what tells it from others.
#[derive(Clone, Debug)]
pub(super) struct Receipt {
    key: String,
    fingerprint: Digest,
}

impl Receipt {
    /// Keys of one attempt are apart from those of another.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::Malformed`] for a key of no characters or of more than 64.
    pub(super) fn new(
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
}

impl Remembered {
    /// The answer to the same request, if it came before.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::KeyReused`] if another request came with the key.
    pub(super) fn recall(
        &self,
        receipt: &Receipt,
        now: Timestamp,
    ) -> Result<Option<Reply>, ProblemKind> {
        match self.0.get(&receipt.key) {
            Some(record) if now.since(record.at) >= LIFE => Ok(None),
            Some(record) if record.fingerprint == receipt.fingerprint => {
                Ok(Some(record.reply.clone()))
            }
            Some(_) => Err(ProblemKind::KeyReused),
            None => Ok(None),
        }
    }

    /// Remembers an answer, and forgets what is too old.
    pub(super) fn remember(&mut self, receipt: Receipt, reply: Reply, now: Timestamp) {
        self.0.retain(|_, record| now.since(record.at) < LIFE);
        let record = Record {
            fingerprint: receipt.fingerprint,
            reply,
            at: now,
        };
        self.0.insert(receipt.key, record);
    }
}
