//! Identifiers and names of groups that were kept before they were compared as they are now: each
//! is folded anew, once.

use anyhow::Result;
use postern_engine::Identifier;
use postern_engine::identifier::fold;
use sqlx::{AnyPool, Row};
use tracing::{info, warn};

/// What an apostrophe that is an accent fell apart into, before apostrophes were one: a blank, and
/// what is written over a letter.
const APART: [&str; 3] = [" \u{301}", " \u{313}", " \u{314}"];

/// Folds what has other letters than those of ASCII, or a backtick; all else is the same in either
/// form. What another account has by now stays as it is, and is named in the log.
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
                "two identifiers are now one: import one of the accounts with another"
            );
        }
    }
    transaction.commit().await?;
    if folded > 0 {
        info!(folded, "identifiers were folded anew");
    }
    Ok(())
}

/// Names of groups, each with what it is when folded. Those of ASCII are the same in lower case.
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

/// Folds names of groups that have other letters than those of ASCII and were kept before they were
/// folded.
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
