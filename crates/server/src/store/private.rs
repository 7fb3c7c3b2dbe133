//! The file of an SQLite database is for its owner alone: accounts, digests and the audit log are in it.

use std::fs::{OpenOptions, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::str::FromStr;

use sqlx::sqlite::SqliteConnectOptions;
use tracing::warn;

/// Read and written by its owner. SQLite gives the files beside it, `-wal` and `-shm`, the same.
const MODE: u32 = 0o600;

/// The permissions of users other than the owner and the group.
const OTHERS: u32 = 0o007;

/// Makes the file that a URL names where it may be made and is not there yet. One that is there stays as it is, and who else can read it is
/// warned of.
pub(super) fn file_of(url: &str) -> anyhow::Result<()> {
    let options = SqliteConnectOptions::from_str(url)?;
    let path = options.get_filename();
    if !path.is_absolute() && path.to_str().is_none_or(|path| path.contains(":memory:")) {
        return Ok(());
    }
    match std::fs::metadata(path) {
        Ok(file) => {
            let mode = file.permissions().mode();
            if mode & OTHERS != 0 {
                let path = path.display();
                warn!(%path, "every user of this machine can read the database: chmod 600 it, and its -wal and -shm");
            }
            return Ok(());
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        // SQLite says what is wrong with it.
        Err(_) => return Ok(()),
    }
    let is_made = url
        .split_once('?')
        .is_some_and(|(_, query)| query.split('&').any(|pair| pair == "mode=rwc"));
    if !is_made {
        return Ok(());
    }
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(MODE)
        .open(path);
    // Of what is wrong, the store says more once it cannot open the file.
    if let Ok(file) = made {
        file.set_permissions(Permissions::from_mode(MODE))?;
    }
    Ok(())
}
