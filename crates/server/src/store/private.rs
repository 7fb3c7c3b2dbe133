//! The file of an SQLite database is for its owner alone: accounts, digests and the audit log are
//! in it.

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

/// Read and written by its owner. SQLite gives the files beside it, `-wal` and `-shm`, the same.
const MODE: u32 = 0o600;

/// The permissions of users other than the owner and the group.
const OTHERS: u32 = 0o007;

/// The file that a URL names; `None` for a database in memory, or a URL of another kind.
fn path(url: &str) -> anyhow::Result<Option<PathBuf>> {
    if Dialect::of(url) != Some(Dialect::Sqlite) {
        return Ok(None);
    }
    let options = SqliteConnectOptions::from_str(url)?;
    let path = options.get_filename();
    let is_file = path.is_absolute() || path.to_str().is_some_and(|it| !it.contains(":memory:"));
    Ok(is_file.then(|| path.to_owned()))
}

/// Whether a URL says that its file may be made.
fn may_be_made(url: &str) -> bool {
    let query = url.split_once('?').map(|(_, query)| query);
    query.is_some_and(|query| query.split('&').any(|pair| pair == "mode=rwc"))
}

/// Whether the file that a URL names is not there yet, and is made where it is to be used.
///
/// # Errors
///
/// That it cannot be made, unless SQLite says why.
pub(super) fn is_to_be_made(url: &str) -> anyhow::Result<bool> {
    let Some(path) = path(url)?.filter(|_| may_be_made(url)) else {
        return Ok(false);
    };
    let folder = folder_of(&path);
    if !folder.is_dir() || !matches!(path.try_exists(), Ok(false)) {
        return Ok(false);
    }
    // That it may be written does not mean that a file can be made in it: one is, and is gone at
    // once.
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
        "store.url: {path}: it cannot be made: the user that the server runs as has to be able to write its folder"
    )
}

/// Whether what a URL names can be opened as a database.
///
/// # Errors
///
/// That it is no regular file: SQLite would wait for the other end of a pipe, or read a device
/// without an end.
pub(super) fn check(url: &str) -> anyhow::Result<()> {
    let Some(path) = path(url)? else {
        return Ok(());
    };
    // Of one that cannot be looked at SQLite says what is wrong.
    let file = std::fs::metadata(&path).ok();
    if let Some(what) = file.as_ref().and_then(other_than_file) {
        bail!("store.url: {} {what}", path.display());
    }
    Ok(())
}

/// Whether the file that a URL names and its folder may be written. SQLite would leave files of its
/// own beside one that it only reads.
///
/// # Errors
///
/// Which of them may not, as the start says it.
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

/// What is to be said of a file that every user can read.
pub(crate) const OPEN: &str =
    "every user of this machine can read the database: chmod 600 it, and its -wal and -shm";

/// The file that a URL names, if every user can read it.
pub(crate) fn open_to_others(url: &str) -> Option<PathBuf> {
    let path = path(url).ok()??;
    let file = std::fs::metadata(&path).ok()?;
    (file.permissions().mode() & OTHERS != 0).then_some(path)
}

/// Warns of it.
pub(super) fn warn_of(url: &str) {
    if let Some(path) = open_to_others(url) {
        let path = path.display();
        warn!(%path, "{OPEN}");
    }
}

/// Makes the file that a URL names where it may be made and is not there yet. One that is there
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
        // Another process was first, or the folder is not there, of which the store says more.
        Err(error)
            if matches!(error.kind(), ErrorKind::AlreadyExists) || !folder_of(&path).is_dir() =>
        {
            Ok(())
        }
        Err(_) => Err(cannot_be_made(&path)),
    }
}
