//! Tests of the cells of a workbook: each is read as it is shown, or refused with its place.

use postern_server::accounts::Import;
use rust_xlsxwriter::{ExcelDateTime, Workbook};

use super::imports::CONTOSO;
use super::sheets::imports;

/// A workbook of one sheet, by what is written into it.
fn workbook(write: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    write(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

const COLUMNS: [&str; 7] = [
    "Tenant",
    "ID",
    "Identifiers",
    "mobile",
    "licensed",
    "locked",
    "names",
];

fn head(sheet: &mut rust_xlsxwriter::Worksheet, row: u32) {
    sheet.write_row(row, 0, COLUMNS).unwrap();
}

fn person(sheet: &mut rust_xlsxwriter::Worksheet, row: u32, id: &str) {
    sheet.write(row, 0, CONTOSO).unwrap();
    sheet.write(row, 1, id).unwrap();
    sheet
        .write(row, 2, format!("{id}@contoso.example"))
        .unwrap();
}

#[tokio::test]
async fn a_workbook_is_read_as_its_cells_say() {
    let (_database, imports) = imports().await;
    let bytes = workbook(|sheet| {
        // Two rows stay free, and a column is empty to the end.
        head(sheet, 2);
        sheet.write(2, 7, "").unwrap();
        person(sheet, 3, "rosa");
        sheet.write(3, 3, 7_700_900_321.0).unwrap();
        sheet.write(3, 4, true).unwrap();
        sheet.write(3, 5, false).unwrap();
        sheet.write(3, 6, "Zoë;李").unwrap();
        person(sheet, 5, "sami");
        sheet.write(5, 1, 1001).unwrap();
        sheet.write(5, 3, "+44 7700 900654").unwrap();
        sheet.write(5, 4, "Yes").unwrap();
        sheet
            .write_formula(
                5,
                6,
                rust_xlsxwriter::Formula::new("=\"S\"&\"ami\"").set_result("Sami"),
            )
            .unwrap();
    });
    // The import recognises the format by the first bytes, whatever the file name.
    let file = imports.file_named("accounts.csv", bytes);
    let said = imports.run(file.clone(), None, true).await.unwrap();
    assert_eq!(
        said,
        "create contoso.example rosa: mobile is +447700900321\n\
         create contoso.example 1001: mobile is +447700900654\n\
         2 would be created, 0 would be changed, 0 would be left as they are\n"
    );
    imports.run(file, None, false).await.unwrap();
    let rosa = imports.account(CONTOSO, "rosa").await.unwrap();
    assert!(rosa.person.is_licensed && !rosa.person.is_locked);
    assert_eq!(rosa.person.names, ["Zoë", "李"]);
    let sami = imports.account(CONTOSO, "1001").await.unwrap();
    assert_eq!(sami.person.names, ["Sami"]);
}

#[tokio::test]
async fn a_cell_that_has_lost_something_is_refused_by_row_and_column() {
    let (_database, imports) = imports().await;
    let columns = [
        "tenant",
        "id",
        "identifiers",
        "mobile",
        "question_1",
        "answer_1",
        "password",
    ];
    let bytes = workbook(|sheet| {
        sheet.write_row(0, 0, columns).unwrap();
        for (row, id) in (1..).zip(["a", "b", "c", "d", "e"]) {
            person(sheet, row, id);
        }
        sheet.write(1, 3, 7_700_900_321.5).unwrap();
        sheet.write(2, 3, 4_477_009_003_210_000.0).unwrap();
        sheet.write(3, 4, 3).unwrap();
        let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
        let day = ExcelDateTime::parse_from_str("1990-05-03").unwrap();
        sheet
            .write_datetime_with_format(3, 5, &day, &format)
            .unwrap();
        sheet.write(4, 6, 87_654_321).unwrap();
        sheet.write(5, 7, "a note").unwrap();
    });
    let file = imports.file_named("accounts.xlsx", bytes);
    let faults = imports
        .faults_of(Import {
            file,
            ..Import::default()
        })
        .await;
    let begins = [
        "2 mobile: the cell is a number with a fraction",
        "3 mobile: the cell is a number of more than 15 digits",
        "4 answer_1: the cell is a date",
        "5 password: the cell is a number",
        "6 -: the row has 8 fields, but there are 7 columns",
    ];
    assert_eq!(faults.len(), begins.len(), "{faults:?}");
    for (fault, begins) in faults.iter().zip(begins) {
        assert!(fault.starts_with(begins), "{fault}");
    }
}
