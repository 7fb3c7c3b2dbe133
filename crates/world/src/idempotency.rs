//! The answers for idempotency keys.

use alloc::collections::BTreeMap;
use alloc::string::String;

use postern_engine::Digest;
use postern_host::{RecordChange, Recorded, Reply};
use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

/// The answers by key.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub(crate) struct Remembered(BTreeMap<String, Record>);

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Record {
    fingerprint: Digest,
    /// `None` while the request is in progress.
    reply: Option<Reply>,
    forget_at: Timestamp,
}

impl Remembered {
    /// The record of a key, unless it may be forgotten by now.
    pub(crate) fn recall(&self, key: &str, now: Timestamp) -> Option<Recorded> {
        let record = self.0.get(key).filter(|record| now < record.forget_at)?;
        Some(Recorded {
            fingerprint: *record.fingerprint.as_bytes(),
            reply: record.reply.clone(),
        })
    }

    /// Remembers an answer, and forgets the records that are too old.
    pub(crate) fn remember(&mut self, change: RecordChange, now: Timestamp) {
        let RecordChange {
            receipt,
            reply,
            forget_at,
            ..
        } = change;
        self.0.retain(|_, record| now < record.forget_at);
        let record = Record {
            fingerprint: *receipt.fingerprint(),
            reply,
            forget_at,
        };
        self.0.insert(receipt.key().into(), record);
    }
}
