//! A separate folder for a test, removed even if the test program is killed.

use std::path::{Path, PathBuf};

use tempfile::Builder;

use crate::keeper::Keeper;

/// Removes a folder. A process that is about to end may still write there, so the script repeats
/// this for five seconds.
const REMOVE: &str = r#"
while read -r line; do :; done
for _ in $(seq 50); do rm -rf "$1" && break; sleep 0.1; done
"#;

/// An empty folder. It is removed when this value is dropped and when this program ends, in any
/// way.
pub struct Folder {
    path: PathBuf,
    _keeper: Keeper,
}

impl Folder {
    /// Creates a folder whose name contains its purpose.
    pub fn new(purpose: &str) -> Self {
        let folder = Builder::new()
            .prefix(&format!("postern-{purpose}-"))
            .tempdir();
        let path = folder.expect("there is room for a folder").keep();
        Self {
            _keeper: Keeper::start(REMOVE, &[&path]),
            path,
        }
    }

    /// The path of the folder.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
