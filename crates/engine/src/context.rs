//! Everything that the engine is told for one call.
//!
//! Nothing else is read: no clock, no randomness, no directory. What is in here decides the
//! outcome.

use postern_protocol::Timestamp;
use postern_protocol::password::BannedList;

use crate::{Account, EngineKey, Ledger, Population, Tenant};

/// What the host knows at the moment of a call.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The host's clock.
    pub now: Timestamp,
    /// 256 random bits, fresh for this call. An attacker who could predict them could predict a
    /// code.
    pub seed: [u8; 32],
    /// The deployment's secret.
    pub key: &'a EngineKey,
    /// The tenant of the identifier's domain; `None` if no tenant has it.
    pub tenant: Option<&'a Tenant>,
    /// The account: on arrival that of the identifier, afterwards that of
    /// [`Case::account`](crate::Case::account). `None` if there is none, or if
    /// [`Input::needs_account`](crate::Input::needs_account) says that it is not needed.
    pub account: Option<&'a Account>,
    /// What the tenant's people have on file, as it was last counted. Decoys are drawn from it.
    pub population: &'a Population,
    /// The ledger of [`subject_key`](crate::subject_key).
    pub ledger: &'a Ledger,
    /// How the tenant's write-back was doing when it was last asked.
    pub write_back: WriteBackHealth,
    /// Whether the password that is set was breached; `None` if the host has not asked yet.
    /// [`Attempt::handle`](crate::Attempt::handle) then says which password to ask about. A host
    /// that asks no breach service says [`Breach::NotFound`].
    pub breach: Option<Breach>,
    /// The banned passwords that every tenant has.
    pub banned: &'a BannedList,
}

/// How write-back is doing.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    feature = "stored",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub enum WriteBackHealth {
    /// It works.
    #[default]
    Healthy,
    /// The directory cannot be reached.
    Unreachable,
    /// The directory does not let us.
    Misconfigured,
}

/// Whether a password is among those that were breached (NIST SP 800-63B-4 section 3.1.1.2).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Breach {
    /// It is not, as far as the host knows.
    #[default]
    NotFound,
    /// It is.
    Found,
    /// The service that knows breached passwords does not answer, and the host takes no password
    /// without its answer.
    Unknown,
}
