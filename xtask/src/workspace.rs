//! The paths of the repository, its target directory, and the tools inside it. They are determined
//! at run time, so that a binary of one checkout never writes into another.

use std::{env, path::PathBuf};

/// The top of the repository.
pub(crate) fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package
        .parent()
        .map_or_else(|| PathBuf::from("."), PathBuf::from)
}

/// Cargo's target directory: `CARGO_TARGET_DIR` if it is set.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |target| root().join(target))
}

/// The folder for tools of the set-up, separate from the rest of the machine.
pub(crate) fn tools() -> PathBuf {
    target().join("tools")
}
