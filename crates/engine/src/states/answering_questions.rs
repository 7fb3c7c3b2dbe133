//! The service asks some of the questions that the person registered.

use alloc::vec::Vec;

use postern_protocol::Question;
use serde::{Deserialize, Serialize};

/// The service asks for answers.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AnsweringQuestions {
    pub(crate) questions: Vec<Question>,
}
