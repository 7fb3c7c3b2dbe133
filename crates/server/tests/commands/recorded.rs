//! Tests of the commands that write a row into the audit log: its tenant, and that it exists before
//! the command shows any data.

use std::io::{Error, Result as Written, Write};

use postern_engine::Account;
use postern_engine::audit::{Action, Reason};
use postern_server::accounts::Import;
use postern_server::audit::{AuditExport, Verify};
use postern_server::cli::accounts::{Accounts, Export, List, Show, Template, Unlock};
use postern_server::cli::audit::{Audit, ShowAudit};
use postern_server::cli::keys::{KeysCommand, Status};
use postern_server::cli::locks::{Locks, ShowLocks};
use postern_server::store::AuditLog;
use tempfile::TempDir;

use super::kit::who;
use crate::support::Database;
use postern_engine::Tenant;
use postern_server::cli::Session;

on_each_store![
    |database| (super::session(&database).await);
    what_shows_people_leaves_a_row_before_it_shows_them,
    what_shows_no_person_leaves_none,
];

/// A session with a tenant that has an explicit id.
async fn session(database: &Database) -> Session {
    let session = super::kit::session(database).await;
    let ada = Account::new("1", "ada@fabrikam.example");
    session.accounts().put("fabrikam", &ada).await.unwrap();
    let fabrikam = Tenant {
        id: Some("fabrikam".into()),
        ..Tenant::new("fabrikam.example", "Fabrikam")
    };
    let mut tenants = session.tenants.clone();
    tenants.push(fabrikam);
    Session { tenants, ..session }
}

enum Task {
    Accounts(Accounts),
    Audit(Audit),
    Keys(KeysCommand),
    Locks(Locks),
}

impl Task {
    async fn run(&self, session: &Session, out: &mut impl Write) -> anyhow::Result<()> {
        match self {
            Self::Accounts(it) => it.run(session, out).await,
            Self::Audit(it) => it.run(session, out).await,
            Self::Keys(it) => it.run(session, out).await,
            Self::Locks(it) => it.run(session, out).await,
        }
    }
}

/// A writer that accepts nothing, like a full disk.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> Written<usize> {
        Err(Error::other("the disk is full"))
    }

    fn flush(&mut self) -> Written<()> {
        Ok(())
    }
}

/// The rows of commands after the first `behind` rows.
async fn rows(session: &Session, behind: usize) -> Vec<(Action, String, Option<String>)> {
    let rows = session.store.audit(0, 1_000).await.unwrap();
    let events = rows.iter().skip(behind).map(|row| row.event().unwrap());
    let done = events.map(|event| {
        let Reason::Administered(action) = event.reason else {
            panic!("{event:?}");
        };
        let by = event.administration.unwrap();
        assert_eq!(by.actor.as_deref(), Some("Grace of the helpdesk"));
        (action, event.tenant, event.account.map(|id| id.0))
    });
    done.collect()
}

fn audit_export(tenant: Option<&str>) -> Task {
    Task::Audit(Audit::Export(AuditExport {
        since: None,
        until: None,
        format: None,
        tenant: tenant.map(str::to_owned),
        output: None,
    }))
}

fn show_locks(identifier: &str) -> Task {
    Task::Locks(Locks::Show(ShowLocks {
        identifier: identifier.into(),
        tenant: None,
    }))
}

#[expect(clippy::too_many_lines, reason = "a table")]
async fn what_shows_people_leaves_a_row_before_it_shows_them(session: Session) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("people.csv");
    let text =
        "tenant,id,identifiers,mobile\nfabrikam.example,1,ada@fabrikam.example,+44 7700 900123\n";
    std::fs::write(&file, text).unwrap();
    let dry_run = Import {
        file,
        dry_run: true,
        ..Import::default()
    };
    let unlock = Unlock {
        who: who("ada@fabrikam.example"),
        reason: None,
    };
    let list = |locked| {
        Task::Accounts(Accounts::List(List {
            tenant: Some("FABRIKAM.example".to_owned()),
            locked,
            ..List::default()
        }))
    };
    let export = Export {
        tenant: Some("fabrikam.example".to_owned()),
        output: None,
        groups: None,
    };
    let show = Show {
        who: who("ada@fabrikam.example"),
    };
    let shown_log = ShowAudit {
        what: "ada@fabrikam.example".into(),
    };
    for (task, action, tenant, account) in [
        (list(false), Action::AccountsListed, "fabrikam", None),
        // The list contains no person, so its row applies to all people.
        (list(true), Action::AccountsListed, "fabrikam", None),
        (
            Task::Accounts(Accounts::Show(show)),
            Action::AccountShown,
            "fabrikam",
            Some("1".to_owned()),
        ),
        (
            Task::Accounts(Accounts::Export(export)),
            Action::AccountsExported,
            "fabrikam",
            None,
        ),
        (
            Task::Accounts(Accounts::Import(dry_run)),
            Action::ImportTried,
            "fabrikam",
            None,
        ),
        (
            Task::Accounts(Accounts::Unlock(unlock)),
            Action::AccountShown,
            "fabrikam",
            Some("1".to_owned()),
        ),
        (
            show_locks("ada@fabrikam.example"),
            Action::LocksShown,
            "fabrikam",
            Some("1".to_owned()),
        ),
        (
            Task::Audit(Audit::Show(shown_log)),
            Action::AuditShown,
            "fabrikam",
            None,
        ),
        (audit_export(None), Action::AuditExported, "", None),
        (
            audit_export(Some("fabrikam")),
            Action::AuditExported,
            "fabrikam",
            None,
        ),
        (
            audit_export(Some("Fabrikam.EXAMPLE")),
            Action::AuditExported,
            "fabrikam",
            None,
        ),
    ] {
        let expected = (action, tenant.to_owned(), account);
        let before = session.store.audit(0, 1_000).await.unwrap().len();
        let mut out = Vec::new();
        task.run(&session, &mut out).await.unwrap();
        assert_eq!(
            rows(&session, before).await,
            std::slice::from_ref(&expected)
        );
        // A failure of the output does not prevent the row.
        let full = task.run(&session, &mut Full).await;
        let after = rows(&session, before).await;
        assert_eq!(after, [expected.clone(), expected], "{:?}", full.err());
    }
}

async fn what_shows_no_person_leaves_none(session: Session) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("people.csv");
    std::fs::write(
        &file,
        "tenant,id,identifiers\nnowhere.example,1,ada@nowhere.example\n",
    )
    .unwrap();
    let refused = Import {
        file,
        dry_run: true,
        ..Import::default()
    };
    let show = Show {
        who: who("zoe@fabrikam.example"),
    };
    let shown_log = ShowAudit {
        what: "zoe@fabrikam.example".into(),
    };
    for (task, is_done) in [
        (Task::Audit(Audit::Verify(Verify::default())), true),
        (Task::Keys(KeysCommand::Status(Status {})), true),
        (
            Task::Accounts(Accounts::Template(Template { groups: false })),
            true,
        ),
        // A command that is refused or finds nothing has shown no data.
        (Task::Accounts(Accounts::Show(show)), false),
        (Task::Accounts(Accounts::Import(refused)), false),
        (Task::Audit(Audit::Show(shown_log)), false),
        (show_locks("zoe@fabrikam.example"), false),
        (audit_export(Some("nowhere.example")), false),
    ] {
        let done = task.run(&session, &mut Vec::new()).await;
        assert_eq!(done.is_ok(), is_done, "{:?}", done.err());
        assert_eq!(rows(&session, 0).await, []);
    }
}
