//! A file with a header row, CSV or a workbook: its rows one by one, and the errors in them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use encoding_rs::Encoding;

use super::faults::Fault;
use super::records::{Record, Records};
use super::text::{self, LOST, Text};
use super::workbook::{self, Cell};
use crate::files;
use crate::formula::restored;

/// Maximum bytes of a file: ten times the size of 100,000 accounts with every column.
const BYTES_MAX: u64 = 1 << 29;

/// Separators between fields. A comma is usual; Excel writes a semicolon where numbers have a
/// decimal comma, and tabs in "Unicode text".
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// A header has at least this many known columns. That distinguishes it from the title of a cover
/// sheet.
const HEADER_MIN: usize = 2;

/// Columns whose cells must be text in a workbook. A number would lose its leading zeros without a
/// trace.
const TEXT_COLUMNS: [&str; 2] = ["password", "authenticators"];

/// Beginnings of the names of columns whose fields are taken as they are: people type them, or
/// programs need them. `accounts export` writes none of these columns.
const VERBATIM: [&str; 4] = ["password", "question_", "answer_", "authenticators"];

/// Whether a file is a workbook.
///
/// # Errors
///
/// When it cannot be read.
pub(super) fn is_workbook(path: &Path) -> Result<bool> {
    let bytes = bytes_of(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(workbook::is_workbook(&bytes))
}

/// How a file is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading<'a> {
    /// The encoding of a CSV file that does not say so itself.
    pub(super) encoding: Option<&'static Encoding>,
    /// The sheet of a workbook.
    pub(super) sheet: Option<&'a str>,
}

/// A file that is read row by row.
pub(super) struct Sheet {
    file: String,
    rows: Box<dyn Iterator<Item = RawRow>>,
    columns: Arc<Vec<String>>,
    /// The number of columns up to and including the last required one.
    required: usize,
    is_workbook: bool,
    /// A remark about which sheet was read.
    note: Option<Fault>,
}

/// A row as the file has it.
struct RawRow {
    line: u64,
    cells: Vec<Cell>,
    faults: Vec<(usize, &'static str)>,
    /// Whether more of the file follows this row, if only a line end.
    is_ended: bool,
}

/// A row, with as many fields as there are columns.
pub(super) struct Row {
    pub(super) file: String,
    pub(super) line: u64,
    pub(super) columns: Arc<Vec<String>>,
    fields: Vec<Field>,
}

struct Field {
    text: String,
    /// Whether an apostrophe stood before the text, which keeps a spreadsheet from reading a
    /// formula.
    is_marked: bool,
}

impl Sheet {
    /// Opens a file and reads its header. Returns `None` if the header lacks a required column,
    /// since the rows cannot be read then.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub(super) fn open(
        path: &Path,
        reading: Reading<'_>,
        known: &[String],
        required: &[&str],
        faults: &mut Vec<Fault>,
    ) -> Result<Option<Self>> {
        let file = path.display().to_string();
        let cannot = || format!("{file} cannot be read");
        let bytes = bytes_of(path).with_context(cannot)?;
        let is_workbook = workbook::is_workbook(&bytes);
        let mut note = None;
        let mut rows: Box<dyn Iterator<Item = RawRow>> = if is_workbook {
            let is_header = |cells: Vec<Cell>| {
                let names = RawRow::of_sheet(1, cells).names();
                let known = names.iter().filter(|name| known.contains(name));
                known.count() >= HEADER_MIN
            };
            let (rows, why) =
                workbook::rows(&bytes, reading.sheet, &is_header).with_context(cannot)?;
            note = why;
            Box::new(rows.map(|(line, cells)| RawRow::of_sheet(line, cells)))
        } else {
            let text = text::read(bytes, reading.encoding).with_context(cannot)?;
            Box::new(records(text, known).map(RawRow::from))
        };
        let header = rows.find(|row| !row.is_blank());
        let (line, names) = header.map_or((1, Vec::new()), |row| (row.line, row.names()));
        let columns = checked(&file, line, names, known, required, faults);
        let is_required = |name: &String| required.contains(&name.as_str());
        Ok(columns.map(|columns| Self {
            note: note.map(|why| Fault {
                file: file.clone(),
                line,
                column: None,
                why,
            }),
            file,
            rows,
            required: columns
                .iter()
                .rposition(is_required)
                .map_or(0, |last| last + 1),
            columns: Arc::new(columns),
            is_workbook,
        }))
    }

    /// The remark about which sheet of a workbook was read. Returned once.
    pub(super) fn note(&mut self) -> Option<Fault> {
        self.note.take()
    }

    /// The next row that is not empty and has the right shape. Rows with errors are reported and
    /// skipped.
    pub(super) fn next(&mut self, faults: &mut Vec<Fault>) -> Option<Row> {
        loop {
            let cells = self.rows.find(|row| !row.is_blank())?;
            let before = faults.len();
            let row = self.row(cells, faults);
            if faults.len() == before {
                return Some(row);
            }
        }
    }

    fn row(&self, cells: RawRow, faults: &mut Vec<Fault>) -> Row {
        let RawRow {
            line,
            mut cells,
            faults: wrong,
            is_ended,
        } = cells;
        let mut fault = |column: Option<String>, why: String| {
            faults.push(Fault {
                file: self.file.clone(),
                line,
                column,
                why,
            });
        };
        let (columns, all) = (self.columns.len(), cells.len());
        while cells.len() > columns && cells.last().is_some_and(Cell::is_blank) {
            cells.pop();
        }
        // Excel leaves out empty fields at the end of a row. A sheet of a workbook leaves out every
        // empty cell.
        if self.is_workbook || (is_ended && cells.len() >= self.required) {
            cells.resize_with(columns.max(cells.len()), Cell::blank);
        }
        for (index, why) in wrong {
            fault(Some(self.named(index)), why.into());
        }
        if cells.len() != columns {
            let hint = if cells.len() > columns {
                "a field with a separator in it needs quotation marks".into()
            } else if is_ended {
                let last = self.named(self.required.saturating_sub(1));
                format!("only empty fields after {last} may be left out")
            } else {
                "the file ends within this row, as if it had been cut off".to_owned()
            };
            fault(
                None,
                format!("the row has {all} fields, but there are {columns} columns: {hint}"),
            );
        }
        let mut fields = Vec::with_capacity(columns);
        for (index, cell) in cells.into_iter().enumerate() {
            let is_unnamed = self.columns.get(index).is_some_and(String::is_empty);
            if is_unnamed && !cell.is_blank() {
                fault(
                    Some(self.named(index)),
                    "the field is not empty, but its column has no name in the header".into(),
                );
            }
            match field(cell, &self.named(index)) {
                Ok(field) => fields.push(field),
                Err(why) => fault(Some(self.named(index)), why.into()),
            }
        }
        Row {
            file: self.file.clone(),
            line,
            columns: self.columns.clone(),
            fields,
        }
    }

    /// The name of a column. A column without a name in the header gets its number.
    fn named(&self, index: usize) -> String {
        let name = self.columns.get(index).filter(|name| !name.is_empty());
        name.map_or_else(|| (index + 1).to_string(), Clone::clone)
    }
}

/// The field of a cell in a column.
///
/// # Errors
///
/// Why the cell cannot be read as the person who wrote the sheet sees it.
fn field(cell: Cell, column: &str) -> Result<Field, &'static str> {
    let is_text_column = TEXT_COLUMNS.contains(&column);
    match cell {
        Cell::Number(_) if is_text_column => Err(
            "the cell is a number: give it the format Text and type it again, so that no zero is lost",
        ),
        Cell::Shown(_) if is_text_column => {
            Err("the cell is a number or a truth value: give it the format Text and type it again")
        }
        Cell::Shown(_) if column == "id" => Err(
            "the cell is a number that the sheet may show differently, such as 7 as 007, or a truth value, but an id is \
             permanent: give the column the format Text and type it again",
        ),
        Cell::Text(text) if text.contains(LOST) => Err(
            "a character was lost or is not UTF-8: save the file as \"CSV UTF-8\" or as .xlsx, or name its --encoding",
        ),
        Cell::Text(text) | Cell::Number(text) | Cell::Shown(text) => {
            let is_verbatim = VERBATIM.iter().any(|it| column.starts_with(it));
            Ok(Field::new(text, is_verbatim))
        }
        Cell::Unreadable(why) => Err(why),
    }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    let bytes = files::read_to_end(path, BYTES_MAX)?;
    let mebibytes = BYTES_MAX >> 20;
    bytes.with_context(|| format!("the file has more than {mebibytes} MiB: import it in parts"))
}

/// The records of a text. The separator is the one that the text names, or the one with which the
/// header has the most known columns.
fn records(text: Text, known: &[String]) -> Records {
    let Text {
        text,
        separator,
        line,
    } = text;
    let head: String = {
        let written = text.trim_start_matches(['\r', '\n', ' ']);
        written.split_inclusive(['\r', '\n']).take(2).collect()
    };
    let score = |separator: &char| {
        let mut records = Records::new(head.clone(), *separator, 1);
        let names = records.next().map(|record| RawRow::from(record).names());
        let names = names.unwrap_or_default();
        let known = names.iter().filter(|name| known.contains(name)).count();
        (known, names.len())
    };
    // Of equally good separators the first one wins.
    let best = || SEPARATORS.into_iter().rev().max_by_key(score);
    let separator = separator.or_else(best).unwrap_or(SEPARATORS[0]);
    Records::new(text, separator, line)
}

/// The columns of a header, or `None` after its errors are reported.
fn checked(
    file: &str,
    line: u64,
    mut names: Vec<String>,
    known: &[String],
    required: &[&str],
    faults: &mut Vec<Fault>,
) -> Option<Vec<String>> {
    let before = faults.len();
    let mut fault = |column: Option<String>, why: String| {
        faults.push(Fault {
            file: file.to_owned(),
            line,
            column,
            why,
        });
    };
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    if !names.iter().any(|name| known.contains(name)) {
        let example = required.join(",");
        fault(
            None,
            format!(
                "this row must be the header, such as {example}, but it names no column: --help lists all names"
            ),
        );
        return None;
    }
    let mut seen = BTreeSet::new();
    for (index, name) in names.iter().enumerate() {
        if name.is_empty() {
            continue;
        }
        // Reports the number and not the name: if the header was forgotten, the name is personal
        // data.
        if !known.contains(name) {
            fault(
                Some((index + 1).to_string()),
                format!("there is no column of this name, only {}", known.join(", ")),
            );
        } else if !seen.insert(name) {
            fault(Some(name.clone()), "the column occurs twice".into());
        }
    }
    for name in required {
        if !names.iter().any(|column| column == name) {
            fault(Some((*name).to_owned()), "the column is missing".into());
        }
    }
    for name in &names {
        let partner = match name.split_once('_') {
            Some(("question", id)) => format!("answer_{id}"),
            Some(("answer", id)) => format!("question_{id}"),
            Some(_) | None => continue,
        };
        if known.contains(&partner) && !names.contains(&partner) {
            fault(
                Some(partner),
                format!("the column is missing, which {name} needs"),
            );
        }
    }
    (faults.len() == before).then_some(names)
}

impl RawRow {
    fn of_sheet(line: u64, cells: Vec<Cell>) -> Self {
        Self {
            line,
            cells,
            faults: Vec::new(),
            is_ended: true,
        }
    }

    fn is_blank(&self) -> bool {
        self.faults.is_empty() && self.cells.iter().all(Cell::is_blank)
    }

    /// The cells as names of columns: in lower case, with `_` between words.
    fn names(self) -> Vec<String> {
        let folded = |text: String| {
            let visible = text
                .chars()
                .filter(|it| !matches!(it, '\u{200b}'..='\u{200f}' | '\u{feff}'));
            let visible: String = visible.collect();
            let name = visible.trim().to_lowercase();
            name.replace([' ', '-', '\u{a0}'], "_")
        };
        let names = self.cells.into_iter().map(|cell| match cell {
            Cell::Text(text) | Cell::Number(text) | Cell::Shown(text) => folded(text),
            Cell::Unreadable(_) => LOST.to_string(),
        });
        names.collect()
    }
}

impl From<Record> for RawRow {
    fn from(record: Record) -> Self {
        Self {
            line: record.line,
            cells: record.fields.into_iter().map(Cell::Text).collect(),
            faults: record.faults,
            is_ended: record.is_ended,
        }
    }
}

impl Field {
    fn new(written: String, is_verbatim: bool) -> Self {
        if is_verbatim {
            return Self {
                text: written,
                is_marked: false,
            };
        }
        let text = restored(&written);
        Self {
            is_marked: text.len() < written.len() && written.trim_start().starts_with('\''),
            text,
        }
    }
}

impl Row {
    /// A field exactly as the file has it. `None` if there is no such column or the field is empty.
    pub(super) fn field(&self, column: &str) -> Option<&str> {
        let index = self.columns.iter().position(|name| name == column)?;
        let field = self.fields.get(index).map(|field| field.text.as_str());
        field.filter(|field| !field.is_empty())
    }

    /// Whether an apostrophe stood before a field.
    pub(super) fn is_marked(&self, column: &str) -> bool {
        let index = self.columns.iter().position(|name| name == column);
        let field = index.and_then(|index| self.fields.get(index));
        field.is_some_and(|field| field.is_marked)
    }

    /// A field without the white space around it.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        let text = self.field(column)?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// An error or a warning about a field of this row.
    pub(super) fn fault(&self, column: &str, why: impl Into<String>) -> Fault {
        Fault {
            file: self.file.clone(),
            line: self.line,
            column: Some(column.into()),
            why: why.into(),
        }
    }
}
