//! What a hearing is told beside what it asks for, what it asks for, and what an account is found
//! by.

use alloc::string::ToString;
use core::fmt;

use postern_engine::account::AccountId;
use postern_engine::{Case, Identifier, Population};
use postern_protocol::Timestamp;

/// Whether a request is heard for the first time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Round {
    /// It is. A request is rarely sent twice, so that the host finds out whether its idempotency
    /// key is taken when it makes the changes.
    First,
    /// The changes conflicted with others: the record of the key is read before anything else.
    Again,
}

/// The moment of a judgement.
pub struct Moment<'a> {
    /// The host's clock.
    pub now: Timestamp,
    /// 256 random bits, fresh for this judgement.
    pub seed: [u8; 32],
    /// What the people of [`Ready::tenant`](crate::Ready::tenant) have on file, as it was last
    /// counted.
    pub population: &'a Population,
}

/// What a hearing asks its host to read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Need {
    /// The attempt, with its ledger.
    Attempt,
    /// The record of the idempotency key.
    Record,
    /// The account.
    Account,
    /// The ledger of who begins an attempt.
    Ledger,
    /// The health of the tenant's write-back.
    Health,
    /// Whether the password was breached.
    Breach,
}

impl fmt::Display for Need {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Attempt => "attempt",
            Self::Record => "record",
            Self::Account => "account",
            Self::Ledger => "ledger",
            Self::Health => "health",
            Self::Breach => "breach",
        })
    }
}

/// What an account is found by.
#[derive(Clone, Debug)]
pub enum Named {
    /// What the person has typed.
    Identifier(Identifier),
    /// The account of the attempt.
    Account(AccountId),
    /// A decoy has none. The host looks for this name, which no account has, so that a decoy takes
    /// as long as an account, and gives what it finds all the same.
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
