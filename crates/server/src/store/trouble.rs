//! Errors of a database in an administrator's words: the key of the configuration, and how to fix
//! it. Without source lines of PostgreSQL, and without repetition.

use std::path::Path;

use anyhow::{Error, anyhow};
use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;
use url::Url;

/// The default port of PostgreSQL.
const PORT: u16 = 5432;

pub(super) const CANNOT_WRITE: &str =
    "the file cannot be written: make the user that runs the server its owner";

pub(super) const CANNOT_OPEN: &str = "the file cannot be opened: the user that runs the server must be able to read and write it and its \
     folder";

/// The location of a database, in an administrator's words.
struct Location<'a> {
    url: &'a Url,
}

/// Why a connection to a database fails.
pub(super) fn of_connection(url: &str, error: &sqlx::Error) -> Error {
    let Ok(url) = Url::parse(url) else {
        return anyhow!("store.url: this is not a URL");
    };
    let place = Location { url: &url };
    if url.scheme() == "sqlite" {
        return place.of_file(error);
    }
    if let Some(database) = error.as_database_error() {
        return place.of_server(database);
    }
    let at = place.address();
    if let sqlx::Error::Io(error) = error {
        // Errors of a resolver have no kind of their own.
        if error.to_string().contains("lookup address information") {
            return anyhow!("store.url: there is no host {}", place.host());
        }
        return anyhow!("store.url: no answer at {at}: {}", error.kind());
    }
    if let sqlx::Error::Tls(error) = error {
        return anyhow!("store.url: the connection to {at} cannot be encrypted: {error}");
    }
    if matches!(error, sqlx::Error::PoolTimedOut) {
        return anyhow!("store.url: no answer at {at} in time");
    }
    anyhow!("store.url: {at}: {error}")
}

/// Puts errors of the database into an administrator's words, whichever query they come from.
pub(crate) fn in_words(url: &str, error: Error) -> Error {
    match error.downcast_ref::<sqlx::Error>() {
        Some(said @ sqlx::Error::Database(_)) => of_connection(url, said),
        Some(_) | None => error,
    }
}

/// Why the tables cannot be brought up to date.
pub(super) fn of_migration(url: &str, error: &MigrateError) -> Error {
    if let MigrateError::VersionMissing(version) = error {
        return anyhow!(
            "the database has migration {version}, which this program does not know: start the newer program that made it"
        );
    }
    if let MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) = error {
        return of_connection(url, error);
    }
    anyhow!("the tables cannot be brought up to date: {error}")
}

impl Location<'_> {
    fn host(&self) -> &str {
        self.url.host_str().unwrap_or("localhost")
    }

    fn address(&self) -> String {
        let host = self.host();
        format!("{host}:{}", self.url.port().unwrap_or(PORT))
    }

    fn of_server(&self, error: &dyn DatabaseError) -> Error {
        let (user, at) = (self.url.username(), self.address());
        let name = self.url.path().trim_start_matches('/');
        // Error codes: PostgreSQL 17 documentation, appendix A.
        match error.code().as_deref() {
            Some("28P01") => {
                anyhow!("store.password: the database at {at} refuses the password of {user}")
            }
            Some("28000") => anyhow!(
                "store.url: the database at {at} does not let {user} in: it has no such role, or its pg_hba.conf does not allow it from \
                 this machine"
            ),
            Some("3D000") => anyhow!(
                "store.url: there is no database {name} at {at}: create it with CREATE DATABASE"
            ),
            Some("42501") => anyhow!(
                "store.url: the role {user} may not do that in the database {name}: {}; GRANT it, or run `migrate` as a role that may",
                error.message()
            ),
            Some("53300") => anyhow!(
                "store.connections: the database at {at} has no connection left: set fewer, or raise its max_connections"
            ),
            Some(_) | None => anyhow!("store.url: the database at {at} says: {}", error.message()),
        }
    }

    /// Names the file, since SQLite's error does not.
    fn of_file(&self, error: &sqlx::Error) -> Error {
        let path = self.url.path();
        let said = error.as_database_error();
        // SQLite, "Result and Error Codes": SQLITE_CANTOPEN, SQLITE_READONLY and SQLITE_NOTADB,
        // each with extended codes.
        let code = said.and_then(|it| it.code()?.parse::<u32>().ok());
        let why = match code.map(|code| code & 0xff) {
            Some(14) => cannot_open(Path::new(path), self.url),
            Some(8) => CANNOT_WRITE.to_owned(),
            Some(26) => "the file is not an SQLite database".to_owned(),
            Some(_) | None => said.map_or_else(|| error.to_string(), |it| it.message().to_owned()),
        };
        anyhow!("store.url: {path}: {why}")
    }
}

/// Why SQLite cannot open a file.
fn cannot_open(path: &Path, url: &Url) -> String {
    let folder = path.parent().unwrap_or(Path::new("/"));
    let makes = url
        .query_pairs()
        .any(|(key, value)| key == "mode" && value == "rwc");
    if !folder.is_dir() {
        format!("there is no folder {}", folder.display())
    } else if !path.exists() && !makes {
        "the file does not exist: put ?mode=rwc at the end of the URL to have it created".to_owned()
    } else {
        CANNOT_OPEN.to_owned()
    }
}
