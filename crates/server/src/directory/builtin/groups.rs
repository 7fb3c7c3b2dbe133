//! Groups of the built-in accounts: their direct members, and the groups inside other groups.
//!
//! Names are compared without case, as directories do. The database stores the folded form beside
//! each name. A row without it (see migration 0034) is compared in lower case by the database.

use anyhow::Result;
use postern_engine::identifier::fold;
use sqlx::{Any, AnyPool, Row, Transaction};

/// Maximum groups of one account that are looked at, nearest first: as many as an Active Directory
/// account can be in (Microsoft documentation, "Active Directory Maximum Limits").
pub(super) const GROUPS_MAX: i64 = 1_015;

/// The groups that the `found` account is in, directly or through other groups: a row with the
/// account, and one for each group. Groups that contain each other do no harm.
///
/// Each group is taken once, and their number is limited. That limits the depth too.
macro_rules! reached {
    () => {
        "reached(name, folded) AS ( \
           SELECT m.\"group\", coalesce(m.folded, lower(m.\"group\")) \
             FROM members m JOIN found f ON m.account = f.id WHERE m.tenant = $1 \
           UNION \
           SELECT n.\"group\", coalesce(n.folded_group, lower(n.\"group\")) \
             FROM reached r JOIN nested_groups n ON n.tenant = $1 AND coalesce(n.folded_member, lower(n.member)) = r.folded \
         ) SELECT account, id, turn FROM found \
           UNION ALL SELECT NULL, name, NULL FROM (SELECT name FROM reached LIMIT $3) AS named"
    };
}

/// The requested account, or else its stand-in. Both cases read, send and join the same amount. The
/// query always searches for both.
macro_rules! found {
    () => {
        "drawn AS ( \
           SELECT turn, id FROM ( \
             SELECT 0 AS turn, id FROM asked \
             UNION ALL SELECT 1, id FROM ( \
               SELECT id FROM accounts WHERE tenant = $1 AND place >= $4 ORDER BY place, id LIMIT 1 \
             ) AS behind \
             UNION ALL SELECT 2, id FROM ( \
               SELECT id FROM accounts WHERE tenant = $1 ORDER BY place, id LIMIT 1 \
             ) AS least \
           ) AS turns ORDER BY turn LIMIT 1 \
         ), found AS ( \
           SELECT id, account, (SELECT turn FROM drawn) AS turn FROM accounts \
           WHERE tenant = $1 AND id = (SELECT id FROM drawn) \
         ), "
    };
}

/// The rows of one group, by its folded name.
macro_rules! of_group {
    () => {
        " WHERE tenant = $1 AND coalesce(folded_group, lower(\"group\")) = $2"
    };
}

/// The `turn` column of an account's row if it is the requested account.
pub(super) const ASKED: i64 = 0;

/// Finds an account by its id, with its groups: one row for the account, and one for each group.
pub(super) const ACCOUNT: &str = concat!(
    "WITH RECURSIVE asked AS (SELECT id FROM accounts WHERE tenant = $1 AND id = $2), ",
    found!(),
    reached!()
);

/// Finds an account by an identifier, in the same form as [`ACCOUNT`].
pub(super) const IDENTIFIED: &str = concat!(
    "WITH RECURSIVE asked AS ( \
       SELECT account AS id FROM identifiers WHERE tenant = $1 AND identifier = $2 \
     ), ",
    found!(),
    reached!()
);

/// Makes an account a direct member of the given groups and of no others.
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
            "INSERT INTO members (tenant, account, \"group\", folded) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(tenant)
        .bind(account)
        .bind(group.as_str())
        .bind(fold(group))
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

/// Sets the direct member groups of a group.
pub(super) async fn nest(
    transaction: &mut Transaction<'static, Any>,
    tenant: &str,
    group: &str,
    members: &[String],
) -> Result<()> {
    let folded = fold(group);
    sqlx::query(concat!("DELETE FROM nested_groups", of_group!()))
        .bind(tenant)
        .bind(folded.as_str())
        .execute(&mut **transaction)
        .await?;
    for member in members {
        sqlx::query(
            "INSERT INTO nested_groups (tenant, member, \"group\", folded_member, folded_group) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        )
        .bind(tenant)
        .bind(member.as_str())
        .bind(group)
        .bind(fold(member))
        .bind(folded.as_str())
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

/// The direct member groups of a group, by name.
pub(super) async fn nested_in(readers: &AnyPool, tenant: &str, group: &str) -> Result<Vec<String>> {
    let rows = sqlx::query(concat!("SELECT member FROM nested_groups", of_group!()))
        .bind(tenant)
        .bind(fold(group))
        .fetch_all(readers)
        .await?;
    let names = rows.iter().map(|row| Ok(row.try_get(0)?));
    let mut names: Vec<String> = names.collect::<Result<_>>()?;
    names.sort();
    Ok(names)
}
