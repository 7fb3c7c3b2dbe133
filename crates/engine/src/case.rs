//! The data that every state of an attempt has: whose attempt it is, what it is for, and how far it
//! is.
//!
//! The case moves from state to state. Each state adds its own data.

use alloc::string::String;
use alloc::vec::Vec;

use postern_protocol::{AttemptId, CorrelationId, Method, Offer, Purpose, SupportCode, Timestamp};
use serde::{Deserialize, Serialize};

use crate::account::AccountId;
use crate::audit::Concealed;
use crate::gates::GateProgress;
use crate::key::{Alias, Digest, SubjectKey};
use crate::page::Page;

/// The data of an attempt. It contains no password, code or answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Case {
    pub(crate) id: AttemptId,
    pub(crate) correlation_id: CorrelationId,
    pub(crate) support_code: SupportCode,
    pub(crate) domain: String,
    pub(crate) identifier: String,
    pub(crate) locale: String,
    pub(crate) subject: Subject,
    pub(crate) subject_key: SubjectKey,
    /// Stands for the identifier in the ledger of its account.
    #[serde(default)]
    pub(crate) alias: Alias,
    pub(crate) purpose: Purpose,
    pub(crate) asks_purpose: bool,
    pub(crate) gates: GateProgress,
    pub(crate) offers: Vec<Offer>,
    pub(crate) matched: MatchedNumbers,
    /// Typed numbers that were not the one on file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) wrong_numbers: Vec<Digest>,
    pub(crate) questions: Vec<u16>,
    pub(crate) last_method: Option<Method>,
    pub(crate) help_requested_at: Option<Timestamp>,
    /// The address to which the person goes at the end, if it is not the tenant's sign-in page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) return_to: Option<String>,
    /// The page that the person is on.
    #[serde(default, skip_serializing_if = "Page::is_own")]
    pub(crate) page: Page,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    /// The number of requests that have changed something.
    #[serde(default)]
    pub(crate) writes: u16,
}

/// Whose attempt it is.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The attempt of an account.
    Account {
        /// The account.
        id: AccountId,
        /// Whether its password is in a directory on premises, which has its own password rules.
        on_premises: bool,
    },
    /// No account may be reset here, but the attempt looks as if one could.
    Decoy(Concealed),
}

/// Numbers on file that the person has typed in this attempt. The page does not ask for the same
/// number twice (WCAG 2.2, 3.3.7).
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct MatchedNumbers {
    mobile: bool,
    office: bool,
}

impl Case {
    /// The session id (SID).
    pub const fn id(&self) -> AttemptId {
        self.id
    }

    /// The correlation id (CID).
    pub const fn correlation_id(&self) -> CorrelationId {
        self.correlation_id
    }

    /// The code that a caller reads to the helpdesk.
    pub const fn support_code(&self) -> SupportCode {
        self.support_code
    }

    /// The domain that names the tenant. If there is no such tenant, the typed domain; empty if the
    /// person typed none.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Who the person said they are, as typed.
    pub fn identifier(&self) -> &str {
        &self.identifier
    }

    /// BCP 47 tag of the language of mails and texts.
    pub fn locale(&self) -> &str {
        &self.locale
    }

    /// Whose attempt it is.
    pub const fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The account that the host has to load for the next call. `None` if the attempt is a decoy.
    pub const fn account(&self) -> Option<&AccountId> {
        match &self.subject {
            Subject::Account { id, .. } => Some(id),
            Subject::Decoy(_) => None,
        }
    }

    /// The ledger that the host has to load for the next call.
    pub const fn subject_key(&self) -> &SubjectKey {
        &self.subject_key
    }

    /// What the attempt is for.
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// When the attempt began.
    pub const fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// When the attempt ends.
    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// Whether the attempt has an account.
    pub(crate) const fn is_known(&self) -> bool {
        self.account().is_some()
    }

    /// What the audit events of the attempt contain and its replies conceal.
    pub(crate) const fn concealed(&self) -> Option<Concealed> {
        match &self.subject {
            Subject::Account { .. } => None,
            Subject::Decoy(concealed) => Some(*concealed),
        }
    }

    /// The methods that can pass the current gate.
    pub(crate) fn admitted_offers(&self) -> Vec<Offer> {
        self.gates.admitted(&self.offers)
    }

    /// Whether a method can pass the current gate.
    pub(crate) fn offers(&self, method: Method) -> bool {
        self.gates.admits(method) && self.offers.iter().any(|offer| offer.method == method)
    }

    /// The hint that the page shows about the destination of a method.
    pub(crate) fn hint(&self, method: Method) -> Option<String> {
        self.offers
            .iter()
            .find(|offer| offer.method == method)
            .and_then(|offer| offer.hint.clone())
    }

    /// Stands for the typed identifier in the ledger of its account.
    pub const fn alias(&self) -> Alias {
        self.alias
    }
}

impl MatchedNumbers {
    /// Whether the person has typed the number that the method reaches.
    pub(crate) const fn has(self, method: Method) -> bool {
        match method {
            Method::MobileSms | Method::MobileCall => self.mobile,
            Method::OfficeCall => self.office,
            Method::Email | Method::Questions | Method::AuthenticatorCode => false,
        }
    }

    /// Notes that the person has typed it.
    pub(crate) const fn add(&mut self, method: Method) {
        match method {
            Method::MobileSms | Method::MobileCall => self.mobile = true,
            Method::OfficeCall => self.office = true,
            Method::Email | Method::Questions | Method::AuthenticatorCode => {}
        }
    }
}
