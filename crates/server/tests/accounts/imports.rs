//! Imports into a separate store.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use postern_engine::account::AccountId;
use postern_engine::audit::Administration;
use postern_engine::{Account, Tenant};
use postern_protocol::{Guid, Timestamp};
use postern_server::accounts::{Import, Importer, Refused};
use postern_server::directory::BuiltIn;
use postern_server::store::SqlStore;
use postern_world::contoso;
use tempfile::TempDir;

use crate::support::{self, Database, key};

pub(super) const CONTOSO: &str = "contoso.example";
pub(super) const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/accounts.csv");
pub(super) const GROUPS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/groups.csv");

pub(super) struct Imports {
    pub(super) store: Arc<SqlStore>,
    pub(super) accounts: BuiltIn,
    pub(super) folder: TempDir,
    pub(super) url: String,
}

impl Imports {
    pub(super) async fn into(database: &Database) -> Self {
        let store = Arc::new(database.open().await);
        Self {
            accounts: BuiltIn::new(store.clone(), key()),
            store,
            folder: TempDir::new().unwrap(),
            url: database.url.clone(),
        }
    }

    /// The messages without the warnings: invented numbers are in no numbering plan.
    pub(super) async fn run(
        &self,
        file: PathBuf,
        groups: Option<&str>,
        dry_run: bool,
    ) -> anyhow::Result<String> {
        let groups = groups.map(PathBuf::from);
        let import = Import {
            file,
            groups,
            dry_run,
            ..Import::default()
        };
        let said = self.take(import).await?;
        let lines = said.lines().filter(|line| !line.starts_with("warning: "));
        Ok(lines.flat_map(|line| [line, "\n"]).collect())
    }

    pub(super) async fn take(&self, import: Import) -> anyhow::Result<String> {
        self.take_for(&contoso::tenants(), import).await
    }

    pub(super) async fn take_for(
        &self,
        tenants: &[Tenant],
        import: Import,
    ) -> anyhow::Result<String> {
        let mut said = Vec::new();
        import
            .run(self.store.clone(), &key(), tenants, importer())
            .await?
            .write(false, &mut said)?;
        Ok(String::from_utf8(said).unwrap())
    }

    pub(super) fn file(&self, text: impl AsRef<[u8]>) -> PathBuf {
        self.file_named("accounts.csv", text)
    }

    pub(super) fn file_named(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The messages of a dry run for a file.
    pub(super) async fn dry(&self, text: impl AsRef<[u8]>) -> String {
        let file = self.file(text);
        let dry_run = true;
        let import = Import {
            file,
            dry_run,
            ..Import::default()
        };
        self.take(import).await.unwrap()
    }

    pub(super) async fn import(&self, text: &str) -> anyhow::Result<String> {
        self.run(self.file(text), None, false).await
    }

    /// The errors of a file, without its name.
    pub(super) async fn faults(&self, text: impl AsRef<[u8]>) -> Vec<String> {
        self.faults_of(Import {
            file: self.file(text),
            ..Import::default()
        })
        .await
    }

    pub(super) async fn faults_of(&self, import: Import) -> Vec<String> {
        let file = import.file.clone();
        let refused = self.take(import).await;
        let refused = refused.expect_err("something is wrong with it");
        let Refused(faults) = refused.downcast().unwrap();
        let faults = faults.iter().map(|fault| {
            assert_eq!(Path::new(&fault.file), file);
            let column = fault.column.as_deref().unwrap_or("-");
            format!("{} {column}: {}", fault.line, fault.why)
        });
        faults.collect()
    }

    /// The number of accounts that the database estimates.
    pub(super) async fn rows_counted(&self) -> i64 {
        sqlx::any::install_default_drivers();
        let pool = sqlx::AnyPool::connect(&self.url).await.unwrap();
        let query = if self.url.starts_with("sqlite") {
            "SELECT CAST(substr(stat, 1, instr(stat, ' ')) AS INTEGER) FROM sqlite_stat1 WHERE tbl = 'accounts' LIMIT 1"
        } else {
            "SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE relname = 'accounts'"
        };
        sqlx::query_scalar(query).fetch_one(&pool).await.unwrap()
    }

    pub(super) async fn account(&self, domain: &str, id: &str) -> Option<Account> {
        let tenant = Tenant::new(domain, "Contoso");
        let id = AccountId(id.into());
        support::account(&self.store, &tenant, &id).await.unwrap()
    }

    pub(super) async fn is_password(&self, id: &str, password: &str) -> bool {
        let id = AccountId(id.into());
        let is_password = self.accounts.is_password(CONTOSO, &id, password);
        is_password.await.unwrap()
    }
}

/// The administrator who imports.
pub(super) fn importer() -> Importer {
    Importer {
        by: Administration {
            user: "root".into(),
            actor: Some("Grace".into()),
            ..Administration::default()
        },
        run: Guid::from_random(5),
        at: Timestamp::from_seconds(1_700_000_000),
    }
}
