//! What is no TOML, told once for each mistake: one that is not closed lets everything behind it
//! look wrong.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::DeTable;

use super::place::{Path, Wrong};
use super::terms;

/// What the parser says of a key, or of a table, that is there already.
const DUPLICATE: &str = "duplicate key";

/// What the parser says of a list and of a table in braces that have no end.
const UNCLOSED: [&str; 2] = ["unclosed array", "unclosed inline table"];

/// What is told of a list and of a table in braces that have no end.
const UNREAD: &str = "nothing behind it can be read";

/// What is told of a text over several lines that has none.
const LACKS: &str = "lacks the three quotation marks";

/// Faults as the parser finds them, without those that only follow from another one.
pub(super) fn faults(text: &str, errors: &[toml::de::Error]) -> Vec<Wrong> {
    let mut found: Vec<(Range<usize>, &str)> = errors
        .iter()
        .map(|error| (error.span().unwrap_or_default(), error.message()))
        .collect();
    found.sort_by_key(|(span, _)| span.start);
    let is_unclosed =
        |(_, message): &(Range<usize>, &str)| UNCLOSED.iter().any(|it| message.starts_with(it));
    let opened = found
        .iter()
        .any(is_unclosed)
        .then(|| never_closed(text))
        .flatten();
    if let Some(opened) = opened {
        found.retain(|(span, _)| span.start < opened);
    }
    let mut wrong: Vec<Wrong> = Vec::new();
    let mut told_line = None;
    let mut told_table = None;
    for (span, message) in found {
        let line = Some(line_start(text, span.start));
        let table = table_start(text, span.start);
        let is_duplicate = message.starts_with(DUPLICATE);
        // What stands behind the first fault of a line, and the keys of a table that is there
        // twice, follow from it.
        if told_line == line || (is_duplicate && table.is_some() && told_table == table) {
            continue;
        }
        told_line = line;
        if is_duplicate && table == line {
            told_table = table;
        }
        wrong.push(at(span, terms::of_syntax(message)));
    }
    if let Some(opened) = opened {
        let (what, end) = if text[opened..].starts_with('[') {
            ("list", ']')
        } else {
            ("table", '}')
        };
        let reason = format!("this {what} has no end: {end} is missing, and {UNREAD}");
        wrong.push(at(opened..opened + 1, reason));
    }
    wrong
}

/// What the parser says of a key without `=`.
const LONE: &str = "key with no value";

/// The text with blanks in the place of each line whose key has no `=`, which the parser takes for
/// the key of what is behind it; and what is to be told of those lines.
pub(super) fn without_lone_keys(text: &str) -> (Cow<'_, str>, Vec<Wrong>) {
    let (_, errors) = DeTable::parse_recoverable(text);
    // Behind what has no end, nothing is a key.
    let is_unclosed =
        |error: &toml::de::Error| UNCLOSED.iter().any(|it| error.message().starts_with(it));
    let opened = errors
        .iter()
        .any(is_unclosed)
        .then(|| never_closed(text))
        .flatten();
    let (mut readable, mut wrong) = (Cow::Borrowed(text), Vec::new());
    for error in &errors {
        let span = error.span().unwrap_or_default();
        let is_behind = opened.is_some_and(|opened| span.start >= opened);
        if is_behind || !error.message().starts_with(LONE) {
            continue;
        }
        let start = line_start(text, span.start);
        let length = text[start..].find(['\r', '\n']);
        let line = start..length.map_or(text.len(), |length| start + length);
        let blanks = " ".repeat(line.len());
        readable.to_mut().replace_range(line, &blanks);
        wrong.push(at(span, terms::of_syntax(error.message())));
    }
    (readable, wrong)
}

/// Whether something else that is wrong stands apart from all that is no TOML: it could follow from
/// it otherwise.
pub(super) fn is_apart(text: &str, faults: &[Wrong], other: &Wrong) -> bool {
    let place = other.span.start;
    // What is missing may be there, and not read.
    let is_missing = other.reason.ends_with(" is missing");
    // What the parser put in the place of a value that it could not read stands nowhere.
    !is_missing
        && !other.span.is_empty()
        && faults.iter().all(|fault| {
            let start = line_start(text, fault.span.start);
            place < start || place >= end_of(text, start, fault)
        })
}

/// Where it ends what cannot be trusted since something in the line that begins there is no TOML.
fn end_of(text: &str, start: usize, fault: &Wrong) -> usize {
    let rest = &text[start..];
    let end = if fault.reason.contains(UNREAD) || fault.reason.contains(LACKS) {
        // Whatever is behind it may be a part of it, and without its header a table is another
        // one's.
        None
    } else if rest.trim_start().starts_with('[') {
        rest[1..].find("\n[").map(|end| end + 1)
    } else {
        rest.find('\n')
    };
    end.map_or(text.len(), |end| start + end + 1)
}

fn at(span: Range<usize>, reason: String) -> Wrong {
    Wrong {
        span,
        path: Path::new(),
        reason,
    }
}

/// Where the line begins that a place is in.
fn line_start(text: &str, place: usize) -> usize {
    let before = text.get(..place).unwrap_or(text);
    before.rfind('\n').map_or(0, |end| end + 1)
}

/// Where the header begins of the table that a place is in.
fn table_start(text: &str, place: usize) -> Option<usize> {
    let end = text[line_start(text, place)..]
        .find('\n')
        .map_or(text.len(), |length| line_start(text, place) + length);
    let before = &text[..end];
    let header = before.rfind("\n[").map(|end| end + 1);
    header.or_else(|| before.starts_with('[').then_some(0))
}

/// The first bracket or brace of a value that is never closed.
fn never_closed(text: &str) -> Option<usize> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut place = 0;
    let mut is_line_start = true;
    while let Some(next) = text[place..].chars().next() {
        let rest = &text[place..];
        let to_line_end = || rest.find('\n').unwrap_or(rest.len());
        let length = match next {
            '#' => to_line_end(),
            // The header of a table.
            '[' if is_line_start && open.is_empty() => to_line_end(),
            '"' | '\'' => quoted(rest, next),
            '[' | '{' => {
                open.push((place, if next == '[' { ']' } else { '}' }));
                1
            }
            ']' | '}' => {
                if open.last().is_some_and(|(_, end)| *end == next) {
                    open.pop();
                }
                1
            }
            _ => next.len_utf8(),
        };
        is_line_start = next == '\n' || (is_line_start && next.is_whitespace());
        place += length;
    }
    open.first().map(|(place, _)| *place)
}

/// How long a text in quotation marks is, with them. One without an end is read to the end of its
/// line.
fn quoted(text: &str, quote: char) -> usize {
    let triple = quote.to_string().repeat(3);
    let (end, is_long) = if text.starts_with(&triple) {
        (triple.as_str(), true)
    } else {
        (&triple[..1], false)
    };
    let mut is_escaped = false;
    for (place, next) in text.char_indices().skip(end.len()) {
        if !is_long && next == '\n' {
            return place;
        }
        if !is_escaped && text[place..].starts_with(end) {
            return place + end.len();
        }
        is_escaped = quote == '"' && next == '\\' && !is_escaped;
    }
    text.len()
}
