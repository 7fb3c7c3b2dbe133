//! The differences between SQLite and PostgreSQL. All other SQL is the same for both.

use std::sync::LazyLock;

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use super::clue::EventField;

/// The kind of database.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

/// The migrations of each database, in order: number, name, SQL. The build script writes them.
mod embedded {
    include!(concat!(env!("OUT_DIR"), "/migrations.rs"));
}

static SQLITE: LazyLock<Migrator> = LazyLock::new(|| migrator(embedded::SQLITE));
static POSTGRES: LazyLock<Migrator> = LazyLock::new(|| migrator(embedded::POSTGRES));

fn migrator(migrations: &[(i64, &'static str, &'static str)]) -> Migrator {
    let migrations = migrations.iter().map(|&(number, name, sql)| {
        let kind = MigrationType::Simple;
        // Each migration is a transaction.
        Migration::new(number, name.into(), kind, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}

impl Dialect {
    /// The kind of database that a URL names.
    pub(super) fn of(url: &str) -> Option<Self> {
        match url.split_once(':')?.0 {
            "sqlite" => Some(Self::Sqlite),
            "postgres" | "postgresql" => Some(Self::Postgres),
            _ => None,
        }
    }

    pub(super) fn migrations(self) -> &'static Migrator {
        match self {
            Self::Sqlite => &SQLITE,
            Self::Postgres => &POSTGRES,
        }
    }

    /// The query whether any migration was ever applied: whether the table of migrations exists.
    pub(super) fn has_migrations(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations')"
            }
            Self::Postgres => "SELECT CAST(to_regclass('_sqlx_migrations') IS NOT NULL AS INTEGER)",
        }
    }

    /// The settings of a new connection.
    pub(super) fn greeting(self) -> &'static [&'static str] {
        match self {
            // A commit is on the disk before it is acknowledged, and readers never wait for the
            // writer.
            Self::Sqlite => &[
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA busy_timeout = 10000",
                "PRAGMA foreign_keys = ON",
            ],
            Self::Postgres => &["SET statement_timeout = '10s'"],
        }
    }

    /// The settings of a connection that must change nothing: it leaves the file's journal mode as
    /// it is.
    pub(super) fn look(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &self.greeting()[1..],
            Self::Postgres => self.greeting(),
        }
    }

    /// The query for the time in milliseconds, if the database may be on another machine.
    pub(super) fn clock(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT CAST(NULL AS INTEGER)",
            Self::Postgres => "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
        }
    }

    /// Begins a transaction that writes.
    pub(super) fn begin(self) -> &'static str {
        match self {
            // Takes the lock at once, since SQLite cannot wait for a lock that is taken later.
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// Begins a transaction that sees a snapshot.
    pub(super) fn snapshot(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Leases due rows of a lane of the outbox, those with the earliest deadline first. So a code
    /// goes before a notice or a mail to the helpdesk, which have a day.
    pub(super) fn lease(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "UPDATE outbox SET due_at = $2, tries = tries + 1 WHERE id IN \
                 (SELECT id FROM outbox WHERE lane = $4 AND due_at <= $1 ORDER BY deadline, id LIMIT $3) \
                 RETURNING id, sealed, tries, deadline, attempt"
            }
            Self::Postgres => {
                "UPDATE outbox SET due_at = $2, tries = tries + 1 WHERE id IN \
                 (SELECT id FROM outbox WHERE lane = $4 AND due_at <= $1 ORDER BY deadline, id LIMIT $3 FOR UPDATE SKIP LOCKED) \
                 RETURNING id, sealed, tries, deadline, attempt"
            }
        }
    }

    /// Lets only one transaction at a time extend the chain of the audit log.
    pub(super) fn lock_chain(self) -> &'static str {
        match self {
            // SQLite has only one writer already.
            Self::Sqlite => "SELECT 1",
            Self::Postgres => "SELECT 1 FROM chain FOR UPDATE",
        }
    }

    /// The SQL expression for a field of an event, as in its index (migration 0030).
    pub(super) fn of_event(self, field: EventField) -> &'static str {
        macro_rules! sqlite {
            ($name:literal) => {
                concat!("json_extract(event, '$.", $name, "')")
            };
        }
        macro_rules! if_json {
            ($($part:expr),+) => {
                concat!("CASE WHEN json_valid(event) THEN ", $($part),+, " END")
            };
        }
        macro_rules! postgres {
            ($name:literal) => {
                concat!(
                    "substring(event FROM '\"",
                    $name,
                    r#"":"((?:[^"\\]|\\.)*)"')"#
                )
            };
        }
        match (self, field) {
            (Self::Sqlite, EventField::SupportCode) => if_json!(sqlite!("support_code")),
            (Self::Sqlite, EventField::Attempt) => if_json!(sqlite!("attempt")),
            (Self::Sqlite, EventField::CorrelationId) => if_json!(sqlite!("correlation_id")),
            (Self::Sqlite, EventField::Identifier) => {
                if_json!("lower(", sqlite!("identifier"), ")")
            }
            (Self::Sqlite, EventField::Account) => if_json!(sqlite!("account")),
            (Self::Postgres, EventField::SupportCode) => {
                concat!("(", postgres!("support_code"), " COLLATE \"C\")")
            }
            (Self::Postgres, EventField::Attempt) => {
                concat!("(", postgres!("attempt"), " COLLATE \"C\")")
            }
            (Self::Postgres, EventField::CorrelationId) => {
                concat!("(", postgres!("correlation_id"), " COLLATE \"C\")")
            }
            (Self::Postgres, EventField::Identifier) => {
                concat!("(lower(", postgres!("identifier"), ") COLLATE \"C\")")
            }
            (Self::Postgres, EventField::Account) => {
                concat!("(", postgres!("account"), " COLLATE \"C\")")
            }
        }
    }

    /// A text in the form of [`Dialect::of_event`]. SQLite decodes the JSON of the field, and
    /// PostgreSQL does not.
    pub(super) fn in_event(self, text: &str) -> serde_json::Result<String> {
        match self {
            Self::Sqlite => Ok(text.to_owned()),
            Self::Postgres => {
                let quoted = serde_json::to_string(text)?;
                Ok(quoted[1..quoted.len() - 1].to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Dialect, Migrator};

    #[tokio::test]
    async fn the_migrations_in_the_program_are_those_that_sqlx_finds_in_the_files() {
        for (dialect, directory) in [
            (Dialect::Sqlite, "migrations/sqlite"),
            (Dialect::Postgres, "migrations/postgres"),
        ] {
            let files = Migrator::new(Path::new(directory)).await.unwrap();
            let told = |migrator: &Migrator| {
                migrator
                    .iter()
                    .map(|it| {
                        let kind = format!("{:?}", it.migration_type);
                        (
                            it.version,
                            it.description.clone(),
                            kind,
                            it.checksum.clone(),
                            it.no_tx,
                        )
                    })
                    .collect::<Vec<_>>()
            };
            assert!(!told(&files).is_empty());
            assert_eq!(told(dialect.migrations()), told(&files));
        }
    }
}
