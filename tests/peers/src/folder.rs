//! A folder of a test's own, removed also where the test program is killed.

use std::path::{Path, PathBuf};

use tempfile::Builder;

use crate::keeper::Keeper;

/// Removes a folder. What is about to end may still write there: five seconds long it is tried
/// again.
const REMOVE: &str = r#"
while read -r line; do :; done
for _ in $(seq 50); do rm -rf "$1" && break; sleep 0.1; done
"#;

/// An empty folder, removed when this is dropped, and with this program, however that ends.
pub struct Folder {
    path: PathBuf,
    _keeper: Keeper,
}

impl Folder {
    /// Makes one whose name says what it is for.
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

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
