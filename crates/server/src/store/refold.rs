//! Folds identifiers and names of groups again, once. They were stored before the present way of
//! comparing them.

use anyhow::Result;
use postern_engine::Identifier;
use postern_engine::identifier::fold;
use sqlx::{AnyPool, Row};
use tracing::{info, warn};

/// The old folded forms of an accent that stands for an apostrophe: a blank and a combining
/// character. Today all apostrophes fold to one.
const APART: [&str; 3] = [" \u{301}", " \u{313}", " \u{314}"];

/// Folds identifiers with letters other than ASCII, or with a backtick. All others are the same in
/// both forms. If another account has the folded form by now, the identifier stays as it is, and
/// the log names it.
pub(super) async fn refold(pool: &AnyPool) -> Result<()> {
    let mut transaction = pool.begin().await?;
    let rows = sqlx::query(
        "SELECT tenant, identifier FROM identifiers WHERE length(identifier) < octet_length(identifier) \
         OR identifier LIKE '%`%'",
    )
    .fetch_all(&mut *transaction)
    .await?;
    let mut folded: usize = 0;
    for row in &rows {
        let (tenant, kept): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let apart = APART.iter();
        let whole = apart.fold(kept.clone(), |text, accent| text.replace(accent, "'"));
        let Ok(identifier) = Identifier::parse(&whole) else {
            continue;
        };
        if identifier.normalised() == kept {
            continue;
        }
        let done = sqlx::query(
            "UPDATE identifiers SET identifier = $3 WHERE tenant = $1 AND identifier = $2 \
             AND NOT EXISTS (SELECT 1 FROM identifiers WHERE tenant = $1 AND identifier = $3)",
        )
        .bind(&tenant)
        .bind(&kept)
        .bind(identifier.normalised())
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 1 {
            folded += 1;
        } else {
            warn!(
                tenant,
                "two accounts have identifiers that now count as the same: give one of the accounts another identifier"
            );
        }
    }
    transaction.commit().await?;
    if folded > 0 {
        info!(
            folded,
            "the server rewrote identifiers in their new normal form"
        );
    }
    Ok(())
}

/// Queries for names of groups that have no folded form yet. Names in ASCII are the same in lower
/// case.
const GROUPS: [(&str, &str); 3] = [
    (
        "SELECT DISTINCT \"group\" FROM members WHERE folded IS NULL AND length(\"group\") < octet_length(\"group\")",
        "UPDATE members SET folded = $2 WHERE \"group\" = $1 AND folded IS NULL",
    ),
    (
        "SELECT DISTINCT member FROM nested_groups WHERE folded_member IS NULL AND length(member) < octet_length(member)",
        "UPDATE nested_groups SET folded_member = $2 WHERE member = $1 AND folded_member IS NULL",
    ),
    (
        "SELECT DISTINCT \"group\" FROM nested_groups WHERE folded_group IS NULL AND length(\"group\") < octet_length(\"group\")",
        "UPDATE nested_groups SET folded_group = $2 WHERE \"group\" = $1 AND folded_group IS NULL",
    ),
];

/// Folds names of groups with letters other than ASCII that were stored before names were folded.
pub(super) async fn fold_groups(pool: &AnyPool) -> Result<()> {
    let mut transaction = pool.begin().await?;
    for (unfolded, update) in GROUPS {
        let rows = sqlx::query(unfolded).fetch_all(&mut *transaction).await?;
        for row in &rows {
            let name: String = row.try_get(0)?;
            sqlx::query(update)
                .bind(name.as_str())
                .bind(fold(&name))
                .execute(&mut *transaction)
                .await?;
        }
    }
    Ok(transaction.commit().await?)
}
