//! The possible faults of a catalog. Each fault names its file and its message, so that a
//! translator finds the line at once.

use std::fmt;

/// A fault and its place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Problem {
    /// The path of the file below `locales/`.
    pub(crate) path: String,
    /// The place in the file, if the fault has one.
    pub(crate) place: Option<Place>,
    /// The message, if the fault is about one.
    pub(crate) key: Option<String>,
    /// The fault.
    pub(crate) fault: Fault,
}

/// A place in a file. Lines and columns are counted from 1, and columns in characters.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Place {
    /// The place of a byte of a text.
    pub(crate) fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
        }
    }
}

/// The kinds of fault.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Fault {
    /// A file for a language that is not in the table.
    UnknownLanguage,
    /// A file that is not named after a group, in the folder of a language.
    UnknownGroup,
    /// A language of the table without a file for a group.
    NoFile,
    /// The file is not valid Fluent.
    Syntax(String),
    /// The reference language has the message, and this one does not.
    Missing,
    /// This language has the message, and the reference language does not.
    Extra,
    /// The message occurs twice.
    Duplicate,
    /// The key is not lower-case words joined by hyphens.
    Key,
    /// A part of Fluent that the page does not support.
    Unsupported(&'static str),
    /// A placeholder that is not in the compiler's table of kinds.
    UnknownPlaceholder(String),
    /// More placeholders than a message can have.
    TooManyPlaceholders,
    /// The placeholders differ from those of the message in the reference language.
    Placeholders {
        expected: Vec<String>,
        found: Vec<String>,
    },
    /// A choice by a value that is not a number.
    SelectOnText(String),
    /// A choice within a choice.
    NestedSelect,
    /// A choice whose default is not `other`.
    NoOther,
    /// A variant that is neither a whole number nor a plural category of the language.
    UnknownVariant(String),
    /// The same variant twice.
    DuplicateVariant(String),
    /// A line break or another control character in the words.
    ControlCharacter,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "locales/{}:", self.path)?;
        if let Some(Place { line, column }) = self.place {
            write!(formatter, "{line}:{column}:")?;
        }
        formatter.write_str(" ")?;
        if let Some(key) = &self.key {
            write!(formatter, "{key}: ")?;
        }
        self.fault.fmt(formatter)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownLanguage => {
                formatter.write_str("the language is not in crates/locale/src/language.rs")
            }
            Self::UnknownGroup => formatter.write_str("en has no file of this name"),
            Self::NoFile => formatter.write_str("the file is missing"),
            Self::Syntax(error) => formatter.write_str(error),
            Self::Missing => formatter.write_str("the message is missing"),
            Self::Extra => formatter.write_str("en has no such message in the file of this name"),
            Self::Duplicate => formatter.write_str("the message stands there twice"),
            Self::Key => {
                formatter.write_str("a key is two or more lower-case words joined by hyphens")
            }
            Self::Unsupported(what) => write!(formatter, "{what} is not supported"),
            Self::UnknownPlaceholder(name) => {
                write!(
                    formatter,
                    "${name} is not in crates/locale/src/placeholder.rs"
                )
            }
            Self::TooManyPlaceholders => {
                formatter.write_str("the message has too many placeholders")
            }
            Self::Placeholders { expected, found } => {
                write!(
                    formatter,
                    "has {}, and en has {}",
                    list(found),
                    list(expected)
                )
            }
            Self::SelectOnText(name) => write!(
                formatter,
                "${name} is not a number, so nothing can be chosen by it"
            ),
            Self::NestedSelect => {
                formatter.write_str("a choice stands within a choice: let one follow the other")
            }
            Self::NoOther => formatter.write_str("the default of a choice is [other]"),
            Self::UnknownVariant(key) => {
                write!(
                    formatter,
                    "[{key}] is neither a whole number nor a plural category of the language"
                )
            }
            Self::DuplicateVariant(key) => write!(formatter, "[{key}] stands there twice"),
            Self::ControlCharacter => {
                formatter.write_str("the words hold a line break or another control character")
            }
        }
    }
}

/// The placeholders in the form that a file has.
fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "no placeholder".to_owned();
    }
    names
        .iter()
        .map(|name| format!("${name}"))
        .collect::<Vec<_>>()
        .join(", ")
}
