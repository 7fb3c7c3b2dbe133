//! Prints progress of installations, and allows only one at a time.

use std::sync::Mutex;

use anyhow::{Result, anyhow};

use crate::stopwatch::Stopwatch;

/// Prints what is being installed and how long it took. Only one installation runs at a time:
/// stages run in parallel, and installers lock each other out.
pub(super) fn installing(what: &str, install: impl FnOnce() -> Result<()>) -> Result<()> {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN
        .lock()
        .map_err(|_| anyhow!("an earlier installation was interrupted"))?;
    eprintln!("set-up: installing {what}");
    let clock = Stopwatch::start();
    install()?;
    eprintln!("set-up: installed {what} in {clock}");
    Ok(())
}
