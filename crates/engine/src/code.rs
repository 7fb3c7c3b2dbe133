//! Codes that are sent: made here, carried to the outbox, and kept as a digest alone.
//!
//! A digest covers subject and digits, not the attempt, so that a code of an earlier attempt is
//! still recognised.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use postern_protocol::{CodeLength, Method, Timestamp, TypedCode};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::dice::Dice;
use crate::key::{Digest, EngineKey, SubjectKey};

/// Wrong tries that one code takes (OWASP ASVS 5.0, 6.6.3).
pub(crate) const CODE_TRIES: u8 = 5;

/// The digits of a code on its way to a person.
///
/// Not printed; serialised for the outbox alone; wiped when dropped.
#[derive(Clone, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    pub(crate) fn random(length: CodeLength, dice: &mut Dice) -> Self {
        Self(dice.digits(length.digits()))
    }

    /// Gives the digits to the one who writes them into a mail or text.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The digits in two groups, "7780 5967", as they are easy to read and to keep in mind.
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

/// A code that was sent, as the attempt keeps it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct LiveCode {
    pub(crate) method: Method,
    pub(crate) length: CodeLength,
    pub(crate) sent_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) tries_left: u8,
    pub(crate) digest: Digest,
    /// What was typed instead of it: the same again costs no try.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) wrong: Vec<Digest>,
}

impl LiveCode {
    /// Makes a code, and what it will be recognised by.
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

/// What a typed code is compared by.
pub(crate) fn typed_digest(typed: &TypedCode, subject: &SubjectKey, key: &EngineKey) -> Digest {
    digest(typed.digits(), subject, key)
}

fn digest(digits: &str, subject: &SubjectKey, key: &EngineKey) -> Digest {
    key.digest("code", &[subject.as_str().as_bytes(), digits.as_bytes()])
}
