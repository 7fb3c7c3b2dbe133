//! What the person was not told.

use postern_protocol::Refusal;
use serde::{Deserialize, Serialize};

/// What is kept from the person and told to the audit.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Concealed {
    /// No tenant has the identifier's domain.
    UnknownTenant,
    /// The tenant has no such account.
    UnknownIdentifier,
    /// The account was refused, and the tenant does not tell.
    Refusal(Refusal),
}
