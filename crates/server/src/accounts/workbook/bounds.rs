//! Limits on the size of a workbook, checked before any of it is kept. A small file may unpack to
//! any size, and two cells may be as far apart as a sheet is large.

mod xls;

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Cursor, Read};

use anyhow::{Result, bail, ensure};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// Maximum bytes of all parts of a workbook, unpacked: three times the size of 100,000 accounts
/// with every column.
const UNPACKED_MAX: u64 = 1 << 29;

/// Maximum cells of a workbook: nearly twice as many as 100,000 accounts with every column have.
pub(super) const CELLS_MAX: u64 = 5_000_000;

/// Maximum columns of a sheet, up to `IV`: ten times as many as an import knows, and as many as
/// .xls allows.
pub(super) const COLUMNS_MAX: u32 = 256;

/// Refuses a workbook that needs more memory than a real import could. If the file is damaged, its
/// reader reports that.
pub(super) fn check(bytes: &[u8]) -> Result<()> {
    check_within(bytes, UNPACKED_MAX)
}

fn check_within(bytes: &[u8], bytes_max: u64) -> Result<()> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return ensure_cells(xls::cells(bytes).unwrap_or_default());
    };
    let mut left = bytes_max;
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else {
            continue;
        };
        let name = part.name().map_or_else(|_| String::new(), Cow::into_owned);
        // Does not trust the size that the archive claims.
        let mut part = BufReader::new(part.take(left + 1));
        if name == "content.xml" {
            check_tables(&mut part)?;
        } else if name.ends_with("sharedStrings.xml") {
            check_texts(&mut part)?;
        }
        let _damaged = std::io::copy(&mut part, &mut std::io::sink());
        let unread = part.into_inner().limit();
        ensure!(
            unread > 0,
            "the workbook has more than {} MiB once it is unpacked: import it in parts",
            bytes_max >> 20
        );
        left = unread - 1;
    }
    Ok(())
}

/// Measures the tables of an .ods. An .ods says for a row or a cell how often it repeats.
fn check_tables(part: &mut impl BufRead) -> Result<()> {
    let mut reader = Reader::from_reader(part);
    // The reader of workbooks has the same setting.
    reader.config_mut().check_end_names = false;
    let (mut buffer, mut cells) = (Vec::new(), 0_u64);
    let (mut table, mut row) = (Table::default(), RowBounds::default());
    loop {
        buffer.clear();
        let Ok(event) = reader.read_event_into(&mut buffer) else {
            return Ok(());
        };
        match event {
            Event::Start(it) if it.name().0 == "table:table" => table = Table::default(),
            Event::Start(it) | Event::Empty(it) if it.name().0 == "table:table-row" => {
                table.ends(&row);
                row = RowBounds::new(&it);
            }
            Event::Start(it) | Event::Empty(it) if is_cell(&it) => row.goes_on(&it)?,
            Event::End(it) if it.name().0 == "table:table" => {
                table.ends(&row);
                row = RowBounds::default();
                cells = cells.saturating_add(table.rows_used.saturating_mul(table.columns));
                ensure_cells(cells)?;
            }
            Event::Eof => return Ok(()),
            Event::Start(_)
            | Event::Empty(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

/// Refuses more cells than can be read.
pub(super) fn ensure_cells(cells: u64) -> Result<()> {
    ensure!(
        cells <= CELLS_MAX,
        "the workbook has more than {CELLS_MAX} cells: import it in parts, and delete cells far from the rest"
    );
    Ok(())
}

/// Refuses a column beyond those that are read.
pub(super) fn ensure_column(row: u32, column: u32) -> Result<()> {
    if column >= COLUMNS_MAX {
        let last = letters(COLUMNS_MAX - 1);
        let (cell, row) = (letters(column), u64::from(row) + 1);
        bail!("the cell {cell}{row} is not empty, but only columns up to {last} are read");
    }
    Ok(())
}

/// The name of a column: `A` is the first, and `AA` follows `Z`.
fn letters(column: u32) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => letter.to_string(),
        before => letters(before - 1) + &letter.to_string(),
    }
}

#[derive(Default)]
struct Table {
    /// Rows up to the last non-empty one.
    rows_used: u64,
    rows: u64,
    columns: u64,
}

impl Table {
    fn ends(&mut self, row: &RowBounds) {
        self.rows = self.rows.saturating_add(row.times);
        if row.columns_used > 0 {
            self.rows_used = self.rows;
            self.columns = self.columns.max(row.columns_used);
        }
    }
}

#[derive(Default)]
struct RowBounds {
    times: u64,
    columns: u64,
    /// Columns up to the last non-empty one.
    columns_used: u64,
}

impl RowBounds {
    fn new(element: &BytesStart<'_>) -> Self {
        Self {
            times: times(element, "table:number-rows-repeated"),
            ..Self::default()
        }
    }

    fn goes_on(&mut self, cell: &BytesStart<'_>) -> Result<()> {
        let times = times(cell, "table:number-columns-repeated");
        self.columns = self.columns.saturating_add(times);
        if has_something(cell) {
            self.columns_used = self.columns;
            ensure!(
                self.columns <= u64::from(COLUMNS_MAX),
                "the column {} is not empty, but only columns up to {} are read",
                self.columns,
                letters(COLUMNS_MAX - 1)
            );
        }
        Ok(())
    }
}

fn is_cell(element: &BytesStart<'_>) -> bool {
    matches!(
        element.name().0,
        "table:table-cell" | "table:covered-table-cell"
    )
}

/// How often a row or a cell repeats.
fn times(element: &BytesStart<'_>, name: &str) -> u64 {
    let written = element.try_get_attribute(name).ok().flatten();
    written.map_or(1, |it| it.value.parse().unwrap_or(u64::MAX))
}

/// Whether a cell has a value or a formula, and not only a style.
fn has_something(cell: &BytesStart<'_>) -> bool {
    let names = ["office:", "calcext:", "table:formula"];
    let mut attributes = cell.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    attributes.any(|it| names.iter().any(|name| it.key.0.starts_with(name)))
}

/// Limits the number of texts that an .xlsx claims to have. The reader allocates memory for that
/// many.
fn check_texts(part: &mut impl BufRead) -> Result<()> {
    let mut reader = Reader::from_reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(it)) if it.local_name().into_inner() == "sst" => {
                return match it.try_get_attribute("uniqueCount") {
                    Ok(Some(count)) => ensure_cells(count.value.parse().unwrap_or(0)),
                    Ok(None) | Err(_) => Ok(()),
                };
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive
                .start_file(*name, SimpleFileOptions::default())
                .expect("a part");
            archive.write_all(content).expect("its content");
        }
        archive.finish().expect("an archive").into_inner()
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_whatever_it_claims() {
        let mebibyte = vec![0; 1 << 20];
        let within = |parts: &[(&str, &[u8])]| check_within(&archive(parts), 1 << 20);
        assert!(within(&[("a", &mebibyte)]).is_ok());
        let (most, rest) = mebibyte.split_at(1_000_000);
        assert!(within(&[("a", most), ("b", rest)]).is_ok());
        for parts in [
            &[("a", &mebibyte[..]), ("b", b"x")][..],
            &[("a", most), ("b", most)],
            &[("xl/sharedStrings.xml", &mebibyte), ("b", b"x")],
            &[("content.xml", &mebibyte), ("b", b"x")],
        ] {
            let refused = within(parts).expect_err("it is too much").to_string();
            assert_eq!(
                refused,
                "the workbook has more than 1 MiB once it is unpacked: import it in parts"
            );
        }
        // A part that claims in the directory to be small is read no further than it claims. That
        // holds for the reader of workbooks as well.
        let mut lies = archive(&[("a", &[mebibyte.as_slice(), b"x"].concat())]);
        let size = (1_u32 << 20) + 1;
        let claimed = lies.windows(4).rposition(|it| it == size.to_le_bytes());
        let claimed = claimed.expect("its size");
        lies[claimed..claimed + 4].copy_from_slice(&9_u32.to_le_bytes());
        let mut archive = ZipArchive::new(Cursor::new(lies.as_slice())).expect("it is an archive");
        let mut unpacked = Vec::new();
        let part = archive.by_index(0).expect("it has a part");
        let _damaged = part.take(1 << 21).read_to_end(&mut unpacked);
        assert!(unpacked.len() <= 9, "{}", unpacked.len());
        for damaged in [b"PK\x03\x04".as_slice(), b"", &lies[..lies.len() / 2]] {
            assert!(check_within(damaged, 1 << 20).is_ok());
        }
    }

    #[test]
    fn columns_have_the_names_that_sheets_give_them() {
        for (column, name) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (255, "IV"),
            (701, "ZZ"),
            (702, "AAA"),
            (16_383, "XFD"),
        ] {
            assert_eq!(letters(column), name);
        }
    }
}
