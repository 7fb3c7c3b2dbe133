//! A gateway as a configuration describes it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

use crate::secret::Secret;

/// Any gateway that takes a text as one HTTP request.
///
/// In `url`, `query`, `form` and `json` these are replaced, encoded as the place asks for it:
/// `{to}`, the number with its `+` (E.164); `{to-digits}`, the number without; `{text}`; `{from}`;
/// `{username}`; `{password}`; and `{coding}`, `0` where the text fits the alphabet of GSM and `2`
/// where it has to be sent as UCS-2 (3GPP TS 23.038 section 4).
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Gateway {
    /// Where requests go. It begins with `https://`, unless the gateway is on this machine.
    pub url: String,
    /// How they are made. `post` by default.
    #[serde(default)]
    pub method: Method,
    /// Parameters behind the `?`. None by default.
    #[serde(default)]
    pub query: BTreeMap<String, String>,
    /// Fields of the body, as a form has them. None by default.
    #[serde(default)]
    pub form: BTreeMap<String, String>,
    /// The body as JSON, in place of a form. None by default.
    #[serde(default)]
    pub json: Option<Value>,
    /// Whom a text is from: a number, or a name where the network takes one. Empty by default.
    #[serde(default)]
    pub from: String,
    /// Who we are to the gateway. Empty by default.
    #[serde(default)]
    pub username: String,
    /// The password to it, or the token.
    #[serde(default)]
    pub password: Option<Secret>,
    /// Whether username and password, or the token, also stand in the header `Authorization`.
    /// `none` by default.
    #[serde(default)]
    pub authentication: Authentication,
    /// The statuses that say that the text was taken. Any from 200 to 299 by default.
    #[serde(default)]
    pub success_status: Vec<u16>,
    /// What the answer has to begin with, any of these. Anything by default.
    #[serde(default)]
    pub success_begins_with: Vec<String>,
    /// What the answer contains, any of these, where the number will never do: the text is given up
    /// at once. Nothing by default.
    #[serde(default)]
    pub refused_contains: Vec<String>,
    /// A PEM file with authorities that are trusted beside those of the machine.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Seconds that the gateway may take for an answer. 10 by default.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
    /// Requests at once, at most. 8 by default.
    #[serde(default = "default_connections")]
    pub connections: usize,
}

/// How a request is made.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Everything stands in the address.
    Get,
    /// With a body.
    #[default]
    Post,
}

/// What stands in the header `Authorization`.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Authentication {
    /// No authentication.
    #[default]
    None,
    /// Username and password (RFC 7617).
    Basic,
    /// The password as a token (RFC 6750).
    Bearer,
}

pub(super) const fn default_timeout() -> u64 {
    10
}

pub(super) const fn default_connections() -> usize {
    8
}
