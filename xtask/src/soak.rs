//! `cargo xtask soak`: tests that take too long for a normal run of all tests.

use anyhow::{Result, bail};
use clap::Args;

use crate::{setup, shell};

/// Tests that measure the effect of an attack on others, by test program. Answer times are measured
/// separately: `cargo xtask bench enumeration`. The part of it right after a mail is shown here.
const ABUSE: [(&[&str], &[&str]); 3] = [
    (
        &["--test", "logged"],
        &["slow::", "numbers_are_there_for_this_machine"],
    ),
    (
        &["--test", "server"],
        &[
            "abuse::",
            "delivery::help::",
            "enumeration::",
            "nginx::",
            "work_that_is_given_back_again",
        ],
    ),
    // People who are requested by each of their two identifiers.
    (
        &["--test", "conformance"],
        &["identifiers", "one_identifier", "other_identifier"],
    ),
];

/// The soaks, and the test program of the server for each.
const SOAKS: [(&str, &str); 1] = [("crash", "soak")];

#[derive(Args)]
pub(crate) struct SoakOptions {
    /// What to soak: crash, or abuse, which says how much longer honest people wait during an
    /// attack.
    name: String,
    /// How often the program is killed, on each store.
    #[arg(long, default_value_t = 200)]
    kills: u32,
    /// The one store to run on, sqlite or postgres; without it, both.
    #[arg(long)]
    store: Option<String>,
    /// The seed of the random choices. Each run prints its seed.
    #[arg(long)]
    seed: Option<u64>,
}

/// Runs a soak and shows its output.
///
/// # Errors
/// When there is no such soak, the set-up fails, or anything was lost or done twice.
pub(crate) fn run(options: &SoakOptions) -> Result<()> {
    if options.name == "abuse" {
        return abuse();
    }
    let Some((_, test)) = SOAKS.iter().find(|(name, _)| *name == options.name) else {
        bail!("there is no soak {}; there are: crash, abuse", options.name);
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

/// Runs the attacks one after the other, and shows the measurements.
fn abuse() -> Result<()> {
    setup::services()?;
    for (program, claims) in ABUSE {
        let mut attacks = shell::cargo(&["test", "--locked", "--package", "postern-server"]);
        attacks.args(program);
        // A value as an argument of its own would be a filter for the conformance program.
        attacks.args(["--", "--nocapture", "--test-threads=1"]);
        shell::run(attacks.args(claims))?;
    }
    let mut after = shell::cargo(&["bench", "--locked", "--package", "postern-server"]);
    shell::run(after.args(["--bench", "enumeration", "--", "right-after"]))
}
