//! Tests of the rows that an import writes into the audit log.

use postern_engine::audit::{Action, Administration, AuditEvent, Counts, Reason};
use postern_server::accounts::Import;
use postern_server::store::AuditLog;

use super::imports::{CONTOSO, EXAMPLE, GROUPS, Imports, importer};

const LAB: &str = "lab.contoso.example";

async fn events(imports: &Imports) -> Vec<AuditEvent> {
    let rows = imports.store.audit(0, 10_000).await.unwrap();
    rows.iter().map(|row| row.event().unwrap()).collect()
}

/// The rows about a tenant after the first `behind` rows: the action, the account, and the details.
async fn added(
    imports: &Imports,
    since: &mut usize,
    tenant: &str,
) -> Vec<(Action, Option<String>, Administration)> {
    let events = events(imports).await;
    let before = std::mem::replace(since, events.len());
    let of_tenant = events.into_iter().skip(before);
    let of_tenant = of_tenant.filter(|event| event.tenant == tenant);
    let told = of_tenant.map(|event| {
        let Reason::Administered(action) = event.reason else {
            panic!("{:?} is nothing that a command does", event.reason);
        };
        let by = event.administration.unwrap();
        assert_eq!(
            (by.user.as_str(), by.actor.as_deref()),
            ("root", Some("Grace"))
        );
        (action, event.account.map(|id| id.0), by)
    });
    told.collect()
}

fn imported(about: &str, created: u64, changed: u64, unchanged: u64) -> Administration {
    Administration {
        about: Some(about.into()),
        counts: Some(Counts {
            created,
            changed,
            unchanged,
        }),
        ..importer().by
    }
}

fn fields(names: &[&str]) -> Administration {
    Administration {
        fields: names.iter().map(|name| (*name).to_owned()).collect(),
        ..importer().by
    }
}

pub(super) async fn an_import_is_told_in_the_audit_log_with_who_did_it(imports: Imports) {
    let mut seen = 0;
    // A refused file writes no row.
    let wrong = "tenant,id,identifiers\nnowhere.example,x,x@nowhere.example\n";
    imports.import(wrong).await.unwrap_err();
    assert_eq!(events(&imports).await, []);
    // A dry run shows stored data, so the log records who asked, for each tenant.
    imports
        .run(EXAMPLE.into(), Some(GROUPS), true)
        .await
        .unwrap();
    let files = "accounts.csv, groups.csv";
    let tried = |created, changed, unchanged| {
        [(
            Action::ImportTried,
            None,
            imported(files, created, changed, unchanged),
        )]
    };
    assert_eq!(added(&imports, &mut 0, LAB).await, tried(2, 0, 1));
    assert_eq!(added(&imports, &mut seen, CONTOSO).await, tried(2, 1, 0));

    // The row of each tenant counts new accounts, and names a group.
    imports
        .run(EXAMPLE.into(), Some(GROUPS), false)
        .await
        .unwrap();
    let of_lab = added(&imports, &mut seen.clone(), LAB).await;
    assert_eq!(
        of_lab,
        [(Action::AccountsImported, None, imported(files, 2, 0, 1))]
    );
    let group = Administration {
        about: Some("group everybody".into()),
        ..importer().by
    };
    assert_eq!(
        added(&imports, &mut seen, CONTOSO).await,
        [
            (Action::AccountsImported, None, imported(files, 2, 1, 0)),
            (Action::GroupChanged, None, group),
        ]
    );
}

/// An import of accounts that exist already: the rows name what it changed, without the values.
pub(super) async fn an_import_tells_in_the_audit_log_which_fields_it_changed(imports: Imports) {
    imports
        .import(&std::fs::read_to_string(EXAMPLE).unwrap())
        .await
        .unwrap();
    let mut seen = events(&imports).await.len();
    // The row of an existing account names the changed fields, without their values.
    let text = "tenant,id,identifiers,mobile,alternate_emails\n\
        contoso.example,rosa,rosa@contoso.example;rosa.elm@contoso.example,+44 7700 900999,thief@away.example\n\
        contoso.example,wim,wim@contoso.example,+44 7700 900111,\n";
    imports
        .run(imports.file_named("\u{7}night.csv", text), None, false)
        .await
        .unwrap();
    let told = added(&imports, &mut seen, CONTOSO).await;
    assert_eq!(
        told,
        [
            (
                Action::AccountsImported,
                None,
                imported("night.csv", 1, 1, 0)
            ),
            (
                Action::AccountChanged,
                Some("rosa".into()),
                fields(&["alternate_emails", "mobile"])
            ),
        ]
    );

    // The row also counts accounts that already match the file: the import used the file.
    imports
        .run(imports.file_named("night.csv", text), None, false)
        .await
        .unwrap();
    assert_eq!(
        added(&imports, &mut seen, CONTOSO).await,
        [(
            Action::AccountsImported,
            None,
            imported("night.csv", 0, 0, 2)
        )]
    );

    // An initial password is a change if the account had none.
    let text = "tenant,id,identifiers,password\n\
        contoso.example,rosa,rosa@contoso.example;rosa.elm@contoso.example,violet kettle anthem\n\
        contoso.example,wim,wim@contoso.example,violet kettle anthem\n";
    let file = imports.file(text);
    let import = Import {
        file,
        ..Import::default()
    };
    imports.take(import).await.unwrap();
    let told = added(&imports, &mut seen, CONTOSO).await;
    let about = imported("accounts.csv", 0, 1, 1);
    assert_eq!(told[0], (Action::AccountsImported, None, about));
    assert_eq!(
        told[1..],
        [(
            Action::AccountChanged,
            Some("wim".into()),
            fields(&["password"])
        )]
    );
    no_row_has_data_of_the_files(&imports).await;
}

async fn no_row_has_data_of_the_files(imports: &Imports) {
    for row in imports.store.audit(0, 10_000).await.unwrap() {
        for secret in [
            "900999",
            "900111",
            "away.example",
            "violet",
            "argon2",
            "wim@",
            "/tmp",
        ] {
            assert!(!row.event.contains(secret), "{}", row.event);
        }
    }
}
