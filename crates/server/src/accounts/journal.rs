//! The audit rows of an import: one row for each tenant with the files and the counts, and one row
//! for each existing account and group that changes, with the names of its fields. New accounts are
//! only counted. A dry run leaves a row for each tenant too, since it shows what is on file.

use std::path::Path;

use postern_engine::account::AccountId;
use postern_engine::audit::{Action, Administration, AuditEvent, Counts};
use postern_protocol::{Guid, Timestamp};

/// The person who imports, as the audit log names them.
#[derive(Clone, Debug)]
pub struct Importer {
    /// The user of the operating system, and the name that the person gives with `--actor`.
    pub by: Administration,
    /// The id of the run: the same for all of its events.
    pub run: Guid,
    /// When the import began.
    pub at: Timestamp,
}

/// The audit events of one import.
pub(super) struct Journal {
    importer: Importer,
    files: String,
}

impl Journal {
    /// Names these files without their folders. Folders belong to the machine, and may contain the
    /// name of a person.
    pub(super) fn new<'p>(importer: Importer, files: impl Iterator<Item = &'p Path>) -> Self {
        let names = files.filter_map(Path::file_name).map(|name| {
            let name = name.to_string_lossy();
            let printable = name.chars().filter(|character| !character.is_control());
            printable.collect::<String>()
        });
        Self {
            importer,
            files: names.collect::<Vec<_>>().join(", "),
        }
    }

    pub(super) fn imported(&self, tenant: &str, counts: Counts) -> AuditEvent {
        self.about_files(Action::AccountsImported, tenant, counts)
    }

    /// The event of a dry run.
    pub(super) fn tried(&self, tenant: &str, counts: Counts) -> AuditEvent {
        self.about_files(Action::ImportTried, tenant, counts)
    }

    fn about_files(&self, action: Action, tenant: &str, counts: Counts) -> AuditEvent {
        let by = Administration {
            about: Some(self.files.clone()),
            counts: Some(counts),
            ..self.importer.by.clone()
        };
        self.event(action, by, tenant, None)
    }

    /// When the import began.
    pub(super) const fn at(&self) -> Timestamp {
        self.importer.at
    }

    pub(super) fn account_changed(
        &self,
        tenant: &str,
        account: &AccountId,
        fields: Vec<String>,
    ) -> AuditEvent {
        let by = Administration {
            fields,
            ..self.importer.by.clone()
        };
        self.event(Action::AccountChanged, by, tenant, Some(account.clone()))
    }

    pub(super) fn group_changed(&self, tenant: &str, group: &str) -> AuditEvent {
        let by = Administration {
            about: Some(format!("group {group}")),
            ..self.importer.by.clone()
        };
        self.event(Action::GroupChanged, by, tenant, None)
    }

    fn event(
        &self,
        action: Action,
        by: Administration,
        tenant: &str,
        account: Option<AccountId>,
    ) -> AuditEvent {
        let Importer { run, at, .. } = self.importer;
        AuditEvent::administered(action, by, tenant, account, run, at)
    }
}
