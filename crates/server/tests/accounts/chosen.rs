//! Tests of the choice of the sheet in a workbook.

use postern_server::accounts::Import;
use rust_xlsxwriter::{Chart, ChartType, Workbook, Worksheet};

use super::imports::{CONTOSO, Imports};
use crate::support::Database;

const COLUMNS: [&str; 3] = ["Tenant", "ID", "Identifiers"];

/// The content of a sheet.
#[derive(Clone, Copy)]
enum Has {
    /// A person with this id below a header.
    Person(&'static str),
    /// The same content in a hidden sheet.
    Hidden(&'static str),
    /// Only a header.
    Header,
    /// Columns of nested groups.
    Groups,
    /// A text, such as a cover has.
    Title(&'static str),
    Chart,
    Nothing,
}

fn write(sheet: &mut Worksheet, has: Has) {
    match has {
        Has::Person(id) | Has::Hidden(id) => {
            let address = format!("{id}@contoso.example");
            sheet.write_row(1, 0, COLUMNS).unwrap();
            sheet.write_row(2, 0, [CONTOSO, id, &address]).unwrap();
            sheet.set_hidden(matches!(has, Has::Hidden(_)));
        }
        Has::Groups => {
            sheet
                .write_row(0, 0, ["tenant", "group", "member"])
                .unwrap();
            sheet
                .write_row(1, 0, [CONTOSO, "staff", "teachers"])
                .unwrap();
        }
        Has::Title(title) => {
            sheet.write(0, 0, title).unwrap();
            sheet.write(2, 0, "Of the helpdesk").unwrap();
        }
        Has::Header => {
            sheet.write_row(0, 0, COLUMNS).unwrap();
        }
        Has::Chart | Has::Nothing => {}
    }
}

fn workbook(sheets: &[(&str, Has)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let mut is_active = false;
    for (name, has) in sheets {
        let sheet = if matches!(has, Has::Chart) {
            let sheet = workbook.add_chartsheet();
            let mut chart = Chart::new(ChartType::Column);
            chart.add_series().set_values("=People!$A$1:$A$2");
            sheet.insert_chart(0, 0, &chart).unwrap();
            sheet
        } else {
            workbook.add_worksheet()
        };
        sheet.set_name(*name).unwrap();
        write(sheet, *has);
        if !is_active && !matches!(has, Has::Hidden(_)) {
            sheet.set_active(true);
            is_active = true;
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// The result of a dry run: the created accounts, and the warnings without the path; or the reason
/// why the file is refused.
async fn said(sheets: &[(&str, Has)], sheet: Option<&str>) -> Result<Vec<String>, String> {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    let file = imports.file_named("accounts.xlsx", workbook(sheets));
    let import = Import {
        file: file.clone(),
        sheet: sheet.map(str::to_owned),
        dry_run: true,
        ..Import::default()
    };
    let said = imports.take(import).await;
    let at = format!("{}", file.display());
    let said = said.map_err(|error| format!("{error:#}").replace(&at, "FILE"))?;
    let is_of_it = |line: &&str| {
        line.starts_with("create ") || (line.contains(&at) && !line.contains(" of the policy of "))
    };
    let lines = said.lines().filter(is_of_it);
    Ok(lines.map(|line| line.replace(&at, "FILE")).collect())
}

#[tokio::test]
async fn the_sheet_with_the_people_is_read_wherever_it_stands() {
    const CREATED: &str = "create contoso.example ada";
    const ALONE: &str = "warning: FILE, line 2: the sheet \"People\" was read, since only this one begins with a header of known columns";
    let people = ("People", Has::Person("ada"));
    let more = ("More people", Has::Person("ben"));
    let cover = ("Cover", Has::Title("Accounts of Contoso"));
    let also = "warning: FILE, line 2: only the sheet \"People\" was read, but \"More people\" begins with a header of known columns too: \
         import it with --sheet NAME";
    let all_others = also.replace("\"More people\"", "\"More people\", \"Others\"");
    for (sheets, expected) in [
        (vec![people], vec![CREATED]),
        (vec![people, cover], vec![CREATED]),
        (vec![cover, people], vec![CREATED, ALONE]),
        (
            vec![cover, people, ("Notes", Has::Nothing)],
            vec![CREATED, ALONE],
        ),
        (vec![("Empty", Has::Nothing), people], vec![CREATED, ALONE]),
        // A title with the name of a column is not a header.
        (
            vec![("Names", Has::Title("Names")), people],
            vec![CREATED, ALONE],
        ),
        (vec![("Chart", Has::Chart), people], vec![CREATED]),
        (vec![("Old", Has::Hidden("ida")), people], vec![CREATED]),
        (
            vec![cover, ("Old", Has::Hidden("ida")), people],
            vec![CREATED, ALONE],
        ),
        (vec![("Groups", Has::Groups), people], vec![CREATED, ALONE]),
        (vec![people, more], vec![CREATED, also]),
        (
            vec![people, cover, more, ("Others", Has::Person("eve"))],
            vec![CREATED, &all_others],
        ),
    ] {
        let names: Vec<&str> = sheets.iter().map(|(name, _)| *name).collect();
        let said = said(&sheets, None).await;
        let expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(said, Ok(expected), "{names:?}");
    }
}

#[tokio::test]
async fn where_the_sheet_that_is_read_has_a_header_alone_those_with_rows_are_named() {
    let (header, people) = (("Template", Has::Header), ("People", Has::Person("ada")));
    let more = ("More people", Has::Person("ben"));
    let notes = ("Notes", Has::Title("Read me"));
    for (sheets, expected) in [
        (vec![header], None),
        (vec![header, ("Empty", Has::Nothing)], None),
        (vec![header, ("Other template", Has::Header)], None),
        (vec![header, ("Old", Has::Hidden("ida"))], None),
        (vec![header, people], Some("\"People\" has")),
        (vec![header, notes, people], Some("\"People\" has")),
        (vec![header, notes], Some("\"Notes\" has")),
        (
            vec![header, people, more],
            Some("\"People\", \"More people\" have"),
        ),
        (vec![notes, header], Some("\"Notes\" has")),
    ] {
        let told = said(&sheets, None).await.unwrap();
        let told: Vec<&String> = told
            .iter()
            .filter(|it| it.contains("below its header"))
            .collect();
        let expected = expected.map(|it| {
            format!(
                "warning: FILE, line 1: the sheet \"Template\" was read and has nothing below its header, but {it} rows: \
                 import it with --sheet NAME"
            )
        });
        assert_eq!(
            told,
            expected.iter().collect::<Vec<_>>(),
            "{}",
            sheets.len()
        );
    }
}

#[tokio::test]
async fn where_no_sheet_can_be_chosen_all_that_may_be_meant_are_named() {
    let people = ("People", Has::Person("ada"));
    let more = ("More people", Has::Person("ben"));
    let cover = ("Cover", Has::Title("Accounts of Contoso"));
    let notes = ("Notes", Has::Title("Nothing"));
    let none = "none of the sheets begins with a header of known columns: ";
    for (sheets, sheet, expected) in [
        (
            vec![cover, people, more],
            None,
            "the first sheet, \"Cover\", does not begin with a header of known columns, but several others do: \"People\", \"More people\". \
             Name one with --sheet NAME"
                .to_owned(),
        ),
        (
            vec![cover, notes],
            None,
            format!("{none}\"Cover\", \"Notes\". --help lists the names of the columns, and --sheet NAME reads one sheet"),
        ),
        (
            vec![cover, ("Old", Has::Hidden("ida")), notes],
            None,
            format!("{none}\"Cover\", \"Notes\". --help lists the names of the columns, and --sheet NAME reads one sheet"),
        ),
        (
            vec![people, ("Old", Has::Hidden("ida")), more],
            Some("Peopel"),
            "the workbook has no sheet \"Peopel\", only \"People\", \"More people\"".to_owned(),
        ),
        (
            vec![people, ("Chart", Has::Chart)],
            Some("Chart"),
            "the workbook has no sheet \"Chart\", only \"People\"".to_owned(),
        ),
    ] {
        let refused = said(&sheets, sheet).await.unwrap_err();
        assert_eq!(refused, format!("FILE cannot be read: {expected}"));
    }
    for sheets in [vec![cover], vec![("Empty", Has::Nothing)]] {
        let refused = said(&sheets, None).await.unwrap_err();
        assert!(refused.contains("this row must be the header"), "{refused}");
    }
}

#[tokio::test]
async fn a_sheet_is_read_by_its_name_in_any_case_and_though_it_is_hidden() {
    let sheets = [
        ("Cover", Has::Title("Accounts of Contoso")),
        ("People", Has::Person("ada")),
        ("Old", Has::Hidden("ida")),
    ];
    for (sheet, id) in [("People", "ada"), ("PEOPLE", "ada"), ("old", "ida")] {
        let said = said(&sheets, Some(sheet)).await;
        assert_eq!(said, Ok(vec![format!("create contoso.example {id}")]));
    }
    let refused = said(&sheets, Some("Cover")).await.unwrap_err();
    assert!(refused.contains("this row must be the header"), "{refused}");
}

/// Both are in one workbook, each on its own sheet.
#[tokio::test]
async fn accounts_and_groups_are_found_in_one_workbook() {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    let sheets = [
        ("Cover", Has::Title("Accounts of Contoso")),
        ("Groups", Has::Groups),
        ("People", Has::Person("ada")),
    ];
    let file = imports.file_named("accounts.xlsx", workbook(&sheets));
    let import = Import {
        file: file.clone(),
        groups: Some(file),
        ..Import::default()
    };
    let said = imports.take(import).await.unwrap();
    for sheet in ["People", "Groups"] {
        assert!(
            said.contains(&format!("the sheet {sheet:?} was read")),
            "{said}"
        );
    }
    assert!(
        said.ends_with("1 created, 1 changed, 0 left as they are\n"),
        "{said}"
    );
}

#[tokio::test]
async fn a_workbook_that_is_damaged_is_told_so() {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    let damaged = imports.file_named("accounts.xlsx", b"PK\x03\x04 and no more");
    let refused = imports.run(damaged, None, false).await.unwrap_err();
    assert!(
        format!("{refused:#}").contains("it may have a password, or be damaged"),
        "{refused:#}"
    );
}
