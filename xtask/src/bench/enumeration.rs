//! `cargo xtask bench enumeration`: how long the server takes for people with an account, and for
//! people without one or with a concealed one.
//!
//! The requests alternate, so that other load of the machine affects all of them equally.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::shell;

pub(super) fn run() -> Result<Value> {
    let package = ["bench", "--locked", "--package", "postern-server"];
    let mut bench = shell::cargo(&package);
    let measured = shell::read(bench.args(["--bench", "enumeration"]))?;
    serde_json::from_str(&measured).context("the bench did not print JSON")
}
