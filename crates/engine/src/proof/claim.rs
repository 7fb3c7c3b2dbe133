//! A claim: who a person says they are, and how far they have proved it.

use alloc::string::String;
use alloc::vec::Vec;

use postern_protocol::{AttemptId, CorrelationId, Method, Offer, Purpose, SupportCode, Timestamp};
use serde::{Deserialize, Serialize};

use super::gates::GateProgress;
use crate::account::AccountId;
use crate::audit::Concealed;
use crate::key::{Alias, Digest, SubjectKey};
use crate::page::Page;

/// Who a person says they are, and how far they have proved it. It contains no password, code or
/// answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Claim {
    /// The session id (SID).
    pub(crate) id: AttemptId,
    /// The correlation id (CID).
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
    /// What is behind the gates.
    pub(crate) purpose: Purpose,
    pub(crate) gates: GateProgress,
    pub(crate) offers: Vec<Offer>,
    pub(crate) matched: MatchedNumbers,
    /// Typed numbers that were not the one on file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) wrong_numbers: Vec<Digest>,
    pub(crate) questions: Vec<u16>,
    pub(crate) last_method: Option<Method>,
    /// The page that the person is on.
    #[serde(default, skip_serializing_if = "Page::is_own")]
    pub(crate) page: Page,
    /// No code outlives the claim.
    pub(crate) expires_at: Timestamp,
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

impl Claim {
    /// The account. `None` if the claim is a decoy's.
    pub(crate) const fn account(&self) -> Option<&AccountId> {
        match &self.subject {
            Subject::Account { id, .. } => Some(id),
            Subject::Decoy(_) => None,
        }
    }

    /// Whether there is an account.
    pub(crate) const fn is_known(&self) -> bool {
        self.account().is_some()
    }

    /// What the audit events contain and the replies conceal.
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
