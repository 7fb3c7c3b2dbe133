//! `cargo xtask bench server`: the bench of `postern-server`, which cargo builds with the release
//! profile.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{setup, shell};

/// Complete resets a second, compared with a bare handler that writes as many rows, on each store.
///
/// # Errors
/// When the build fails or the bench does.
pub(super) fn run() -> Result<Value> {
    setup::services()?;
    let mut bench = shell::cargo(&[
        "bench",
        "--quiet",
        "--locked",
        "--package",
        "postern-server",
    ]);
    let text = shell::read(bench.args(["--bench", "server"]))?;
    serde_json::from_str(&text).context("the bench printed no such result")
}
