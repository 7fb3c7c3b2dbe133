//! Tests of ids that a workbook stores as numbers: the service keeps an id for ever, in the form
//! that the sheet shows.

use postern_server::accounts::Import;
use rust_xlsxwriter::{Format, Workbook};

use super::imports::{CONTOSO, Imports};
use crate::support::Database;

/// A person whose id is a number with this format.
fn formatted(id: f64, format: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let header = ["tenant", "id", "identifiers", "names"];
    sheet.write_row(0, 0, header).unwrap();
    sheet.write(1, 0, CONTOSO).unwrap();
    let format = Format::new().set_num_format(format);
    sheet.write_number_with_format(1, 1, id, &format).unwrap();
    sheet.write(1, 2, "rosa@contoso.example").unwrap();
    // Other columns accept the number as before.
    sheet.write_number_with_format(1, 3, 7, &format).unwrap();
    workbook.save_to_buffer().unwrap()
}

#[tokio::test]
async fn an_id_that_the_sheet_shows_otherwise_is_refused() {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    let import = |bytes| Import {
        file: imports.file_named("accounts.xlsx", bytes),
        dry_run: true,
        ..Import::default()
    };
    for format in [
        "000",
        "\"E\"0000",
        "0000000",
        "0.00",
        "#,##0",
        "0%",
        "0.0E+00",
        "00-00",
        "#",
        "[Red]0",
        "0\" pers.\"",
    ] {
        let faults = imports.faults_of(import(formatted(7.0, format))).await;
        assert_eq!(faults.len(), 1, "{format}: {faults:?}");
        assert!(
            faults[0].starts_with("2 id: the cell is a number that the sheet may show differently")
                && faults[0].contains("give the column the format Text"),
            "{format}: {faults:?}"
        );
    }
    let faults = imports.faults_of(import(formatted(-7.0, "General"))).await;
    assert!(
        faults[0].starts_with("2 id: the cell is a number"),
        "{faults:?}"
    );
    for format in ["General", "0", "@"] {
        let said = imports.take(import(formatted(7.0, format))).await.unwrap();
        assert!(
            said.starts_with("create contoso.example 7\n"),
            "{format}: {said}"
        );
    }
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet
        .write_row(0, 0, ["tenant", "id", "identifiers"])
        .unwrap();
    sheet.write(1, 0, CONTOSO).unwrap();
    sheet.write(1, 1, true).unwrap();
    sheet.write(1, 2, "rosa@contoso.example").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let faults = imports.faults_of(import(bytes)).await;
    assert!(faults[0].contains("or a truth value"), "{faults:?}");
}
