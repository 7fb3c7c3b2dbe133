//! Operations of administrators on accounts, one by one or page by page.

use anyhow::Result;
use postern_engine::audit::AuditEvent;
use postern_engine::{EngineKey, Identifier, Person, Tenant, subject_key};
use sqlx::{Any, Row, Transaction};

use super::BuiltIn;
use super::bulk::ROWS;
use crate::seal::Seal;
use crate::store::Sealed;

/// Deletes the rows of a subject: first the outbox rows of its attempts, then its attempts and
/// counters.
const OF_SUBJECT: [&str; 3] = [
    "DELETE FROM outbox WHERE attempt IN (SELECT id FROM attempts WHERE subject = $1)",
    "DELETE FROM attempts WHERE subject = $1",
    "DELETE FROM ledgers WHERE subject = $1",
];

/// Deletes the rows of an account.
const OF_ACCOUNT: [&str; 4] = [
    "DELETE FROM identifiers WHERE tenant = $1 AND account = $2",
    "DELETE FROM members WHERE tenant = $1 AND account = $2",
    "DELETE FROM registrations WHERE tenant = $1 AND account = $2",
    "DELETE FROM accounts WHERE tenant = $1 AND id = $2 RETURNING 1",
];

impl BuiltIn {
    /// One page of a tenant's account ids after a given id, in order.
    pub(crate) async fn ids_after(&self, tenant: &str, last: &str) -> Result<Vec<String>> {
        let rows = sqlx::query(
            "SELECT id FROM accounts WHERE tenant = $1 AND id > $2 ORDER BY id LIMIT $3",
        )
        .bind(tenant)
        .bind(last)
        .bind(i64::try_from(ROWS)?)
        .fetch_all(self.store.readers())
        .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// The nested groups of a tenant: pairs of a group and a member group.
    pub(crate) async fn all_nested(&self, tenant: &str) -> Result<Vec<(String, String)>> {
        let rows = sqlx::query(
            "SELECT \"group\", member FROM nested_groups WHERE tenant = $1 ORDER BY \"group\", member",
        )
        .bind(tenant)
        .fetch_all(self.store.readers())
        .await?;
        let nested = rows
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        nested.collect()
    }

    /// Removes the nesting of a tenant's groups.
    pub(crate) async fn forget_groups(&self, tenant: &str) -> Result<()> {
        let mut transaction = self.store.write().await?;
        sqlx::query("DELETE FROM nested_groups WHERE tenant = $1")
            .bind(tenant)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Removes an account with all data of the person except the audit log, and records that there.
    /// Returns false if there was no such account.
    pub(crate) async fn remove(
        &self,
        tenant: &str,
        person: &Person,
        key: &EngineKey,
        event: &AuditEvent,
    ) -> Result<bool> {
        let mut transaction = self.store.write().await?;
        let named = Tenant {
            id: Some(tenant.to_owned()),
            ..Tenant::new("", "")
        };
        let identifiers = person.identifiers.iter();
        for identifier in identifiers.filter_map(|it| Identifier::parse(it).ok()) {
            // Counters exist for the person, and for the identifier alone.
            for account in [Some(&person.id), None] {
                let subject = subject_key(key, Some(&named), account, &identifier);
                forget(&mut transaction, subject.as_str()).await?;
            }
        }
        let mut is_removed = false;
        for statement in OF_ACCOUNT {
            let rows = sqlx::query(statement)
                .bind(tenant)
                .bind(person.id.as_str())
                .fetch_all(&mut *transaction)
                .await?;
            is_removed = !rows.is_empty();
        }
        self.store
            .record_in(&mut transaction, std::slice::from_ref(event))
            .await?;
        transaction.commit().await?;
        Ok(is_removed)
    }

    /// Seals every account with the first key. Returns how many accounts none of the keys opens.
    pub(crate) async fn seal_again(&self) -> Result<u64> {
        self.store.seal_again(Sealed::Accounts, &self.seal).await
    }

    /// The seal of accounts.
    pub(crate) const fn seal(&self) -> &Seal {
        &self.seal
    }
}

async fn forget(transaction: &mut Transaction<'static, Any>, subject: &str) -> Result<()> {
    for statement in OF_SUBJECT {
        sqlx::query(statement)
            .bind(subject)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}
