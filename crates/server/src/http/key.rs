//! Headers of a request: the token of its attempt, and the key that keeps it from being done twice.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use postern_host::{KEY_LENGTH_MAX, START_KEY_LENGTH_MIN};
use postern_protocol::ProblemKind;

use super::members::WrongMember;
use super::problem::Refusal;

/// `Authorization: Bearer`. A request without it opens no attempt, and is refused before anything
/// else of it is checked.
pub(super) struct Token(pub(super) String);

impl<S: Sync> FromRequestParts<S> for Token {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let header = parts.headers.get(header::AUTHORIZATION);
        let token = header
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim().to_owned());
        token
            .map(Self)
            .ok_or_else(|| ProblemKind::AttemptUnknown.into())
    }
}

const KEY: &str = "Idempotency-Key";
const EXPECTED: &str =
    "expected once: a string of 1 to 64 ASCII characters in double quotes, new for each request";
const EXPECTED_TO_START: &str = "expected once: a string of 22 to 64 ASCII characters in double quotes, random and new for each attempt";

/// `Idempotency-Key`, which every POST has to have (draft-ietf-httpapi-idempotency-key-header-06):
/// a string of structured fields (RFC 9651 section 3.3.3).
pub(super) struct Key(pub(super) String);

/// The `Idempotency-Key` that begins an attempt. It must be too long to guess, since a repeated
/// request with it gets the token again.
pub(super) struct StartKey(pub(super) String);

impl<S: Sync> FromRequestParts<S> for Key {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        match key(parts) {
            Some(key) => Ok(Self(key)),
            None => Err(WrongMember::header(KEY, EXPECTED).into()),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for StartKey {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        match key(parts).filter(|key| key.len() >= START_KEY_LENGTH_MIN) {
            Some(key) => Ok(Self(key)),
            None => Err(WrongMember::header(KEY, EXPECTED_TO_START).into()),
        }
    }
}

fn key(parts: &Parts) -> Option<String> {
    let mut values = parts.headers.get_all(KEY).iter();
    let value = values.next()?.to_str().ok()?;
    // With two keys, it would be a guess which one counts.
    if values.next().is_some() {
        return None;
    }
    let key = value.trim().strip_prefix('"')?.strip_suffix('"')?;
    let is_key = (1..=KEY_LENGTH_MAX).contains(&key.len()) && key.bytes().all(is_plain);
    is_key.then(|| key.to_owned())
}

/// Whether a byte may be in a string without an escape.
fn is_plain(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte) && !matches!(byte, b'"' | b'\\')
}
