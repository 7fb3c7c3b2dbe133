//! Everything that the engine gets for one call.
//!
//! The engine reads nothing else: no clock, no randomness, no directory. The context and the input
//! alone decide the outcome.

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
    /// The secret of the deployment.
    pub key: &'a EngineKey,
    /// The tenant of the identifier's domain. `None` if no tenant has the domain.
    pub tenant: Option<&'a Tenant>,
    /// The account: on arrival that of the identifier, afterwards that of
    /// [`Case::account`](crate::Case::account). `None` if there is no account, or if
    /// [`Input::needs_account`](crate::Input::needs_account) returns false.
    pub account: Option<&'a Account>,
    /// The last count of what the tenant's people have on file. Decoys are drawn from it.
    pub population: &'a Population,
    /// The ledger of [`subject_key`](crate::subject_key).
    pub ledger: &'a Ledger,
    /// The state of the tenant's write-back when the host last checked it.
    pub write_back: WriteBackHealth,
    /// Whether the new password is a breached one. `None` if the host has not asked the breach
    /// service yet. [`Attempt::handle`](crate::Attempt::handle) then returns the password to ask
    /// about. A host without a breach service gives [`Breach::NotFound`].
    pub breach: Option<Breach>,
    /// The banned passwords that apply to every tenant.
    pub banned: &'a BannedList,
}

/// The state of write-back.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    feature = "stored",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub enum WriteBackHealth {
    /// Write-back works.
    #[default]
    Healthy,
    /// The directory cannot be reached.
    Unreachable,
    /// The directory does not permit our writes.
    Misconfigured,
}

/// Whether a password is in the list of breached passwords (NIST SP 800-63B-4 section 3.1.1.2).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Breach {
    /// The password is not in the list, as far as the host knows.
    #[default]
    NotFound,
    /// The password is in the list.
    Found,
    /// The service for breached passwords does not answer, and the host accepts no password without
    /// its answer.
    Unknown,
}
