//! Reads every column of every table, whatever tables exist.

use sqlx::{AnyConnection, AssertSqlSafe, Row};

pub(crate) struct Tables {
    /// A query for each column, which returns its bytes.
    columns: Vec<String>,
    is_postgres: bool,
}

impl Tables {
    pub(crate) async fn of(connection: &mut AnyConnection) -> Self {
        let is_postgres = connection.backend_name() == "PostgreSQL";
        let query = if is_postgres {
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT) \
             FROM information_schema.columns WHERE table_schema = 'public'"
        } else {
            "SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table'"
        };
        let rows = sqlx::query(query).fetch_all(&mut *connection).await;
        let columns = rows.expect("a database knows its tables");
        let columns = columns.iter().map(|row| {
            let [table, column, kind] = [0, 1, 2].map(|index| row.get::<String, _>(index));
            let bytes = match (is_postgres, kind.as_str()) {
                (true, "bytea") => format!("\"{column}\""),
                (true, _) => format!("convert_to(CAST(\"{column}\" AS TEXT), 'UTF8')"),
                (false, _) => format!("CAST(\"{column}\" AS BLOB)"),
            };
            format!("SELECT {bytes} FROM \"{table}\" WHERE \"{column}\" IS NOT NULL")
        });
        let columns: Vec<String> = columns.collect();
        assert!(columns.len() > 30, "there are more columns than that");
        Self {
            columns,
            is_postgres,
        }
    }

    /// The content of each column, as far as it is text, one line for each value.
    pub(crate) async fn text(&self, connection: &mut AnyConnection) -> String {
        let mut text = String::new();
        for query in &self.columns {
            let rows = sqlx::query(AssertSqlSafe(query.clone()))
                .fetch_all(&mut *connection)
                .await;
            for row in rows.unwrap_or_else(|error| panic!("{query}: {error}")) {
                let bytes: Vec<u8> = row.get(0);
                text.push_str(&String::from_utf8_lossy(&bytes));
                text.push('\n');
            }
        }
        text
    }

    /// Writes a text into a column of bytes.
    pub(crate) fn planted_in_bytes(&self) -> &'static str {
        if self.is_postgres {
            "UPDATE accounts SET account = convert_to('{}', 'UTF8')"
        } else {
            "UPDATE accounts SET account = CAST('{}' AS BLOB)"
        }
    }
}
