//! Tests of cells with a formula without a stored result: none of them counts as an empty cell.

use std::io::{Cursor, Write};

use postern_server::accounts::Import;
use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::bounds::{SHEET, ods, with};
use super::imports::{CONTOSO, Imports};
use crate::support::Database;

const WITHOUT_RESULT: &str = "the cell is a formula without a stored result: open the file in the spreadsheet program and save it there";
const FAILED: &str = "the cell shows an error of its formula";

const COLUMNS: [&str; 4] = ["tenant", "id", "identifiers", "names"];

/// A person with this content in cell `D2`.
fn xlsx(cell: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, COLUMNS).unwrap();
    let person = [CONTOSO, "rosa", "rosa@contoso.example"];
    sheet.write_row(1, 0, person).unwrap();
    sheet.write(1, 3, 42).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    with(&bytes, SHEET, "<c r=\"D2\"><v>42</v></c>", cell)
}

async fn imports() -> (Database, Imports) {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    (database, imports)
}

async fn faults(imports: &Imports, bytes: Vec<u8>) -> Vec<String> {
    let file = imports.file_named("accounts.xlsx", bytes);
    let import = Import {
        file,
        ..Import::default()
    };
    imports.faults_of(import).await
}

/// Rosa's names after an import of this file.
async fn names(imports: &Imports, bytes: Vec<u8>) -> Vec<String> {
    let file = imports.file_named("accounts.xlsx", bytes);
    imports.run(file, None, false).await.unwrap();
    imports.account(CONTOSO, "rosa").await.unwrap().person.names
}

#[tokio::test]
async fn a_formula_without_a_result_is_refused_and_empties_nothing() {
    let (_database, imports) = imports().await;
    let known = xlsx("<c r=\"D2\" t=\"str\"><v>Rosa</v></c>");
    assert_eq!(names(&imports, known).await, ["Rosa"]);
    for cell in [
        "<c r=\"D2\"><f>CONCATENATE(A2,B2)</f><v></v></c>",
        "<c r=\"D2\"><f>CONCATENATE(A2,B2)</f><v/></c>",
        "<c r=\"D2\"><f>B2</f></c>",
        "<c r=\"D2\"><v/><f>B2</f></c>",
        "<c r=\"D2\" t=\"n\"><f>B2</f><v></v></c>",
        "<c r=\"D2\" t=\"s\"><f>B2</f><v></v></c>",
        "<c r=\"D2\" t=\"b\"><f>B2=1</f><v/></c>",
        "<c r=\"D2\" t=\"str\"><f>B2</f></c>",
        "<c r=\"D2\" s=\"0\"><f ca=\"1\">TODAY()</f><v/></c>",
        "<c r=\"D2\"><f t=\"shared\" ref=\"D2:D9\" si=\"0\">B2</f><v></v></c>",
        "<c r=\"D2\"><f t=\"shared\" si=\"0\"/><v></v></c>",
        "<c r=\"D2\"><f t=\"array\" ref=\"D2:D3\">B2:B3</f><v></v></c>",
        "<c r=\"D2\"><f/><v/></c>",
        "<c r=\"D2\"><f></f></c>",
        // The workbook asks for a complete calculation: a program wrote a zero in the place of a
        // result.
        "<c r=\"D2\"><f>B2</f><v>0</v></c>",
        "<c r=\"D2\" t=\"n\"><f t=\"shared\" si=\"3\"/><v>0.0</v></c>",
    ] {
        let wanted = format!("2 names: {WITHOUT_RESULT}");
        assert_eq!(faults(&imports, xlsx(cell)).await, [wanted], "{cell}");
    }
    let rosa = imports.account(CONTOSO, "rosa").await.unwrap();
    assert_eq!(rosa.person.names, ["Rosa"]);
}

#[tokio::test]
async fn a_formula_with_a_result_is_what_it_shows() {
    let (_database, imports) = imports().await;
    let empty: [&str; 0] = [];
    for (cell, shown) in [
        (
            "<c r=\"D2\" t=\"str\"><f>B2</f><v>Rosa</v></c>",
            &["Rosa"][..],
        ),
        (
            "<c r=\"D2\" t=\"str\"><v>Rosa</v><f>B2</f></c>",
            &["Rosa"][..],
        ),
        // Its result is a text without a letter.
        ("<c r=\"D2\" t=\"str\"><f>\"\"</f><v></v></c>", &empty[..]),
        ("<c r=\"D2\" t=\"str\"><f>\"\"</f><v/></c>", &empty[..]),
        ("<c r=\"D2\"><f>6*7</f><v>42</v></c>", &["42"][..]),
        ("<c r=\"D2\" t=\"b\"><f>1=1</f><v>1</v></c>", &["yes"][..]),
        ("<c r=\"D2\"/>", &empty[..]),
        ("<c r=\"D2\"><v>0</v></c>", &["0"][..]),
        ("<c r=\"D2\"><v/></c>", &empty[..]),
    ] {
        assert_eq!(names(&imports, xlsx(cell)).await, shown, "{cell}");
    }
    let computed = with(
        &xlsx("<c r=\"D2\"><f>1-1</f><v>0</v></c>"),
        "xl/workbook.xml",
        "fullCalcOnLoad=\"1\"",
        "",
    );
    assert_eq!(names(&imports, computed).await, ["0"]);
}

#[tokio::test]
async fn a_formula_of_an_ods_without_a_result_or_with_an_error_is_refused() {
    let (_database, imports) = imports().await;
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    for (cell, why) in [
        (
            "<table:table-cell table:formula=\"of:=[.B2]\"/>",
            WITHOUT_RESULT,
        ),
        (
            "<table:table-cell table:formula=\"of:=[.B2]\"><text:p>sami</text:p></table:table-cell>",
            WITHOUT_RESULT,
        ),
        (
            "<table:table-cell table:formula=\"of:=NA()\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#N/A</text:p></table:table-cell>",
            FAILED,
        ),
        (
            "<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>Err:502</text:p></table:table-cell>",
            FAILED,
        ),
    ] {
        let row = format!(
            "<table:table-row>{}{}{cell}</table:table-row>",
            text(CONTOSO),
            text("sami")
        );
        let wanted = format!("3 identifiers: {why}");
        assert_eq!(faults(&imports, ods(&row)).await, [wanted], "{cell}");
    }
    let cell = "<table:table-cell table:formula=\"of:=[.B2]\" office:value-type=\"string\" office:string-value=\"sami@contoso.example\"/>";
    let row = format!(
        "<table:table-row>{}{}{cell}</table:table-row>",
        text(CONTOSO),
        text("sami")
    );
    let file = imports.file_named("accounts.ods", ods(&row));
    imports.run(file, None, false).await.unwrap();
    assert!(imports.account(CONTOSO, "sami").await.is_some());
}

/// A record of an .xlsb ([MS-XLSB] 2.1.4).
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut record = match kind {
        0..128 => vec![u8::try_from(kind).unwrap()],
        _ => vec![
            u8::try_from(kind & 0x7f).unwrap() | 0x80,
            u8::try_from(kind >> 7).unwrap(),
        ],
    };
    assert!(data.len() < 128, "its length is one byte");
    record.push(u8::try_from(data.len()).unwrap());
    record.extend(data);
    record
}

fn wide(text: &str) -> Vec<u8> {
    let length = u32::try_from(text.encode_utf16().count()).unwrap();
    let letters = text.encode_utf16().flat_map(u16::to_le_bytes);
    length.to_le_bytes().into_iter().chain(letters).collect()
}

/// A cell in a column, with its kind and the bytes of its value.
fn cell(column: u32, kind: u16, value: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes(), &[0; 4], value].concat())
}

/// The bytes after the value of a formula: its flags, and a number as its only part.
const FORMULA: [u8; 13] = [0, 0, 3, 0, 0, 0, 0x1e, 1, 0, 0, 0, 0, 0];

fn xlsb(last: &[u8]) -> Vec<u8> {
    let row = |number: u32| record(0, &[&number.to_le_bytes()[..], &[0; 13]].concat());
    let texts = |texts: &[&str]| -> Vec<u8> {
        let cells = (0..).zip(texts);
        cells
            .flat_map(|(column, text)| cell(column, 6, &wide(text)))
            .collect()
    };
    let person = texts(&[CONTOSO, "rosa", "rosa@contoso.example"]);
    let begins = [record(0x94, &[0; 16]), record(0x91, &[])].concat();
    let rows = [row(0), texts(&COLUMNS), row(1), person, last.to_vec()].concat();
    let sheet = [begins, rows, record(0x92, &[])].concat();
    let bundle = [
        &[0; 4][..],
        &1_u32.to_le_bytes(),
        &wide("rId1"),
        &wide("People"),
    ]
    .concat();
    let book = [
        record(0x9c, &bundle),
        record(0x90, &[]),
        record(0x9d, &[0; 26]),
    ]
    .concat();
    let rels = "<Relationships><Relationship Id=\"rId1\" Type=\"worksheet\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("xl/_rels/workbook.bin.rels", rels.as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/worksheets/sheet1.bin", &sheet),
    ] {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_formula_of_an_xlsb_that_shows_an_error_is_refused() {
    let (_database, imports) = imports().await;
    let shown = |value: &[u8]| [value, &FORMULA].concat();
    let text = cell(3, 8, &shown(&wide("Rosa")));
    assert_eq!(names(&imports, xlsb(&text)).await, ["Rosa"]);
    let number = cell(3, 9, &shown(&42_f64.to_le_bytes()));
    assert_eq!(names(&imports, xlsb(&number)).await, ["42"]);
    let truth = cell(3, 10, &shown(&[1]));
    assert_eq!(names(&imports, xlsb(&truth)).await, ["yes"]);
    for code in [0x00, 0x07, 0x0f, 0x17, 0x1d, 0x24, 0x2a] {
        let failed = cell(3, 11, &shown(&[code]));
        let wanted = format!("2 names: {FAILED}");
        assert_eq!(faults(&imports, xlsb(&failed)).await, [wanted], "{code:#x}");
    }
    let rosa = imports.account(CONTOSO, "rosa").await.unwrap();
    assert_eq!(rosa.person.names, ["yes"]);
    assert_eq!(names(&imports, xlsb(&[])).await, [""; 0]);
}
