//! Authenticator apps and tokens that a person registered.

use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::AuthenticatorId;

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
