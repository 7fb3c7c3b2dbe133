//! A CSV file with a header row, one row after the other, and what is wrong in it.
//!
//! What is wrong is told by file, line and column, and never with what stands there: it may be a secret.

use std::fmt;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};

/// Something wrong in a file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line that its row begins in, from 1 on.
    pub line: u64,
    /// The column, where it is one.
    pub column: Option<String>,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, line {}", self.file, self.line)?;
        if let Some(column) = &self.column {
            write!(formatter, ", column {column}")?;
        }
        write!(formatter, ": {}", self.why)
    }
}

/// A file that is read row by row.
pub(super) struct Sheet {
    file: String,
    reader: Reader<File>,
    columns: Arc<Vec<String>>,
}

/// A row, with as many fields as there are columns.
pub(super) struct Row {
    pub(super) file: String,
    pub(super) line: u64,
    pub(super) columns: Arc<Vec<String>>,
    fields: StringRecord,
}

impl Sheet {
    /// Opens a file and reads its header. Without the columns that it must have, its rows cannot be read: `None`.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub(super) fn open(
        path: &Path,
        is_known: impl Fn(&str) -> bool,
        required: &[&str],
        faults: &mut Vec<Fault>,
    ) -> Result<Option<Self>> {
        let file = path.display().to_string();
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_path(path)
            .with_context(|| format!("{file} cannot be read"))?;
        let mut header = ByteRecord::new();
        reader
            .read_byte_record(&mut header)
            .with_context(|| format!("{file} cannot be read"))?;
        let mut columns: Vec<String> = Vec::with_capacity(header.len());
        let before = faults.len();
        let mut fault = |column: String, why: &str| {
            faults.push(Fault {
                file: file.clone(),
                line: 1,
                column: Some(column),
                why: why.into(),
            });
        };
        for (index, field) in header.iter().enumerate() {
            let name = String::from_utf8_lossy(field).trim().to_owned();
            // Not by its name: where the header was forgotten, that is somebody's data.
            if !is_known(&name) {
                fault((index + 1).to_string(), "there is no column of that name");
            } else if columns.contains(&name) {
                fault(name.clone(), "it is there twice");
            }
            columns.push(name);
        }
        for name in required {
            if !columns.iter().any(|column| column == name) {
                fault((*name).to_owned(), "it is missing");
            }
        }
        let is_read = faults.len() == before;
        Ok(is_read.then(|| Self {
            file,
            reader,
            columns: Arc::new(columns),
        }))
    }

    /// The next row that has a field for each column.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub(super) fn next(&mut self, faults: &mut Vec<Fault>) -> Result<Option<Row>> {
        let mut record = ByteRecord::new();
        loop {
            let is_there = self.reader.read_byte_record(&mut record);
            if !is_there.with_context(|| format!("{} cannot be read", self.file))? {
                return Ok(None);
            }
            let line = record.position().map_or(0, csv::Position::line);
            let mut fault = |column: Option<&String>, why: String| {
                faults.push(Fault {
                    file: self.file.clone(),
                    line,
                    column: column.cloned(),
                    why,
                });
            };
            if record.len() != self.columns.len() {
                let (has, columns) = (record.len(), self.columns.len());
                fault(
                    None,
                    format!("it has {has} fields, and there are {columns} columns"),
                );
                continue;
            }
            match StringRecord::from_byte_record(record) {
                Ok(fields) => {
                    return Ok(Some(Row {
                        file: self.file.clone(),
                        line,
                        columns: self.columns.clone(),
                        fields,
                    }));
                }
                Err(refused) => {
                    let column = self.columns.get(refused.utf8_error().field());
                    fault(column, "it is not UTF-8".into());
                    record = refused.into_byte_record();
                }
            }
        }
    }
}

impl Row {
    /// A field as it stands there; `None` if there is no such column or nothing in it.
    pub(super) fn field(&self, column: &str) -> Option<&str> {
        let index = self.columns.iter().position(|name| name == column)?;
        self.fields.get(index).filter(|field| !field.is_empty())
    }

    /// A field without the white space around it.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        let text = self.field(column)?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// Something wrong in it.
    pub(super) fn fault(&self, column: &str, why: impl Into<String>) -> Fault {
        Fault {
            file: self.file.clone(),
            line: self.line,
            column: Some(column.into()),
            why: why.into(),
        }
    }
}
