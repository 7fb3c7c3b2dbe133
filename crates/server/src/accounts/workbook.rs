//! A workbook of Excel or of `LibreOffice`: one sheet of it, row by row, as text.

use std::io::Cursor;

use anyhow::{Context, Result, bail};
use calamine::{Data, Reader, SheetVisible, Sheets, XlsxError, open_workbook_auto_from_rs};

mod bounds;

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

impl Cell {
    pub(super) fn blank() -> Self {
        Self::Text(String::new())
    }

    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Unreadable(_) => false,
        }
    }
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
    bounds::check(bytes)?;
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
    let name = name.clone();
    let mut cells = cells(&mut workbook, &name)
        .with_context(|| format!("its sheet {name:?} cannot be read"))?;
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    let mut cells = cells.into_iter().peekable();
    Ok(std::iter::from_fn(move || {
        let row = cells.peek()?.0;
        let mut fields = Vec::new();
        while let Some((_, column, cell)) = cells.next_if(|(next, ..)| *next == row) {
            // As many as are before it, and it in their place if it is there twice.
            fields.resize_with(column as usize, Cell::blank);
            fields.push(cell);
        }
        Some((u64::from(row) + 1, fields))
    }))
}

/// A cell with something in it, by its row and its column.
type Placed = (u32, u32, Cell);

/// The cells of a sheet that have something in them: as it may be far from one to the next, none is made for the room between.
fn cells(workbook: &mut Sheets<Cursor<&[u8]>>, name: &str) -> Result<Vec<Placed>> {
    let mut cells = Vec::new();
    let mut add = |(row, column): (u32, u32), data: &Data| {
        let cell = cell(data);
        if cell.is_blank() {
            return Ok(());
        }
        bounds::ensure_column(row, column)?;
        cells.push((row, column, cell));
        bounds::ensure_cells(cells.len() as u64)
    };
    match workbook {
        Sheets::Xlsx(workbook) => {
            let mut reader = match workbook.worksheet_cells_reader(name) {
                Ok(reader) => reader,
                // It has a chart alone.
                Err(XlsxError::NotAWorksheet(_)) => return Ok(cells),
                Err(error) => return Err(error.into()),
            };
            while let Some(cell) = reader.next_cell()? {
                add(cell.get_position(), &Data::from(cell.get_value().clone()))?;
            }
        }
        Sheets::Xlsb(workbook) => {
            let mut reader = workbook.worksheet_cells_reader(name)?;
            while let Some(cell) = reader.next_cell()? {
                add(cell.get_position(), &Data::from(cell.get_value().clone()))?;
            }
        }
        Sheets::Xls(_) | Sheets::Ods(_) => {
            let range = workbook.worksheet_range(name)?;
            let (first, left) = range.start().unwrap_or_default();
            for (row, column, data) in range.used_cells() {
                let place = (u32::try_from(row)? + first, u32::try_from(column)? + left);
                add(place, data)?;
            }
        }
    }
    Ok(cells)
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
