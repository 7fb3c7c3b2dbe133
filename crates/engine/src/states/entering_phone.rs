//! The number on file has to be typed in full before it is used.
//!
//! What was under way keeps going meanwhile: nothing has been started yet that could take its
//! place.

use postern_protocol::Method;
use serde::{Deserialize, Serialize};

use super::LiveCall;
use crate::code::LiveCode;

/// A number is asked for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EnteringPhone {
    pub(crate) method: Method,
    pub(crate) pending: Option<Pending>,
}

/// What was started before, and still works.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Pending {
    /// A code was sent.
    Code(LiveCode),
    /// A call was placed.
    Call(LiveCall),
}

impl Pending {
    pub(crate) const fn method(&self) -> Method {
        match self {
            Self::Code(code) => code.method,
            Self::Call(call) => call.method,
        }
    }
}
