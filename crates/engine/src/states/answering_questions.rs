//! Some of the questions that the person registered are asked.

use alloc::vec::Vec;

use postern_protocol::Question;
use serde::{Deserialize, Serialize};

/// Answers are asked for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AnsweringQuestions {
    pub(crate) questions: Vec<Question>,
}
