//! What a host keeps, as it gives it to a hearing.

use postern_engine::{Attempt, Ledger};

use crate::Reply;

/// Something kept, and how often it was changed: 0 for what is not there yet.
#[derive(Clone, Debug, Default)]
pub struct Versioned<T> {
    /// The value.
    pub value: T,
    /// Its version.
    pub version: i64,
}

/// An attempt with what its judgement needs.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The attempt.
    pub attempt: Versioned<Attempt>,
    /// The digest of the token that opens it.
    pub token: [u8; 32],
    /// The ledger of its subject.
    pub ledger: Versioned<Ledger>,
}

/// What a host knows of an idempotency key.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// What tells the request from others with the same key.
    pub fingerprint: [u8; 32],
    /// What it was answered; `None` while it is still being done.
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
    /// None, since the proof of work was taken before.
    Burnt,
}

impl Commit {
    /// Whether the changes were made.
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }
}
