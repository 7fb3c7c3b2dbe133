//! Numbers that a sheet shows in a form other than their digits.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{DataRef, Xlsx, XlsxError};

use super::cell::Cell;

/// Number formats that show the digits alone, for a number without a fraction.
const PLAIN: [&str; 3] = ["General", "0", "@"];

/// The positions of numbers in an .xlsx sheet whose format is not in [`PLAIN`].
pub(super) fn places(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
) -> Result<BTreeSet<(u32, u32)>, XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let is_plain: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| {
            let format = style.number_format.as_ref();
            format.is_none_or(|it| PLAIN.contains(&it.format_code.as_str()))
        })
        .collect();
    let mut places = BTreeSet::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let is_number = matches!(cell.get_value(), DataRef::Float(_) | DataRef::Int(_));
        if is_number && !is_plain.get(style).copied().unwrap_or(true) {
            places.insert(cell.get_position());
        }
    }
    Ok(places)
}

/// A cell, marked as `Shown` if the sheet may show its number in another form.
pub(super) fn told(cell: Cell, is_styled: bool) -> Cell {
    match cell {
        Cell::Number(number) if is_styled || number.starts_with('-') => Cell::Shown(number),
        Cell::Text(_) | Cell::Number(_) | Cell::Shown(_) | Cell::Unreadable(_) => cell,
    }
}
