//! Values that lack the quotation marks of text. The error says what the key expects.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::place::{Path, Step, Wrong};
use super::terms;

/// A value that is invalid TOML since it has no quotation marks.
pub(super) struct Bare {
    path: Path,
    /// The position for the deserializer.
    place: Range<usize>,
    /// The position in the file.
    span: Range<usize>,
}

/// Replaces each such value of a table or list with text, so that the deserializer reports what it
/// expects there.
pub(super) fn quote<'t>(
    value: &mut Spanned<DeValue<'t>>,
    text: &'t str,
    faults: &[Wrong],
    path: &mut Path,
    found: &mut Vec<Bare>,
) {
    let span = value.span();
    match value.get_mut() {
        DeValue::Table(table) => {
            for (key, value) in table {
                path.push(Step::Key(key.get_ref().to_string()));
                quote(value, text, faults, path, found);
                path.pop();
            }
        }
        DeValue::Array(list) => {
            for (index, value) in list.iter_mut().enumerate() {
                path.push(Step::Index(index));
                quote(value, text, faults, path, found);
                path.pop();
            }
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {
            let written = text.get(span.clone()).unwrap_or_default();
            let is_bare = !written.starts_with(['"', '\'']);
            if is_bare && faults.iter().any(|fault| is_in(fault, &span)) {
                // The deserializer finds no place for an empty span, so the span includes the
                // character before it.
                let place = span.start - usize::from(span.is_empty())..span.end;
                *value = Spanned::new(place.clone(), DeValue::String(Cow::Borrowed(written)));
                found.push(Bare {
                    path: path.clone(),
                    place,
                    span,
                });
            }
        }
    }
}

fn is_in(fault: &Wrong, span: &Range<usize>) -> bool {
    (span.start..=span.end).contains(&fault.span.start)
}

/// Rewrites each error about a value without quotation marks. It says what the key expects: the
/// error that the value would get with quotation marks, or that text is expected.
pub(super) fn explain(wrong: &mut [Wrong], found: Vec<Bare>, tried: &[Wrong]) {
    for Bare { path, place, span } in found {
        let Some(fault) = wrong.iter_mut().find(|fault| is_in(fault, &span)) else {
            continue;
        };
        // An error that involves other keys has no path, and is skipped here.
        let mut refused = tried.iter().filter(|it| !it.path.is_empty());
        let refused = refused.find(|it| it.span == place);
        let refused = refused.map(|it| it.reason.as_str());
        *fault = Wrong {
            span,
            reason: terms::without_quotes(terms::last_key(&path), refused),
            path,
        };
    }
}
