//! Keeps the file of an SQLite database private to its owner, since it holds accounts, digests and
//! the audit log.

use std::fs::{OpenOptions, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{anyhow, bail};
use rustix::fs::{Access, access};
use sqlx::sqlite::SqliteConnectOptions;
use tracing::warn;

use super::dialect::Dialect;
use crate::files::other_than_file;
use crate::random;

/// Only the owner reads and writes the file. SQLite gives its extra files, `-wal` and `-shm`, the
/// same mode.
const MODE: u32 = 0o600;

/// The permissions of users other than the owner and the group.
const OTHERS: u32 = 0o007;

/// The file that a URL names. `None` for a database in memory or a URL of another kind.
fn path(url: &str) -> anyhow::Result<Option<PathBuf>> {
    if Dialect::of(url) != Some(Dialect::Sqlite) {
        return Ok(None);
    }
    let options = SqliteConnectOptions::from_str(url)?;
    let path = options.get_filename();
    let is_file = path.is_absolute() || path.to_str().is_some_and(|it| !it.contains(":memory:"));
    Ok(is_file.then(|| path.to_owned()))
}

/// Whether a URL allows its file to be created.
fn may_be_made(url: &str) -> bool {
    let query = url.split_once('?').map(|(_, query)| query);
    query.is_some_and(|query| query.split('&').any(|pair| pair == "mode=rwc"))
}

/// Whether the file that a URL names does not exist yet, and would be created on use.
///
/// # Errors
///
/// When it cannot be created, unless SQLite reports the reason.
pub(super) fn is_to_be_made(url: &str) -> anyhow::Result<bool> {
    let Some(path) = path(url)?.filter(|_| may_be_made(url)) else {
        return Ok(false);
    };
    let folder = folder_of(&path);
    if !folder.is_dir() || !matches!(path.try_exists(), Ok(false)) {
        return Ok(false);
    }
    // A writable folder does not guarantee that a file can be created. So this creates one and
    // removes it at once.
    let name = format!(".postern-{:032x}", u128::from_be_bytes(random::bytes()));
    let probe = folder.join(name);
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(MODE)
        .open(&probe);
    if made.is_err() || std::fs::remove_file(&probe).is_err() {
        return Err(cannot_be_made(&path));
    }
    Ok(true)
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

fn cannot_be_made(path: &Path) -> anyhow::Error {
    let path = path.display();
    anyhow!(
        "store.url: {path}: the file cannot be created: the user that runs the server must be able to write to its folder"
    )
}

/// Checks that a URL's file can be opened as a database.
///
/// # Errors
///
/// When it is not a regular file: SQLite would wait for the other end of a pipe, or read a device
/// without an end.
pub(super) fn check(url: &str) -> anyhow::Result<()> {
    let Some(path) = path(url)? else {
        return Ok(());
    };
    // If the file's metadata cannot be read, SQLite reports the reason.
    let file = std::fs::metadata(&path).ok();
    if let Some(what) = file.as_ref().and_then(other_than_file) {
        bail!("store.url: {} {what}", path.display());
    }
    Ok(())
}

/// Checks that the file of a URL and its folder are writable. SQLite would leave extra files beside
/// a file that it only reads.
///
/// # Errors
///
/// The one that is not writable, in the words of the start's error.
pub(crate) fn check_writable(url: &str) -> anyhow::Result<()> {
    let Some(path) = path(url)?.filter(|path| path.exists()) else {
        return Ok(());
    };
    let file = path.display();
    if access(folder_of(&path), Access::WRITE_OK | Access::EXEC_OK).is_err() {
        bail!("store.url: {file}: {}", super::trouble::CANNOT_OPEN);
    }
    if access(&path, Access::WRITE_OK).is_err() {
        bail!("store.url: {file}: {}", super::trouble::CANNOT_WRITE);
    }
    Ok(())
}

/// The warning about a file that every user can read.
pub(crate) const OPEN: &str = "every user of this machine can read the database: run chmod 600 on it and on its -wal and -shm files";

/// The file of a URL, if every user can read it.
pub(crate) fn open_to_others(url: &str) -> Option<PathBuf> {
    let path = path(url).ok()??;
    let file = std::fs::metadata(&path).ok()?;
    (file.permissions().mode() & OTHERS != 0).then_some(path)
}

/// Logs that warning.
pub(super) fn warn_of(url: &str) {
    if let Some(path) = open_to_others(url) {
        let path = path.display();
        warn!(%path, "{OPEN}");
    }
}

/// Creates the file of a URL if the URL allows that and the file does not exist. An existing file
/// stays as it is.
pub(super) fn make(url: &str) -> anyhow::Result<()> {
    let Some(path) = path(url)?.filter(|path| may_be_made(url) && !path.exists()) else {
        return Ok(());
    };
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(MODE)
        .open(&path);
    match made {
        Ok(file) => Ok(file.set_permissions(Permissions::from_mode(MODE))?),
        // Another process was first, or the folder is missing, which the store reports in more
        // detail.
        Err(error)
            if matches!(error.kind(), ErrorKind::AlreadyExists) || !folder_of(&path).is_dir() =>
        {
            Ok(())
        }
        Err(_) => Err(cannot_be_made(&path)),
    }
}
