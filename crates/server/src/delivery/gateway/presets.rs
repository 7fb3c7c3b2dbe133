//! Presets for well-known gateways, which need no templates.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use super::described::{Authentication, Gateway, Method, default_connections, default_timeout};
use crate::secret::Secret;

/// Kannel's answers after it has sent a text, or has queued it until its network is back (Kannel
/// User's Guide, "SMS push reply").
const KANNEL_TOOK: [&str; 2] = ["0: Accepted", "3: Queued"];

/// Twilio's error codes for an invalid number, a number that has opted out of texts, and a number
/// that cannot receive texts (Twilio documentation, errors 21211, 21610 and 21614).
const TWILIO_REFUSED: [u16; 3] = [21211, 21610, 21614];

/// Kannel's `sendsms` (Kannel User's Guide, "Using the SMS box").
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Kannel {
    /// The address of Kannel's smsbox, such as `http://127.0.0.1:13013`. It begins with `https://`,
    /// unless it is on this machine.
    pub url: String,
    /// The `sendsms-user`.
    pub username: String,
    /// The password of that user.
    pub password: Secret,
    /// The sender of a text: a number, or a name if the network accepts one. Empty by default,
    /// which leaves the choice to Kannel.
    #[serde(default)]
    pub from: String,
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

/// Twilio's Messages API (Twilio documentation, "Message resource").
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Twilio {
    /// The account, which begins with `AC`.
    pub account_sid: String,
    /// The token of that account.
    pub auth_token: Secret,
    /// The sender of a text: a number in E.164, or the SID of a messaging service, which begins
    /// with `MG`.
    pub from: String,
    /// The address of the API. `https://api.twilio.com` by default.
    #[serde(default = "default_api")]
    pub url: String,
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

fn default_api() -> String {
    "https://api.twilio.com".into()
}

impl From<Kannel> for Gateway {
    fn from(kannel: Kannel) -> Self {
        let mut query = vec![
            ("username", "{username}"),
            ("password", "{password}"),
            ("to", "{to}"),
            ("text", "{text}"),
            ("charset", "UTF-8"),
            ("coding", "{coding}"),
        ];
        if !kannel.from.is_empty() {
            query.push(("from", "{from}"));
        }
        Self {
            url: format!("{}/cgi-bin/sendsms", kannel.url.trim_end_matches('/')),
            method: Method::Get,
            query: templates(query),
            form: BTreeMap::new(),
            json: None,
            from: kannel.from,
            username: kannel.username,
            password: Some(kannel.password),
            authentication: Authentication::None,
            success_status: Vec::new(),
            success_begins_with: KANNEL_TOOK.map(String::from).into(),
            refused_contains: Vec::new(),
            ca_file: kannel.ca_file,
            timeout_seconds: kannel.timeout_seconds,
            connections: kannel.connections,
        }
    }
}

impl From<Twilio> for Gateway {
    fn from(twilio: Twilio) -> Self {
        let from = if twilio.from.starts_with("MG") {
            "MessagingServiceSid"
        } else {
            "From"
        };
        Self {
            url: format!(
                "{}/2010-04-01/Accounts/{{username}}/Messages.json",
                twilio.url.trim_end_matches('/')
            ),
            method: Method::Post,
            query: BTreeMap::new(),
            form: templates(vec![("To", "{to}"), (from, "{from}"), ("Body", "{text}")]),
            json: None,
            from: twilio.from,
            username: twilio.account_sid,
            password: Some(twilio.auth_token),
            authentication: Authentication::Basic,
            success_status: vec![201],
            success_begins_with: Vec::new(),
            refused_contains: TWILIO_REFUSED
                .iter()
                .flat_map(|code| [format!("\"code\": {code}"), format!("\"code\":{code}")])
                .collect(),
            ca_file: twilio.ca_file,
            timeout_seconds: twilio.timeout_seconds,
            connections: twilio.connections,
        }
    }
}

fn templates(pairs: Vec<(&str, &str)>) -> BTreeMap<String, String> {
    let owned = |(name, template): (&str, &str)| (name.to_owned(), template.to_owned());
    pairs.into_iter().map(owned).collect()
}
