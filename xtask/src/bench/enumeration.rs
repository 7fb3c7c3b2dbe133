//! `cargo xtask bench enumeration`: how long the server takes for people who are there, and for
//! those who are not or seem not to be.
//!
//! They ask by turns, so that whatever else the machine does meets all of them.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::shell;

pub(super) fn run() -> Result<Value> {
    let package = ["bench", "--locked", "--package", "postern-server"];
    let mut bench = shell::cargo(&package);
    let measured = shell::read(bench.args(["--bench", "enumeration"]))?;
    serde_json::from_str(&measured).context("the bench did not print JSON")
}
