//! Tests of the log's warning about a database that other users can read. `check-config` warns
//! about secrets.

#![expect(
    clippy::unwrap_used,
    reason = "a file that cannot be made fails its test, and says why"
)]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use postern_server::store::SqlStore;

use crate::support::key;
use crate::support::log::Log;

/// The permissions of a file, and whether users other than its owner and group have any.
const MODES: [(u32, bool); 10] = [
    (0o400, false),
    (0o600, false),
    (0o640, false),
    (0o660, false),
    (0o770, false),
    (0o601, true),
    (0o602, true),
    (0o604, true),
    (0o644, true),
    (0o666, true),
];

/// The warnings about a file.
fn warnings_of(path: &Path) -> Vec<String> {
    let lines = Log::shared().lines().into_iter();
    let of_it = lines.filter(|line| {
        line["level"] == "WARN" && line["fields"]["path"] == path.display().to_string()
    });
    of_it
        .map(|line| line["fields"]["message"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_database_that_every_user_can_read_is_warned_of() {
    Log::shared();
    let directory = tempfile::tempdir().unwrap();
    for (mode, is_warned_of) in MODES {
        let path = directory.path().join(format!("{mode:o}.sqlite"));
        let url = format!("sqlite://{}?mode=rwc", path.display());
        drop(SqlStore::open(&url, 1, key()).await.unwrap());
        assert_eq!(
            warnings_of(&path),
            [""; 0],
            "one that is made is its owner's"
        );
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        // If the file is not writable, the server does not open it, but warns about it anyway.
        let _opened = SqlStore::open(&url, 1, key()).await;
        let expected = [
            "every user of this machine can read the database: run chmod 600 on it and on its -wal and -shm files",
        ];
        let expected = &expected[..usize::from(is_warned_of)];
        assert_eq!(warnings_of(&path), expected, "{mode:o}");
    }
}
