//! What SQLite and PostgreSQL say differently. Everything else is the same SQL for both.

use sqlx::migrate::Migrator;

/// Which database.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

impl Dialect {
    /// The one that a URL names.
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

    /// What a new connection is told.
    pub(super) fn greeting(self) -> &'static [&'static str] {
        match self {
            // A commit is on the disk when it is answered, and readers never wait for the one writer.
            Self::Sqlite => &[
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA busy_timeout = 10000",
                "PRAGMA foreign_keys = ON",
            ],
            Self::Postgres => &["SET statement_timeout = '10s'"],
        }
    }

    /// Asks for the time in milliseconds, where the database may be on another machine.
    pub(super) fn clock(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT CAST(NULL AS INTEGER)",
            Self::Postgres => "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
        }
    }

    /// How a transaction that writes begins.
    pub(super) fn begin(self) -> &'static str {
        match self {
            // Takes the lock at once: one that is taken later cannot be waited for.
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// How a transaction begins that sees everything as it is at one moment.
    pub(super) fn snapshot(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Takes so many due rows of a lane of the outbox, those first whose time is over first: a code before a notice or a mail to
    /// the helpdesk, which have a day.
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

    /// Lets one at a time go on with the chain of the audit log, to the end of its transaction.
    pub(super) fn lock_chain(self) -> &'static str {
        match self {
            // Whoever writes is alone already.
            Self::Sqlite => "SELECT 1",
            Self::Postgres => "SELECT 1 FROM chain FOR UPDATE",
        }
    }
}
