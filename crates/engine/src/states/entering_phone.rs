//! The person has to type the number on file in full before the service uses it.
//!
//! A code or call that was started before continues meanwhile: nothing has started yet in its
//! place.

use postern_protocol::Method;
use serde::{Deserialize, Serialize};

use super::LiveCall;
use crate::code::LiveCode;

/// The service asks for a number.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EnteringPhone {
    pub(crate) method: Method,
    pub(crate) pending: Option<Pending>,
}

/// The code or call that was started before and still works.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Pending {
    /// The service has sent a code.
    Code(LiveCode),
    /// The service has placed a call.
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
