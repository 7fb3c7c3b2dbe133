//! Checks whether a password was breached. Asks a range service for all hashes that begin with the
//! same five digits.
//!
//! That is k-anonymity, as in the Pwned Passwords API of Have I Been Pwned
//! (<https://haveibeenpwned.com/API/v3#PwnedPasswords>). Hundreds of passwords share those digits,
//! so that neither the service nor a listener learns which one it is. No other part of a password
//! leaves this process, and none of it is logged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, anyhow, bail, ensure};
use postern_engine::Breach;
use postern_protocol::password::NewPassword;
use reqwest::header::USER_AGENT;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use sha1::{Digest, Sha1};
use tracing::warn;
use url::Url;
use zeroize::Zeroizing;

use crate::delivery::client::{HttpClient, authority, secure_url};
use crate::metrics;

/// The number of hash digits in a request: they name a range of the API.
const PREFIX_LENGTH: usize = 5;

/// The number of digits in a line of an answer: the rest of a SHA-1.
const SUFFIX_LENGTH: usize = 35;

/// Maximum bytes of an answer: three times the size of a range of two billion passwords.
const RANGE_MAX: usize = 256 * 1024;

/// The range that tests whether answers can be read again. It says nothing about any person's
/// password.
const ANY_RANGE: &str = "00000";

/// Maximum seconds to wait for an answer. A write to the directory may take a minute more. Both
/// together fit in the 75 seconds that a request has by default.
const TIMEOUT_SECONDS_MAX: u64 = 10;

/// The service that is asked whether a password was breached, and how to ask it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BreachSettings {
    /// The address before the first digits of a hash. It begins with `https://`, unless the service
    /// is on this machine, and ends with `/`.
    #[serde(deserialize_with = "url")]
    pub url: Url,
    /// Seconds that the service may take for an answer: 1 to 10. 2 by default.
    #[serde(default = "timeout_default", deserialize_with = "timeout")]
    pub timeout_seconds: u64,
    /// What to do with a password while the service does not answer. It is accepted by default.
    #[serde(default)]
    pub when_unreachable: WhenUnreachable,
}

/// What to do with a password while the service does not answer.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum WhenUnreachable {
    /// The password is accepted if it is in none of our own lists. A service that is down does not
    /// hold up a person.
    #[default]
    Accept,
    /// The password is refused, and the person can send it again. Nothing fails open (OWASP ASVS
    /// 5.0, 16.5.3).
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
    let reason = format!("timeout-seconds must be from 1 to {TIMEOUT_SECONDS_MAX}");
    Err(D::Error::custom(reason))
}

fn url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
    // The message does not quote the address, since it may contain a password.
    const REASON: &str = "expected an address that begins with https://, unless it is on this machine, and ends with /, \
         such as https://api.pwnedpasswords.com/range/";
    let url = secure_url(&String::deserialize(deserializer)?).ok();
    url.filter(|url| {
        let has_secret = !url.username().is_empty() || url.password().is_some();
        let is_prefix = url.query().is_none() && url.fragment().is_none();
        !has_secret && is_prefix && url.path().ends_with('/')
    })
    .ok_or_else(|| D::Error::custom(REASON))
}

/// The client of the service for breached passwords.
pub(crate) struct Breaches {
    url: Url,
    when_unreachable: WhenUnreachable,
    client: HttpClient,
    /// Whether the last answer could not be read.
    is_unreadable: AtomicBool,
}

impl Breaches {
    /// Reads the settings. It does not connect to the service yet.
    pub(crate) fn new(settings: &BreachSettings) -> anyhow::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            url: settings.url.clone(),
            when_unreachable: settings.when_unreachable,
            client: HttpClient::new(settings.timeout_seconds, None)?,
            is_unreadable: AtomicBool::new(false),
        }))
    }

    /// Asks once. If the service does not answer, the settings decide.
    pub(crate) async fn look_up(&self, password: &NewPassword) -> Breach {
        let found = self.ask(password).await.unwrap_or_else(|error| {
            let error = format!("{error:#}");
            warn!(error, "the service for breached passwords does not answer");
            Breach::Unknown
        });
        metrics::breached_lookup(found);
        match (found, self.when_unreachable) {
            (Breach::Unknown, WhenUnreachable::Accept) => Breach::NotFound,
            (found, _) => found,
        }
    }

    /// Whether answers of the service can be read. This is true until an answer is unreadable, and
    /// true again once a later one is readable. The service is asked for a range only in between,
    /// and for no longer than `within`.
    pub(crate) async fn can_be_read(&self, within: Duration) -> bool {
        if !self.is_unreadable.load(Ordering::Relaxed) {
            return true;
        }
        let asked = tokio::time::timeout(within, self.range(ANY_RANGE)).await;
        matches!(asked, Ok(Ok(_)))
    }

    /// Whether the service answers correctly.
    pub(crate) async fn try_connection(&self) -> anyhow::Result<()> {
        let tried = self.range(ANY_RANGE).await.map(drop);
        tried.with_context(|| authority(&self.url))
    }

    async fn ask(&self, password: &NewPassword) -> anyhow::Result<Breach> {
        let hash = hash(password);
        let (prefix, suffix) = hash.split_at(PREFIX_LENGTH);
        let range = self.range(prefix).await?;
        Ok(if range.has(suffix) {
            Breach::Found
        } else {
            Breach::NotFound
        })
    }

    async fn range(&self, prefix: &str) -> anyhow::Result<Range> {
        let request = self.client.requests().get(self.url.join(prefix)?);
        let request = request.header(USER_AGENT, "postern-server");
        // Padding hides which range was asked for: the size of the answer would show it.
        let request = request.header("Add-Padding", "true");
        let answer = HttpClient::send_for_all(request, RANGE_MAX).await?;
        let range = match answer.status {
            200 => Range::read(answer.body),
            // A retry would not help: a busy service needs time, and redirects are not followed.
            429 | 500.. => bail!("status {}", answer.status),
            status => Err(anyhow!("status {status}")),
        };
        self.is_unreadable.store(range.is_err(), Ordering::Relaxed);
        range
    }
}

/// The SHA-1 of a password in UTF-8, in upper-case hexadecimal as the API uses it.
fn hash(password: &NewPassword) -> Zeroizing<String> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let hash = Zeroizing::new(<[u8; 20]>::from(Sha1::digest(password.reveal())));
    let digits = hash.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    let mut text = Zeroizing::new(String::with_capacity(PREFIX_LENGTH + SUFFIX_LENGTH));
    text.extend(digits.map(|digit| char::from(DIGITS[usize::from(digit)])));
    text
}

/// A range: one `SUFFIX:COUNT` a line. A line with count 0 is padding.
///
/// Mirrors vary the format: a byte order mark, lower-case digits, blanks at the ends, empty lines,
/// counts in groups of three digits.
struct Range(String);

impl Range {
    /// Reads and checks every line. Otherwise another kind of answer could pass for a range that
    /// lacks a suffix.
    fn read(text: String) -> anyhow::Result<Self> {
        let mut is_empty = true;
        for line in lines(&text) {
            let (suffix, count) = line.context("a line has no count")?;
            let is_suffix = suffix.len() == SUFFIX_LENGTH
                && suffix.bytes().all(|byte| byte.is_ascii_hexdigit());
            ensure!(
                is_suffix && is_count(count),
                "a line is not a suffix and a count"
            );
            is_empty = false;
        }
        ensure!(!is_empty, "the range has no line");
        Ok(Self(text))
    }

    /// Whether a suffix is in the range with a count above 0.
    fn has(&self, suffix: &str) -> bool {
        // Walks every line, so that the time it takes does not tell which line matched.
        lines(&self.0)
            .flatten()
            .fold(false, |found, (known, count)| {
                let is_seen = count.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
                found | (is_seen & known.eq_ignore_ascii_case(suffix))
            })
    }
}

/// The non-empty lines, each as suffix and count.
fn lines(text: &str) -> impl Iterator<Item = Option<(&str, &str)>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| {
        let (suffix, count) = line.split_once(':')?;
        Some((suffix.trim_end(), count.trim_start()))
    })
}

/// Whether a text is digits, or groups of three digits with the same mark between all of them.
fn is_count(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let Some(mark) = text.chars().find(|digit| !digit.is_ascii_digit()) else {
        return is_number(text);
    };
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or_default();
    matches!(mark, ',' | '.' | ' ' | '\'' | '\u{a0}' | '\u{202f}')
        && is_number(first)
        && first.len() <= 3
        && groups.all(|group| group.len() == 3 && is_number(group))
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

    fn has(range: &str, suffix: &str) -> bool {
        Range::read(range.to_owned())
            .expect("it is a range")
            .has(suffix)
    }

    #[test]
    fn a_line_that_was_seen_is_found_and_one_that_fills_up_is_not() {
        let range = |count: &str| format!("{OTHER}:7\r\n{SUFFIX}:{count}");
        assert!(has(&range("1"), SUFFIX));
        assert!(has(&range("10000000000000000000000"), SUFFIX));
        assert!(!has(&range("0"), SUFFIX));
        assert!(has(&format!("{SUFFIX}:1\n{OTHER}:2\n"), SUFFIX));
        assert!(!has(&format!("{OTHER}:2\r\n"), SUFFIX));
    }

    #[test]
    fn a_range_is_read_as_mirrors_write_it() {
        for range in [
            format!("{}:1", SUFFIX.to_lowercase()),
            format!("{SUFFIX}:1,042"),
            format!("{SUFFIX}:1.042\n"),
            format!("{SUFFIX}:12 042"),
            format!("{SUFFIX}:1\u{202f}042\u{202f}000"),
            format!("{SUFFIX}:1 "),
            format!("{SUFFIX}:1\t\r\n"),
            format!("  {SUFFIX} : 1"),
            format!("\u{feff}{SUFFIX}:1"),
            format!("{SUFFIX}:1\r\n\r\n"),
            format!("{SUFFIX}:1\r\n\r\n{OTHER}:1"),
            format!("\n{OTHER}:1\n \n{SUFFIX}:1\n\n\n"),
        ] {
            assert!(has(&range, SUFFIX), "{range:?}");
            assert!(!has(&range, &SUFFIX.replace('0', "1")), "{range:?}");
        }
        assert!(!has(&format!("{SUFFIX}:0,000"), SUFFIX));
    }

    #[test]
    fn an_answer_with_anything_else_in_it_is_none() {
        for range in [
            "",
            "\r\n",
            "\u{feff}",
            "<html>",
            SUFFIX,
            &format!("{SUFFIX}:"),
            &format!("{SUFFIX}:+1"),
            &format!("{SUFFIX}:,"),
            &format!("{SUFFIX}:1,04"),
            &format!("{SUFFIX}:1,042.000"),
            &format!("{SUFFIX}:1042,000"),
            &format!("{SUFFIX}:1e3"),
            &format!("{}:1", &SUFFIX[1..]),
            &format!("{SUFFIX}:1\r\n<html>"),
            &format!("{SUFFIX};1"),
        ] {
            assert!(Range::read(range.to_owned()).is_err(), "{range:?}");
        }
    }
}
