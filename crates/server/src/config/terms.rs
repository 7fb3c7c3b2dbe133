//! What is wrong with a configuration in an administrator's words: no names of types, and how to mend it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::document::Step;

const EXAMPLE: &str = include_str!("../../postern.example.toml");

/// Keys whose values have narrower bounds than their type: the same as the checks have that refuse others.
const BOUNDS: [(&str, u32, u32); 14] = [
    ("port", 1, 65_535),
    ("tries", 1, 100),
    ("window-seconds", 1, 86_400),
    ("gates-required", 1, 2),
    ("questions-to-register", 3, 5),
    ("questions-to-reset", 3, 5),
    ("code-length", 6, 10),
    ("code-lifetime-seconds", 60, 600),
    ("resend-cool-down-seconds", 0, 300),
    ("session-seconds", 300, 3_600),
    ("min-length", 8, 256),
    ("max-length", 8, 256),
    ("classes-required", 0, 4),
    ("rises-to", 1, 10),
];

/// The field that a message says is missing.
pub(super) fn missing(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// The last key of a path.
pub(super) fn last_key(path: &[Step]) -> Option<&str> {
    path.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    })
}

/// What the parser says of what is no TOML.
pub(super) fn of_syntax(message: &str) -> String {
    let message = message.lines().collect::<Vec<_>>().join(", ");
    format!("this cannot be read: {message}")
}

/// What is wrong with the value of a key.
pub(super) fn in_words(message: &str, key: Option<&str>) -> String {
    if let Some(field) = missing(message) {
        return format!("{field} is missing");
    }
    let at = key.map(|key| format!("{key}: ")).unwrap_or_default();
    if message.starts_with("invalid socket address syntax") {
        return format!("{at}expected an address and a port, such as 127.0.0.1:8080");
    }
    if message.starts_with("wanted exactly 1 element") {
        return format!("{at}expected exactly one key in the braces");
    }
    let unexpected = ["invalid type: ", "invalid value: ", "invalid length "];
    let rest = unexpected.iter().find_map(|it| message.strip_prefix(it));
    match rest.and_then(|rest| rest.rsplit_once(", expected ")) {
        Some((found, wanted)) => {
            let (found, wanted) = (found_in_words(found), expected_in_words(wanted, key));
            format!("{at}expected {wanted}, not {found}")
        }
        None => message.to_owned(),
    }
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
        (_, "u8") => "a whole number from 0 to 255".into(),
        (_, "u16") => "a whole number from 0 to 65535".into(),
        (_, wanted) if wanted.starts_with("a nonzero ") => "a whole number from 1 on".into(),
        _ if is_number => "a whole number from 0 on".into(),
        (_, "a sequence") => "a list in square brackets".into(),
        (_, "a boolean") => "true or false".into(),
        (_, "a string" | "string" | "str" | "path string") => "text in quotation marks".into(),
        (_, "a map" | "map") => "a table".into(),
        (_, wanted) if wanted.starts_with("struct ") || wanted.starts_with("enum ") => {
            "a table".into()
        }
        (_, wanted) => wanted.to_owned(),
    }
}

fn found_in_words(found: &str) -> String {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    let value = value.trim_matches('`');
    match kind {
        "string" => "text in quotation marks".into(),
        "integer" => format!("the number {value}"),
        "floating" => format!("the number {}", value.trim_start_matches("point `")),
        "boolean" => value.to_owned(),
        "sequence" => "a list".into(),
        "map" => "a table".into(),
        _ => found.to_owned(),
    }
}

/// What the example says of a key: the comment above it.
pub(super) fn explained(path: &[Step]) -> Option<&'static str> {
    static EXPLAINED: LazyLock<BTreeMap<String, String>> = LazyLock::new(explanations);
    let keys = path.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    let name = keys.collect::<Vec<_>>().join(".");
    EXPLAINED.get(&name).map(String::as_str)
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
