//! Calls by Twilio's Calls API or a compatible one. We ask the API to call, and the API asks us
//! what to say.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use postern_engine::CallId;
use postern_letters::{CallLetter, Letter};
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::Deserialize;
use sha1::Sha1;

use super::carrier::{Carrier, NotCarried};
use super::client::{HttpClient, authority, secure_url};
use crate::secret::Secret;

/// Maximum duration of an answered call, in seconds. The menu is said twice, with a wait after each
/// time.
const CALL_SECONDS_MAX: u64 = 90;

/// Error codes for an invalid number, a number that we may not call, and a number that cannot be
/// called (Twilio documentation, errors 21211, 21215 and 21217).
const REFUSED: [u16; 3] = [21211, 21215, 21217];

/// The telephony API that places calls.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CallSettings {
    /// The account, which begins with `AC`.
    pub account_sid: String,
    /// The token of that account. The API signs its requests to us with it.
    pub auth_token: Secret,
    /// The number that calls come from, in E.164.
    pub from: String,
    /// The address of the API. `https://api.twilio.com` by default.
    #[serde(default = "default_api")]
    pub url: String,
    /// The address under which the API reaches us. By default `https://` with the host of the
    /// wizard's own address.
    #[serde(default)]
    pub public_url: Option<String>,
    /// How long a phone rings, in seconds. 20 by default: voicemail would take over later.
    #[serde(default = "default_ring")]
    pub ring_seconds: u64,
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

const fn default_ring() -> u64 {
    20
}

const fn default_timeout() -> u64 {
    10
}

const fn default_connections() -> usize {
    8
}

/// Places calls by the API, and verifies requests that come from it.
pub struct Telephony {
    settings: CallSettings,
    /// The address that places calls.
    api: String,
    /// The address under which the API reaches us, without a trailing `/`.
    base: String,
    client: HttpClient,
}

impl Telephony {
    /// Reads the settings. Does not connect to the API yet. `host` is the host of the wizard's own
    /// address.
    pub(super) fn new(settings: &CallSettings, host: &str) -> anyhow::Result<Self> {
        let base = settings
            .public_url
            .clone()
            .unwrap_or_else(|| format!("https://{host}"));
        secure_url(&base).context("public-url")?;
        let api = format!(
            "{}/2010-04-01/Accounts/{}/Calls.json",
            settings.url.trim_end_matches('/'),
            settings.account_sid
        );
        secure_url(&api).context("url")?;
        Ok(Self {
            api,
            base: base.trim_end_matches('/').to_owned(),
            client: HttpClient::new(settings.timeout_seconds, settings.ca_file.as_deref())?,
            settings: settings.clone(),
        })
    }

    /// The address where the API asks what to do in a call. `what` is `menu`, `key` or `status`.
    pub(crate) fn webhook(&self, call: CallId, what: &str) -> String {
        format!("{}/telephony/calls/{call}/{what}", self.base)
    }

    /// Whether a request to us comes from the API. `path` is the request's path and query.
    pub(crate) fn is_theirs(
        &self,
        path: &str,
        parameters: &[(String, String)],
        signature: &str,
    ) -> bool {
        let token = self.settings.auth_token.reveal();
        is_signed(
            token,
            &format!("{}{path}", self.base),
            parameters,
            signature,
        )
    }

    /// Checks that the API answers and accepts our credentials. Places no call.
    pub(super) async fn try_connection(&self) -> anyhow::Result<()> {
        let account = self.api.trim_end_matches("/Calls.json").to_owned() + ".json";
        let (sid, token) = (
            &self.settings.account_sid,
            self.settings.auth_token.reveal(),
        );
        let at = authority(&secure_url(&account)?);
        let request = self
            .client
            .requests()
            .get(account)
            .basic_auth(sid, Some(token));
        let answer = HttpClient::send(request).await.context(at)?;
        anyhow::ensure!(
            !matches!(answer.status, 401 | 403),
            "the telephony API refuses account-sid or auth-token: status {}",
            answer.status
        );
        Ok(())
    }

    async fn place(&self, call: CallLetter) -> Result<(), NotCarried> {
        const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
        let settings = &self.settings;
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("To", &call.to)
            .append_pair("From", &settings.from)
            .append_pair("Url", &self.webhook(call.id, "menu"))
            .append_pair("StatusCallback", &self.webhook(call.id, "status"))
            .append_pair("Timeout", &settings.ring_seconds.to_string())
            .append_pair("TimeLimit", &CALL_SECONDS_MAX.to_string())
            .finish();
        let request = self
            .client
            .requests()
            .post(&self.api)
            .basic_auth(&settings.account_sid, Some(settings.auth_token.reveal()))
            .header(CONTENT_TYPE, FORM)
            .body(body);
        let answer = HttpClient::send(request)
            .await
            .context("the request to the telephony API failed")?;
        if answer.status == 201 {
            return Ok(());
        }
        let why = anyhow!(
            "the telephony API did not place the call: status {}",
            answer.status
        );
        let is_refused = REFUSED.iter().any(|code| {
            answer.body.contains(&format!("\"code\": {code}"))
                || answer.body.contains(&format!("\"code\":{code}"))
        });
        Err(if is_refused {
            NotCarried::Ever(why)
        } else {
            answer.not_carried(why)
        })
    }
}

#[async_trait]
impl Carrier for Telephony {
    async fn carry(&self, letter: Letter) -> Result<(), NotCarried> {
        let Letter::Call(call) = letter else {
            return Err(NotCarried::Ever(anyhow!("the message is not a call")));
        };
        self.place(call).await
    }

    fn places(&self) -> usize {
        self.settings.connections
    }
}

/// Whether a signature belongs to a request. It is the Base64 of an HMAC-SHA-1 with the token, over
/// the requested address and then each parameter with its value in the order of names (Twilio
/// documentation, "Validating requests").
fn is_signed(token: &str, url: &str, parameters: &[(String, String)], signature: &str) -> bool {
    let Ok(signature) = STANDARD.decode(signature) else {
        return false;
    };
    let mut sorted: Vec<_> = parameters.iter().collect();
    sorted.sort();
    let mut mac =
        Hmac::<Sha1>::new_from_slice(token.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(url.as_bytes());
    for (name, value) in sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    mac.verify_slice(&signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_signed;

    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
    const SIGNATURE: &str = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    /// The parameters of the example in Twilio's documentation.
    fn parameters() -> Vec<(String, String)> {
        [
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("To", "+18005551212"),
        ]
        .map(|(name, value)| (name.into(), value.into()))
        .into()
    }

    #[test]
    fn twilios_own_example_is_signed() {
        assert!(is_signed("12345", URL, &parameters(), SIGNATURE));
        let mut turned = parameters();
        turned.reverse();
        assert!(is_signed("12345", URL, &turned, SIGNATURE));
    }

    #[test]
    fn nothing_of_a_signed_request_can_be_changed() {
        let mut changed = parameters();
        changed[2].1 = "#".into();
        assert!(!is_signed("12345", URL, &changed, SIGNATURE));
        assert!(!is_signed("12346", URL, &parameters(), SIGNATURE));
        assert!(!is_signed(
            "12345",
            "https://mycompany.com/",
            &parameters(),
            SIGNATURE
        ));
        for signature in [
            "",
            "=",
            "RSOYDt4T1cUTdK1PDd93",
            "RSOYDt4T1cUTdK1PDd93/VVr8B9=",
        ] {
            assert!(
                !is_signed("12345", URL, &parameters(), signature),
                "{signature}"
            );
        }
    }
}
