//! A code was sent by mail or text, and is waited for.

use postern_protocol::{CodeLength, Method};
use serde::{Deserialize, Serialize};

use crate::code::LiveCode;

/// A code is asked for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EnteringCode {
    pub(crate) code: LiveCode,
}

impl EnteringCode {
    /// Where the code comes from.
    pub const fn method(&self) -> Method {
        self.code.method
    }

    /// How many digits the code has.
    pub(crate) const fn length(&self) -> CodeLength {
        self.code.length
    }
}
