//! A gateway as the configuration describes it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

use crate::secret::Secret;

/// Any gateway that accepts a text as one HTTP request.
///
/// Templates in `url`, `query`, `form` and `json` may contain these placeholders, which are encoded
/// for their position: `{to}`, the number with its `+` (E.164); `{to-digits}`, the number without
/// it; `{text}`; `{from}`; `{username}`; `{password}`; and `{coding}`, which is `0` if the text
/// fits the GSM alphabet and `2` if it must be sent as UCS-2 (3GPP TS 23.038 section 4).
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Gateway {
    /// The address of the gateway. It begins with `https://`, unless the gateway is on this
    /// machine.
    pub url: String,
    /// The HTTP method. `post` by default.
    #[serde(default)]
    pub method: Method,
    /// Parameters after the `?`. None by default.
    #[serde(default)]
    pub query: BTreeMap<String, String>,
    /// Form fields of the body. None by default.
    #[serde(default)]
    pub form: BTreeMap<String, String>,
    /// The body as JSON, in place of a form. None by default.
    #[serde(default)]
    pub json: Option<Value>,
    /// The sender of a text: a number, or a name if the network accepts one. Empty by default.
    #[serde(default)]
    pub from: String,
    /// Our username at the gateway. Empty by default.
    #[serde(default)]
    pub username: String,
    /// The password of that user, or the token.
    #[serde(default)]
    pub password: Option<Secret>,
    /// Whether the header `Authorization` also carries username and password, or the token. `none`
    /// by default.
    #[serde(default)]
    pub authentication: Authentication,
    /// Statuses that mean that the gateway took the text. Any from 200 to 299 by default.
    #[serde(default)]
    pub success_status: Vec<u16>,
    /// Beginnings of an answer that mean success. Any beginning by default.
    #[serde(default)]
    pub success_begins_with: Vec<String>,
    /// Parts of an answer that mean that the number will never work. The text is then given up at
    /// once. None by default.
    #[serde(default)]
    pub refused_contains: Vec<String>,
    /// A PEM file with authorities that are trusted in addition to those of the machine.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Timeout for an answer, in seconds. 10 by default.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
    /// Maximum number of requests at once. 8 by default.
    #[serde(default = "default_connections")]
    pub connections: usize,
}

/// The HTTP method of a request.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// All values are in the address.
    Get,
    /// The request has a body.
    #[default]
    Post,
}

/// The content of the header `Authorization`.
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
