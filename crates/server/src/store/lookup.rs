//! Finds rows of the audit log by what a caller can say about an attempt or a person. Each
//! condition has an index.

use super::clue::Clue;
use super::dialect::Dialect;
use super::statement::Statement;
use super::{AuditRow, Result, SqlStore};

/// A character greater than any hexadecimal digit. It ends the range of texts that begin with given
/// digits.
const BEHIND_DIGITS: char = 'g';

impl SqlStore {
    /// The newest rows of the audit log that meet any of the conditions, oldest first.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub(crate) async fn audit_about(&self, clues: &[Clue], limit: i64) -> Result<Vec<AuditRow>> {
        let query = statement(self.dialect, "", clues, limit)?.query();
        let rows = query.fetch_all(&self.readers).await?;
        rows.iter().rev().map(AuditRow::read).collect()
    }
}

/// The query, after a word such as `EXPLAIN`.
fn statement(dialect: Dialect, word: &str, clues: &[Clue], limit: i64) -> Result<Statement> {
    let (mut parts, mut values) = (Vec::new(), Vec::new());
    // The first parameter is the limit.
    let mut place = |value: String| {
        values.push(value);
        format!("${}", values.len() + 1)
    };
    for clue in clues {
        let condition = match clue {
            Clue::Is(field, value) => {
                let place = place(dialect.in_event(value)?);
                format!("{} = {place}", dialect.of_event(*field))
            }
            Clue::Begins(field, digits) => {
                let (from, until) = (
                    place(digits.clone()),
                    place(format!("{digits}{BEHIND_DIGITS}")),
                );
                let of_event = dialect.of_event(*field);
                format!("{of_event} >= {from} AND {of_event} < {until}")
            }
        };
        parts.push(format!("SELECT id FROM audit WHERE {condition}"));
    }
    // Finds the rows first, and then sorts them. Otherwise the database might walk the whole log in
    // order.
    let sql = format!(
        "{word} WITH found AS MATERIALIZED ({}) SELECT a.id, a.event, a.position, a.hash \
         FROM found JOIN audit a ON a.id = found.id ORDER BY a.at DESC, a.id DESC LIMIT $1",
        parts.join(" UNION ")
    );
    let statement = Statement::new(sql).bind(limit);
    Ok(values.into_iter().fold(statement, Statement::bind))
}

#[cfg(test)]
mod tests {
    use postern_engine::EngineKey;
    use postern_peers::postgres::Postgres;
    use sqlx::{Executor, Row};

    use super::*;
    use crate::store::clue::EventField;

    const EACH: [EventField; 5] = [
        EventField::SupportCode,
        EventField::Attempt,
        EventField::CorrelationId,
        EventField::Identifier,
        EventField::Account,
    ];

    /// The query plan for a log with the rows that `fill` inserts.
    async fn plan(url: &str, fill: &'static str, explain: &str) -> String {
        let key = EngineKey::new([42; 32]);
        let store = SqlStore::open(url, 2, &key).await.expect("a store");
        let pool = &store.readers;
        pool.execute(fill).await.expect("there is room");
        pool.execute("ANALYZE audit").await.expect("it is counted");
        let mut clues: Vec<Clue> = EACH.map(|field| Clue::Is(field, "x".into())).into();
        clues.push(Clue::Begins(EventField::SupportCode, "00000ab".into()));
        let explained = statement(store.dialect, explain, &clues, 500).expect("a query");
        let rows = explained.query().fetch_all(pool).await.expect("a plan");
        let detail = rows.iter().map(|row| {
            let column = row.len() - 1;
            row.try_get(column).expect("a line of a plan")
        });
        detail.collect::<Vec<String>>().join("\n")
    }

    #[tokio::test]
    async fn what_is_looked_up_is_found_by_an_index_on_sqlite() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("log").display());
        let fill = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) \
            INSERT INTO audit (at, tenant, event) SELECT i, 'c', json_object('support_code', hex(randomblob(16)), \
            'attempt', hex(randomblob(16)), 'correlation_id', hex(randomblob(16)), 'identifier', 'p' || i, 'account', 'a' || i) FROM n";
        let plan = plan(&url, fill, "EXPLAIN QUERY PLAN").await;
        assert_eq!(
            plan.matches("USING INDEX audit_by_").count()
                + plan.matches("USING COVERING INDEX audit_by_").count(),
            6,
            "{plan}"
        );
        assert!(!plan.contains("SCAN audit"), "{plan}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_looked_up_is_found_by_an_index_on_postgresql() {
        let url = Postgres::shared().create("lookup").await;
        let fill = "INSERT INTO audit (at, tenant, event) SELECT i, 'c', '{\"support_code\":\"' || md5(i::text) || \
            '\",\"attempt\":\"' || md5('a' || i) || '\",\"correlation_id\":\"' || md5('c' || i) || \
            '\",\"identifier\":\"p' || i || '\",\"account\":\"a' || i || '\"}' FROM generate_series(1, 5000) AS i";
        let plan = plan(&url, fill, "EXPLAIN").await;
        assert_eq!(
            plan.matches(" on audit_by_").count() + plan.matches(" using audit_by_").count(),
            6,
            "{plan}"
        );
        assert!(!plan.contains("Seq Scan on audit"), "{plan}");
    }
}
