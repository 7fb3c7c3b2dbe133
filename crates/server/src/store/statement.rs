//! A statement with its bound values, prepared before a connection is taken for it.

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe};

/// The SQLSTATE of an undone change, which the function `postern_undo` raises.
pub(super) const UNDONE: &str = "PN001";

/// SQL with parameters `$1`, `$2` and so on, and their values.
pub(crate) struct Statement {
    sql: String,
    values: Vec<Value>,
}

/// A value of a column.
pub(crate) enum Value {
    Integer(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl Statement {
    /// The SQL must be ours, without any text from a client.
    pub(crate) fn new(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            values: Vec::new(),
        }
    }

    /// Binds the next parameter.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// The table that the statement changes.
    pub(super) fn table(&self) -> Option<&str> {
        let mut words = self.sql.split_whitespace();
        match words.next()? {
            "UPDATE" => words.next(),
            "INSERT" | "DELETE" => {
                words.find(|word| matches!(*word, "INTO" | "FROM"))?;
                words.next()
            }
            _ => None,
        }
    }

    pub(super) fn query(self) -> Query<'static, Any, AnyArguments> {
        let query = sqlx::query(AssertSqlSafe(self.sql));
        self.values
            .into_iter()
            .fold(query, |query, value| match value {
                Value::Integer(number) => query.bind(number),
                Value::Text(text) => query.bind(text),
                Value::Bytes(bytes) => query.bind(bytes),
            })
    }

    /// Joins statements that change different tables into one, so that PostgreSQL needs one round
    /// trip. If one of the `needed` gives no row, all are undone with an error of the code
    /// [`UNDONE`]; its detail is the number of the first such statement.
    pub(super) fn joined(statements: Vec<Self>, needed: &[usize]) -> Self {
        let (mut parts, mut values) = (Vec::new(), Vec::new());
        for (number, statement) in statements.into_iter().enumerate() {
            let sql = moved(&statement.sql, values.len());
            parts.push(format!("s{number} AS ({sql})"));
            values.extend(statement.values);
        }
        let checks = needed.iter().map(|number| {
            format!("CASE WHEN NOT EXISTS (SELECT FROM s{number}) THEN postern_undo({number}) END")
        });
        let checks = checks.collect::<Vec<_>>().join(", ");
        Self {
            sql: format!("WITH {} SELECT {checks}", parts.join(", ")),
            values,
        }
    }
}

/// Renumbers parameters. A dollar inside `'…'`, or without a number, is not a parameter.
fn moved(sql: &str, by: usize) -> String {
    let mut moved = String::new();
    let mut is_literal = false;
    let mut rest = sql;
    while let Some(at) = rest.find(['$', '\'']) {
        let (before, from) = rest.split_at(at);
        moved.push_str(before);
        let after = &from[1..];
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let number = after[..digits].parse::<usize>().ok();
        is_literal ^= from.starts_with('\'');
        moved.push_str(&from[..1]);
        rest = after;
        if let Some(number) = number.filter(|_| from.starts_with('$') && !is_literal) {
            moved.push_str(&(number + by).to_string());
            rest = &after[digits..];
        }
    }
    moved + rest
}

/// Parameters for rows of values: `($1, $2), ($3, $4)`.
pub(crate) fn row_parameters(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let columns = (1..=columns).map(|column| format!("${}", row * columns + column));
        format!("({})", columns.collect::<Vec<_>>().join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Integer(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(Some(bytes))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(bytes: Option<Vec<u8>>) -> Self {
        Self::Bytes(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_statements_have_places_of_their_own() {
        let one = |sql: &str| Statement::new(sql).bind(1).bind("two");
        let statements = vec![
            one("UPDATE a SET b = $2 WHERE c = $1 RETURNING 1"),
            one("INSERT INTO d VALUES ($1, $2)"),
            one("UPDATE e SET f = $2 + 10 WHERE g = $1 RETURNING 1"),
        ];
        let joined = Statement::joined(statements, &[0, 2]);
        assert_eq!(
            joined.sql,
            "WITH s0 AS (UPDATE a SET b = $2 WHERE c = $1 RETURNING 1), s1 AS (INSERT INTO d VALUES ($3, $4)), \
             s2 AS (UPDATE e SET f = $6 + 10 WHERE g = $5 RETURNING 1) \
             SELECT CASE WHEN NOT EXISTS (SELECT FROM s0) THEN postern_undo(0) END, \
             CASE WHEN NOT EXISTS (SELECT FROM s2) THEN postern_undo(2) END"
        );
        assert_eq!(joined.values.len(), 6);
    }

    #[test]
    fn what_is_no_place_stays_as_it_is() {
        for (sql, moved_by_two) in [
            ("a = $1", "a = $3"),
            ("a = $9 AND b = $10", "a = $11 AND b = $12"),
            ("a = '$1' AND b = $1", "a = '$1' AND b = $3"),
            ("a = 'it''s $1' AND b = $1", "a = 'it''s $1' AND b = $3"),
            ("a = '' AND b = $1", "a = '' AND b = $3"),
            ("a = $ AND b = $1", "a = $ AND b = $3"),
            ("a = 'é$1' || $1", "a = 'é$1' || $3"),
            ("$1", "$3"),
            ("", ""),
        ] {
            assert_eq!(moved(sql, 2), moved_by_two);
        }
    }

    #[test]
    fn the_table_that_a_statement_changes_is_known() {
        for (sql, table) in [
            ("UPDATE a SET b = 1", Some("a")),
            ("INSERT INTO a (b) VALUES (1)", Some("a")),
            ("DELETE FROM a WHERE b IN (SELECT b FROM c)", Some("a")),
            ("INSERT OR IGNORE INTO a SELECT b FROM c", Some("a")),
            ("SELECT b FROM a", None),
            ("", None),
        ] {
            assert_eq!(Statement::new(sql).table(), table, "{sql}");
        }
    }

    #[test]
    fn places_are_counted_through() {
        assert_eq!(row_parameters(2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(row_parameters(1, 1), "($1)");
    }
}
