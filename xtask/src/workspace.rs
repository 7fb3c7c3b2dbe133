//! Where things are: the repository, its target directory, and the tools within it.
//! Asked at run time, so that a binary built in one checkout never writes into another.

use std::{env, path::PathBuf};

/// The top of the repository.
pub(crate) fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package
        .parent()
        .map_or_else(|| PathBuf::from("."), PathBuf::from)
}

/// Cargo's target directory: `CARGO_TARGET_DIR` where it is set.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |target| root().join(target))
}

/// What set-up installs, away from the rest of the machine.
pub(crate) fn tools() -> PathBuf {
    target().join("tools")
}
