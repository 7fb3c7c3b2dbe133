//! Workbooks that are small as files, but would be large if the import allocated their stated size.

use std::io::{Cursor, Read, Write};

use postern_server::accounts::Import;
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::imports::{CONTOSO, Imports};
use crate::support::Database;

/// The last row and the last column of a sheet (Microsoft, "Excel specifications and limits"), from
/// 0 on.
const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u16 = 16_383;

const HEADER: [&str; 3] = ["tenant", "id", "identifiers"];

async fn imports() -> (Database, Imports) {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    (database, imports)
}

/// A workbook with a header, a person in the second row, and the additional content of `write`.
fn xlsx(write: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, HEADER).unwrap();
    person(sheet, 1, "rosa");
    write(sheet);
    workbook.save_to_buffer().unwrap()
}

fn person(sheet: &mut rust_xlsxwriter::Worksheet, row: u32, id: &str) {
    let address = format!("{id}@contoso.example");
    sheet.write_row(row, 0, [CONTOSO, id, &address]).unwrap();
}

/// The archive with one text in one of its parts replaced by another.
pub(super) fn with(archive: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut read = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..read.len() {
        let mut entry = read.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = String::new();
        entry.read_to_string(&mut content).unwrap();
        if name == part {
            assert!(content.contains(from), "{content}");
            content = content.replacen(from, to, 1);
        }
        written
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        written.write_all(content.as_bytes()).unwrap();
    }
    written.finish().unwrap().into_inner()
}

/// An .ods file whose table has these rows after a header and a person.
pub(super) fn ods(rows: &str) -> Vec<u8> {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |texts: [&str; 3]| {
        format!(
            "<table:table-row>{}</table:table-row>",
            texts.map(cell).concat()
        )
    };
    let header = row(HEADER);
    let person = row([CONTOSO, "rosa", "rosa@contoso.example"]);
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"people\">\
         {header}{person}{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ] {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

async fn run(imports: &Imports, bytes: Vec<u8>) -> Result<String, String> {
    let import = Import {
        file: imports.file_named("accounts.xlsx", bytes),
        dry_run: true,
        ..Import::default()
    };
    let said = imports.take(import).await;
    said.map_err(|refused| format!("{refused:#}"))
}

pub(super) const SHEET: &str = "xl/worksheets/sheet1.xml";
const TEXTS: &str = "xl/sharedStrings.xml";
const ROSA: &str = "create contoso.example rosa\n1 would be created";

#[tokio::test]
async fn a_sheet_may_have_far_cells_and_only_what_is_there_is_kept() {
    let (_database, imports) = imports().await;
    let small = xlsx(|_| {});
    let format = rust_xlsxwriter::Format::new().set_bold();
    let empty_row = "<table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    for (what, bytes) in [
        ("no more", small.clone()),
        (
            "a last cell with blanks",
            xlsx(|sheet| {
                sheet.write(LAST_ROW, LAST_COLUMN, "  ").unwrap();
            }),
        ),
        (
            "a last cell with a look",
            xlsx(|sheet| {
                sheet.write_blank(LAST_ROW, LAST_COLUMN, &format).unwrap();
            }),
        ),
        (
            "a claim of all cells",
            with(&small, SHEET, "ref=\"A1:C2\"", "ref=\"A1:XFD1048576\""),
        ),
        (
            "a claim beyond all cells",
            with(&small, SHEET, "ref=\"A1:C2\"", "ref=\"A1:XFD99999999\""),
        ),
        ("an .ods", ods("")),
        ("an .ods to its end", ods(empty_row)),
        (
            "an .ods with looks to its end",
            ods(&empty_row.replace(
                "table:table-cell ",
                "table:table-cell table:style-name=\"ce1\" ",
            )),
        ),
        (
            "texts that are counted otherwise",
            with(
                &small,
                TEXTS,
                "uniqueCount=\"6\"",
                "uniqueCount=\"4000000\"",
            ),
        ),
    ] {
        let said = run(&imports, bytes).await;
        let said = said.unwrap_or_else(|refused| panic!("{what}: {refused}"));
        let lines = said
            .lines()
            .filter(|line| !line.contains(" of the policy of "));
        let said: String = lines.flat_map(|line| [line, "\n"]).collect();
        assert!(said.starts_with(ROSA), "{what}: {said}");
    }
    let last = xlsx(|sheet| person(sheet, LAST_ROW, ""));
    let file = imports.file_named("accounts.xlsx", last);
    let faults = imports
        .faults_of(Import {
            file,
            ..Import::default()
        })
        .await;
    assert!(
        faults.iter().all(|it| it.starts_with("1048576 ")) && !faults.is_empty(),
        "{faults:?}"
    );
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table")]
async fn a_workbook_that_would_need_too_much_is_refused_with_the_limit() {
    let (_database, imports) = imports().await;
    let small = xlsx(|_| {});
    let far =
        |cell: &str| format!("the cell {cell} is not empty, but only columns up to IV are read");
    let many = "the workbook has more than 5000000 cells: import it in parts, and delete cells far from the rest";
    let cell = |attributes: &str| {
        format!("<table:table-cell office:value-type=\"float\" office:value=\"1\" {attributes}/>")
    };
    let row = |attributes: &str, cells: &str| {
        format!("<table:table-row {attributes}>{cells}</table:table-row>")
    };
    let empty = row(
        "table:number-rows-repeated=\"1048573\"",
        "<table:table-cell/>",
    );
    let gap = "<table:table-cell table:number-columns-repeated=\"16383\"/>";
    for (what, bytes, told) in [
        (
            "the last cell of all",
            xlsx(|sheet| {
                sheet.write(LAST_ROW, LAST_COLUMN, "x").unwrap();
            }),
            far("XFD1048576"),
        ),
        (
            "the last cell of a row",
            xlsx(|sheet| {
                sheet.write(1, LAST_COLUMN, 1).unwrap();
            }),
            far("XFD2"),
        ),
        (
            "the first cell beyond",
            xlsx(|sheet| {
                sheet.write(7, 256, true).unwrap();
            }),
            far("IW8"),
        ),
        (
            "a claim of texts",
            with(
                &small,
                TEXTS,
                "uniqueCount=\"6\"",
                "uniqueCount=\"99999999999\"",
            ),
            many.to_owned(),
        ),
        (
            "an .ods with the last cell of all",
            ods(&(empty.clone() + &row("", &(gap.to_owned() + &cell(""))))),
            "the column 16384 is not empty, but only columns up to IV are read".to_owned(),
        ),
        (
            "an .ods with a cell again and again",
            ods(&row("", &cell("table:number-columns-repeated=\"16384\""))),
            "the column 16384 is not empty, but only columns up to IV are read".to_owned(),
        ),
        (
            "an .ods with a wide row far below",
            ods(&(empty.clone() + &row("", &cell("table:number-columns-repeated=\"90\"")))),
            many.to_owned(),
        ),
        (
            "an .ods with a row again and again",
            ods(&row(
                "table:number-rows-repeated=\"1048574\"",
                &cell("table:number-columns-repeated=\"5\""),
            )),
            many.to_owned(),
        ),
        (
            "an .ods with numbers beyond all",
            ods(&(row(
                "table:number-rows-repeated=\"99999999999999999999\"",
                "<table:table-cell/>",
            ) + &row("", &cell("")))),
            many.to_owned(),
        ),
        (
            "an .ods with a second table",
            ods(&format!(
                "</table:table><table:table table:name=\"more\">{}",
                empty.clone() + &row("", &cell("table:number-columns-repeated=\"90\""))
            )),
            many.to_owned(),
        ),
    ] {
        let refused = run(&imports, bytes).await.expect_err(what);
        assert!(refused.ends_with(&told), "{what}: {refused}");
        assert!(
            refused.contains("accounts.xlsx cannot be read"),
            "{refused}"
        );
    }
}
