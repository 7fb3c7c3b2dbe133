//! The requests of the wizard: one type for each request body of the API.
//!
//! Secrets in a request (a code, an answer, a password) are of the type [`TypedSecret`]. It can be
//! sent and read, but not printed.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::work::Payload;
use crate::{Attempt, Method, Purpose, SupportCode};

/// Maximum length of an identifier. The reference allows 113 characters for a user principal name;
/// an e-mail address may have 254 (RFC 5321 section 4.5.3.1).
pub const IDENTIFIER_LENGTH_MAX: usize = 254;

/// Maximum length of [`Via::state`], in characters. Even with each of them encoded it fits into any
/// address.
pub const STATE_LENGTH_MAX: usize = 512;

/// `POST /attempts`: a person wants back in.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StartAttempt {
    /// User name or e-mail address, as typed.
    pub identifier: String,
    /// A domain of the organisation whose page asks, where the page knows it: a user name without
    /// `@` belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// BCP 47 tag of the language on the page: mails and texts are written in it.
    pub locale: String,
    /// The code at the foot of the page that asks.
    pub support_code: SupportCode,
    /// The solved challenge; `None` where the page could not solve one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<Payload>,
    /// How they came here, where a portal has something to do with it.
    #[serde(default, skip_serializing_if = "Via::is_nothing")]
    pub via: Via,
}

/// How a person came to the wizard.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Via {
    /// Where they are sent once they are done: an address that the tenant lists. Any other counts
    /// as none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_to: Option<String>,
    /// What is given back there untouched, as the query parameter `state`: [`STATE_LENGTH_MAX`]
    /// characters at most. Without `return_to` it is not given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The origin of the portal whose page has the wizard in a frame, if the tenant lists it: a
    /// text is then bound to both, so that a browser fills its code in there. Any other counts as
    /// none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal: Option<String>,
}

impl Via {
    /// Whether the person came to the wizard directly.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// The answer to [`StartAttempt`]: the attempt, and the token that opens it and nothing else.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Started {
    /// The attempt, at its first step.
    pub attempt: Attempt,
    /// The bearer token: 128 random bits at least (OWASP ASVS 5.0, 7.2.3), in base64url or
    /// hexadecimal.
    pub token: String,
}

/// `PUT /attempts/{id}/purpose`: why the person is having trouble.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChoosePurpose {
    /// Reset or unlock.
    pub purpose: Purpose,
}

/// `POST /attempts/{id}/codes`: start a method; the same again sends again.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartMethod {
    /// One of the methods offered for this gate.
    pub method: Method,
    /// The whole number on file, in any human format, for methods that ask for it. Without it the
    /// next step asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// `POST /attempts/{id}/proofs`: what the person gives back.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// A code, as typed.
    Code(TypedSecret),
    /// One answer for each question asked.
    Answers(Vec<Answer>),
}

/// The answer to one question.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The number that came with the question.
    #[cfg_attr(feature = "openapi", schema(maximum = 65535))]
    pub question: u16,
    /// The answer, as typed.
    pub answer: TypedSecret,
}

/// `POST /attempts/{id}/password`: the new password, written back now.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// As typed; the rules are judged on its NFC form.
    pub password: TypedSecret,
}

/// Something typed that must not be printed, stored or logged. Wiped when dropped.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Password))]
#[serde(transparent)]
pub struct TypedSecret(String);

impl TypedSecret {
    /// Takes what was typed.
    pub const fn new(typed: String) -> Self {
        Self(typed)
    }

    /// The secret, for code that judges it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl Drop for TypedSecret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
