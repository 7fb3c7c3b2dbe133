//! Many accounts at once: read by so many at a time, and changed in one transaction.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::Result;
use postern_engine::audit::AuditEvent;
use postern_engine::{Account, Identifier};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use super::{BuiltIn, groups};

/// Rows of one statement: six columns of them stay far below the parameters that either database takes (SQLite, "Limits
/// In SQLite": 32,766; PostgreSQL: 65,535).
pub(crate) const ROWS: usize = 500;

/// An account as it is kept, with the groups that it is in directly.
pub(crate) struct Stored {
    pub(crate) account: Account,
    /// Hashes, the newest last.
    pub(crate) passwords: Vec<String>,
    pub(crate) version: i64,
}

/// An account as it is to be.
pub(crate) struct Change {
    pub(crate) tenant: String,
    pub(crate) account: Account,
    pub(crate) passwords: Vec<String>,
    /// The version that it was read with; 0 if it was not there.
    pub(crate) version: i64,
}

/// A group and the groups that are to be in it directly.
pub(crate) struct Nesting {
    pub(crate) tenant: String,
    pub(crate) group: String,
    pub(crate) members: Vec<String>,
}

impl BuiltIn {
    /// Those of these accounts that are there, by id. At most [`ROWS`] of them.
    pub(crate) async fn stored(
        &self,
        tenant: &str,
        ids: &[&str],
    ) -> Result<BTreeMap<String, Stored>> {
        let list = list(ids.len());
        let query = format!(
            "SELECT account, passwords, version FROM accounts WHERE tenant = $1 AND id IN {list}"
        );
        let rows = with(&query, tenant, ids)
            .fetch_all(self.store.readers())
            .await?;
        let mut stored = BTreeMap::new();
        for row in &rows {
            let (sealed, passwords): (Vec<u8>, String) = (row.try_get(0)?, row.try_get(1)?);
            let account: Account = self.seal.open(&sealed)?;
            let kept = Stored {
                account: Account {
                    groups: Vec::new(),
                    ..account
                },
                passwords: serde_json::from_str(&passwords)?,
                version: row.try_get(2)?,
            };
            stored.insert(kept.account.id.0.clone(), kept);
        }
        let query = format!(
            "SELECT account, \"group\" FROM members WHERE tenant = $1 AND account IN {list} ORDER BY \"group\""
        );
        let rows = with(&query, tenant, ids)
            .fetch_all(self.store.readers())
            .await?;
        for row in &rows {
            let id: String = row.try_get(0)?;
            if let Some(stored) = stored.get_mut(&id) {
                stored.account.groups.push(row.try_get(1)?);
            }
        }
        // In the order that they have here, whatever order the database has.
        for stored in stored.values_mut() {
            stored.account.groups.sort();
        }
        Ok(stored)
    }

    /// Whose these identifiers are, by identifier. At most [`ROWS`] of them.
    pub(crate) async fn owners(
        &self,
        tenant: &str,
        identifiers: &[&str],
    ) -> Result<BTreeMap<String, String>> {
        let query = format!(
            "SELECT identifier, account FROM identifiers WHERE tenant = $1 AND identifier IN {}",
            list(identifiers.len())
        );
        let rows = with(&query, tenant, identifiers)
            .fetch_all(self.store.readers())
            .await?;
        let owners = rows
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        owners.collect()
    }

    /// The groups that are in a group directly, by name.
    pub(crate) async fn nested(&self, tenant: &str, group: &str) -> Result<Vec<String>> {
        groups::nested_in(self.store.readers(), tenant, group).await
    }

    /// Changes all of them and records that, or none: false if one of them, or an identifier, was changed or taken meanwhile.
    pub(crate) async fn change_all(
        &self,
        changes: &[Change],
        nestings: &[Nesting],
        events: &[AuditEvent],
    ) -> Result<bool> {
        let mut transaction = self.store.write().await?;
        for batch in changes.chunks(ROWS) {
            // Dropped on the way, a transaction is rolled back.
            if !self.put_accounts(&mut transaction, batch).await? {
                return Ok(false);
            }
        }
        // Of all of them first, so that one may take over what another gives up.
        for batch in changes.chunks(ROWS) {
            forget_names(&mut transaction, batch).await?;
        }
        let identifiers: Vec<[String; 3]> = changes.iter().flat_map(identifiers).collect();
        let groups: Vec<[String; 3]> = changes.iter().flat_map(memberships).collect();
        for batch in identifiers.chunks(ROWS) {
            let table = "identifiers (tenant, account, identifier)";
            if insert(&mut transaction, table, batch).await? != batch.len() as u64 {
                return Ok(false);
            }
        }
        for batch in groups.chunks(ROWS) {
            insert(
                &mut transaction,
                "members (tenant, account, \"group\")",
                batch,
            )
            .await?;
        }
        for nesting in nestings {
            let Nesting {
                tenant,
                group,
                members,
            } = nesting;
            groups::nest(&mut transaction, tenant, group, members).await?;
        }
        for events in events.chunks(ROWS) {
            self.store.record_in(&mut transaction, events).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    async fn put_accounts(
        &self,
        transaction: &mut Transaction<'static, Any>,
        changes: &[Change],
    ) -> Result<bool> {
        let query = format!(
            "INSERT INTO accounts (tenant, id, account, passwords, version) VALUES {} \
             ON CONFLICT (tenant, id) DO UPDATE SET account = excluded.account, passwords = excluded.passwords, \
             version = excluded.version WHERE accounts.version = excluded.version - 1",
            rows(changes.len(), 5)
        );
        let mut query = sqlx::query(AssertSqlSafe(query));
        for change in changes {
            query = query
                .bind(change.tenant.clone())
                .bind(change.account.id.0.clone())
                .bind(self.close(&change.account)?)
                .bind(serde_json::to_string(&change.passwords)?)
                .bind(change.version + 1);
        }
        let done = query.execute(&mut **transaction).await?;
        Ok(done.rows_affected() == changes.len() as u64)
    }
}

/// Takes from accounts that were there all identifiers and groups.
async fn forget_names(
    transaction: &mut Transaction<'static, Any>,
    changes: &[Change],
) -> Result<()> {
    let mut tenants: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for change in changes.iter().filter(|change| change.version > 0) {
        let ids = tenants.entry(&change.tenant).or_default();
        ids.push(change.account.id.as_str());
    }
    for (tenant, ids) in tenants {
        for table in ["identifiers", "members"] {
            let list = list(ids.len());
            let query = format!("DELETE FROM {table} WHERE tenant = $1 AND account IN {list}");
            with(&query, tenant, &ids)
                .execute(&mut **transaction)
                .await?;
        }
    }
    Ok(())
}

fn identifiers(change: &Change) -> impl Iterator<Item = [String; 3]> {
    let parsed = change.account.identifiers.iter();
    let parsed = parsed.filter_map(|identifier| Identifier::parse(identifier).ok());
    parsed.map(|identifier| named(change, identifier.normalised()))
}

fn memberships(change: &Change) -> impl Iterator<Item = [String; 3]> {
    let groups = change.account.groups.iter();
    groups.map(|group| named(change, group))
}

fn named(change: &Change, name: &str) -> [String; 3] {
    let Change {
        tenant, account, ..
    } = change;
    [tenant.clone(), account.id.0.clone(), name.to_owned()]
}

/// Inserts rows of three texts that are not there yet; tells how many that was.
async fn insert(
    transaction: &mut Transaction<'static, Any>,
    table: &str,
    values: &[[String; 3]],
) -> Result<u64> {
    let rows = rows(values.len(), 3);
    let query = format!("INSERT INTO {table} VALUES {rows} ON CONFLICT DO NOTHING");
    let mut query = sqlx::query(AssertSqlSafe(query));
    for text in values.iter().flatten() {
        query = query.bind(text.clone());
    }
    Ok(query.execute(&mut **transaction).await?.rows_affected())
}

/// A query about a tenant and a list of texts.
fn with(query: &str, tenant: &str, texts: &[&str]) -> Query<'static, Any, AnyArguments> {
    let query = sqlx::query(AssertSqlSafe(query.to_owned())).bind(tenant.to_owned());
    texts
        .iter()
        .fold(query, |query, text| query.bind((*text).to_owned()))
}

/// Parameters in brackets, from the second on.
fn list(count: usize) -> String {
    bracketed(2..2 + count)
}

/// Brackets of that many parameters each.
fn rows(rows: usize, columns: usize) -> String {
    let rows = (0..rows).map(|row| bracketed(row * columns + 1..(row + 1) * columns + 1));
    rows.collect::<Vec<_>>().join(", ")
}

fn bracketed(numbers: std::ops::Range<usize>) -> String {
    let mut text = String::with_capacity(numbers.len() * 6);
    for number in numbers {
        let before = if text.is_empty() { '(' } else { ',' };
        // Writing to a text never fails.
        let _ = write!(text, "{before}${number}");
    }
    text + ")"
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use postern_engine::EngineKey;
    use postern_engine::account::AccountId;

    use super::*;
    use crate::store::SqlStore;

    fn account(id: &str, identifier: &str) -> Account {
        Account::new(id, identifier)
    }

    fn change(account: Account, version: i64) -> Change {
        Change {
            tenant: "contoso.example".into(),
            account,
            passwords: Vec::new(),
            version,
        }
    }

    #[tokio::test]
    async fn what_was_changed_or_taken_meanwhile_keeps_all_of_it_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("postern.sqlite");
        let url = format!("sqlite://{}?mode=rwc", path.display());
        let key = EngineKey::new([42; 32]);
        let store = SqlStore::open(&url, 2, &key).await.unwrap();
        let accounts = BuiltIn::new(Arc::new(store), &key);
        let ada = account("ada", "ada@contoso.example");
        accounts.put("contoso.example", &ada).await.unwrap();
        let version = {
            let stored = accounts.stored("contoso.example", &["ada"]).await.unwrap();
            stored["ada"].version
        };

        // Somebody resets her password between reading and writing.
        let id = AccountId("ada".into());
        let given = accounts.give_password("contoso.example", &id, "correct horse");
        given.await.unwrap();
        let ben = || change(account("ben", "ben@contoso.example"), 0);
        let changes = [ben(), change(ada, version)];
        assert!(!accounts.change_all(&changes, &[], &[]).await.unwrap());
        // Or an identifier goes to somebody else.
        let changes = [ben(), change(account("cas", "ada@contoso.example"), 0)];
        assert!(!accounts.change_all(&changes, &[], &[]).await.unwrap());

        let ids = ["ada", "ben", "cas"];
        let stored = accounts.stored("contoso.example", &ids).await.unwrap();
        assert_eq!(stored.keys().collect::<Vec<_>>(), ["ada"]);
        assert_eq!(stored["ada"].passwords.len(), 1);
        assert!(accounts.change_all(&[ben()], &[], &[]).await.unwrap());
    }
}
