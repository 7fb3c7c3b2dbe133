//! `cargo xtask soak`: what takes longer than anybody waits for in a run of all tests.

use anyhow::{Result, bail};
use clap::Args;

use crate::{setup, shell};

/// What can be soaked, and the test program of the server that does it.
const SOAKS: [(&str, &str); 1] = [("crash", "soak")];

#[derive(Args)]
pub(crate) struct Options {
    /// What to soak: crash.
    name: String,
    /// How often the program is killed, on each store.
    #[arg(long, default_value_t = 200)]
    kills: u32,
    /// The one store to run on, sqlite or postgres; without it, both.
    #[arg(long)]
    store: Option<String>,
    /// What chance goes by; a run says its own.
    #[arg(long)]
    seed: Option<u64>,
}

/// Runs it with its output in sight.
///
/// # Errors
/// When there is no such soak, set-up fails, or anything was lost or done twice.
pub(crate) fn run(options: &Options) -> Result<()> {
    let Some((_, test)) = SOAKS.iter().find(|(name, _)| *name == options.name) else {
        bail!("there is no soak {}; there is: crash", options.name);
    };
    setup::services()?;
    let mut soak = shell::cargo(&["test", "--locked", "--package", "postern-server"]);
    soak.args(["--test", test, "--", "--kills"]);
    soak.arg(options.kills.to_string());
    if let Some(store) = &options.store {
        soak.args(["--store", store]);
    }
    if let Some(seed) = options.seed {
        soak.arg("--seed").arg(seed.to_string());
    }
    shell::run(&mut soak)
}
