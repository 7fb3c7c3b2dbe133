//! What is counted of a subject, and the bounds that every limit on it keeps.

use postern_protocol::Method;
use serde::{Deserialize, Serialize};

/// The longest window: what is older is not kept in a [`Ledger`](super::Ledger).
pub const WINDOW_SECONDS_MAX: u32 = 24 * 60 * 60;

/// So many consecutive failures disable an authenticator (NIST SP 800-63B-4 section 3.2.2). No
/// limit is higher.
pub const TRIES_MAX: u8 = 100;

/// What is counted, in the reference's terms (Microsoft Entra documentation, `passwords-faq`).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counter {
    /// A wrong proof, of any method, where a lock closes every method.
    Identity,
    /// A wrong code from a mail, where a lock closes one method.
    EmailCode,
    /// A wrong code from a text, where a lock closes one method.
    TextCode,
    /// A phone number typed that is not the one on file.
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
    /// Questions answered wrongly.
    Questions,
    /// A password that the directory refused.
    RefusedPassword,
    /// The account was reset or unlocked.
    Reset,
    /// A mail to the administrators.
    Help,
}

impl Counter {
    /// Whether a success clears it.
    ///
    /// Resets of the same account are not cleared by a reset, or the counter could never reach its
    /// limit; nor are mails to administrators, which no proof makes fewer.
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

    /// Whether a wrong proof is counted on it.
    pub fn is_of_failures(self) -> bool {
        Self::FAILURES.contains(&self)
    }

    /// The counters of wrong tries, each try on at least one of them.
    pub(super) const FAILURES: [Self; 6] = [
        Self::Identity,
        Self::EmailCode,
        Self::TextCode,
        Self::PhoneNumber,
        Self::AuthenticatorCode,
        Self::Questions,
    ];

    /// What is counted when that method sends something or places a call.
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
