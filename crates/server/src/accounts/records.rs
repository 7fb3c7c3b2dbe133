//! A CSV text (RFC 4180), record by record, each with the line that it begins in.
//!
//! This module does not use the crate `csv`. That crate counts lines differently with CRLF than
//! with LF, reads blanks before a quotation mark as a part of the field, and reads on to the end of
//! the file if a quotation mark is never closed.

/// A record, and the errors in its quotation marks.
pub(super) struct Record {
    /// The line that it begins in.
    pub(super) line: u64,
    pub(super) fields: Vec<String>,
    /// Errors, each with the index of its field.
    pub(super) faults: Vec<(usize, &'static str)>,
    /// Whether a line end follows the record.
    pub(super) is_ended: bool,
}

/// The unread rest of a text.
pub(super) struct Records {
    text: String,
    at: usize,
    line: u64,
    separator: char,
}

const UNCLOSED: &str = "a quotation mark opens here and never closes";
const BEHIND: &str = "the closing quotation mark is not the end of the field: write a quotation mark within a field twice";

impl Records {
    pub(super) const fn new(text: String, separator: char, line: u64) -> Self {
        Self {
            text,
            at: 0,
            line,
            separator,
        }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Skips a line end, if there is one here.
    fn passes_line_end(&mut self) -> bool {
        let rest = self.rest();
        let length = if rest.starts_with("\r\n") {
            2
        } else {
            usize::from(rest.starts_with(['\r', '\n']))
        };
        self.at += length;
        self.line += u64::from(length > 0);
        length > 0
    }

    fn passes_separator(&mut self) -> bool {
        let passes = self.rest().starts_with(self.separator);
        self.at += if passes { self.separator.len_utf8() } else { 0 };
        passes
    }

    /// The length of the blanks before or after a quotation mark.
    fn blanks(&self, text: &str) -> usize {
        let is_blank = |it: char| it != self.separator && matches!(it, ' ' | '\t' | '\u{a0}');
        text.len() - text.trim_start_matches(is_blank).len()
    }

    fn field(&mut self) -> (String, Option<&'static str>) {
        let blanks = self.blanks(self.rest());
        if self
            .rest()
            .get(blanks..)
            .is_some_and(|rest| rest.starts_with('"'))
        {
            self.at += blanks + 1;
            return self.quoted();
        }
        (self.plain(), None)
    }

    /// Everything up to the next separator or line end.
    fn plain(&mut self) -> String {
        let ends = [self.separator, '\r', '\n'];
        let rest = self.rest();
        let field = rest.split(ends).next().unwrap_or(rest).to_owned();
        self.at += field.len();
        field
    }

    /// The text inside quotation marks, after the opening mark was read.
    fn quoted(&mut self) -> (String, Option<&'static str>) {
        let mut field = String::new();
        loop {
            let rest = self.rest();
            let Some(end) = rest.find('"') else {
                field.push_str(rest);
                self.at = self.text.len();
                return (field, Some(UNCLOSED));
            };
            let part = &rest[..end];
            let is_doubled = rest[end + 1..].starts_with('"');
            field.push_str(part);
            self.line += line_ends(part);
            self.at += end + 1;
            if !is_doubled {
                break;
            }
            field.push('"');
            self.at += 1;
        }
        let behind = self.blanks(self.rest());
        let rest = self.rest().get(behind..).unwrap_or_default();
        if rest.is_empty() || rest.starts_with([self.separator, '\r', '\n']) {
            self.at += behind;
            return (field, None);
        }
        self.plain();
        (field, Some(BEHIND))
    }
}

impl Iterator for Records {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.rest().is_empty() {
            return None;
        }
        let mut record = Record {
            line: self.line,
            fields: Vec::new(),
            faults: Vec::new(),
            is_ended: false,
        };
        loop {
            let (field, fault) = self.field();
            record
                .faults
                .extend(fault.map(|why| (record.fields.len(), why)));
            record.fields.push(field);
            if !self.passes_separator() {
                record.is_ended = self.passes_line_end();
                return Some(record);
            }
        }
    }
}

/// Counts line ends of all three kinds.
fn line_ends(text: &str) -> u64 {
    let breaks = text.matches(['\r', '\n']).count() - text.matches("\r\n").count();
    breaks as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, separator: char) -> Vec<(u64, Vec<String>)> {
        let records = Records::new(text.to_owned(), separator, 1);
        let records = records.map(|record| {
            assert!(record.faults.is_empty(), "{:?}", record.faults);
            (record.line, record.fields)
        });
        records.collect()
    }

    fn fields(line: u64, fields: &[&str]) -> (u64, Vec<String>) {
        (
            line,
            fields.iter().map(|field| (*field).to_owned()).collect(),
        )
    }

    #[test]
    fn every_kind_of_line_end_is_counted_once_within_quotation_marks_too() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("a,b{end}c,\"d{end}e\"{end}{end}f,g{end}");
            let quoted = format!("d{end}e");
            assert_eq!(
                records(&text, ','),
                [
                    fields(1, &["a", "b"]),
                    fields(2, &["c", &quoted]),
                    fields(4, &[""]),
                    fields(5, &["f", "g"]),
                ],
                "{end:?}"
            );
        }
        // Excel ends rows with CRLF, and lines within a field with LF.
        let mixed = records("a,\"b\nc\"\r\nd,e", ',');
        assert_eq!(mixed, [fields(1, &["a", "b\nc"]), fields(3, &["d", "e"])]);
    }

    #[test]
    fn blanks_around_quotation_marks_are_no_part_of_the_field() {
        let read = records("a; \"b;c\" ;\t\"d\"\t; e ;\"\"\n", ';');
        assert_eq!(read, [fields(1, &["a", "b;c", "d", " e ", ""])]);
        let read = records("a\t \"b\"\t\n", '\t');
        assert_eq!(read, [fields(1, &["a", "b", ""])]);
    }

    #[test]
    fn a_quotation_mark_that_is_doubled_or_in_the_middle_is_itself() {
        let read = records("\"a \"\"b\"\"\",c\"d,\"\"\"\"\n", ',');
        assert_eq!(read, [fields(1, &["a \"b\"", "c\"d", "\""])]);
    }

    #[test]
    fn what_is_wrong_with_quotation_marks_is_told_where_it_begins() {
        let mut read = Records::new("a,\"b\" c,d\n\"e\nf".into(), ',', 1);
        let first = read.next().expect("a record");
        assert_eq!((first.fields.len(), first.faults[0]), (3, (1, BEHIND)));
        let second = read.next().expect("a record");
        assert_eq!((second.line, second.faults[0]), (2, (0, UNCLOSED)));
        assert!(read.next().is_none());
    }
}
