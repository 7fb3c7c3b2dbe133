//! Reads the output of `accounts export` again, also after a spreadsheet has saved it.

use postern_engine::Account;
use postern_engine::audit::Action;
use postern_server::accounts::Import;
use postern_server::cli::Session;
use postern_server::cli::accounts::{Accounts, Export, Template};
use postern_server::cli::audit::{Audit, ShowAudit};
use tempfile::TempDir;

use super::kit::{CONTOSO, audit_said, done, said};

pub(super) async fn what_is_exported_is_imported_again_and_changes_nothing(
    session: Session,
    _: String,
) {
    let folder = TempDir::new().unwrap();
    let output = folder.path().join("accounts.csv");
    let export = Export {
        tenant: Some(CONTOSO.into()),
        output: Some(output.clone()),
        groups: None,
    };
    said(&session, Accounts::Export(export)).await.unwrap();
    let text = std::fs::read_to_string(&output).unwrap();
    assert!(text.contains("contoso.example,1001,ada.l@contoso.example;lovelace@contoso.example,"));
    let import = Import {
        file: output,
        dry_run: true,
        ..Import::default()
    };
    let planned = said(&session, Accounts::Import(import)).await.unwrap();
    assert!(planned.contains("2 would be left as they are"), "{planned}");
    // After the import, the audit log contains it, with the name of the file and without its
    // folder.
    let import = Import {
        file: folder.path().join("accounts.csv"),
        ..Import::default()
    };
    said(&session, Accounts::Import(import)).await.unwrap();
    assert!(
        done(&session)
            .await
            .contains(&(Action::AccountsImported, None))
    );
    let rows = audit_said(
        &session,
        Audit::Show(ShowAudit {
            what: session.run.to_string(),
        }),
    );
    let rows = rows.await.unwrap();
    let row = rows
        .lines()
        .find(|line| line.contains("Administrator imported accounts"));
    assert!(
        row.is_some_and(|row| row.contains(
            "actor: Grace of the helpdesk; about: accounts.csv; created: 0; changed: 0; unchanged: 2"
        )),
        "{rows}"
    );
    let template = said(&session, Accounts::Template(Template { groups: false })).await;
    assert!(
        template
            .unwrap()
            .starts_with("tenant,id,identifiers,names,")
    );
}

/// Values that a spreadsheet would calculate, or read as a text mark, in some country.
const FORMULAS: [&str; 16] = [
    "=1+1",
    "+31",
    "-1",
    "@SUM(A1)",
    "＝1",
    "＠1",
    "'=1",
    "''=1",
    "x\"=1",
    "\"=1\"",
    "x,=1",
    "x|@1",
    "x, -1",
    "a'=b",
    "=HYPERLINK(\"https://fabrikam.example\",\"click\")",
    "'s-Hertogenbosch",
];

pub(super) async fn what_looks_as_a_formula_is_text_in_an_export_and_itself_after_an_import(
    session: Session,
    _: String,
) {
    for (index, formula) in FORMULAS.iter().enumerate() {
        let address = format!("+{index}@contoso.example");
        let mut account = Account::new(&format!("{formula}{index}"), &address);
        account
            .person
            .identifiers
            .push(format!("=x{index}@contoso.example"));
        account.person.names = vec![(*formula).into(), "Ada".into(), (*formula).into()];
        account.person.groups = vec![(*formula).into()];
        account.person.primary_email = Some("-a@home.example".into());
        account.person.alternate_emails = vec!["=a@home.example".into(), "+b@home.example".into()];
        account.person.mobile = Some("+44 7700 900123".into());
        account.person.office_phone = Some("+442079460018".into());
        session.accounts().put(CONTOSO, &account).await.unwrap();
    }
    let folder = TempDir::new().unwrap();
    let output = folder.path().join("accounts.csv");
    let export = Export {
        tenant: Some(CONTOSO.into()),
        output: Some(output.clone()),
        groups: None,
    };
    said(&session, Accounts::Export(export)).await.unwrap();
    let rows: Vec<csv::StringRecord> = csv::Reader::from_path(&output)
        .unwrap()
        .records()
        .map(Result::unwrap)
        .collect();
    assert_eq!(rows.len(), FORMULAS.len() + 2);
    // This holds for every way to split the text.
    let cells = rows.iter().flatten();
    for cell in cells.flat_map(|field| field.split([';', ',', '|', '\t', '"'])) {
        let is_formula = cell
            .trim_start()
            .starts_with(['=', '+', '-', '@', '＝', '＠']);
        assert!(!is_formula, "{cell}");
    }
    // The file is tested as written, and as Excel saves it in another country and as a workbook.
    let saved = folder.path().join("saved.csv");
    let mut semicolons = csv::WriterBuilder::new()
        .delimiter(b';')
        .from_path(&saved)
        .unwrap();
    let workbook = folder.path().join("saved.xlsx");
    let mut sheets = rust_xlsxwriter::Workbook::new();
    let sheet = sheets.add_worksheet();
    let header = csv::Reader::from_path(&output).unwrap().headers().cloned();
    for (number, row) in (0..).zip([header.unwrap()].iter().chain(&rows)) {
        semicolons.write_record(row).unwrap();
        sheet.write_row(number, 0, row.iter()).unwrap();
    }
    semicolons.flush().unwrap();
    sheets.save(&workbook).unwrap();
    for file in [output, saved, workbook] {
        let shown = file.display().to_string();
        let import = Import {
            file,
            ..Import::default()
        };
        let done = said(&session, Accounts::Import(import)).await;
        let done = done.unwrap_or_else(|error| panic!("{shown}: {error:#}"));
        let all = format!("0 created, 0 changed, {} left as they are", rows.len());
        assert!(done.contains(&all), "{shown}: {done}");
    }
}
