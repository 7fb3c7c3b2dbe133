//! What a host gives to a hearing unasked, what a hearing asks its host to read, and how an account
//! is found.

use alloc::string::ToString;
use core::fmt;

use postern_engine::account::AccountId;
use postern_engine::{Case, Identifier, Population};
use postern_protocol::Timestamp;

/// Whether the host hears a request for the first time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Round {
    /// The first time. Clients rarely send a request twice, so the host checks whether the
    /// idempotency key is taken only when it makes the changes.
    First,
    /// Again, after a conflict with other changes. The hearing needs the record of the key before
    /// anything else.
    Again,
}

/// The circumstances of a judgement.
pub struct Moment<'a> {
    /// The host's clock.
    pub now: Timestamp,
    /// 256 random bits, fresh for this judgement.
    pub seed: [u8; 32],
    /// The last count of what the people of [`Ready::tenant`](crate::Ready::tenant) have on file.
    pub population: &'a Population,
}

/// What a hearing asks its host to read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Need {
    /// The attempt, with its ledger.
    Attempt,
    /// The record of the idempotency key.
    Record,
    /// What the directory knows about the person.
    Person,
    /// What the person registered.
    Registration,
    /// The ledger of the person who begins an attempt.
    Ledger,
    /// The health of the tenant's write-back.
    Health,
    /// Whether the password is a breached one.
    Breach,
}

impl fmt::Display for Need {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Attempt => "attempt",
            Self::Record => "record",
            Self::Person => "person",
            Self::Registration => "registration",
            Self::Ledger => "ledger",
            Self::Health => "health",
            Self::Breach => "breach",
        })
    }
}

/// How an account is found.
#[derive(Clone, Debug)]
pub enum Named {
    /// By the typed identifier.
    Identifier(Identifier),
    /// By the id of the attempt's account.
    Account(AccountId),
    /// A decoy has no account. The host looks for this name, which no account has, so that a decoy
    /// takes as long as an account. The host then gives the result as usual.
    Decoy(AccountId),
}

impl Named {
    pub(crate) fn of(case: &Case) -> Self {
        match case.account() {
            Some(id) => Self::Account(id.clone()),
            None => Self::Decoy(AccountId(case.subject_key().to_string())),
        }
    }
}
