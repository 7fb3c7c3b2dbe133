//! What a person registered with the service: no directory knows it.

use alloc::vec::Vec;

use postern_protocol::QuestionText;
#[cfg(feature = "stored")]
use serde::{Deserialize, Serialize};

use super::{AccountId, Authenticator};
use crate::answer::{AnswerDigest, answer_digest};
use crate::key::EngineKey;

/// What a person registered with the service.
///
/// With the feature `stored`, a registration can be serialised, including its secrets. Without it,
/// a host uses its own form.
#[derive(Clone, Default)]
#[cfg_attr(feature = "stored", derive(Deserialize, Serialize))]
pub struct Registration {
    /// Authenticator apps and tokens.
    pub authenticators: Vec<Authenticator>,
    /// Questions for which the person registered an answer.
    pub questions: Vec<RegisteredQuestion>,
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
