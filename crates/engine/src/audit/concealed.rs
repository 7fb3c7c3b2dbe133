//! Facts that the service does not show to the person.

use postern_protocol::Refusal;
use serde::{Deserialize, Serialize};

/// A fact that the service conceals from the person and writes to the audit log.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Concealed {
    /// No tenant has the identifier's domain.
    UnknownTenant,
    /// The tenant has no such account.
    UnknownIdentifier,
    /// The account was refused, and the tenant does not disclose refusals.
    Refusal(Refusal),
}
