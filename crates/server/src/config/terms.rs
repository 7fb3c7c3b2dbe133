//! Errors of a configuration in an administrator's words: without names of types, and with advice.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use toml::Spanned;
use toml::de::{DeArray, DeValue};

use super::place::Step;

const EXAMPLE: &str = include_str!("../../postern.example.toml");

/// Keys whose values have narrower bounds than their type. The checks that refuse other values have
/// the same bounds.
const BOUNDS: [(&str, &str, &str); 18] = [
    ("port", "1", "65535"),
    ("tries", "1", "100"),
    ("window-seconds", "1", "86400"),
    ("codes-per-day", "1", "100"),
    ("lock-seconds", "1", "4294967295"),
    ("gates-required", "1", "2"),
    ("questions-to-register", "3", "5"),
    ("questions-to-reset", "3", "5"),
    ("code-length", "6", "10"),
    ("code-lifetime-seconds", "60", "600"),
    ("resend-cool-down-seconds", "0", "300"),
    ("session-seconds", "300", "3600"),
    ("min-length", "8", "256"),
    ("max-length", "8", "256"),
    ("classes-required", "0", "4"),
    ("rises-to", "1", "10"),
    ("tenant-failures-per-hour", "1", "1000000"),
    ("network-failures-per-hour", "1", "1000000"),
];

/// The required keys of each table that has more than one. `throttles` covers each of its limits.
const REQUIRED: [(&str, &[&str]); 11] = [
    ("", &["public-url", "key", "store"]),
    ("delivery.calls", &["account-sid", "auth-token", "from"]),
    ("delivery.mail", &["host", "from"]),
    ("delivery.texts.kannel", &["url", "username", "password"]),
    (
        "delivery.texts.twilio",
        &["account-sid", "auth-token", "from"],
    ),
    ("http.tls", &["certificate", "key"]),
    ("tenants", &["domains", "name"]),
    ("tenants.administrators.global", &["account", "email"]),
    ("tenants.administrators.helpdesk", &["account", "email"]),
    ("tenants.administrators.user", &["account", "email"]),
    ("tenants.policy.throttles", &["tries", "window-seconds"]),
];

/// Keys whose value must be exactly one of several alternatives, with a description of them.
const ONE_OF: [(&str, &str); 2] = [
    (
        "scope",
        "\"all\", or { groups = [\"a group\", \"another\"] }",
    ),
    (
        "texts",
        "one gateway: [delivery.texts.gateway], [delivery.texts.kannel] or [delivery.texts.twilio]",
    ),
];

/// Descriptions of a string, a socket address and a network for an administrator.
const TEXT: &str = "text in quotation marks";
const ADDRESS: &str = "an address and a port, such as 127.0.0.1:8080";
const NETWORK: &str = "a network such as 192.0.2.0/24 or 2001:db8::/32";

/// The bounds of a number, with the name of its key.
pub(super) fn bounds(path: &[Step]) -> Option<(&'static str, &'static str, &'static str)> {
    let key = last_key(path)?;
    BOUNDS.into_iter().find(|(name, ..)| *name == key)
}

/// The required keys of a table, if it has more than one.
pub(super) fn required(table: &[Step]) -> &'static [&'static str] {
    let name = name(table);
    let (around, _) = name.rsplit_once('.').unwrap_or_default();
    let found = REQUIRED
        .iter()
        .find(|(table, _)| *table == name || (*table == around && around.ends_with("throttles")));
    found.map_or(&[], |(_, keys)| keys)
}

/// A valid value for a required key, if everything else would go unread without that key.
pub(super) fn stand_in(table: &[Step], key: &str) -> Option<DeValue<'static>> {
    let text = |text| DeValue::String(Cow::Borrowed(text));
    let url = || {
        (
            Spanned::new(0..0, "url".into()),
            Spanned::new(0..0, text("sqlite::memory:")),
        )
    };
    Some(match (name(table).as_str(), key) {
        ("", "public-url") => text("https://postern.invalid"),
        ("", "key") => DeValue::Array(DeArray::new()),
        ("", "store") => DeValue::Table([url()].into_iter().collect()),
        ("store", "url") => text("sqlite::memory:"),
        ("delivery.mail", "host") => text("localhost"),
        ("delivery.mail", "from") => text("postern@postern.invalid"),
        ("tenants", "name") => text("Postern"),
        ("tenants", "domains") => {
            let mut domains = DeArray::new();
            domains.push(Spanned::new(0..0, text("postern.invalid")));
            DeValue::Array(domains)
        }
        _ => return None,
    })
}

/// The words of a sentence, where a word has the characters of a key.
pub(super) fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split(|it: char| !(it.is_ascii_alphanumeric() || it == '-'))
}

/// The field that a message says is missing.
pub(super) fn missing(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// Whether a message is about a value as a whole. A name in such a message is not a key.
pub(super) fn is_of_value(message: &str) -> bool {
    let about = ["invalid ", "unknown ", "wanted "];
    about.iter().any(|about| message.starts_with(about))
}

/// The last key of a path.
pub(super) fn last_key(path: &[Step]) -> Option<&str> {
    path.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    })
}

/// The parser's message about a syntax error, in plain words.
pub(super) fn of_syntax(message: &str) -> String {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let what = match what {
        "duplicate key" => {
            return "this occurs twice: a key or the header of a table may occur only once".into();
        }
        "missing opening quote" | "string values must be quoted" => {
            return "this cannot be read: text must be in quotation marks, with \" before and after it"
                .into();
        }
        "invalid basic string" | "invalid literal string" => {
            "this text contains something that is not allowed, or lacks the quotation mark at its end"
        }
        "invalid multi-line basic string" | "invalid multi-line literal string" => {
            "this text lacks the three quotation marks at its end"
        }
        "unclosed table" | "unclosed array table" => "the header of this table has no end",
        what => what,
    };
    match expected {
        "" => format!("this cannot be read: {what}"),
        expected => format!("this cannot be read: {what}, expected {expected}"),
    }
}

/// The error of a key's value, including what the file has there.
pub(super) fn in_words(message: &str, key: Option<&str>, value: Option<&DeValue<'_>>) -> String {
    let at = key.map(|key| format!("{key}: ")).unwrap_or_default();
    if message.starts_with("invalid socket address syntax") {
        return format!("{at}expected {ADDRESS}");
    }
    if message == "invalid IP address syntax" {
        return format!("{at}expected {NETWORK}; write /32 or /128 after a single address");
    }
    let one = ONE_OF.iter().find(|(name, _)| Some(*name) == key);
    let one = one.map(|(_, one)| *one);
    if message == "wanted string or table" {
        let found = value.map_or_else(|| "that".to_owned(), found_in_words);
        return format!("{at}expected {}, not {found}", one.unwrap_or(TEXT));
    }
    if let Some(found) = message.strip_prefix("wanted exactly 1 element, ") {
        let one = one.unwrap_or("one key in the braces");
        let found = if found == "found 0 elements" {
            "there is none"
        } else {
            "there are several"
        };
        return format!("{at}expected {one}, but {found}");
    }
    if let Some((found, known)) = unknown(message) {
        // The message is about the key itself, not about its value.
        return if message.starts_with("unknown field") || key == Some(found) {
            format!("there is no key `{found}` here, {known}")
        } else {
            format!("{at}{known}, not `{found}`")
        };
    }
    let unexpected = ["invalid type: ", "invalid value: ", "invalid length "];
    let rest = unexpected.iter().find_map(|it| message.strip_prefix(it));
    match rest.and_then(|rest| rest.rsplit_once(", expected ")) {
        // The message does not quote the value, since it may be the secret itself.
        Some((_, wanted)) if wanted.starts_with("{ env = ") => format!("{at}expected {wanted}"),
        Some((found, wanted)) => {
            let found = value.map_or_else(|| found.to_owned(), found_in_words);
            format!(
                "{at}expected {}, not {found}",
                expected_in_words(wanted, key)
            )
        }
        None => message.to_owned(),
    }
}

/// What a key expects in place of a value without quotation marks, from the error that the value
/// got with quotation marks.
pub(super) fn without_quotes(key: Option<&str>, refused: Option<&str>) -> String {
    let no_text = format!(", not {TEXT}");
    match refused {
        None => format!("{}: expected {TEXT}", key.unwrap_or_default()),
        Some(reason) if reason.ends_with(&no_text) => reason.trim_end_matches(&no_text).to_owned(),
        // No text would be valid here.
        Some(reason) if reason.contains("{ env = ") || reason.starts_with("there is no key") => {
            reason.to_owned()
        }
        Some(reason) => format!("{reason}; text must be in quotation marks"),
    }
}

/// The unknown name, and the names that are expected instead.
fn unknown(message: &str) -> Option<(&str, &str)> {
    let kinds = ["unknown field `", "unknown variant `"];
    let rest = kinds.iter().find_map(|it| message.strip_prefix(it))?;
    rest.split_once("`, ")
}

fn expected_in_words(wanted: &str, key: Option<&str>) -> String {
    let bounds = BOUNDS.iter().find(|(name, ..)| Some(*name) == key);
    let is_number = wanted.trim_start_matches("a nonzero ");
    let is_number = matches!(
        is_number,
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64"
    );
    match (bounds, wanted) {
        (Some((_, least, most)), _) if is_number => {
            format!("a whole number from {least} to {most}")
        }
        (_, wanted) if is_number => {
            let least = u8::from(wanted.starts_with("a nonzero "));
            let most = [("u8", "255"), ("u16", "65535"), ("u32", "4294967295")];
            let most = most.iter().find(|(kind, _)| wanted.ends_with(kind));
            let most = most.map_or_else(|| "on".to_owned(), |(_, most)| format!("to {most}"));
            format!("a whole number from {least} {most}")
        }
        (_, "a sequence") => "a list in square brackets".into(),
        (_, "a boolean") => "true or false".into(),
        (_, "a string" | "string" | "str" | "path string") => TEXT.into(),
        (_, "a map" | "map") => "a table".into(),
        (_, "socket address") => ADDRESS.into(),
        (_, "IPv4 or IPv6 network address") => NETWORK.into(),
        (_, wanted) if wanted.starts_with("struct ") || wanted.starts_with("enum ") => {
            "a table".into()
        }
        (_, wanted) => wanted.to_owned(),
    }
}

fn found_in_words(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(_) => TEXT.into(),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {}", number.as_str()),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(moment) if moment.date.is_none() => "a time".into(),
        DeValue::Datetime(_) => "a date".into(),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a table".into(),
    }
}

/// The comment above a key in the example configuration.
pub(super) fn explained(path: &[Step]) -> Option<&'static str> {
    static EXPLAINED: LazyLock<BTreeMap<String, String>> = LazyLock::new(explanations);
    EXPLAINED.get(&name(path)).map(String::as_str)
}

/// Whether a key takes a table and nothing else. The example shows this with a header or with
/// braces. An item of a list is a table if it has required keys. Secrets are left out: their own
/// error says what they take.
pub(super) fn is_table(path: &[Step]) -> bool {
    static TABLES: LazyLock<BTreeSet<String>> = LazyLock::new(tables);
    match path.last() {
        Some(Step::Index(_)) => !required(path).is_empty(),
        Some(Step::Key(_)) | None => TABLES.contains(&name(path)),
    }
}

fn tables() -> BTreeSet<String> {
    let (mut tables, mut lists) = (BTreeSet::new(), BTreeSet::new());
    let mut around = String::new();
    for line in EXAMPLE.lines() {
        // A table that is an alternative to another has its header in a comment.
        let header = line.strip_prefix("# ").unwrap_or(line);
        if let Some(header) = header.strip_prefix('[') {
            header.trim_matches(['[', ']']).clone_into(&mut around);
            if header.starts_with('[') {
                lists.insert(around.clone());
                continue;
            }
            // The tables around it are tables too.
            let ends = around.match_indices('.').map(|(end, _)| end);
            let outer = ends.map(|end| around[..end].to_owned());
            tables.extend(outer.chain([around.clone()]));
        } else if let Some((key, value)) = line.trim_start_matches('#').split_once(" = ")
            && value.starts_with('{')
            && !value.starts_with("{ env")
        {
            tables.insert(format!("{around}.{key}"));
        }
    }
    tables.retain(|table| {
        let last = table.rsplit('.').next();
        !lists.contains(table) && ONE_OF.iter().all(|(key, _)| Some(*key) != last)
    });
    tables
}

/// The keys of a path with dots between them, as in the header of a table.
fn name(path: &[Step]) -> String {
    let keys = path.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    keys.collect::<Vec<_>>().join(".")
}

fn explanations() -> BTreeMap<String, String> {
    let mut explained = BTreeMap::new();
    let (mut table, mut comment) = (String::new(), String::new());
    for line in EXAMPLE.lines() {
        if let Some(text) = line.strip_prefix("# ") {
            if !comment.is_empty() {
                comment.push(' ');
            }
            comment.push_str(text);
            continue;
        }
        if line.starts_with('[') {
            line.trim_matches(['[', ']']).clone_into(&mut table);
            explained.insert(table.clone(), comment.clone());
        } else if let Some((key, _)) = line.trim_start_matches('#').split_once(" = ") {
            let name = if table.is_empty() {
                key.to_owned()
            } else {
                format!("{table}.{key}")
            };
            explained.insert(name, comment.clone());
        }
        comment.clear();
    }
    explained.retain(|_, comment| !comment.is_empty());
    explained
}
