//! Answers remembered by idempotency key.

use alloc::collections::BTreeMap;
use alloc::string::String;

use postern_protocol::{ProblemKind, Timestamp};
use serde::{Deserialize, Serialize};

use crate::host::{ANSWER_LIFE, Receipt, Reply};
use crate::key::Digest;

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
        match self.0.get(receipt.key()) {
            Some(record) if now.since(record.at) >= ANSWER_LIFE => Ok(None),
            Some(record) if record.fingerprint == *receipt.fingerprint() => {
                Ok(Some(record.reply.clone()))
            }
            Some(_) => Err(ProblemKind::KeyReused),
            None => Ok(None),
        }
    }

    /// Remembers an answer, and forgets what is too old.
    pub(super) fn remember(&mut self, receipt: &Receipt, reply: Reply, now: Timestamp) {
        self.0
            .retain(|_, record| now.since(record.at) < ANSWER_LIFE);
        let record = Record {
            fingerprint: *receipt.fingerprint(),
            reply,
            at: now,
        };
        self.0.insert(receipt.key().into(), record);
    }
}
