//! Whether a password was breached: a range service is asked for all that begin with the same five digits of a hash.
//!
//! That is k-anonymity as the Pwned Passwords API of Have I Been Pwned has it
//! (<https://haveibeenpwned.com/API/v3#PwnedPasswords>): hundreds of passwords share those digits, so that neither the
//! service nor whoever listens learns which one it is. Nothing else of a password leaves, and nothing of it is logged.

use std::sync::Arc;

use anyhow::{bail, ensure};
use postern_engine::Breach;
use postern_protocol::password::NewPassword;
use reqwest::header::USER_AGENT;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use sha1::{Digest, Sha1};
use tracing::warn;
use url::Url;
use zeroize::Zeroizing;

use crate::delivery::client::{Client, secure_url};
use crate::metrics;

/// Digits of the hash that are asked for: a range of the API.
const PREFIX_LENGTH: usize = 5;

/// Digits that the lines of an answer have: the rest of a SHA-1.
const SUFFIX_LENGTH: usize = 35;

/// Bytes of an answer, at most: three times what a range of two billion passwords takes.
const RANGE_MAX: usize = 256 * 1024;

/// Seconds that are waited for an answer, at most. A write to the directory may take a minute more, and with both a
/// request stays within the 75 seconds that it has unless the configuration says otherwise.
const TIMEOUT_SECONDS_MAX: u64 = 10;

/// Who is asked whether a password was breached, and how.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// What the first digits of a hash are put behind. It begins with `https://`, unless the service is on this machine,
    /// and ends with `/`.
    #[serde(deserialize_with = "url")]
    pub url: Url,
    /// Seconds that the service may take for an answer: 1 to 10. 2 by default.
    #[serde(default = "timeout_default", deserialize_with = "timeout")]
    pub timeout_seconds: u64,
    /// What becomes of a password while the service does not answer. It is accepted by default.
    #[serde(default)]
    pub when_unreachable: WhenUnreachable,
}

/// What becomes of a password that nobody can be asked about.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum WhenUnreachable {
    /// It is taken if it is in no list of ours: a person is not held up by a service that is down.
    #[default]
    Accept,
    /// It is refused, and can be sent again: nothing fails open (OWASP ASVS 5.0, 16.5.3).
    Refuse,
}

const fn timeout_default() -> u64 {
    2
}

fn timeout<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let seconds = u64::deserialize(deserializer)?;
    if (1..=TIMEOUT_SECONDS_MAX).contains(&seconds) {
        return Ok(seconds);
    }
    let reason = format!("timeout-seconds is 1 to {TIMEOUT_SECONDS_MAX}");
    Err(D::Error::custom(reason))
}

fn url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
    // Not the address itself: somebody may have put a password there.
    const REASON: &str = "expected an address that begins with https://, unless it is of this machine, and ends with /, \
                          such as https://api.pwnedpasswords.com/range/";
    let url = secure_url(&String::deserialize(deserializer)?).ok();
    url.filter(|url| {
        let has_secret = !url.username().is_empty() || url.password().is_some();
        let is_prefix = url.query().is_none() && url.fragment().is_none();
        !has_secret && is_prefix && url.path().ends_with('/')
    })
    .ok_or_else(|| D::Error::custom(REASON))
}

/// Asks.
pub(crate) struct Breaches {
    url: Url,
    when_unreachable: WhenUnreachable,
    client: Client,
}

impl Breaches {
    /// Reads the settings; connects to nobody yet.
    pub(crate) fn new(settings: &Settings) -> anyhow::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            url: settings.url.clone(),
            when_unreachable: settings.when_unreachable,
            client: Client::new(settings.timeout_seconds, None)?,
        }))
    }

    /// Asks once, and takes what is not known as the settings say.
    pub(crate) async fn look_up(&self, password: &NewPassword) -> Breach {
        let found = self.ask(password).await.unwrap_or_else(|error| {
            let error = format!("{error:#}");
            warn!(error, "nobody can say whether a password was breached");
            Breach::Unknown
        });
        metrics::breached_lookup(found);
        match (found, self.when_unreachable) {
            (Breach::Unknown, WhenUnreachable::Accept) => Breach::NotFound,
            (found, _) => found,
        }
    }

    async fn ask(&self, password: &NewPassword) -> anyhow::Result<Breach> {
        let hash = hash(password);
        let (prefix, suffix) = hash.split_at(PREFIX_LENGTH);
        let request = self.client.requests().get(self.url.join(prefix)?);
        let request = request.header(USER_AGENT, "postern-server");
        // So that the size of the answer does not tell what was asked for.
        let request = request.header("Add-Padding", "true");
        let answer = Client::send_for_all(request, RANGE_MAX).await?;
        ensure!(answer.status == 200, "status {}", answer.status);
        let is_found = is_in(&answer.body, suffix)?;
        Ok(if is_found {
            Breach::Found
        } else {
            Breach::NotFound
        })
    }
}

/// The SHA-1 of a password in UTF-8, in hexadecimal digits as the API has them.
fn hash(password: &NewPassword) -> Zeroizing<String> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let hash = Zeroizing::new(<[u8; 20]>::from(Sha1::digest(password.reveal())));
    let digits = hash.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    let mut text = Zeroizing::new(String::with_capacity(PREFIX_LENGTH + SUFFIX_LENGTH));
    text.extend(digits.map(|digit| char::from(DIGITS[usize::from(digit)])));
    text
}

/// Whether a suffix is in a range: `SUFFIX:COUNT` a line. What was never seen is there to fill the answer up.
fn is_in(range: &str, suffix: &str) -> anyhow::Result<bool> {
    let is_upper_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
    let mut is_found = false;
    for line in range.strip_suffix('\n').unwrap_or(range).split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let Some((known, count)) = line.split_once(':') else {
            bail!("a line without a count");
        };
        let is_suffix = known.len() == SUFFIX_LENGTH && known.bytes().all(is_upper_hex);
        let is_count = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
        ensure!(is_suffix && is_count, "a line that is no suffix and count");
        let is_seen = count.bytes().any(|digit| digit != b'0');
        is_found |= is_seen && known == suffix;
    }
    Ok(is_found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUFFIX: &str = "0123456789ABCDEF0123456789ABCDEF012";
    const OTHER: &str = "F0123456789ABCDEF0123456789ABCDEF01";

    #[test]
    fn the_hash_is_that_of_the_composed_form_in_upper_case() {
        // FIPS 180-4, by `printf café | sha1sum`.
        let expected = "F424452A9673918C6F09B0CDD35B20BE8E6AE7D7";
        for typed in ["caf\u{e9}", "cafe\u{301}"] {
            let password = NewPassword::parse(typed).expect("it is a password");
            assert_eq!(hash(&password).as_str(), expected);
        }
    }

    #[test]
    fn a_line_that_was_seen_is_found_and_one_that_fills_up_is_not() {
        let range = |count: &str| format!("{OTHER}:7\r\n{SUFFIX}:{count}");
        assert!(is_in(&range("1"), SUFFIX).expect("it is a range"));
        assert!(is_in(&range("10000000000000000000000"), SUFFIX).expect("it is a range"));
        assert!(!is_in(&range("0"), SUFFIX).expect("it is a range"));
        assert!(is_in(&format!("{SUFFIX}:1\n{OTHER}:2\n"), SUFFIX).expect("it is a range"));
        assert!(!is_in(&format!("{OTHER}:2\r\n"), SUFFIX).expect("it is a range"));
    }

    #[test]
    fn an_answer_with_anything_else_in_it_is_none() {
        for range in [
            "",
            "\r\n",
            "<html>",
            SUFFIX,
            &format!("{SUFFIX}:"),
            &format!("{SUFFIX}:+1"),
            &format!("{SUFFIX}:1 "),
            &format!("{}:1", SUFFIX.to_lowercase()),
            &format!("{}:1", &SUFFIX[1..]),
            &format!("{SUFFIX}:1\r\n\r\n{OTHER}:1"),
            &format!("{SUFFIX}:1\r\n<html>"),
        ] {
            assert!(is_in(range, SUFFIX).is_err(), "{range:?}");
        }
    }
}
