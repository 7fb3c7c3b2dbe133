//! Texts by HTTP: a request from templates, which suits almost every gateway, and presets for
//! Kannel and for Twilio.

mod described;
mod presets;
mod template;

use std::collections::BTreeMap;

use anyhow::{Context, anyhow, bail};
use async_trait::async_trait;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use postern_letters::{Letter, TextLetter};
use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::Deserialize;

use super::carrier::{Carrier, NotCarried};
use super::client::{Answer, HttpClient, authority, secure_url};
use super::gsm;
use crate::secret::Secret;
use template::{fill, filled};

pub use described::{Authentication, Gateway, Method};
pub use presets::{Kannel, Twilio};

/// The sender of texts: one of these gateways.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextSettings {
    /// Any gateway with an HTTP interface.
    Gateway(Gateway),
    /// Kannel's `sendsms`.
    Kannel(Kannel),
    /// Twilio's Messages API, or a compatible one.
    Twilio(Twilio),
}

impl TextSettings {
    /// The key of the gateway's table.
    pub(super) const fn key(&self) -> &'static str {
        match self {
            Self::Gateway(_) => "gateway",
            Self::Kannel(_) => "kannel",
            Self::Twilio(_) => "twilio",
        }
    }

    fn into_gateway(self) -> Gateway {
        match self {
            Self::Gateway(gateway) => gateway,
            Self::Kannel(kannel) => kannel.into(),
            Self::Twilio(twilio) => twilio.into(),
        }
    }
}

/// Carries texts.
pub(super) struct Texts {
    gateway: Gateway,
    client: HttpClient,
}

impl Texts {
    /// Reads the settings. Does not connect to a server yet.
    pub(super) fn new(settings: &TextSettings) -> anyhow::Result<Self> {
        let gateway = settings.clone().into_gateway();
        let body_is_one = gateway.json.is_none() || gateway.form.is_empty();
        let has_body = gateway.json.is_some() || !gateway.form.is_empty();
        if !body_is_one || (has_body && gateway.method == Method::Get) {
            bail!("json and form: a request has at most one body, and none with the method get");
        }
        if gateway.authentication != Authentication::None && gateway.password.is_none() {
            bail!("authentication: a password is needed beside it");
        }
        let client = HttpClient::new(gateway.timeout_seconds, gateway.ca_file.as_deref())?;
        let texts = Self { gateway, client };
        // Builds a request here, so that an invalid template is found at the start.
        let tried = TextLetter {
            to: "+31600000000".into(),
            text: "0".into(),
            code: "0".into(),
        };
        texts.request(&tried)?.build()?;
        Ok(texts)
    }

    /// Checks that a server answers at the gateway's address. Sends no text and no credentials.
    pub(super) async fn try_connection(&self) -> anyhow::Result<()> {
        let url = fill(&self.gateway.url, &[], str::to_owned);
        let url = secure_url(&url.unwrap_or_else(|_| self.gateway.url.clone()))?;
        let root = url.join("/")?;
        let at = authority(&root);
        HttpClient::send(self.client.requests().get(root))
            .await
            .context(at)?;
        Ok(())
    }

    fn request(&self, text: &TextLetter) -> anyhow::Result<RequestBuilder> {
        let gateway = &self.gateway;
        let password = gateway.password.as_ref().map_or("", Secret::reveal);
        let values = [
            ("to", text.to.as_str()),
            ("to-digits", text.to.trim_start_matches('+')),
            ("text", &text.text),
            ("from", &gateway.from),
            ("username", &gateway.username),
            ("password", password),
            ("coding", if gsm::is_plain(&text.text) { "0" } else { "2" }),
        ];
        let plain = |value: &str| value.to_owned();
        let encoded = |value: &str| utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
        let pairs = |templates: &BTreeMap<String, String>| -> anyhow::Result<String> {
            let mut pairs = form_urlencoded::Serializer::new(String::new());
            for (name, template) in templates {
                pairs.append_pair(name, &fill(template, &values, plain)?);
            }
            Ok(pairs.finish())
        };
        let mut url = fill(&gateway.url, &values, encoded)
            .and_then(|url| secure_url(&url))
            .context("url")?;
        if !gateway.query.is_empty() {
            let own = url.query().map(|query| format!("{query}&"));
            let query = own.unwrap_or_default() + &pairs(&gateway.query).context("query")?;
            url.set_query(Some(&query));
        }
        let requests = self.client.requests();
        let mut request = match gateway.method {
            Method::Get => requests.get(url),
            Method::Post => requests.post(url),
        };
        if !gateway.form.is_empty() {
            const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
            request = request
                .header(CONTENT_TYPE, FORM)
                .body(pairs(&gateway.form).context("form")?);
        } else if let Some(json) = &gateway.json {
            const JSON: HeaderValue = HeaderValue::from_static("application/json");
            let filled = filled(json, &|template| fill(template, &values, plain))?;
            request = request.header(CONTENT_TYPE, JSON).body(filled.to_string());
        }
        Ok(match gateway.authentication {
            Authentication::None => request,
            Authentication::Basic => request.basic_auth(&gateway.username, Some(password)),
            Authentication::Bearer => request.bearer_auth(password),
        })
    }

    fn judge(&self, answer: &Answer) -> Result<(), NotCarried> {
        let gateway = &self.gateway;
        let is_status = if gateway.success_status.is_empty() {
            (200..300).contains(&answer.status)
        } else {
            gateway.success_status.contains(&answer.status)
        };
        let mut beginnings = gateway.success_begins_with.iter();
        let is_begun = gateway.success_begins_with.is_empty()
            || beginnings.any(|beginning| answer.body.starts_with(beginning));
        if is_status && is_begun {
            return Ok(());
        }
        let why = anyhow!(
            "the gateway did not accept the text: status {}",
            answer.status
        );
        let mut refusals = gateway.refused_contains.iter();
        if refusals.any(|refusal| answer.body.contains(refusal)) {
            Err(NotCarried::Ever(why))
        } else {
            Err(answer.not_carried(why))
        }
    }
}

#[async_trait]
impl Carrier for Texts {
    async fn carry(&self, letter: Letter) -> Result<(), NotCarried> {
        let Letter::Text(text) = letter else {
            return Err(NotCarried::Ever(anyhow!("the message is not a text")));
        };
        let request = self.request(&text)?;
        let answer = HttpClient::send(request)
            .await
            .context("the request to the gateway failed")?;
        self.judge(&answer)
    }

    fn places(&self) -> usize {
        self.gateway.connections
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Request;

    use serde_json::Value;

    use super::*;

    fn request(settings: &str, text: &str) -> Request {
        let settings = serde_json::from_str(settings).expect("the settings are well-formed");
        let texts = Texts::new(&settings).expect("the settings are taken");
        let letter = TextLetter {
            to: "+447700900123".into(),
            text: text.into(),
            code: String::new(),
        };
        let request = texts.request(&letter).expect("a request can be made");
        request.build().expect("a request can be built")
    }

    fn body(request: &Request) -> &str {
        let bytes = request.body().and_then(|body| body.as_bytes());
        std::str::from_utf8(bytes.expect("it has a body")).expect("it is text")
    }

    #[test]
    fn what_is_filled_in_is_encoded_for_where_it_stands() {
        let settings = r#"{"gateway": {"url": "https://sms.example/{username}/send", "username": "a/b", "query": {"n": "{to}"}, "form": {"t": "{text}"}}}"#;
        let request = request(settings, "1 & 2 = {to}");
        assert_eq!(
            request.url().as_str(),
            "https://sms.example/a%2Fb/send?n=%2B447700900123"
        );
        assert_eq!(body(&request), "t=1+%26+2+%3D+%7Bto%7D");
    }

    #[test]
    fn json_is_filled_in_wherever_a_string_is() {
        let settings = r#"{"gateway": {"url": "https://sms.example/", "json": {"messages": [{"to": "{to-digits}", "body": "{text}"}], "flash": false}}}"#;
        let request = request(settings, "say \"yes\"\nor no");
        let json: Value = serde_json::from_str(body(&request)).expect("it is JSON");
        assert_eq!(
            json,
            serde_json::json!({
                "messages": [{ "to": "447700900123", "body": "say \"yes\"\nor no" }],
                "flash": false,
            })
        );
    }

    #[test]
    fn a_placeholder_that_is_not_known_is_found_at_the_start() {
        for template in ["{number}", "{to", "{}"] {
            let settings = serde_json::json!({"gateway": {"url": "https://sms.example/", "form": {"to": template}}});
            let settings = serde_json::from_value(settings).expect("the settings are well-formed");
            assert!(Texts::new(&settings).is_err(), "{template}");
        }
    }

    #[test]
    fn a_gateway_elsewhere_is_never_spoken_to_in_the_clear() {
        let settings = r#"{"gateway": {"url": "http://sms.example/"}}"#;
        let settings = serde_json::from_str(settings).expect("the settings are well-formed");
        assert!(Texts::new(&settings).is_err());
    }

    #[test]
    fn what_is_refused_for_good_is_told_from_what_may_work_later() {
        let gateway: Gateway = Twilio {
            account_sid: "AC1".into(),
            auth_token: Secret::new("token"),
            from: "+15005550006".into(),
            url: "https://api.twilio.com".into(),
            ca_file: None,
            timeout_seconds: 1,
            connections: 1,
        }
        .into();
        let texts = Texts::new(&TextSettings::Gateway(gateway)).expect("the settings are taken");
        let judge = |status, body: &str| {
            texts.judge(&Answer {
                status,
                body: body.into(),
            })
        };
        assert!(judge(201, "{}").is_ok());
        assert!(matches!(
            judge(400, r#"{"code": 21211}"#),
            Err(NotCarried::Ever(_))
        ));
        assert!(matches!(
            judge(400, r#"{"code": 21606}"#),
            Err(NotCarried::Deferred(_))
        ));
        assert!(matches!(judge(503, ""), Err(NotCarried::Yet(_))));
    }

    #[test]
    fn twilio_is_asked_as_its_documentation_says() {
        let request = |from: &str| {
            let sid = "AC00000000000000000000000000000000";
            let twilio = Twilio {
                account_sid: sid.into(),
                auth_token: Secret::new("token"),
                from: from.into(),
                url: "https://api.twilio.com".into(),
                ca_file: None,
                timeout_seconds: 1,
                connections: 1,
            };
            let texts = Texts::new(&TextSettings::Twilio(twilio)).expect("the settings are taken");
            let letter = TextLetter {
                to: "+447700900123".into(),
                text: "1".into(),
                code: String::new(),
            };
            let request = texts.request(&letter).expect("a request can be made");
            let request = request.build().expect("a request can be built");
            assert_eq!(
                request.url().as_str(),
                format!("https://api.twilio.com/2010-04-01/Accounts/{sid}/Messages.json")
            );
            assert!(request.headers().contains_key("authorization"));
            body(&request).to_owned()
        };
        assert_eq!(
            request("+15005550006"),
            "Body=1&From=%2B15005550006&To=%2B447700900123"
        );
        assert_eq!(
            request("MG0123"),
            "Body=1&MessagingServiceSid=MG0123&To=%2B447700900123"
        );
    }

    #[tokio::test]
    async fn an_error_holds_neither_the_number_nor_the_text_nor_the_password() {
        let port = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
            listener.local_addr().expect("it has one").port()
        };
        let settings = serde_json::json!({"gateway": {
            "url": format!("http://127.0.0.1:{port}/"),
            "method": "get",
            "query": {"to": "{to-digits}", "text": "{text}", "password": "{password}"},
        }});
        let settings = serde_json::from_value(settings).expect("the settings are well-formed");
        let TextSettings::Gateway(mut gateway) = settings else {
            panic!("it is another gateway");
        };
        gateway.password = Some(Secret::new("sesame"));
        let texts = Texts::new(&TextSettings::Gateway(gateway)).expect("the settings are taken");
        let letter = Letter::Text(TextLetter {
            to: "+447700900123".into(),
            text: "12345678 is it".into(),
            code: "12345678".into(),
        });
        let Err(NotCarried::Yet(error)) = texts.carry(letter).await else {
            panic!("no server listens there");
        };
        let said = format!("{error:#} {error:?}");
        for secret in ["7700900123", "12345678", "sesame"] {
            assert!(!said.contains(secret), "{said}");
        }
    }
}
