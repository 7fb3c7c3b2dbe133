//! Syntax errors, reported once for each mistake. A bracket or quotation mark that is never closed
//! makes everything after it look wrong.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::DeTable;

use super::place::{Path, Wrong};
use super::terms;

/// The parser's message for a key or table that occurs twice.
const DUPLICATE: &str = "duplicate key";

/// The parser's messages for a list and for an inline table without an end.
const UNCLOSED: [&str; 2] = ["unclosed array", "unclosed inline table"];

/// Part of our message for a list or inline table without an end.
const UNREAD: &str = "nothing after it can be read";

/// Part of our message for a multi-line text without an end.
const LACKS: &str = "lacks the three quotation marks";

/// The parser's errors, without those that only follow from another error.
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
        // Errors after the first one of a line follow from it. So do duplicate keys of a table
        // whose header is a duplicate.
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

/// The parser's message for a key without `=`.
const LONE: &str = "key with no value";

/// The text with blanks in place of each line whose key has no `=`, and the errors about those
/// lines. The parser would take such a line for the key of what follows.
pub(super) fn without_lone_keys(text: &str) -> (Cow<'_, str>, Vec<Wrong>) {
    let (_, errors) = DeTable::parse_recoverable(text);
    // Nothing after an unclosed value is a key.
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

/// Whether an error is independent of all syntax errors. If not, it may only follow from one.
pub(super) fn is_apart(text: &str, faults: &[Wrong], other: &Wrong) -> bool {
    let place = other.span.start;
    // A key that is reported missing may be there but unread.
    let is_missing = other.reason.ends_with(" is missing");
    // A value that the parser made up has an empty span.
    !is_missing
        && !other.span.is_empty()
        && faults.iter().all(|fault| {
            let start = line_start(text, fault.span.start);
            place < start || place >= end_of(text, start, fault)
        })
}

/// The end of the part that cannot be trusted because of a syntax error in the line at `start`.
fn end_of(text: &str, start: usize, fault: &Wrong) -> usize {
    let rest = &text[start..];
    let end = if fault.reason.contains(UNREAD) || fault.reason.contains(LACKS) {
        // Everything after it may belong to it. Without its header, a table's keys would count for
        // another table.
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

/// The beginning of the line that contains a position.
fn line_start(text: &str, place: usize) -> usize {
    let before = text.get(..place).unwrap_or(text);
    before.rfind('\n').map_or(0, |end| end + 1)
}

/// The beginning of the table header that a position is under.
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
            // This is the header of a table.
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

/// The length of a quoted text, including its quotation marks. A text without an end is read to the
/// end of its line.
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
