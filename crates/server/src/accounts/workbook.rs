//! A workbook of Excel or `LibreOffice`: the rows of one sheet as text.

use std::io::Cursor;

use anyhow::{Context, Result, bail};
use calamine::{
    Data, Reader, SheetType, SheetVisible, Sheets, XlsxError, open_workbook_auto_from_rs,
};

mod bounds;
mod cell;
mod formulas;
mod styles;

pub(super) use cell::Cell;
use cell::cell;

/// First bytes of a zip archive (.xlsx, .xlsb, .ods), and of an older workbook (.xls, or one with a
/// password).
const MAGIC: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];

/// Whether a file is a workbook, by its first bytes.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    MAGIC.iter().any(|magic| bytes.starts_with(magic))
}

/// Rows, each with its number.
type Rows = Box<dyn Iterator<Item = (u64, Vec<Cell>)>>;

/// The rows of a sheet, and a remark about the choice of the sheet. Reads the sheet with the given
/// name. Without a name it reads the first visible sheet, or the only other sheet that begins with
/// a header.
pub(super) fn rows(
    bytes: &[u8],
    sheet: Option<&str>,
    is_header: &dyn Fn(Vec<Cell>) -> bool,
) -> Result<(Rows, Option<String>)> {
    bounds::check(bytes)?;
    let workbook = open_workbook_auto_from_rs(Cursor::new(bytes));
    let sheets = workbook
        .ok()
        .context("the workbook cannot be read: it may have a password, or be damaged")?;
    let mut workbook = Workbook {
        sheets,
        is_left_to_compute: formulas::are_left_to_compute(bytes),
    };
    let (name, mut note) = match sheet {
        Some(name) => (named(&workbook, name)?, None),
        None => chosen(&mut workbook, is_header)?,
    };
    let cells = cells(&mut workbook, &name, Extent::All)
        .with_context(|| format!("the sheet {name:?} cannot be read"))?;
    if sheet.is_none() && !has_rows(&cells) {
        note = elsewhere(&mut workbook, &name, is_header).or(note);
    }
    Ok((Box::new(in_rows(cells)), note))
}

struct Workbook<'b> {
    sheets: Sheets<Cursor<&'b [u8]>>,
    /// Whether the workbook may hold a zero in place of a formula's result that was never computed.
    is_left_to_compute: bool,
}

/// The names of the sheets with cells, in their order: all sheets, or the visible ones.
fn names(workbook: &Workbook<'_>, are_all: bool) -> Vec<String> {
    let sheets = workbook.sheets.sheets_metadata().iter();
    let sheets = sheets.filter(|it| {
        it.typ == SheetType::WorkSheet && (are_all || it.visible == SheetVisible::Visible)
    });
    sheets.map(|it| it.name.clone()).collect()
}

/// The sheet with a given name. It may be hidden, though the error message offers visible sheets
/// only.
fn named(workbook: &Workbook<'_>, name: &str) -> Result<String> {
    // Two sheets of a workbook never differ in case alone.
    let mut all = names(workbook, true).into_iter();
    let same = all.find(|it| it.to_lowercase() == name.to_lowercase());
    same.with_context(|| {
        format!(
            "the workbook has no sheet {name:?}, only {}",
            listed(&names(workbook, false))
        )
    })
}

/// Chooses the first sheet, unless exactly one other sheet begins with a header. Also returns a
/// remark for a person who named no sheet.
fn chosen(
    workbook: &mut Workbook<'_>,
    is_header: &dyn Fn(Vec<Cell>) -> bool,
) -> Result<(String, Option<String>)> {
    let names = names(workbook, false);
    let first = names.first().context("the workbook has no visible sheet")?;
    let mut with_header = names.clone();
    with_header.retain(|name| {
        let row = cells(workbook, name, Extent::FirstRow).ok().map(in_rows);
        let row = row.and_then(|mut rows| rows.next());
        row.is_some_and(|(_, row)| is_header(row))
    });
    Ok(match &with_header[..] {
        _ if names.len() == 1 => (first.clone(), None),
        [only] if only == first => (first.clone(), None),
        [only] => {
            let note = format!(
                "the sheet {only:?} was read, since only this one begins with a header of known columns"
            );
            (only.clone(), Some(note))
        }
        [one, others @ ..] if one == first => {
            let note = format!(
                "only the sheet {first:?} was read, but {} begins with a header of known columns too: import it with --sheet NAME",
                listed(others)
            );
            (first.clone(), Some(note))
        }
        [] => bail!(
            "none of the sheets begins with a header of known columns: {}. --help lists the names of the columns, and --sheet NAME reads \
             one sheet",
            listed(&names)
        ),
        several => bail!(
            "the first sheet, {first:?}, does not begin with a header of known columns, but several others do: {}. Name one with --sheet \
             NAME",
            listed(several)
        ),
    })
}

/// Whether there are rows besides the header.
fn has_rows(cells: &[Placed]) -> bool {
    let first = cells.iter().map(|(row, ..)| row).min();
    cells.iter().any(|(row, ..)| Some(row) != first)
}

/// A remark about a sheet that has a header alone: names the other sheets that have rows,
/// preferably those with a header.
fn elsewhere(
    workbook: &mut Workbook<'_>,
    name: &str,
    is_header: &dyn Fn(Vec<Cell>) -> bool,
) -> Option<String> {
    let (mut with_header, mut others) = (Vec::new(), Vec::new());
    for other in names(workbook, false).into_iter().filter(|it| it != name) {
        let read = cells(workbook, &other, Extent::All).ok();
        let Some(read) = read.filter(|read| has_rows(read)) else {
            continue;
        };
        let mut rows = in_rows(read);
        if rows.next().is_some_and(|(_, row)| is_header(row)) {
            with_header.push(other);
        } else {
            others.push(other);
        }
    }
    let found = if with_header.is_empty() {
        others
    } else {
        with_header
    };
    let has = if found.len() == 1 { "has" } else { "have" };
    let found = (!found.is_empty()).then(|| listed(&found))?;
    Some(format!(
        "the sheet {name:?} was read and has nothing below its header, but {found} {has} rows: import it with --sheet NAME"
    ))
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    names.join(", ")
}

/// Cells as rows, each with its number.
fn in_rows(mut cells: Vec<Placed>) -> impl Iterator<Item = (u64, Vec<Cell>)> + use<> {
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    let mut cells = cells.into_iter().peekable();
    std::iter::from_fn(move || {
        let row = cells.peek()?.0;
        let mut fields = Vec::new();
        while let Some((_, column, cell)) = cells.next_if(|(next, ..)| *next == row) {
            // Fills the row up to this column. If a cell occurs twice, the later one takes its
            // place.
            fields.resize_with(column as usize, Cell::blank);
            fields.push(cell);
        }
        Some((u64::from(row) + 1, fields))
    })
}

/// How much of a sheet is read.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Extent {
    All,
    FirstRow,
}

/// A non-empty cell, with its row and its column.
type Placed = (u32, u32, Cell);

/// The non-empty cells of a sheet, or of its first non-empty row. Cells may be far apart, so the
/// empty cells between them are never allocated.
fn cells(workbook: &mut Workbook<'_>, name: &str, extent: Extent) -> Result<Vec<Placed>> {
    let mut cells: Vec<Placed> = Vec::new();
    // Returns whether to read on.
    let mut add = |(row, column): (u32, u32), cell: Cell| {
        if cell.is_blank() {
            return Ok(true);
        }
        let is_behind = |(first, ..): &Placed| *first < row;
        if extent == Extent::FirstRow && cells.first().is_some_and(is_behind) {
            return Ok(false);
        }
        bounds::ensure_column(row, column)?;
        cells.push((row, column, cell));
        bounds::ensure_cells(cells.len() as u64)?;
        anyhow::Ok(true)
    };
    let is_left = workbook.is_left_to_compute;
    match &mut workbook.sheets {
        Sheets::Xlsx(workbook) => {
            let styled = match styles::places(workbook, name) {
                // The sheet is a chart.
                Err(XlsxError::NotAWorksheet(_)) => return Ok(cells),
                styled => styled?,
            };
            let mut reader = workbook.worksheet_cells_reader(name)?;
            while let Some(it) = reader.next_cell_with_formula_metadata()? {
                let data = Data::from(it.value);
                let shown = match it.formula {
                    Some(_) => formulas::shown(&data, is_left),
                    None => cell(&data),
                };
                if !add(it.pos, styles::told(shown, styled.contains(&it.pos)))? {
                    break;
                }
            }
        }
        Sheets::Xlsb(workbook) => {
            let mut untold = formulas::places_in_xlsb(workbook, name)?;
            let mut reader = workbook.worksheet_cells_reader(name)?;
            while let Some(it) = reader.next_cell()? {
                untold.remove(&it.get_position());
                let shown = cell(&Data::from(it.get_value().clone()));
                if !add(it.get_position(), styles::told(shown, true))? {
                    break;
                }
            }
            for place in untold {
                add(place, formulas::failed())?;
            }
        }
        Sheets::Xls(_) | Sheets::Ods(_) => {
            let is_ods = matches!(workbook.sheets, Sheets::Ods(_));
            let mut untold = formulas::places(&workbook.sheets.worksheet_formula(name)?)?;
            let range = workbook.sheets.worksheet_range(name)?;
            let (first, left) = range.start().unwrap_or_default();
            for (row, column, data) in range.used_cells() {
                let place = (u32::try_from(row)? + first, u32::try_from(column)? + left);
                let shown = match (untold.remove(&place), is_ods) {
                    (true, true) => formulas::shown_in_ods(data),
                    (false, true) => cell(data),
                    (_, false) => formulas::shown_in_xls(data),
                };
                if !add(place, styles::told(shown, true))? {
                    break;
                }
            }
            for place in untold {
                add(place, formulas::shown(&Data::Empty, false))?;
            }
        }
    }
    Ok(cells)
}
