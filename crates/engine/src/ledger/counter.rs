//! The counters of a subject, and the bounds of every limit.

use postern_protocol::Method;
use serde::{Deserialize, Serialize};

/// The longest window. A [`Ledger`](super::Ledger) keeps nothing older.
pub const WINDOW_SECONDS_MAX: u32 = 24 * 60 * 60;

/// The number of consecutive failures that disables an authenticator (NIST SP 800-63B-4 section
/// 3.2.2). No limit is higher.
pub const TRIES_MAX: u8 = 100;

/// The counters, in the reference's terms (Microsoft Entra documentation, `passwords-faq`).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counter {
    /// A wrong proof of any method, in a policy whose locks close every method.
    Identity,
    /// A wrong code from a mail, in a policy whose locks close one method.
    EmailCode,
    /// A wrong code from a text, in a policy whose locks close one method.
    TextCode,
    /// A typed phone number that is not the one on file.
    PhoneNumber,
    /// A text message sent.
    Text,
    /// A mail with a code sent.
    Mail,
    /// A call placed to the mobile phone.
    MobileCall,
    /// A call placed to the office phone.
    OfficeCall,
    /// A wrong code of an authenticator app.
    AuthenticatorCode,
    /// Wrong answers to the questions.
    Questions,
    /// A password that the directory refused.
    RefusedPassword,
    /// The account was reset or unlocked.
    Reset,
    /// A mail to the administrators.
    Help,
}

impl Counter {
    /// Whether a success clears the counter.
    ///
    /// A reset does not clear the count of resets, or this counter could never reach its limit. It
    /// does not clear mails to administrators either, because no proof takes them back.
    pub(super) const fn ends_with_success(self) -> bool {
        match self {
            Self::Identity
            | Self::EmailCode
            | Self::TextCode
            | Self::PhoneNumber
            | Self::Text
            | Self::Mail
            | Self::MobileCall
            | Self::OfficeCall
            | Self::AuthenticatorCode
            | Self::Questions
            | Self::RefusedPassword => true,
            Self::Reset | Self::Help => false,
        }
    }

    /// Whether wrong proofs are counted on this counter.
    pub fn is_of_failures(self) -> bool {
        Self::FAILURES.contains(&self)
    }

    /// The counters of wrong tries. Each wrong try is on at least one of them.
    pub(super) const FAILURES: [Self; 6] = [
        Self::Identity,
        Self::EmailCode,
        Self::TextCode,
        Self::PhoneNumber,
        Self::AuthenticatorCode,
        Self::Questions,
    ];

    /// The counter for a message or a call of this method.
    pub(crate) const fn of_sending(method: Method) -> Option<Self> {
        match method {
            Method::Email => Some(Self::Mail),
            Method::MobileSms => Some(Self::Text),
            Method::MobileCall => Some(Self::MobileCall),
            Method::OfficeCall => Some(Self::OfficeCall),
            Method::AuthenticatorCode | Method::Questions => None,
        }
    }
}
