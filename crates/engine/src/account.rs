//! What the directory knows about a person.
//!
//! The host reads an account for each call, and the engine never keeps it. The engine can compare
//! the secrets in an account, but nothing prints them.

mod id;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use postern_phone::{PhoneNumber, Region};
use postern_protocol::QuestionText;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

pub use id::{AccountId, AuthenticatorId};

use crate::answer::{AnswerDigest, answer_digest};
use crate::identifier::normalise;
use crate::key::EngineKey;

/// An account of a tenant.
///
/// With the feature `stored`, an account can be serialised, including its secrets. Without it, a
/// host uses its own form for an account.
#[derive(Clone)]
#[cfg_attr(feature = "stored", derive(Deserialize, Serialize))]
pub struct Account {
    /// The name of the account in the directory.
    pub id: AccountId,
    /// Every identifier that signs in to this account. The user principal name comes first.
    pub identifiers: Vec<String>,
    /// First, last and display name, if the directory has them. A new password must not contain
    /// one.
    pub names: Vec<String>,
    /// The mailbox at work. The person cannot read it while they are locked out.
    pub primary_email: Option<String>,
    /// Other addresses. The engine uses the first one that is not an address of the account itself.
    pub alternate_emails: Vec<String>,
    /// The mobile phone, as in the directory.
    pub mobile: Option<String>,
    /// The office phone, as in the directory.
    pub office_phone: Option<String>,
    /// Authenticator apps and tokens.
    pub authenticators: Vec<Authenticator>,
    /// Questions for which the person registered an answer.
    pub questions: Vec<RegisteredQuestion>,
    /// Whether any role makes the person an administrator. An administrator always has two gates,
    /// and never questions.
    pub is_administrator: bool,
    /// The groups of the person, including groups that contain a group of theirs.
    pub groups: Vec<String>,
    /// Whether the person has the licence that reset needs.
    pub is_licensed: bool,
    /// Whether the person may use self-service at all.
    pub state: AccountState,
    /// Whether too many wrong passwords have locked the account.
    pub is_locked: bool,
    /// The system that holds the password.
    pub password_source: PasswordSource,
}

/// Whether an account may use self-service.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountState {
    /// The account may use self-service.
    #[default]
    Enabled,
    /// The account is disabled.
    Disabled,
    /// An administrator has opted the account out.
    OptedOut,
}

/// Which system holds the password.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PasswordSource {
    /// The host's own store.
    #[default]
    Cloud,
    /// A directory on premises. The host writes new passwords back to it.
    OnPremises,
    /// A system to which the host cannot write.
    Elsewhere,
}

/// An authenticator app or token that shows codes by time (RFC 6238).
#[derive(Clone)]
#[cfg_attr(feature = "stored", derive(Deserialize, Serialize))]
pub struct Authenticator {
    /// Identifies this authenticator among those of the person.
    pub id: AuthenticatorId,
    /// The secret that the authenticator shares with the service.
    pub secret: AuthenticatorSecret,
    /// How long it shows each code.
    pub period: TotpPeriod,
    /// The hash function of the authenticator.
    pub algorithm: TotpAlgorithm,
}

/// The shared secret of an authenticator. It is never printed. Only the feature `stored` makes it
/// serialisable. It is wiped from memory when dropped.
#[derive(Clone)]
#[cfg_attr(feature = "stored", derive(Deserialize, Serialize))]
pub struct AuthenticatorSecret(Vec<u8>);

/// The longest secret, in characters of Base32: the reference's limit.
const SECRET_BASE32_LENGTH_MAX: usize = 128;

/// Why a text is not a secret in Base32 (RFC 4648 section 6).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SecretError {
    /// The text has a character that is not part of Base32.
    NotBase32,
    /// The text has less than one byte.
    TooShort,
    /// The text has more than 128 characters.
    TooLong,
}

impl AuthenticatorSecret {
    /// Makes a secret from its bytes.
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Reads Base32 in the form that authenticator apps show: in upper or lower case. Spaces and
    /// padding are ignored.
    ///
    /// # Errors
    ///
    /// If the text has another character, less than one byte, or more than 128 characters.
    ///
    /// ```
    /// use postern_engine::account::AuthenticatorSecret;
    ///
    /// assert!(AuthenticatorSecret::from_base32("gezd gnbv GY3TQOJQ").is_ok());
    /// assert!(AuthenticatorSecret::from_base32("0189").is_err());
    /// ```
    pub fn from_base32(text: &str) -> Result<Self, SecretError> {
        let mut bytes = Vec::with_capacity(SECRET_BASE32_LENGTH_MAX * 5 / 8);
        let (mut bits, mut bit_count, mut length): (u32, u8, usize) = (0, 0, 0);
        for character in text
            .chars()
            .filter(|character| !matches!(character, ' ' | '='))
        {
            let value = match character.to_ascii_uppercase() {
                letter @ 'A'..='Z' => u32::from(letter) - u32::from('A'),
                digit @ '2'..='7' => u32::from(digit) - u32::from('2') + 26,
                _ => return Err(SecretError::NotBase32),
            };
            length += 1;
            bits = bits << 5 | value;
            bit_count += 5;
            if bit_count >= 8 {
                bit_count -= 8;
                bytes.extend(u8::try_from(bits >> bit_count & 0xff));
                bits &= (1 << bit_count) - 1;
            }
        }
        if length > SECRET_BASE32_LENGTH_MAX {
            return Err(SecretError::TooLong);
        }
        if bytes.is_empty() {
            return Err(SecretError::TooShort);
        }
        Ok(Self(bytes))
    }

    /// Gives the bytes to the code that computes one-time codes.
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for AuthenticatorSecret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Display for SecretError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotBase32 => {
                "the secret is not in Base32, which has letters and digits from 2 to 7"
            }
            Self::TooShort => "the secret has not one byte",
            Self::TooLong => "the secret has more than 128 characters of Base32",
        })
    }
}

impl core::error::Error for SecretError {}

/// How long an authenticator shows each code: the two periods that the reference accepts.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub enum TotpPeriod {
    /// 30 seconds, as recommended by RFC 6238 section 5.2.
    #[default]
    #[serde(rename = "30s")]
    Seconds30,
    /// 60 seconds.
    #[serde(rename = "60s")]
    Seconds60,
}

/// The hash functions that the reference accepts.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TotpAlgorithm {
    /// HMAC-SHA-1, the default of RFC 6238 and of most apps.
    #[default]
    Sha1,
    /// HMAC with SHA-256.
    Sha256,
}

/// A question, and the digest by which its answer is recognised.
#[derive(Clone)]
#[cfg_attr(feature = "stored", derive(Deserialize, Serialize))]
pub struct RegisteredQuestion {
    /// The number of the question. An answer comes back with it.
    pub id: u16,
    /// The text of the question.
    pub text: QuestionText,
    /// The digest of the answer, as [`answer_digest`] makes it.
    pub answer: AnswerDigest,
}

impl RegisteredQuestion {
    /// Registers an answer. `None` if the text is not a valid answer.
    pub fn new(
        key: &EngineKey,
        account: &AccountId,
        id: u16,
        text: QuestionText,
        answer: &str,
    ) -> Option<Self> {
        let answer = answer_digest(key, account, id, answer)?;
        Some(Self { id, text, answer })
    }
}

impl Account {
    /// An account in the cloud, licensed and enabled, without any contact data on file.
    pub fn new(id: &str, identifier: &str) -> Self {
        Self {
            id: AccountId(id.into()),
            identifiers: Vec::from([identifier.into()]),
            names: Vec::new(),
            primary_email: None,
            alternate_emails: Vec::new(),
            mobile: None,
            office_phone: None,
            authenticators: Vec::new(),
            questions: Vec::new(),
            is_administrator: false,
            groups: Vec::new(),
            is_licensed: true,
            state: AccountState::Enabled,
            is_locked: false,
            password_source: PasswordSource::Cloud,
        }
    }

    /// The first alternate address that is not an address of the account itself: the person could
    /// not read a code in the locked mailbox.
    pub(crate) fn usable_email(&self) -> Option<&str> {
        let own: Vec<String> = self
            .identifiers
            .iter()
            .chain(&self.primary_email)
            .map(|address| normalise(address))
            .collect();
        self.alternate_emails
            .iter()
            .map(String::as_str)
            .find(|address| address.contains('@') && !own.contains(&normalise(address)))
    }

    /// The mobile number on file, without its extension. `None` for a number that the service may
    /// not call or text.
    pub(crate) fn usable_mobile(&self, region: Option<Region>) -> Option<PhoneNumber> {
        number(self.mobile.as_deref(), region)
    }

    /// The mobile number on file, if it can receive a text: a text to a fixed line would never
    /// arrive.
    pub(crate) fn textable_mobile(&self, region: Option<Region>) -> Option<PhoneNumber> {
        let mobile = self.usable_mobile(region);
        mobile.filter(|number| number.can_receive_text())
    }

    /// The office number on file, without its extension: a call cannot reach an extension. `None`
    /// for a number that the service may not call.
    pub(crate) fn usable_office_phone(&self, region: Option<Region>) -> Option<PhoneNumber> {
        number(self.office_phone.as_deref(), region)
    }

    /// The addresses that get a mail about a change: primary and alternate addresses, or the user
    /// principal name if the account has neither (Microsoft Entra documentation,
    /// `concept-sspr-howitworks`).
    pub(crate) fn notified_addresses(&self) -> Vec<String> {
        let mut addresses: Vec<String> = Vec::new();
        let on_file = self.primary_email.iter().chain(&self.alternate_emails);
        for address in on_file.filter(|address| address.contains('@')) {
            if !addresses
                .iter()
                .any(|known| normalise(known) == normalise(address))
            {
                addresses.push(address.clone());
            }
        }
        if addresses.is_empty() {
            addresses.extend(self.identifiers.iter().find(|it| it.contains('@')).cloned());
        }
        addresses
    }
}

fn number(on_file: Option<&str>, region: Option<Region>) -> Option<PhoneNumber> {
    on_file
        .and_then(|text| postern_phone::parse(text, region).ok())
        .map(|parsed| parsed.number)
        .filter(|number| number.refused_as().is_none())
}
