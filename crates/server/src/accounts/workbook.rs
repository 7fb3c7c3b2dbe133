//! A workbook of Excel or of `LibreOffice`: one sheet of it, row by row, as text.

use std::io::Cursor;

use anyhow::{Context, Result, bail};
use calamine::{Data, Range, Reader, SheetVisible, open_workbook_auto_from_rs};

/// What a file begins with that is a zip archive (.xlsx, .xlsb, .ods) or an older workbook (.xls, or one with a password).
const MAGIC: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];

/// The most digits that a sheet keeps of a number (Microsoft, "Excel specifications and limits": number precision).
const DIGITS_MAX: i32 = 15;

/// What stands in a cell.
pub(super) enum Cell {
    Text(String),
    /// A number without a fraction, as digits.
    Number(String),
    /// Something else, and what to do about it.
    Unreadable(&'static str),
}

/// Whether a file is a workbook, by how it begins.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    MAGIC.iter().any(|magic| bytes.starts_with(magic))
}

/// The rows of a sheet, each with its number: the sheet of that name, or the first that can be seen.
pub(super) fn rows(
    bytes: &[u8],
    sheet: Option<&str>,
) -> Result<impl Iterator<Item = (u64, Vec<Cell>)> + use<>> {
    let workbook = open_workbook_auto_from_rs(Cursor::new(bytes));
    let mut workbook = workbook
        .ok()
        .context("it is no workbook that can be read: it may have a password, or be damaged")?;
    let sheets = workbook.sheets_metadata();
    let visible = sheets
        .iter()
        .filter(|it| it.visible == SheetVisible::Visible);
    let names: Vec<String> = visible.map(|it| it.name.clone()).collect();
    let name = match sheet {
        // No two of a workbook differ in case alone.
        Some(name) => {
            let mut same = names
                .iter()
                .filter(|it| it.to_lowercase() == name.to_lowercase());
            let Some(same) = same.next() else {
                bail!("it has no sheet {name:?}, only {}", names.join(", "));
            };
            same
        }
        None => names.first().context("it has no sheet that can be seen")?,
    };
    let range = workbook.worksheet_range(name);
    let range = range.with_context(|| format!("its sheet {name:?} cannot be read"))?;
    Ok(cells(&range))
}

fn cells(range: &Range<Data>) -> impl Iterator<Item = (u64, Vec<Cell>)> + use<> {
    let (first, left) = range.start().unwrap_or_default();
    let rows: Vec<Vec<Cell>> = range
        .rows()
        .map(|row| {
            let before = (0..left).map(|_| Cell::Text(String::new()));
            before.chain(row.iter().map(cell)).collect()
        })
        .collect();
    (u64::from(first) + 1..).zip(rows)
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Text(String::new()),
        Data::String(text) => Cell::Text(text.clone()),
        Data::Bool(is_true) => Cell::Text(if *is_true { "yes" } else { "no" }.to_owned()),
        Data::Int(number) => Cell::Number(number.to_string()),
        Data::Float(number) => float(*number),
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => {
            Cell::Unreadable("the cell is a date: give it the format Text and type it again")
        }
        Data::Error(_) => Cell::Unreadable("the cell shows an error of its formula"),
    }
}

/// A number as its digits; never more of them than the sheet has.
fn float(number: f64) -> Cell {
    if number.fract() != 0.0 {
        return Cell::Unreadable(
            "the cell is a number with a fraction: give it the format Text and type it again",
        );
    }
    if number.abs() >= 10_f64.powi(DIGITS_MAX) {
        return Cell::Unreadable(
            "the cell is a number of more than 15 digits, and Excel keeps no more: give it the format Text and type it again",
        );
    }
    Cell::Number(format!("{number:.0}"))
}
