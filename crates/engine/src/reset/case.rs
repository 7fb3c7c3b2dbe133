//! The data that every state of an attempt has: the claim, and what the attempt is for.
//!
//! The case moves from state to state. Each state adds its own data.

use alloc::string::String;

use postern_protocol::{AttemptId, CorrelationId, Purpose, SupportCode, Timestamp};
use serde::{Deserialize, Serialize};

use crate::account::AccountId;
use crate::key::{Alias, SubjectKey};
use crate::proof::{Claim, Subject};

/// The data of an attempt. It contains no password, code or answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Case {
    /// Who the person says they are, and how far they have proved it.
    #[serde(flatten)]
    pub(crate) claim: Claim,
    pub(crate) asks_purpose: bool,
    pub(crate) help_requested_at: Option<Timestamp>,
    /// The address to which the person goes at the end, if it is not the tenant's sign-in page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) return_to: Option<String>,
    pub(crate) created_at: Timestamp,
    /// The number of requests that have changed something.
    #[serde(default)]
    pub(crate) writes: u16,
}

impl Case {
    /// The session id (SID).
    pub const fn id(&self) -> AttemptId {
        self.claim.id
    }

    /// The correlation id (CID).
    pub const fn correlation_id(&self) -> CorrelationId {
        self.claim.correlation_id
    }

    /// The code that a caller reads to the helpdesk.
    pub const fn support_code(&self) -> SupportCode {
        self.claim.support_code
    }

    /// The domain that names the tenant. If there is no such tenant, the typed domain; empty if the
    /// person typed none.
    pub fn domain(&self) -> &str {
        &self.claim.domain
    }

    /// Who the person said they are, as typed.
    pub fn identifier(&self) -> &str {
        &self.claim.identifier
    }

    /// BCP 47 tag of the language of mails and texts.
    pub fn locale(&self) -> &str {
        &self.claim.locale
    }

    /// Whose attempt it is.
    pub const fn subject(&self) -> &Subject {
        &self.claim.subject
    }

    /// The account that the host has to load for the next call. `None` if the attempt is a decoy.
    pub const fn account(&self) -> Option<&AccountId> {
        self.claim.account()
    }

    /// The ledger that the host has to load for the next call.
    pub const fn subject_key(&self) -> &SubjectKey {
        &self.claim.subject_key
    }

    /// What the attempt is for.
    pub const fn purpose(&self) -> Purpose {
        self.claim.purpose
    }

    /// When the attempt began.
    pub const fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// When the attempt ends.
    pub const fn expires_at(&self) -> Timestamp {
        self.claim.expires_at
    }

    /// Stands for the typed identifier in the ledger of its account.
    pub const fn alias(&self) -> Alias {
        self.claim.alias
    }
}
