//! The errors of a configuration, each with its place in the text.

use std::fmt;
use std::path::PathBuf;

use super::place::Step;
use super::terms;

/// An error in a configuration.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ConfigError {
    /// Line and column, counted from 1.
    pub place: Option<(usize, usize)>,
    /// The error at that place.
    pub reason: String,
    /// The comment on the key in the example configuration.
    pub help: Option<&'static str>,
}

impl ConfigError {
    pub(super) fn at(text: &str, place: usize, reason: String, path: &[Step]) -> Self {
        Self {
            place: line_and_column(text, place),
            reason,
            help: terms::explained(path),
        }
    }

    pub(super) fn line(&self) -> Option<usize> {
        self.place.map(|(line, _)| line)
    }
}

/// All errors in a configuration, printed one a line as compilers do.
#[derive(Clone, Debug)]
pub struct ConfigErrors {
    /// The file.
    pub path: PathBuf,
    /// The errors, in the order of lines.
    pub errors: Vec<ConfigError>,
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.errors.iter().enumerate() {
            let ConfigError {
                place,
                reason,
                help,
            } = error;
            if index > 0 {
                writeln!(formatter)?;
            }
            write!(formatter, "{}:", self.path.display())?;
            if let Some((line, column)) = place {
                write!(formatter, "{line}:{column}:")?;
            }
            write!(formatter, " {reason}")?;
            if let Some(help) = help {
                write!(formatter, "\n    {help}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for ConfigErrors {}

/// Decodes a file, with a replacement character for each invalid part, and returns an error for
/// each line that is not UTF-8.
pub(super) fn lines_of(bytes: &[u8]) -> (String, Vec<ConfigError>) {
    let (mut text, mut lost) = (String::new(), Vec::<ConfigError>::new());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        let reason = "the file is not UTF-8: save it as UTF-8".to_owned();
        let error = ConfigError::at(&text, text.len(), reason, &[]);
        if lost.last().is_none_or(|last| last.line() != error.line()) {
            lost.push(error);
        }
        text.push(char::REPLACEMENT_CHARACTER);
    }
    (text, lost)
}

/// Line and column of a byte position in a text, counted from 1.
pub(super) fn line_and_column(text: &str, place: usize) -> Option<(usize, usize)> {
    let before = text.get(..place)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    Some((before.split('\n').count(), line.chars().count() + 1))
}
