//! Tests of what a program reads of an import, as JSON.

use super::imports::{EXAMPLE, Imports};
use super::told::imports;
use postern_server::accounts::Import;
use postern_world::contoso;
use serde_json::{Value, json};

async fn json(imports: &Imports, import: Import) -> Value {
    let mut said = Vec::new();
    let tenants = contoso::tenants();
    let report = import
        .run(
            imports.store.clone(),
            &crate::support::key(),
            &tenants,
            super::imports::importer(),
        )
        .await;
    let _refused = report.unwrap().write(true, &mut said);
    serde_json::from_slice(&said).unwrap()
}

#[tokio::test]
async fn a_program_reads_what_was_done_and_what_is_wrong() {
    let (_database, imports) = imports().await;
    let example = |dry_run| Import {
        file: EXAMPLE.into(),
        dry_run,
        ..Import::default()
    };
    let said = json(&imports, example(true)).await;
    assert_eq!(
        (&said["dry_run"], &said["created"]),
        (&json!(true), &json!(4))
    );
    assert_eq!(
        said["changes"][0],
        json!({
            "action": "create", "tenant": "contoso.example", "what": "rosa", "fields": [],
            "numbers": { "mobile": "+447700900321", "office_phone": "+442079460018" },
        })
    );
    json(&imports, example(false)).await;
    let said = json(&imports, example(false)).await;
    assert_eq!(
        (&said["created"], &said["unchanged"]),
        (&json!(0), &json!(4))
    );
    let left_out = &said["left_out"][0];
    assert_eq!(
        (&left_out["line"], &left_out["column"]),
        (&json!(2), &json!("password"))
    );
    let file = imports.file("tenant,id,identifiers\nnowhere.example,a,a@contoso.example\n");
    let wrong = |dry_run| Import {
        file: file.clone(),
        dry_run,
        ..Import::default()
    };
    let tried = json(&imports, wrong(true)).await;
    assert_eq!(tried["dry_run"], json!(true));
    let said = json(&imports, wrong(false)).await;
    assert_eq!(said["dry_run"], json!(false));
    assert_eq!(said["errors"][0]["line"], json!(2));
    assert_eq!(
        said["errors"][0]["why"],
        json!("no configured tenant has this domain")
    );
}

/// The warnings in readable form: each once, a hundred at most, with the total number.
#[tokio::test]
async fn what_a_program_reads_of_a_file_is_bounded_and_counted() {
    let (_database, imports) = imports().await;
    let rows = |count: u32, row: &dyn Fn(u32) -> String| {
        let mut text = String::from("tenant,id,identifiers,mobile\n");
        (0..count).for_each(|number| text += &row(number));
        text
    };
    let of = |number: u32, tenant: &str, mobile: &str| {
        format!("{tenant},p{number},p{number}@contoso.example,{mobile}\n")
    };
    for (text, list, count, told, lines, alike) in [
        // The same warning five hundred times.
        (
            rows(500, &|it| of(it, "contoso.exmaple", "")),
            "error",
            500,
            1,
            5,
            500,
        ),
        // As many warnings as rows: each names the line with the same value.
        (
            rows(250, &|it| {
                of(it, "contoso.example", "") + &of(it, "contoso.example", "")
            }),
            "error",
            500,
            100,
            1,
            1,
        ),
        (
            rows(1, &|it| of(it, "contoso.exmaple", "")),
            "error",
            1,
            1,
            1,
            1,
        ),
        (rows(0, &|_| String::new()), "error", 0, 0, 0, 0),
        // The number of warnings is limited too.
        (
            rows(300, &|it| of(it, "contoso.example", "+44 909 879 0000")),
            "warning",
            600,
            2,
            5,
            300,
        ),
    ] {
        let import = Import {
            file: imports.file(&text),
            dry_run: true,
            ..Import::default()
        };
        let said = json(&imports, import).await;
        assert_eq!(said[format!("{list}_count")], json!(count), "{said}");
        let list = if list == "error" {
            "errors"
        } else {
            "warnings"
        };
        let list = said[list].as_array().unwrap();
        assert_eq!(list.len(), told, "{said}");
        if let Some(first) = list.first() {
            assert_eq!(first["lines"].as_array().unwrap().len(), lines);
            assert_eq!(first["line"], first["lines"][0]);
            assert_eq!(first["count"], json!(alike));
        }
    }
}
