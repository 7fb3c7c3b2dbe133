//! Codes that the service sends. The engine makes a code, the host puts it into the outbox, and the
//! attempt keeps only a digest.
//!
//! A digest covers the subject and the digits, but not the attempt, so that a code of an earlier
//! attempt is still recognised.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use postern_protocol::{CodeLength, Method, Timestamp, TypedCode};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::dice::Dice;
use crate::key::{Digest, EngineKey, SubjectKey};

/// The number of wrong tries that one code allows (OWASP ASVS 5.0, 6.6.3).
pub(crate) const CODE_TRIES: u8 = 5;

/// The digits of a code on its way to a person.
///
/// A code is never printed. It is serialised only for the outbox, and wiped from memory when
/// dropped.
#[derive(Clone, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    pub(crate) fn random(length: CodeLength, dice: &mut Dice) -> Self {
        Self(dice.digits(length.digits()))
    }

    /// Gives the digits to the code that writes a mail or text.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The digits in two groups, such as "7780 5967": easy to read and to remember.
    pub fn grouped(&self) -> String {
        let (first, last) = self.0.split_at(self.0.len().div_ceil(2));
        format!("{first} {last}")
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// A sent code, in the form that the attempt keeps.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct LiveCode {
    pub(crate) method: Method,
    pub(crate) length: CodeLength,
    pub(crate) sent_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) tries_left: u8,
    pub(crate) digest: Digest,
    /// Digests of the wrong codes that were typed: the same wrong code again costs no try.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) wrong: Vec<Digest>,
}

impl LiveCode {
    /// Makes the record of a code, with the digest that recognises it.
    pub(crate) fn new(
        method: Method,
        length: CodeLength,
        lifetime: Duration,
        now: Timestamp,
        code: &Code,
        subject: &SubjectKey,
        key: &EngineKey,
    ) -> Self {
        Self {
            method,
            length,
            sent_at: now,
            expires_at: now + lifetime,
            tries_left: CODE_TRIES,
            digest: digest(code.reveal(), subject, key),
            wrong: Vec::new(),
        }
    }
}

/// The digest that a typed code is compared by.
pub(crate) fn typed_digest(typed: &TypedCode, subject: &SubjectKey, key: &EngineKey) -> Digest {
    digest(typed.digits(), subject, key)
}

fn digest(digits: &str, subject: &SubjectKey, key: &EngineKey) -> Digest {
    key.digest("code", &[subject.as_str().as_bytes(), digits.as_bytes()])
}
