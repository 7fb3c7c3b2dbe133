//! Groups of the built-in accounts: who is in one directly, and which groups are in others.
//!
//! Their names are compared as a policy's scope compares them: character by character.

use anyhow::Result;
use sqlx::{Any, AnyPool, Row, Transaction};

/// Groups of one account that are looked at, nearest first: as many as an account of Active Directory can be in
/// (Microsoft documentation, "Active Directory Maximum Limits").
const GROUPS_MAX: i64 = 1_015;

/// The groups that an account is in, directly or through others, by name. Groups that contain each other do no harm.
///
/// A group is taken once, and no more of them than can be used: that bounds the depth too.
pub(super) async fn of(readers: &AnyPool, tenant: &str, account: &str) -> Result<Vec<String>> {
    let rows = sqlx::query(
        "WITH RECURSIVE reached(name) AS ( \
           SELECT \"group\" FROM members WHERE tenant = $1 AND account = $2 \
           UNION \
           SELECT n.\"group\" FROM reached r JOIN nested_groups n ON n.tenant = $1 AND n.member = r.name \
         ) SELECT name FROM reached LIMIT $3",
    )
    .bind(tenant)
    .bind(account)
    .bind(GROUPS_MAX)
    .fetch_all(readers)
    .await?;
    let names = rows.iter().map(|row| Ok(row.try_get(0)?));
    let mut names: Vec<String> = names.collect::<Result<_>>()?;
    names.sort();
    Ok(names)
}

/// Makes an account a member of those groups directly, and of no others.
pub(super) async fn set(
    transaction: &mut Transaction<'static, Any>,
    tenant: &str,
    account: &str,
    groups: &[String],
) -> Result<()> {
    sqlx::query("DELETE FROM members WHERE tenant = $1 AND account = $2")
        .bind(tenant)
        .bind(account)
        .execute(&mut **transaction)
        .await?;
    for group in groups {
        sqlx::query(
            "INSERT INTO members (tenant, account, \"group\") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .bind(tenant)
        .bind(account)
        .bind(group.as_str())
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

/// Puts those groups into a group, and takes all others out of it.
pub(super) async fn nest(
    transaction: &mut Transaction<'static, Any>,
    tenant: &str,
    group: &str,
    members: &[String],
) -> Result<()> {
    sqlx::query("DELETE FROM nested_groups WHERE tenant = $1 AND \"group\" = $2")
        .bind(tenant)
        .bind(group)
        .execute(&mut **transaction)
        .await?;
    for member in members {
        sqlx::query(
            "INSERT INTO nested_groups (tenant, member, \"group\") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .bind(tenant)
        .bind(member.as_str())
        .bind(group)
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

/// The groups that are in a group directly, by name.
pub(super) async fn nested_in(readers: &AnyPool, tenant: &str, group: &str) -> Result<Vec<String>> {
    let rows = sqlx::query("SELECT member FROM nested_groups WHERE tenant = $1 AND \"group\" = $2")
        .bind(tenant)
        .bind(group)
        .fetch_all(readers)
        .await?;
    let names = rows.iter().map(|row| Ok(row.try_get(0)?));
    let mut names: Vec<String> = names.collect::<Result<_>>()?;
    names.sort();
    Ok(names)
}
