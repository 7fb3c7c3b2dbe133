#![doc = include_str!("../README.md")]
// With OpenAPI descriptions the crate uses the standard library; the page does not.
#![cfg_attr(not(feature = "openapi"), no_std)]
#![warn(missing_docs)]

extern crate alloc;
// The code that `#[wire]` generates names the crate, in it and in others.
extern crate self as postern_protocol;

mod attempt;
mod code;
mod decimal;
mod endpoint;
mod guid;
pub mod json;
mod method;
pub mod password;
mod problem;
mod refusal;
mod request;
mod short_code;
mod tenant;
mod time;
pub mod work;

pub use attempt::{
    AnswerQuestions, Attempt, AwaitCall, ChooseMethod, ChoosePassword, Done, EndReason, EnterCode,
    EnterPhone, Gates, Notice, Offer, Question, QuestionText, Step,
};
pub use code::{CODE_LENGTH_MAX, CODE_LENGTH_MIN, CodeLength, TypedCode};
pub use decimal::decimal;
pub use endpoint::{Endpoint, KeyNeed, Verb};
#[cfg(feature = "openapi")]
pub use endpoint::{NamedSchema, schemas};
pub use guid::{AttemptId, CorrelationId, Guid, GuidError, SupportCode};
pub use method::{Method, Purpose};
pub use postern_wire_derive::wire;
pub use problem::{DirectoryRule, Problem, ProblemKind, RefusedNumberType};
pub use refusal::{Help, Refusal, Refused};
pub use request::{
    Answer, ChoosePurpose, IDENTIFIER_LENGTH_MAX, Proof, STATE_LENGTH_MAX, SetPassword,
    StartAttempt, StartMethod, Started, TypedSecret, Via,
};
pub use short_code::{ShortCode, ShortCodeError};
pub use tenant::Tenant;
pub use time::Timestamp;
