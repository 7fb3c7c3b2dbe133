//! What an installer says, and that one installs at a time.

use std::sync::Mutex;

use anyhow::{Result, anyhow};

use crate::stopwatch::Stopwatch;

/// Says what is being installed and how long it took. One thing at a time: stages run side by side,
/// and installers lock each other out.
pub(super) fn installing(what: &str, install: impl FnOnce() -> Result<()>) -> Result<()> {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN
        .lock()
        .map_err(|_| anyhow!("an installation broke off"))?;
    eprintln!("set-up: installing {what}");
    let clock = Stopwatch::start();
    install()?;
    eprintln!("set-up: installed {what} in {clock}");
    Ok(())
}
