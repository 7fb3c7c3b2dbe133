//! The attempt waits for the code that an authenticator app shows now.

use serde::{Deserialize, Serialize};

use crate::key::Digest;

/// The service asks for a code of an app.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EnteringAuthenticatorCode {
    /// The last wrong code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) wrong: Option<WrongCode>,
}

/// A wrong code, and when it was typed. The same code again costs no second try while the apps show
/// the same codes. Later the apps show other codes, and the same code is a new guess.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct WrongCode {
    pub(crate) digest: Digest,
    /// The time step of the shorter period (RFC 6238) in which the code was typed.
    pub(crate) step: u64,
}
