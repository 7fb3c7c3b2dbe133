//! The requests of the wizard: one type for each request body of the API.
//!
//! Secrets in a request (a code, an answer, a password) are of the type [`TypedSecret`]. It can be
//! sent and read, but not printed.

use alloc::string::String;
use alloc::vec::Vec;

use postern_wire_derive::wire;
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
// The page has the work and the way as JSON, and passes them on.
#[wire(deny_unknown_fields)]
#[derive(Clone, Debug)]
pub struct StartAttempt<Text = String, Work = Payload, Way: Default + PartialEq = Via> {
    /// User name or e-mail address, as typed.
    #[wire(schema(min_length = 1))]
    pub identifier: Text,
    /// A domain of the organisation whose page asks, where the page knows it: a user name without
    /// `@` belongs to it.
    pub tenant: Option<Text>,
    /// BCP 47 tag of the language on the page: mails and texts are written in it.
    pub locale: Text,
    /// The code at the foot of the page that asks.
    pub support_code: SupportCode,
    /// The solved challenge.
    pub work: Option<Work>,
    /// How they came here, where a portal has something to do with it.
    #[wire(default)]
    pub via: Way,
}

/// How a person came to the wizard.
#[wire(deny_unknown_fields)]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Via {
    /// Where they are sent once they are done: an address that the tenant lists. Any other counts
    /// as none.
    pub return_to: Option<String>,
    /// What is given back there untouched, as the query parameter `state`. Without `return_to` it
    /// is given to no page.
    #[wire(schema(max_length = 512))]
    pub state: Option<String>,
    /// The origin of the portal whose page has the wizard in a frame, if the tenant lists it: a
    /// text is then bound to both. Any other counts as none.
    pub portal: Option<String>,
}

/// The answer to [`StartAttempt`]: the attempt, and the token that opens it and nothing else.
#[wire]
#[derive(Clone, Debug)]
pub struct Started {
    /// The attempt, at its first step.
    pub attempt: Attempt,
    /// The bearer token: 128 random bits at least (OWASP ASVS 5.0, 7.2.3), in base64url or
    /// hexadecimal.
    pub token: String,
}

/// `PUT /attempts/{id}/purpose`: why the person is having trouble.
#[wire(deny_unknown_fields)]
#[derive(Clone, Copy, Debug)]
pub struct ChoosePurpose {
    /// Reset or unlock.
    pub purpose: Purpose,
}

/// `POST /attempts/{id}/codes`: start a method; the same again sends again.
#[wire(deny_unknown_fields)]
#[derive(Clone, Debug)]
pub struct StartMethod {
    /// One of the methods offered for this gate.
    pub method: Method,
    /// The whole number on file, in any human format, for methods that ask for it. Without it the
    /// next step asks.
    pub phone: Option<String>,
}

/// `POST /attempts/{id}/proofs`: what the person gives back.
#[wire]
pub enum Proof {
    /// A code, as typed.
    Code(TypedSecret),
    /// One answer for each question asked.
    Answers(Vec<Answer>),
}

/// The answer to one question.
#[wire(deny_unknown_fields)]
pub struct Answer {
    /// The number that came with the question.
    pub question: u16,
    /// The answer, as typed.
    pub answer: TypedSecret,
}

/// `POST /attempts/{id}/password`: the new password, written back now.
#[wire(deny_unknown_fields)]
pub struct SetPassword {
    /// As typed; the rules are judged on its NFC form.
    pub password: TypedSecret,
}

/// Something typed that must not be printed, stored or logged. Wiped when dropped.
#[wire(schema(value_type = String, format = Password))]
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
