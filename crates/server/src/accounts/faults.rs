//! Errors and warnings about a file, by file, line and column. Equal ones are grouped.
//!
//! They never quote the file: its text may be a secret.

use std::collections::HashMap;
use std::fmt::{self, Write};

use serde::Serialize;

use crate::visible::visible;

/// Maximum number of different errors that are listed. The rest is only counted.
const TOLD_MAX: usize = 100;

/// Maximum number of lines that are named for one error.
const LINES_MAX: usize = 5;

/// Something wrong in a file.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line that the row begins in, counted from 1.
    pub line: u64,
    /// The column, if the error is about one.
    pub column: Option<String>,
    /// The error, as a sentence.
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&told(self, &[self.line]))
    }
}

/// All the errors in the files. Nothing was imported.
#[derive(Debug)]
pub struct Refused(pub Vec<Fault>);

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", refused(self.0.len()))?;
        let lines = grouped(&self.0);
        lines
            .iter()
            .try_for_each(|line| write!(formatter, "\n{}", visible(line)))
    }
}

impl std::error::Error for Refused {}

/// A sentence that says how many errors there are.
pub(super) fn refused(count: usize) -> String {
    match count {
        1 => "nothing was imported: there is 1 error".to_owned(),
        count => format!("nothing was imported: there are {count} errors"),
    }
}

/// Equal errors, in the form for a program: the first one, the lines of the first few, and how many
/// there are.
#[derive(Debug, Serialize)]
pub(super) struct Alike<'f> {
    #[serde(flatten)]
    first: &'f Fault,
    lines: Vec<u64>,
    count: usize,
}

/// Groups of equal errors, limited to [`TOLD_MAX`] groups.
pub(super) fn alike(faults: &[Fault]) -> Vec<Alike<'_>> {
    let groups = groups(faults).into_iter().take(TOLD_MAX);
    let alike = groups.map(|(first, mut lines)| {
        let count = lines.len();
        lines.truncate(LINES_MAX);
        Alike {
            first,
            lines,
            count,
        }
    });
    alike.collect()
}

/// Groups of equal errors, each with all of its lines.
fn groups(faults: &[Fault]) -> Vec<(&Fault, Vec<u64>)> {
    let mut groups: Vec<(&Fault, Vec<u64>)> = Vec::new();
    let mut known: HashMap<(&str, Option<&str>, &str), usize> = HashMap::new();
    for fault in faults {
        let key = (&*fault.file, fault.column.as_deref(), &*fault.why);
        let index = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(index) {
            Some((_, lines)) => lines.push(fault.line),
            None => groups.push((fault, vec![fault.line])),
        }
    }
    groups
}

/// One sentence for each group of equal errors, with its lines in the file. The last sentence says
/// how many more there are.
pub(super) fn grouped(faults: &[Fault]) -> Vec<String> {
    let groups = groups(faults);
    let mut told_lines: Vec<String> = groups
        .iter()
        .take(TOLD_MAX)
        .map(|(fault, lines)| told(fault, lines))
        .collect();
    let more: usize = groups
        .iter()
        .skip(TOLD_MAX)
        .map(|(_, lines)| lines.len())
        .sum();
    if more > 0 {
        told_lines.push(format!("and {more} more"));
    }
    told_lines
}

fn told(fault: &Fault, lines: &[u64]) -> String {
    let mut text = format!("{}, line", fault.file);
    if lines.len() > 1 {
        text.push('s');
    }
    for (index, line) in lines.iter().take(LINES_MAX).enumerate() {
        let before = if index == 0 { " " } else { ", " };
        // Writing to a string never fails.
        let _ = write!(text, "{before}{line}");
    }
    if lines.len() > LINES_MAX {
        let _ = write!(text, " and {} more", lines.len() - LINES_MAX);
    }
    if let Some(column) = &fault.column {
        let _ = write!(text, ", column {column}");
    }
    let _ = write!(text, ": {}", fault.why);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(line: u64, why: &str) -> Fault {
        Fault {
            file: "accounts.csv".into(),
            line,
            column: Some("mobile".into()),
            why: why.into(),
        }
    }

    #[test]
    fn what_is_alike_is_told_once_with_its_lines_and_a_count() {
        let mut faults: Vec<Fault> = (2..100_002).map(|line| fault(line, "too short")).collect();
        faults.insert(1, fault(3, "too long"));
        assert_eq!(
            Refused(faults).to_string(),
            "nothing was imported: there are 100001 errors\n\
             accounts.csv, lines 2, 3, 4, 5, 6 and 99995 more, column mobile: too short\n\
             accounts.csv, line 3, column mobile: too long"
        );
    }

    #[test]
    fn after_a_hundred_different_ones_the_rest_is_counted() {
        let faults: Vec<Fault> = (0..250)
            .map(|line| fault(line, &line.to_string()))
            .collect();
        let lines = grouped(&faults);
        assert_eq!(lines.len(), 101);
        assert_eq!(lines[100], "and 150 more");
        assert_eq!(alike(&faults).len(), 100);
    }
}
