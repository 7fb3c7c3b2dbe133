//! Many accounts at once: read by so many at a time, and changed in one transaction.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anyhow::{Result, ensure};
use postern_engine::audit::AuditEvent;
use postern_engine::identifier::fold;
use postern_engine::{Account, Identifier};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Row, Transaction};

use super::places::any_place;
use super::{BuiltIn, groups};

/// Rows of one statement: six columns of them stay far below the parameters that either database
/// takes (SQLite, "Limits In SQLite": 32,766; PostgreSQL: 65,535).
pub(crate) const ROWS: usize = 500;

/// An account as it is kept, with the groups that it is in directly.
pub(crate) struct Stored {
    pub(crate) account: Account,
    /// Hashes, the newest last.
    pub(crate) passwords: Vec<String>,
    pub(crate) version: i64,
}

/// An account as it is to be.
pub(crate) struct AccountChange {
    pub(crate) tenant: String,
    pub(crate) account: Account,
    pub(crate) passwords: Vec<String>,
    /// The version that it was read with; 0 if it was not there.
    pub(crate) version: i64,
}

/// What became of many changes.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Made {
    /// They were made, all of them.
    All,
    /// None was made: one was changed since it was read, and nothing is to be made of it.
    Stale,
    /// None was made: these, by their index, want an identifier that another account got meanwhile.
    Taken(Vec<usize>),
}

/// What wants many changes made, and is asked while they are.
pub(crate) trait Author: Send {
    /// What to make of an account that was changed since it was read, as it is now, by the index of
    /// its change; `None` to make no change at all. The account stays so until all is done.
    fn again(&mut self, index: usize, stored: Option<Stored>) -> Result<Option<AccountChange>>;

    /// So many more accounts are written.
    fn written(&mut self, _count: usize) {}

    /// What goes into the audit log with the changes. It is asked once, when every account is
    /// written.
    fn events(&mut self) -> Vec<AuditEvent>;
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
        let mut connection = self.store.readers().acquire().await?;
        self.stored_in(&mut connection, tenant, ids).await
    }

    /// The same, as a connection sees it.
    async fn stored_in(
        &self,
        connection: &mut AnyConnection,
        tenant: &str,
        ids: &[&str],
    ) -> Result<BTreeMap<String, Stored>> {
        let list = list(ids.len());
        let query = format!(
            "SELECT account, passwords, version FROM accounts WHERE tenant = $1 AND id IN {list}"
        );
        let rows = with(&query, tenant, ids)
            .fetch_all(&mut *connection)
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
            .fetch_all(&mut *connection)
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

    /// Makes the database count the rows anew, by which it plans how to find one.
    pub(crate) async fn analyze(&self) -> Result<()> {
        let mut transaction = self.store.write().await?;
        for query in ["ANALYZE accounts", "ANALYZE identifiers", "ANALYZE members"] {
            sqlx::query(query).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Makes all of the changes and records the author's events, or none.
    pub(crate) async fn change_all(
        &self,
        changes: &mut [AccountChange],
        nestings: &[Nesting],
        author: &mut dyn Author,
    ) -> Result<Made> {
        let mut transaction = self.store.write().await?;
        for (index, batch) in changes.chunks_mut(ROWS).enumerate() {
            let stale = self.put_accounts(&mut transaction, batch).await?;
            if !stale.is_empty() {
                let mut again =
                    |at: usize, stored: Option<Stored>| author.again(index * ROWS + at, stored);
                let is_read = self
                    .read_again(&mut transaction, batch, &stale, &mut again)
                    .await?;
                if !is_read {
                    return Ok(Made::Stale);
                }
                let mut fresh: Vec<&AccountChange> = Vec::with_capacity(stale.len());
                fresh.extend(stale.iter().filter_map(|at| batch.get(*at)));
                let stale = self.put_accounts(&mut transaction, &fresh).await?;
                // The rows are locked since the database refused to change them.
                ensure!(stale.is_empty(), "an account changes although it is locked");
            }
            author.written(batch.len());
        }
        // Of all of them first, so that one may take over what another gives up.
        for batch in changes.chunks(ROWS) {
            forget_names(&mut transaction, batch).await?;
        }
        let mut identifiers: Vec<(usize, [String; 3])> = Vec::new();
        let mut groups: Vec<[String; 4]> = Vec::new();
        for (index, change) in changes.iter().enumerate() {
            identifiers.extend(names(change).map(|name| (index, name)));
            groups.extend(memberships(change));
        }
        for batch in identifiers.chunks(ROWS) {
            let rows: Vec<&[String; 3]> = batch.iter().map(|(_, row)| row).collect();
            let table = "identifiers (tenant, account, identifier)";
            if insert(&mut transaction, table, &rows).await? != batch.len() as u64 {
                return taken(&mut transaction, batch).await.map(Made::Taken);
            }
        }
        for batch in groups.chunks(ROWS) {
            let rows: Vec<&[String; 4]> = batch.iter().collect();
            let table = "members (tenant, account, \"group\", folded)";
            insert(&mut transaction, table, &rows).await?;
        }
        for nesting in nestings {
            let Nesting {
                tenant,
                group,
                members,
            } = nesting;
            groups::nest(&mut transaction, tenant, group, members).await?;
        }
        for events in author.events().chunks(ROWS) {
            self.store.record_in(&mut transaction, events).await?;
        }
        transaction.commit().await?;
        Ok(Made::All)
    }

    /// Puts accounts there that are as they were read, and tells the others by their index. Those
    /// are locked then: PostgreSQL locks a row before it asks whether to change it ("INSERT", ON
    /// CONFLICT DO UPDATE), and SQLite has one writer.
    async fn put_accounts<C: Borrow<AccountChange>>(
        &self,
        transaction: &mut Transaction<'static, Any>,
        changes: &[C],
    ) -> Result<Vec<usize>> {
        let query = format!(
            "INSERT INTO accounts (tenant, id, account, passwords, version, place) VALUES {} \
             ON CONFLICT (tenant, id) DO UPDATE SET account = excluded.account, passwords = excluded.passwords, \
             version = excluded.version WHERE accounts.version = excluded.version - 1 RETURNING tenant, id",
            rows(changes.len(), 6)
        );
        let mut query = sqlx::query(AssertSqlSafe(query));
        for change in changes {
            let change = change.borrow();
            query = query
                .bind(change.tenant.clone())
                .bind(change.account.id.0.clone())
                .bind(self.close(&change.account)?)
                .bind(serde_json::to_string(&change.passwords)?)
                .bind(change.version + 1)
                .bind(any_place());
        }
        let put = query.fetch_all(&mut **transaction).await?;
        if put.len() == changes.len() {
            return Ok(Vec::new());
        }
        let put: Result<BTreeSet<(String, String)>> = put
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
            .collect();
        let put = put?;
        let is_stale = |change: &C| {
            let AccountChange {
                tenant, account, ..
            } = change.borrow();
            !put.contains(&(tenant.clone(), account.id.0.clone()))
        };
        let stale = changes.iter().enumerate();
        let stale = stale.filter_map(|(index, change)| is_stale(change).then_some(index));
        Ok(stale.collect())
    }

    /// Reads accounts as they are now, and asks what to make of them; false if nothing is to be
    /// made of one.
    async fn read_again(
        &self,
        transaction: &mut Transaction<'static, Any>,
        batch: &mut [AccountChange],
        stale: &[usize],
        again: &mut (dyn FnMut(usize, Option<Stored>) -> Result<Option<AccountChange>> + Send),
    ) -> Result<bool> {
        for at in stale {
            let Some(change) = batch.get_mut(*at) else {
                continue;
            };
            let id = change.account.id.0.clone();
            let mut stored = self.stored_in(transaction, &change.tenant, &[&id]).await?;
            let Some(fresh) = again(*at, stored.remove(&id))? else {
                return Ok(false);
            };
            *change = fresh;
        }
        Ok(true)
    }
}

/// Those of the names in a batch that are another account's, by the index of the change that wants
/// them.
async fn taken(
    transaction: &mut Transaction<'static, Any>,
    batch: &[(usize, [String; 3])],
) -> Result<Vec<usize>> {
    let mut wanting = Vec::new();
    for (index, [tenant, account, identifier]) in batch {
        let query = "SELECT account FROM identifiers WHERE tenant = $1 AND identifier IN ($2)";
        let owner = with(query, tenant, &[identifier])
            .fetch_optional(&mut **transaction)
            .await?;
        let owner: Option<String> = owner.map(|row| row.try_get(0)).transpose()?;
        if owner.is_some_and(|owner| owner != *account) {
            wanting.push(*index);
        }
    }
    wanting.dedup();
    Ok(wanting)
}

/// Takes from accounts that were there all identifiers and groups.
async fn forget_names(
    transaction: &mut Transaction<'static, Any>,
    changes: &[AccountChange],
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

fn names(change: &AccountChange) -> impl Iterator<Item = [String; 3]> {
    let parsed = change.account.identifiers.iter();
    let parsed = parsed.filter_map(|identifier| Identifier::parse(identifier).ok());
    parsed.map(|identifier| named(change, identifier.normalised()))
}

fn memberships(change: &AccountChange) -> impl Iterator<Item = [String; 4]> {
    let groups = change.account.groups.iter();
    groups.map(|group| {
        let [tenant, account, name] = named(change, group);
        let folded = fold(&name);
        [tenant, account, name, folded]
    })
}

fn named(change: &AccountChange, name: &str) -> [String; 3] {
    let AccountChange {
        tenant, account, ..
    } = change;
    [tenant.clone(), account.id.0.clone(), name.to_owned()]
}

/// Inserts rows of texts that are not there yet; tells how many that was.
async fn insert<const COLUMNS: usize>(
    transaction: &mut Transaction<'static, Any>,
    table: &str,
    values: &[&[String; COLUMNS]],
) -> Result<u64> {
    let rows = rows(values.len(), COLUMNS);
    let query = format!("INSERT INTO {table} VALUES {rows} ON CONFLICT DO NOTHING");
    let mut query = sqlx::query(AssertSqlSafe(query));
    for text in values.iter().copied().flatten() {
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

    fn change(account: Account, version: i64) -> AccountChange {
        AccountChange {
            tenant: "contoso.example".into(),
            account,
            passwords: Vec::new(),
            version,
        }
    }

    /// Wants the accounts of a file, with the passwords that are there.
    struct File {
        accounts: Vec<Account>,
        asked: Vec<usize>,
    }

    impl Author for File {
        fn again(&mut self, index: usize, stored: Option<Stored>) -> Result<Option<AccountChange>> {
            self.asked.push(index);
            let stored = stored.expect("it is there");
            Ok(Some(AccountChange {
                passwords: stored.passwords,
                ..change(self.accounts[index].clone(), stored.version)
            }))
        }

        fn events(&mut self) -> Vec<AuditEvent> {
            Vec::new()
        }
    }

    /// What was made, and which accounts were read again.
    async fn change_all(accounts: &BuiltIn, changes: &mut [AccountChange]) -> (Made, Vec<usize>) {
        let mut file = File {
            accounts: changes.iter().map(|it| it.account.clone()).collect(),
            asked: Vec::new(),
        };
        let made = accounts.change_all(changes, &[], &mut file).await;
        (made.unwrap(), file.asked)
    }

    async fn on_sqlite() -> (tempfile::TempDir, BuiltIn) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("postern.sqlite");
        let url = format!("sqlite://{}?mode=rwc", path.display());
        let key = EngineKey::new([42; 32]);
        let store = SqlStore::open(&url, 2, &key).await.unwrap();
        (folder, BuiltIn::new(Arc::new(store), &key))
    }

    #[tokio::test]
    async fn what_was_changed_meanwhile_is_changed_as_it_is_then() {
        let (_folder, accounts) = on_sqlite().await;
        let ada = account("ada", "ada@contoso.example");
        accounts.put("contoso.example", &ada).await.unwrap();
        let version = {
            let stored = accounts.stored("contoso.example", &["ada"]).await.unwrap();
            stored["ada"].version
        };

        // A person resets the password between reading and writing.
        let id = AccountId("ada".into());
        let given = accounts.give_password("contoso.example", &id, "correct horse");
        given.await.unwrap();
        let mut changes = vec![
            change(account("ben", "ben@contoso.example"), 0),
            change(account("ada", "ada.birch@contoso.example"), version),
        ];
        let made = change_all(&accounts, &mut changes).await;
        assert_eq!(made, (Made::All, vec![1]));
        let stored = accounts.stored("contoso.example", &["ada", "ben"]).await;
        let stored = stored.unwrap();
        assert_eq!(stored.len(), 2);
        assert_eq!(stored["ada"].passwords.len(), 1);
        assert_eq!(
            stored["ada"].account.identifiers,
            ["ada.birch@contoso.example"]
        );
        let owners = accounts
            .owners("contoso.example", &["ada@contoso.example"])
            .await;
        assert!(owners.unwrap().is_empty());
    }

    #[tokio::test]
    async fn an_identifier_that_was_taken_meanwhile_keeps_all_of_it_out() {
        let (_folder, accounts) = on_sqlite().await;
        let ada = account("ada", "ada@contoso.example");
        accounts.put("contoso.example", &ada).await.unwrap();
        let mut changes = vec![
            change(account("ben", "ben@contoso.example"), 0),
            change(account("cas", "ada@contoso.example"), 0),
        ];
        let made = change_all(&accounts, &mut changes).await;
        assert_eq!(made, (Made::Taken(vec![1]), vec![]));
        let stored = accounts
            .stored("contoso.example", &["ada", "ben", "cas"])
            .await;
        assert_eq!(stored.unwrap().keys().collect::<Vec<_>>(), ["ada"]);
    }
}
