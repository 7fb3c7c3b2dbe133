//! Operations on many accounts: reads them in batches, and changes all of them in one transaction.

mod put;
mod query;

use std::collections::BTreeMap;

use anyhow::Result;
use postern_engine::audit::AuditEvent;
use postern_engine::identifier::fold;
use postern_engine::{Account, Identifier};
use sqlx::{Any, AnyConnection, AssertSqlSafe, Row, Transaction};

use self::query::{list, with};
use super::{BuiltIn, groups};
use crate::store::row_parameters;

/// Maximum rows of one statement. Six columns of them stay far below the parameter limits of both
/// databases (SQLite, "Limits In SQLite": 32,766; PostgreSQL: 65,535).
pub(crate) const ROWS: usize = 500;

/// An account in its stored form, with the groups that it is in directly.
pub(crate) struct Stored {
    pub(crate) account: Account,
    /// Hashes of passwords, the newest last.
    pub(crate) passwords: Vec<String>,
    pub(crate) versions: RowVersions,
}

/// The versions of an account's rows that were read; 0 for a row that was not there.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct RowVersions {
    pub(crate) account: i64,
    pub(crate) registration: i64,
}

impl RowVersions {
    /// Whether there was no account.
    pub(crate) const fn is_new(self) -> bool {
        self.account == 0
    }
}

/// The wanted state of an account.
pub(crate) struct AccountChange {
    pub(crate) tenant: String,
    pub(crate) account: Account,
    pub(crate) passwords: Vec<String>,
    pub(crate) versions: RowVersions,
}

/// The outcome of many changes.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Made {
    /// All changes were made.
    All,
    /// No change was made: an account changed since it was read, and the author gave that change
    /// up.
    Stale,
    /// No change was made: another account got an identifier that these changes want. Holds their
    /// indexes.
    Taken(Vec<usize>),
}

/// The source of many changes, which is consulted while they are made.
pub(crate) trait Author: Send {
    /// Recomputes the change with the given index, since its account changed after it was read.
    /// Gets the present state; `None` cancels all changes. The account stays locked until the
    /// transaction ends.
    fn again(&mut self, index: usize, stored: Option<Stored>) -> Result<Option<AccountChange>>;

    /// Reports that `count` more accounts are written.
    fn written(&mut self, _count: usize) {}

    /// The audit events to commit with the changes. Called once, after every account is written.
    fn events(&mut self) -> Vec<AuditEvent>;
}

/// A group and its wanted direct member groups.
pub(crate) struct Nesting {
    pub(crate) tenant: String,
    pub(crate) group: String,
    pub(crate) members: Vec<String>,
}

impl BuiltIn {
    /// The existing ones of these accounts, by id. Takes at most [`ROWS`] ids.
    pub(crate) async fn stored(
        &self,
        tenant: &str,
        ids: &[&str],
    ) -> Result<BTreeMap<String, Stored>> {
        let mut connection = self.store.readers().acquire().await?;
        self.stored_in(&mut connection, tenant, ids).await
    }

    /// The same query on a given connection.
    async fn stored_in(
        &self,
        connection: &mut AnyConnection,
        tenant: &str,
        ids: &[&str],
    ) -> Result<BTreeMap<String, Stored>> {
        let list = list(ids.len());
        let query = format!(
            "SELECT a.account, a.passwords, a.version, r.registration, r.version FROM accounts a \
             LEFT JOIN registrations r ON r.tenant = a.tenant AND r.account = a.id \
             WHERE a.tenant = $1 AND a.id IN {list}"
        );
        let rows = with(&query, tenant, ids)
            .fetch_all(&mut *connection)
            .await?;
        let mut stored = BTreeMap::new();
        for row in &rows {
            let (sealed, passwords): (Vec<u8>, String) = (row.try_get(0)?, row.try_get(1)?);
            let mut account = self.joined(&sealed, row.try_get(3)?)?;
            account.person.groups.clear();
            let kept = Stored {
                account,
                passwords: serde_json::from_str(&passwords)?,
                versions: RowVersions {
                    account: row.try_get(2)?,
                    registration: row.try_get::<Option<i64>, _>(4)?.unwrap_or_default(),
                },
            };
            stored.insert(kept.account.person.id.0.clone(), kept);
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
                stored.account.person.groups.push(row.try_get(1)?);
            }
        }
        // Sorted here, so that the order does not depend on the database.
        for stored in stored.values_mut() {
            stored.account.person.groups.sort();
        }
        Ok(stored)
    }

    /// The accounts that own these identifiers, by identifier. Takes at most [`ROWS`] identifiers.
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

    /// The direct member groups of a group, by name.
    pub(crate) async fn nested(&self, tenant: &str, group: &str) -> Result<Vec<String>> {
        groups::nested_in(self.store.readers(), tenant, group).await
    }

    /// Makes the database update the statistics that its query planner uses.
    pub(crate) async fn analyze(&self) -> Result<()> {
        let mut transaction = self.store.write().await?;
        for query in ["ANALYZE accounts", "ANALYZE identifiers", "ANALYZE members"] {
            sqlx::query(query).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Makes all changes and records the author's events, or does nothing.
    pub(crate) async fn change_all(
        &self,
        changes: &mut [AccountChange],
        nestings: &[Nesting],
        author: &mut dyn Author,
    ) -> Result<Made> {
        let mut transaction = self.store.write().await?;
        for (index, batch) in changes.chunks_mut(ROWS).enumerate() {
            let mut again =
                |at: usize, stored: Option<Stored>| author.again(index * ROWS + at, stored);
            if !self.put_all(&mut transaction, batch, &mut again).await? {
                return Ok(Made::Stale);
            }
            author.written(batch.len());
        }
        // Removes the names of all changed accounts first, so that one account may take over an
        // identifier that another gives up.
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
}

/// The indexes of the changes in a batch that want an identifier of another account.
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

/// Removes all identifiers and groups of existing accounts.
async fn forget_names(
    transaction: &mut Transaction<'static, Any>,
    changes: &[AccountChange],
) -> Result<()> {
    let mut tenants: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for change in changes.iter().filter(|change| !change.versions.is_new()) {
        let ids = tenants.entry(&change.tenant).or_default();
        ids.push(change.account.person.id.as_str());
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
    let parsed = change.account.person.identifiers.iter();
    let parsed = parsed.filter_map(|identifier| Identifier::parse(identifier).ok());
    parsed.map(|identifier| named(change, identifier.normalised()))
}

fn memberships(change: &AccountChange) -> impl Iterator<Item = [String; 4]> {
    let groups = change.account.person.groups.iter();
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
    [tenant.clone(), account.person.id.0.clone(), name.to_owned()]
}

/// Inserts the rows that do not exist yet. Returns their number.
async fn insert<const COLUMNS: usize>(
    transaction: &mut Transaction<'static, Any>,
    table: &str,
    values: &[&[String; COLUMNS]],
) -> Result<u64> {
    let rows = row_parameters(values.len(), COLUMNS);
    let query = format!("INSERT INTO {table} VALUES {rows} ON CONFLICT DO NOTHING");
    let mut query = sqlx::query(AssertSqlSafe(query));
    for text in values.iter().copied().flatten() {
        query = query.bind(text.clone());
    }
    Ok(query.execute(&mut **transaction).await?.rows_affected())
}

#[cfg(test)]
mod tests {
    use postern_engine::account::{AccountId, RegisteredQuestion};
    use postern_engine::answer::{AnswerDigest, AnswerForm};
    use postern_engine::command::RenewAnswers;
    use postern_engine::{EngineKey, Tenant};
    use postern_protocol::QuestionText;

    use super::*;
    use crate::store::temporary;

    fn account(id: &str, identifier: &str) -> Account {
        Account::new(id, identifier)
    }

    fn change(account: Account, versions: RowVersions) -> AccountChange {
        AccountChange {
            tenant: "contoso.example".into(),
            account,
            passwords: Vec::new(),
            versions,
        }
    }

    /// An author that wants the accounts of a file and keeps stored passwords.
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
                ..change(self.accounts[index].clone(), stored.versions)
            }))
        }

        fn events(&mut self) -> Vec<AuditEvent> {
            Vec::new()
        }
    }

    /// The outcome, and the indexes of the accounts that were read again.
    async fn change_all(accounts: &BuiltIn, changes: &mut [AccountChange]) -> (Made, Vec<usize>) {
        let mut file = File {
            accounts: changes.iter().map(|it| it.account.clone()).collect(),
            asked: Vec::new(),
        };
        let made = accounts.change_all(changes, &[], &mut file).await;
        (made.unwrap(), file.asked)
    }

    /// Ada, with one answer on file in that form.
    fn with_answer(form: AnswerForm, answer: &str) -> Account {
        let mut ada = account("ada", "ada@contoso.example");
        let (id, key) = (&ada.person.id, EngineKey::new([42; 32]));
        let text = QuestionText::Predefined(3);
        let mut question = RegisteredQuestion::new(&key, id, 1, text, answer).unwrap();
        question.answer = AnswerDigest::of(form, &key, id, 1, answer).unwrap();
        ada.registration.questions.push(question);
        ada
    }

    async fn on_sqlite() -> (tempfile::TempDir, BuiltIn) {
        let key = EngineKey::new([42; 32]);
        let (folder, store) = temporary::store(&key).await;
        (folder, BuiltIn::new(store, &key))
    }

    #[tokio::test]
    async fn what_was_changed_meanwhile_is_changed_as_it_is_then() {
        let (_folder, accounts) = on_sqlite().await;
        let ada = account("ada", "ada@contoso.example");
        accounts.put("contoso.example", &ada).await.unwrap();
        let versions = {
            let stored = accounts.stored("contoso.example", &["ada"]).await.unwrap();
            stored["ada"].versions
        };

        // A person resets the password between reading and writing.
        let id = AccountId("ada".into());
        let given = accounts.give_password("contoso.example", &id, "correct horse");
        given.await.unwrap();
        let mut changes = vec![
            change(
                account("ben", "ben@contoso.example"),
                RowVersions::default(),
            ),
            change(account("ada", "ada.birch@contoso.example"), versions),
        ];
        let made = change_all(&accounts, &mut changes).await;
        assert_eq!(made, (Made::All, vec![1]));
        let stored = accounts.stored("contoso.example", &["ada", "ben"]).await;
        let stored = stored.unwrap();
        assert_eq!(stored.len(), 2);
        assert_eq!(stored["ada"].passwords.len(), 1);
        assert_eq!(
            stored["ada"].account.person.identifiers,
            ["ada.birch@contoso.example"]
        );
        let owners = accounts
            .owners("contoso.example", &["ada@contoso.example"])
            .await;
        assert!(owners.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_registration_that_changed_meanwhile_is_changed_as_it_is_then() {
        let (_folder, accounts) = on_sqlite().await;
        let tenant = Tenant::new("contoso.example", "Contoso");
        let ada = with_answer(AnswerForm::First, "Blue Lake");
        accounts.put("contoso.example", &ada).await.unwrap();
        let stored = accounts.stored("contoso.example", &["ada"]).await.unwrap();
        let versions = stored["ada"].versions;

        // The person gives the answer between reading and writing.
        let renewed = with_answer(AnswerForm::NEWEST, "Blue Lake").registration;
        let renew = RenewAnswers {
            account: ada.person.id.clone(),
            answers: vec![(1, renewed.questions[0].answer)],
        };
        let registrations = accounts.registrations();
        registrations.renew_answers(&tenant, &renew).await.unwrap();
        let mut changes = vec![
            change(
                account("ben", "ben@contoso.example"),
                RowVersions::default(),
            ),
            AccountChange {
                passwords: vec!["hash".into()],
                ..change(ada, versions)
            },
        ];
        let (made, asked) = change_all(&accounts, &mut changes).await;
        assert_eq!((made, asked), (Made::All, vec![1]));
        let stored = accounts.stored("contoso.example", &["ada", "ben"]).await;
        let stored = stored.unwrap();
        assert_eq!(stored.len(), 2);
        // The author of these changes keeps the passwords that are stored, and there were none:
        // nothing of the refused change was written.
        assert!(stored["ada"].passwords.is_empty());
        assert_eq!(
            stored["ada"].versions,
            RowVersions {
                account: 2,
                registration: 3
            }
        );
    }

    #[tokio::test]
    async fn an_identifier_that_was_taken_meanwhile_keeps_all_of_it_out() {
        let (_folder, accounts) = on_sqlite().await;
        let ada = account("ada", "ada@contoso.example");
        accounts.put("contoso.example", &ada).await.unwrap();
        let mut changes = vec![
            change(
                account("ben", "ben@contoso.example"),
                RowVersions::default(),
            ),
            change(
                account("cas", "ada@contoso.example"),
                RowVersions::default(),
            ),
        ];
        let made = change_all(&accounts, &mut changes).await;
        assert_eq!(made, (Made::Taken(vec![1]), vec![]));
        let stored = accounts
            .stored("contoso.example", &["ada", "ben", "cas"])
            .await;
        assert_eq!(stored.unwrap().keys().collect::<Vec<_>>(), ["ada"]);
    }
}
