//! The code that an authenticator app shows now is waited for.

use serde::{Deserialize, Serialize};

use crate::key::Digest;

/// A code of an app is asked for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EnteringAuthenticatorCode {
    /// What was typed and wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) wrong: Option<WrongCode>,
}

/// A wrong code, and when: typed again while the apps show the same, it costs no second try. Later
/// they show others, and it is a guess as good as any.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct WrongCode {
    pub(crate) digest: Digest,
    /// The shortest step of time (RFC 6238) that it was typed in.
    pub(crate) step: u64,
}
