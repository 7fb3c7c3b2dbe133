//! The service has sent a code by mail or text, and the attempt waits for it.

use postern_protocol::{CodeLength, Method};
use serde::{Deserialize, Serialize};

use crate::code::LiveCode;

/// The service asks for a code.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EnteringCode {
    pub(crate) code: LiveCode,
}

impl EnteringCode {
    /// The method that sent the code.
    pub const fn method(&self) -> Method {
        self.code.method
    }

    /// The number of digits of the code.
    pub(crate) const fn length(&self) -> CodeLength {
        self.code.length
    }
}
