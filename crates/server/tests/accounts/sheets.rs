//! Tests of files in the form that Excel, `LibreOffice` and other programs write.

use postern_engine::account::AccountState;
use postern_engine::{Identifier, Tenant};
use postern_server::accounts::{Import, parse_encoding};
use postern_server::directory::Directory;

use super::imports::{CONTOSO, Imports};
use crate::support::Database;

pub(super) async fn imports() -> (Database, Imports) {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    (database, imports)
}

fn utf_16(text: &str, mark: [u8; 2], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let text = text.encode_utf16().flat_map(bytes);
    mark.into_iter().chain(text).collect()
}

/// The same account, in the files of different programs.
fn files(id: &str) -> Vec<(&'static str, Vec<u8>)> {
    let commas = format!(
        "tenant,id,identifiers,names,alternate_emails,mobile,licensed,state\r\n\
         contoso.example,{id},{id}@contoso.example,Zoë,zoe@home.example;zoe@school.example,07700 900321,yes,enabled\r\n"
    );
    let semicolons = format!(
        "tenant;id;identifiers;names;alternate_emails;mobile;licensed;state\r\n\
         contoso.example;{id};{id}@contoso.example;Zoë;\"zoe@home.example;zoe@school.example\";07700 900321;TRUE;Enabled\r\n"
    );
    let tabs = commas.replace(',', "\t");
    let (header, row) = semicolons.split_once("\r\n").unwrap();
    let with = |from: &str, to: &str| semicolons.replace(from, to).into_bytes();
    vec![
        ("commas", commas.clone().into()),
        ("semicolons", semicolons.clone().into()),
        ("line feeds", with("\r\n", "\n")),
        ("carriage returns", with("\r\n", "\r")),
        ("a mark", format!("\u{feff}{semicolons}").into()),
        (
            "tabs in UTF-16",
            utf_16(&tabs, [0xff, 0xfe], u16::to_le_bytes),
        ),
        (
            "UTF-16, the other order",
            utf_16(&tabs, [0xfe, 0xff], u16::to_be_bytes),
        ),
        ("sep=", format!("sep=;\r\n{semicolons}").into()),
        (
            "sep= in UTF-16",
            utf_16(&format!("sep=\t\r\n{tabs}"), [0xff, 0xfe], u16::to_le_bytes),
        ),
        (
            "a header in capitals",
            format!("{}\r\n{row}", header.to_uppercase()).into(),
        ),
        (
            "words in a header",
            with("alternate_emails", "Alternate Emails"),
        ),
        ("blanks before quotation marks", with(";\"", "; \"")),
        ("blanks behind quotation marks", with("\";", "\" ;")),
        (
            "rows of separators",
            format!("{semicolons};;;;;;;\r\n;;;;;;;\r\n").into(),
        ),
        (
            "a row of blanks",
            format!("\r\n{semicolons} \r\n\t\r\n").into(),
        ),
        ("empty columns at the end", with("\r\n", ";;;\r\n")),
        (
            "empty columns with names of none",
            format!("{header};;\r\n{}", row.replace("\r\n", ";;\r\n")).into(),
        ),
        (
            "empty fields left out at the end",
            format!("{header};office_phone;groups\r\n{row}").into(),
        ),
        ("Ctrl-Z", format!("{semicolons}\u{1a}").into()),
        ("Ctrl-Z on a line", format!("{semicolons}\u{1a}\r\n").into()),
        ("German", with("TRUE", "WAHR")),
        ("Dutch", with("TRUE", "Waar")),
        ("Turkish", with("TRUE", "DOĞRU")),
        ("one and a truth", with("TRUE;Enabled", "1;TRUE")),
        (
            "a number of a program",
            with("07700 900321", "7700900321.0"),
        ),
        (
            "a number marked as text",
            with("07700 900321", "'+447700900321"),
        ),
    ]
}

#[tokio::test]
async fn what_excel_writes_anywhere_is_read() {
    let (_database, imports) = imports().await;
    for number in 0..files("").len() {
        let id = format!("i{number}");
        let (name, bytes) = files(&id).swap_remove(number);
        let said = imports.run(imports.file(bytes), None, false).await;
        let said = said.unwrap_or_else(|error| panic!("{name}: {error:#}"));
        assert_eq!(said, "1 created, 0 changed, 0 left as they are\n", "{name}");
        let account = imports.account(CONTOSO, &id).await;
        let account = account.unwrap_or_else(|| panic!("{name}: it is not there"));
        assert_eq!(
            account.person.identifiers,
            [format!("{id}@contoso.example")],
            "{name}"
        );
        assert_eq!(account.person.names, ["Zoë"], "{name}");
        assert_eq!(
            account.person.alternate_emails,
            ["zoe@home.example", "zoe@school.example"],
            "{name}"
        );
        let mobile = account.person.mobile.as_deref().unwrap_or_default();
        let number = postern_phone::parse(mobile, postern_phone::Region::parse("GB"));
        assert_eq!(
            number.unwrap().number.to_string(),
            "+447700900321",
            "{name}"
        );
        assert!(
            account.person.is_licensed && account.person.state == AccountState::Enabled,
            "{name}"
        );
    }
}

#[tokio::test]
async fn empty_fields_that_are_left_out_at_the_end_of_a_row_are_empty() {
    const LEFT_OUT: &str = "only empty fields after identifiers may be left out";
    const CUT_OFF: &str = "the file ends within this row, as if it had been cut off";
    let (_database, imports) = imports().await;
    let first = "id,tenant,identifiers,mobile,groups\r\n";
    let between = "mobile;tenant;groups;id;identifiers;names\r\n";
    // The header, the only row, and the error.
    for (header, row, wrong) in [
        (
            first,
            "ada,contoso.example,ada@contoso.example,+44 7700 900123,staff\r\n",
            None,
        ),
        (
            first,
            "ada,contoso.example,ada@contoso.example,+44 7700 900123\r\n",
            None,
        ),
        (
            first,
            "ada,contoso.example,ada@contoso.example,+44 7700 900123\u{1a}",
            None,
        ),
        (first, "ada,contoso.example,ada@contoso.example\r\n", None),
        (first, "ada,contoso.example,ada@contoso.example\n", None),
        (first, "ada,contoso.example,\"ada@contoso.example\"\r", None),
        // A complete row, without a line end.
        (first, "ada,contoso.example,ada@contoso.example,,", None),
        (
            first,
            "ada,contoso.example,ada@contoso.example,",
            Some(("4", "5", CUT_OFF)),
        ),
        (
            first,
            "ada,contoso.example,ada@contoso",
            Some(("3", "5", CUT_OFF)),
        ),
        (first, "ada,contoso.example\r\n", Some(("2", "5", LEFT_OUT))),
        (first, "ada\r\n", Some(("1", "5", LEFT_OUT))),
        (
            between,
            ";contoso.example;;ada;ada@contoso.example\r\n",
            None,
        ),
        (
            between,
            ";contoso.example;;ada\r\n",
            Some(("4", "6", LEFT_OUT)),
        ),
        (
            between,
            ";contoso.example;;ada;ada@contoso.example;Ada;\"Birch\"\r\n",
            Some((
                "7",
                "6",
                "a field with a separator in it needs quotation marks",
            )),
        ),
    ] {
        let text = [header, row].concat();
        if let Some((fields, columns, hint)) = wrong {
            let wanted = format!(
                "2 -: the row has {fields} fields, but there are {columns} columns: {hint}"
            );
            assert_eq!(imports.faults(&text).await, [wanted], "{text}");
        } else {
            imports
                .import(&text)
                .await
                .unwrap_or_else(|error| panic!("{text}: {error:#}"));
        }
    }
    // A missing cell clears a value, as an empty one does.
    let text = format!("{first}ada,contoso.example,ada@contoso.example,+44 7700 900123,staff\r\n");
    imports.import(&text).await.unwrap();
    let text = format!("{first}ada,contoso.example,ada@contoso.example\r\n");
    imports.import(&text).await.unwrap();
    let ada = imports.account(CONTOSO, "ada").await.unwrap();
    assert_eq!((ada.person.mobile, ada.person.groups), (None, Vec::new()));
}

#[tokio::test]
async fn a_domain_in_its_own_script_is_one_in_either_form() {
    const FORMS: [&str; 5] = [
        "münchen.example",
        "MÜNCHEN.example",
        "mu\u{308}nchen.example",
        "xn--mnchen-3ya.example",
        "XN--MNCHEN-3YA.EXAMPLE",
    ];
    let row =
        |tenant: &str, domain: &str| format!("tenant,id,identifiers\n{tenant},mia,mia@{domain}\n");
    for configured in FORMS {
        let tenants = [Tenant::new(configured, "München")];
        for (number, tenant) in FORMS.into_iter().enumerate() {
            let domain = FORMS[(number + 3) % FORMS.len()];
            let (_database, imports) = imports().await;
            let file = imports.file(row(tenant, domain));
            let import = Import {
                file,
                ..Import::default()
            };
            imports.take_for(&tenants, import).await.unwrap();
            for typed in FORMS {
                let identifier = Identifier::parse(&format!("mia@{typed}")).unwrap();
                let found = imports.accounts.find(&tenants[0], &identifier).await;
                assert!(
                    found.unwrap().is_some(),
                    "{typed} for {domain} of {tenant} in {configured}"
                );
            }
        }
    }
    // Without its dots it is another domain.
    let (_database, imports) = imports().await;
    let tenants = [Tenant::new(FORMS[0], "München")];
    for text in [
        row("munchen.example", FORMS[0]),
        row(FORMS[0], "munchen.example"),
    ] {
        let import = Import {
            file: imports.file(text),
            ..Import::default()
        };
        imports.take_for(&tenants, import).await.unwrap_err();
    }
}

#[tokio::test]
async fn what_was_saved_in_a_code_page_is_read_by_its_name_and_never_guessed() {
    let (_database, imports) = imports().await;
    let bytes =
        b"tenant;id;identifiers;names\r\ncontoso.example;zoe;zoe@contoso.example;Zo\xeb\r\n";
    let faults = imports.faults(bytes).await;
    assert_eq!(
        faults,
        [
            "2 names: a character was lost or is not UTF-8: save the file as \"CSV UTF-8\" or as .xlsx, or name its --encoding"
        ]
    );
    let encoding = parse_encoding("windows-1252").ok();
    let file = imports.file(bytes);
    imports
        .take(Import {
            file,
            encoding,
            ..Import::default()
        })
        .await
        .unwrap();
    assert_eq!(
        imports.account(CONTOSO, "zoe").await.unwrap().person.names,
        ["Zoë"]
    );
    assert!(parse_encoding("ansi-of-somewhere").is_err());
}

/// This holds for every kind of line end, and after a line end within quotation marks.
#[tokio::test]
async fn the_line_that_is_told_is_the_line_of_the_file() {
    let (_database, imports) = imports().await;
    for end in ["\n", "\r\n", "\r"] {
        let text = [
            "tenant,id,identifiers,names",
            "contoso.example,a,a@contoso.example,A",
            "",
            "nowhere.example,b,b@contoso.example,\"B",
            "b\"",
            "contoso.example,c,c,C",
            ",,,",
            "contoso.example,,d@contoso.example,D",
        ]
        .join(end);
        let faults = imports.faults(text).await;
        assert_eq!(
            faults,
            [
                "4 tenant: no configured tenant has this domain",
                "4 names: the field has a control character",
                "6 identifiers: one of them has no domain, so it would never be found: write name@domain",
                "8 id: the field is empty",
            ],
            "{end:?}"
        );
    }
}

#[tokio::test]
async fn a_number_of_a_sheet_never_becomes_a_digit_more() {
    let (_database, imports) = imports().await;
    let file = |mobile: &str| {
        format!("tenant,id,identifiers,mobile\ncontoso.example,a,a@contoso.example,\"{mobile}\"\n")
    };
    for mobile in [
        "7700900321.0",
        "07700900321.0",
        "+447700900321.0",
        "447700900321.0",
    ] {
        let said = imports.dry(file(mobile)).await;
        assert!(
            said.starts_with("create contoso.example a: mobile is +447700900321\n"),
            "{mobile}: {said}"
        );
    }
    for mobile in [
        "7700900321.00",
        "7700900321,0",
        "7700900321,00",
        "7700900321.5",
        "7,700,900,321.00",
        "7.700.900.321,00",
        "7.7009E+09",
        "7,7009E+09",
    ] {
        let faults = imports.faults(file(mobile)).await;
        assert_eq!(
            faults,
            [
                "2 mobile: the cell is a number with a fraction, which sheets make of a phone number: give the column the format Text"
            ],
            "{mobile}"
        );
    }
    let others = "tenant,id,identifiers,question_1,answer_1,question_2,answer_2\n\
        contoso.example,10001.50,a@contoso.example,3.0,Utrecht,12.0,19840.00\n";
    assert_eq!(
        imports.faults(others).await,
        [
            "2 id: the cell is a number with a fraction: give the column the format Text",
            "2 answer_2: the cell is a number with a fraction: give the column the format Text",
        ]
    );
}

#[tokio::test]
async fn what_cannot_be_told_apart_is_refused() {
    let (_database, imports) = imports().await;
    let text = "tenant,id,identifiers,groups\n\
        contoso.example,ann,ann@contoso.example,staff\n\
        contoso.example,an\u{200b}n,be\u{2060}n@contoso.example,self\u{a0}service\n\
        contoso.example,cas\u{e0020},cas@contoso.example,st\u{ad}aff\n\
        contoso.example,ren\u{e9},rene@contoso.example,caf\u{e9}\n\
        contoso.example,rene\u{301},renee@contoso.example,cafe\u{301}\n";
    let unseen = |at: &str, mark: &str| {
        format!("{at}: the field has the invisible character {mark}: remove it")
    };
    assert_eq!(
        imports.faults(text).await,
        [
            unseen("3 identifiers", "U+2060"),
            unseen("3 id", "U+200B"),
            "3 groups: the field has the unusual blank U+00A0: replace it".into(),
            unseen("4 id", "U+E0020"),
            unseen("4 groups", "U+00AD"),
            "6 id: line 5 has the same one".into(),
        ]
    );
}
