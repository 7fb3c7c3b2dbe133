//! Cells with a formula. A program that does not compute formulas stores them without a result.
//! Such a cell is not an empty cell.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Cursor};

use anyhow::{Result, bail};
use calamine::{Data, Range, Xlsb, XlsbError};
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::bounds;
use super::cell::{Cell, FAILED, cell};

const WITHOUT_RESULT: &str = "the cell is a formula without a stored result: open the file in the spreadsheet program and save it there";

/// Beginnings of the text of an error in an .ods.
const ERRORS: [&str; 2] = ["#", "Err:"];

/// Whether an .xlsx asks the spreadsheet program to compute all formulas when it opens the file. A
/// program that wrote zeros in place of results asks for that.
pub(super) fn are_left_to_compute(bytes: &[u8]) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    archive
        .by_name("xl/workbook.xml")
        .is_ok_and(|part| is_asked_for(BufReader::new(part)))
}

fn is_asked_for(part: impl BufRead) -> bool {
    let mut reader = Reader::from_reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(it) | Event::Empty(it)) if it.local_name().into_inner() == "calcPr" => {
                let asked = it.try_get_attribute("fullCalcOnLoad").ok().flatten();
                return asked.is_some_and(|it| matches!(&*it.value, "1" | "true"));
            }
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// The cell that a formula shows. A formula without a value is an error, never an empty cell. An
/// empty text counts as an empty cell.
pub(super) fn shown(data: &Data, are_zeros_made_up: bool) -> Cell {
    let is_zero = matches!(data, Data::Int(0)) || matches!(data, Data::Float(it) if *it == 0.0);
    if matches!(data, Data::Empty) || (is_zero && are_zeros_made_up) {
        return Cell::Unreadable(WITHOUT_RESULT);
    }
    cell(data)
}

/// The cell that a formula of an .ods shows. There an error is a text.
pub(super) fn shown_in_ods(data: &Data) -> Cell {
    let begins = |text: &str| ERRORS.iter().any(|it| text.starts_with(it));
    if matches!(data, Data::String(text) if begins(text)) {
        return Cell::Unreadable(FAILED);
    }
    shown(data, false)
}

/// The cell that a formula of an .xls shows. An .xls stores a formula without a result as one whose
/// result is an empty text.
pub(super) fn shown_in_xls(data: &Data) -> Cell {
    if matches!(data, Data::String(text) if text.is_empty()) {
        return Cell::Unreadable(
            "the cell is a formula that shows nothing, or has no stored result, which look the same in an .xls: save the file as .xlsx \
             in the spreadsheet program",
        );
    }
    cell(data)
}

/// The positions of a sheet's formulas.
pub(super) fn places(formulas: &Range<String>) -> Result<BTreeSet<(u32, u32)>> {
    let (first, left) = formulas.start().unwrap_or_default();
    let places = formulas
        .used_cells()
        .map(|(row, column, _)| Ok((u32::try_from(row)? + first, u32::try_from(column)? + left)));
    places.collect()
}

/// The positions of a sheet's formulas in an .xlsb. Its reader leaves out the cell of a formula
/// that shows an error.
pub(super) fn places_in_xlsb(
    workbook: &mut Xlsb<Cursor<&[u8]>>,
    name: &str,
) -> Result<BTreeSet<(u32, u32)>> {
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let mut places = BTreeSet::new();
    loop {
        match reader.next_formula() {
            Ok(Some(formula)) => places.insert(formula.get_position()),
            Ok(None) => return Ok(places),
            Err(XlsbError::Io(error)) => return Err(error.into()),
            Err(_) => bail!("the workbook has a formula that cannot be read: save it as .xlsx"),
        };
        bounds::ensure_cells(places.len() as u64)?;
    }
}

/// The content of an .xlsb cell that has a formula and that the reader leaves out.
pub(super) const fn failed() -> Cell {
    Cell::Unreadable(FAILED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_xls_keeps_of_a_formula_without_a_result_is_no_empty_cell() {
        let why = |cell: &Cell| match cell {
            Cell::Unreadable(why) => Some(*why),
            Cell::Text(_) | Cell::Number(_) | Cell::Shown(_) => None,
        };
        let shown = |text: &str| shown_in_xls(&Data::String(text.into()));
        assert!(why(&shown("")).is_some_and(|why| why.contains("save the file as .xlsx")));
        assert!(why(&shown("#7")).is_none() && !shown("#7").is_blank());
        assert!(shown_in_xls(&Data::Empty).is_blank());
        assert!(!shown_in_xls(&Data::Float(0.0)).is_blank());
    }
}
