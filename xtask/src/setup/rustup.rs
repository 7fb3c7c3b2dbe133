//! Compiler targets, installed with rustup.

use std::path::Path;

use anyhow::{Result, bail};

use super::installing::installing;
use crate::shell;

/// Installs a target's standard library unless it is installed.
pub(super) fn target(triple: &str) -> Result<()> {
    let libraries = shell::read(shell::command("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        triple,
    ]))?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    if !shell::has("rustup") {
        bail!(
            "the compiler has no standard library for {triple}, and rustup is not installed to fetch it: see https://rustup.rs"
        );
    }
    installing(triple, || {
        shell::run(shell::command("rustup").args(["target", "add", triple]))
    })
}
