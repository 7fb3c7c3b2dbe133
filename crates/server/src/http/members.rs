//! Errors in a body, for authors of clients: the member, as a JSON Pointer, and what was expected
//! there. They never repeat what was sent.

use std::fmt::Write;

use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

/// A member with an error (RFC 9457 section 3, the extension `errors` of its example).
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(super) struct WrongMember {
    /// The position: a JSON Pointer as a fragment (RFC 6901 section 6). `#` means the whole body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    /// The header, if the error is not in the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<&'static str>,
    /// What was expected.
    detail: String,
}

/// Begins the part of a `serde` error that says what was expected. The part before it repeats what
/// was sent.
const EXPECTED: &str = ", expected ";

impl WrongMember {
    /// An error about the whole body.
    pub(super) fn body(detail: &str) -> Self {
        Self {
            pointer: Some("#".to_owned()),
            header: None,
            detail: detail.to_owned(),
        }
    }

    /// An error about a header.
    pub(super) fn header(name: &'static str, detail: &str) -> Self {
        Self {
            pointer: None,
            header: Some(name),
            detail: detail.to_owned(),
        }
    }
}

/// Parses a body.
///
/// # Errors
///
/// The first member with an error.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, WrongMember> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let (path, error) = (error.path().clone(), error.into_inner());
        wrong(&path, &error, bytes)
    })?;
    json.end()
        .map_err(|_| WrongMember::body("expected one JSON value and nothing after it"))?;
    Ok(read)
}

fn wrong(path: &Path, error: &serde_json::Error, bytes: &[u8]) -> WrongMember {
    if matches!(
        error.classify(),
        Category::Syntax | Category::Eof | Category::Io
    ) {
        // If one of several members is expected and another follows, serde_json reports a syntax
        // error.
        if serde_json::from_slice::<IgnoredAny>(bytes).is_ok() {
            return WrongMember::body("expected exactly one member");
        }
        let (line, column) = (error.line(), error.column());
        return WrongMember::body(&format!(
            "expected JSON (RFC 8259), but the text is not JSON from line {line}, column {column} on"
        ));
    }
    let message = error.to_string();
    // serde_json appends the position.
    let message = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(message, _)| message);
    let mut pointer = pointer(path);
    let expected = message.rsplit_once(EXPECTED).map(|(_, expected)| expected);
    let named = |begun: &str| {
        let rest = message.strip_prefix(begun)?;
        let name = rest.split_once("`, expected").or(rest.rsplit_once('`'))?.0;
        Some(name.to_owned())
    };
    let detail = if let Some(name) = named("missing field `") {
        push(&mut pointer, &name);
        "expected, but missing".to_owned()
    } else if let Some(name) = named("duplicate field `") {
        push(&mut pointer, &name);
        "expected once".to_owned()
    } else if let Some(name) = named("unknown field `") {
        if !pointer.ends_with(&fragment(&name)) {
            push(&mut pointer, &name);
        }
        match expected {
            Some(expected) => format!("no member of that name; expected {expected}"),
            None => "no member of that name; expected none".to_owned(),
        }
    } else {
        match expected {
            Some(expected) => format!("expected {}", plain(expected)),
            None => "expected what the API describes".to_owned(),
        }
    };
    WrongMember {
        pointer: Some(pointer),
        header: None,
        detail,
    }
}

/// What was expected, in words of JSON instead of Rust.
fn plain(expected: &str) -> &str {
    match expected {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        "u64" | "usize" => "a whole number from 0 on",
        "i64" => "a whole number",
        "f64" => "a number",
        "a sequence" => "a list",
        "a map" | "map" => "an object",
        "string or map" | "a string or map" => "a string or an object",
        _ if expected.starts_with("struct ") => "an object",
        other => other,
    }
}

fn pointer(path: &Path) -> String {
    let mut pointer = "#".to_owned();
    for segment in path {
        match segment {
            Segment::Seq { index } => push(&mut pointer, &index.to_string()),
            Segment::Map { key } => push(&mut pointer, key),
            Segment::Enum { variant } => push(&mut pointer, variant),
            // The deserializer never reached the part below it.
            Segment::Unknown => break,
        }
    }
    pointer
}

fn push(pointer: &mut String, member: &str) {
    pointer.push('/');
    pointer.push_str(&fragment(member));
}

/// A name in a fragment: escaped for a pointer (RFC 6901 section 3), then for an address (RFC 3986
/// section 3.5).
fn fragment(member: &str) -> String {
    let mut escaped = String::with_capacity(member.len());
    for byte in member.bytes() {
        match byte {
            b'~' => escaped.push_str("~0"),
            b'/' => escaped.push_str("~1"),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                escaped.push(char::from(byte));
            }
            _ => write!(escaped, "%{byte:02X}").expect("a string takes every write"),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::read;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "it is read and never looked at")]
    struct Body {
        name: String,
        count: u8,
        kind: Option<Kind>,
        inner: Option<Inner>,
        #[serde(default)]
        list: Vec<Inner>,
        #[serde(default)]
        any: BTreeMap<String, u8>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        Large,
        Small,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "it is read and never looked at")]
    struct Inner {
        deep: bool,
    }

    #[test]
    fn a_wrong_member_is_told_by_where_it_is_and_what_was_expected_and_never_by_what_was_sent() {
        for (body, pointer, detail) in [
            (
                r#"{"name":"secret","count":1,"x":"secret"}"#,
                "#/x",
                "no member of that name; expected one of `name`, `count`, `kind`, `inner`, `list`, `any`",
            ),
            (r#"{"name":"secret"}"#, "#/count", "expected, but missing"),
            (
                r#"{"name":"secret","name":"secret"}"#,
                "#/name",
                "expected once",
            ),
            (
                r#"{"name":["secret"],"count":1}"#,
                "#/name",
                "expected a string",
            ),
            (
                r#"{"name":"a","count":"secret"}"#,
                "#/count",
                "expected a whole number from 0 to 255",
            ),
            (
                r#"{"name":"a","count":1234567}"#,
                "#/count",
                "expected a whole number from 0 to 255",
            ),
            (
                r#"{"name":"a","count":1,"kind":"secret, expected secret"}"#,
                "#/kind",
                "expected `large` or `small`",
            ),
            (
                r#"{"name":"a","count":1,"inner":{"deep":"secret"}}"#,
                "#/inner/deep",
                "expected a boolean",
            ),
            (
                r#"{"name":"a","count":1,"inner":{"deep":true,"a/b~c ":1}}"#,
                "#/inner/a~1b~0c%20",
                "no member of that name; expected `deep`",
            ),
            (
                r#"{"name":"a","count":1,"inner":{}}"#,
                "#/inner/deep",
                "expected, but missing",
            ),
            (
                r#"{"name":"a","count":1,"list":[{"deep":true},{"deep":1}]}"#,
                "#/list/1/deep",
                "expected a boolean",
            ),
            (
                r#"{"name":"a","count":1,"any":{"ü":"secret"}}"#,
                "#/any/%C3%BC",
                "expected a whole number from 0 to 255",
            ),
            (r#"["secret"]"#, "#", "expected an object"),
            (
                r#"{"name":"secret""#,
                "#",
                "expected JSON (RFC 8259), but the text is not JSON from line 1, column 16 on",
            ),
            (
                "secret",
                "#",
                "expected JSON (RFC 8259), but the text is not JSON from line 1, column 1 on",
            ),
            (
                r#"{"name":"a","count":1}secret"#,
                "#",
                "expected one JSON value and nothing after it",
            ),
        ] {
            let wrong = read::<Body>(body.as_bytes()).expect_err(body);
            let told = (wrong.pointer.as_deref(), wrong.detail.as_str());
            assert_eq!(told, (Some(pointer), detail), "{body}");
        }
    }
}
