//! A minimal CSS parser, to adapt our own style for a portal's page: rules inside rules, and
//! declarations inside them. It reads only what esbuild has parsed and minified, without comments.

use std::fmt;

use anyhow::{Context, Result, ensure};

/// An item of a sheet or of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// `.a{…}` or `@media (…){…}`.
    Rule { prelude: String, items: Vec<Item> },
    /// Written `name:value`.
    Declaration { name: String, value: String },
}

impl fmt::Display for Item {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule { prelude, items } => write!(formatter, "{prelude}{{{}}}", text(items)),
            Self::Declaration { name, value } => write!(formatter, "{name}:{value};"),
        }
    }
}

/// Writes items in the form of a sheet.
pub(super) fn text(items: &[Item]) -> String {
    items.iter().map(Item::to_string).collect()
}

/// Reads a minified sheet.
///
/// # Errors
/// When a rule does not end, or an item is neither a rule nor a declaration.
pub(super) fn parse(sheet: &str) -> Result<Vec<Item>> {
    let mut rest = sheet;
    let items = items(&mut rest)?;
    ensure!(rest.is_empty(), "the sheet has more than its rules: {rest}");
    Ok(items)
}

/// Reads items until the end of the rule around them, or of the sheet.
fn items(rest: &mut &str) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    loop {
        *rest = rest.trim_start();
        let end = rest.len() - unquoted(rest, &['{', '}', ';']).map_or(0, str::len);
        let (before, after) = rest.split_at(end);
        let mark = after.chars().next();
        if !before.is_empty() && mark != Some('{') {
            let (name, value) = before
                .split_once(':')
                .with_context(|| format!("neither a rule nor a declaration: {before}"))?;
            items.push(Item::Declaration {
                name: name.trim().to_owned(),
                value: value.trim().to_owned(),
            });
        }
        match mark {
            Some('{') => {
                let mut inside = &after[1..];
                let inner = self::items(&mut inside)?;
                *rest = inside
                    .strip_prefix('}')
                    .with_context(|| format!("{before} does not end"))?;
                items.push(Item::Rule {
                    prelude: before.trim().to_owned(),
                    items: inner,
                });
            }
            Some(';') => *rest = &after[1..],
            _ => {
                *rest = after;
                return Ok(items);
            }
        }
    }
}

/// The text from the first of these marks that is neither in quotes nor in parentheses.
fn unquoted<'a>(text: &'a str, marks: &[char]) -> Option<&'a str> {
    let (mut quote, mut depth, mut escaped) = (None, 0_u32, false);
    for (index, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if quote == Some(letter) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' => quote = Some(letter),
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && marks.contains(&letter) => return Some(&text[index..]),
            _ => {}
        }
    }
    None
}

/// Changes the `rem` lengths of a value: `replace` gets each number.
pub(super) fn with_rem(value: &str, replace: impl Fn(&str) -> String) -> String {
    let mut changed = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(letter) = rest.chars().next() {
        let word = match letter {
            '"' | '\'' => {
                let inside = &rest[1..];
                inside.find(letter).map_or(rest.len(), |end| end + 2)
            }
            _ => rest
                .find(|other| !is_of_word(other))
                .unwrap_or(rest.len())
                .max(letter.len_utf8()),
        };
        let (word, after) = rest.split_at(word);
        match word.strip_suffix("rem").filter(|number| is_number(number)) {
            Some(number) => changed.push_str(&replace(number)),
            None => changed.push_str(word),
        }
        rest = after;
    }
    changed
}

/// Whether a letter can be part of a name or a number.
fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '+')
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{parse, text, with_rem};

    #[test]
    fn a_sheet_that_is_read_and_written_is_the_same_sheet() {
        let sheet = "@media (width>1px){.a,.b[c=\"};{\"]{color:red;background:url(a;b);}}.c::after{content:\"\\\"}\";}";
        assert_eq!(text(&parse(sheet).expect("it is well formed")), sheet);
    }

    #[test]
    fn what_does_not_end_or_is_nothing_is_refused() {
        for sheet in [".a{color:red", ".a{color}", ".a{}}"] {
            assert!(parse(sheet).is_err(), "{sheet}");
        }
    }

    #[test]
    fn a_length_in_rem_is_found_wherever_it_stands_and_nothing_else_is() {
        let change = |value| with_rem(value, |number| format!("<{number}>"));
        assert_eq!(
            change("1.0625rem/1.5 var(--face)"),
            "<1.0625>/1.5 var(--face)"
        );
        assert_eq!(change("max(1rem,16px) -.5rem 0"), "max(<1>,16px) <-.5> 0");
        assert_eq!(
            change("\"2rem\" theorem var(--a-1rem)"),
            "\"2rem\" theorem var(--a-1rem)"
        );
    }
}
