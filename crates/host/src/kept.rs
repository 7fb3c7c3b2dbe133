//! The stored data, in the form in which a host gives it to a hearing.

use postern_engine::{Attempt, Ledger};

use crate::Reply;

/// A stored value, and the number of its changes: 0 if it is not stored yet.
#[derive(Clone, Debug, Default)]
pub struct Versioned<T> {
    /// The value.
    pub value: T,
    /// The version of the value.
    pub version: i64,
}

/// An attempt with the data for its judgement.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The attempt.
    pub attempt: Versioned<Attempt>,
    /// The digest of the token that opens the attempt.
    pub token: [u8; 32],
    /// The ledger of the attempt's subject.
    pub ledger: Versioned<Ledger>,
}

/// The host's record of an idempotency key.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The fingerprint that distinguishes the request from others with the same key.
    pub fingerprint: [u8; 32],
    /// The answer. `None` while the request is in progress.
    pub reply: Option<Reply>,
}

/// The versions that what was changed has now.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Versions {
    /// The version of the attempt; `None` if it was not changed.
    pub attempt: Option<i64>,
    /// The version of the ledger; `None` if it was not changed.
    pub ledger: Option<i64>,
}

/// Whether the changes of a judgement were made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Commit {
    /// All of them.
    Done(Versions),
    /// None, since another judgement has changed something meanwhile: judge again.
    Conflict,
    /// No change is made, because the proof of work was already used.
    Burnt,
}

impl Commit {
    /// Whether the changes were made.
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }
}
