//! Runs another program until this one receives a signal to end, and ends both.

use std::{
    os::unix::process::CommandExt,
    process::{Command, ExitStatus},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::{
    runtime::Builder,
    signal::unix::{SignalKind, signal},
    task::spawn_blocking,
};

use crate::shell::describe;

/// Runs a command and shows its output. If this program gets SIGINT, SIGTERM or SIGHUP, the command
/// gets SIGTERM, once for each.
///
/// # Errors
/// When it cannot be started, or ends by itself with a status other than 0.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let runtime = Builder::new_current_thread()
        .enable_io()
        .build()
        .context("could not start a runtime")?;
    match runtime.block_on(end_of(command))? {
        Some(status) if !status.success() => bail!("{} ended with {status}", describe(command)),
        _ => Ok(()),
    }
}

/// The status of a command that ended by itself. `None` if a signal ended it.
async fn end_of(command: &mut Command) -> Result<Option<ExitStatus>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    // The command gets its own process group, so that signals of a terminal reach only this
    // program.
    let child = command.process_group(0).spawn();
    let mut child = child.with_context(|| format!("could not start {}", describe(command)))?;
    let group = Pid::from_child(&child);
    let mut end = spawn_blocking(move || child.wait());
    let mut is_told = false;
    loop {
        tokio::select! {
            status = &mut end => {
                let status = status.context("could not wait for it")?.context("could not wait for it")?;
                return Ok((!is_told).then_some(status));
            }
            Some(()) = interrupt.recv() => {}
            Some(()) = terminate.recv() => {}
            Some(()) = hangup.recv() => {}
        }
        is_told = true;
        // The command may have ended meanwhile.
        let _told = kill_process_group(group, Signal::TERM);
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::run;

    #[test]
    fn what_ends_this_program_ends_the_other_and_what_fails_is_told() {
        // `sh` waits for `sleep`: both have to end.
        for signal in ["INT", "TERM", "HUP"] {
            let script = format!("kill -{signal} $PPID; sleep 600; exit 1");
            run(Command::new("sh").args(["-c", &script])).expect("it is told to end, and does");
        }
        run(&mut Command::new("true")).expect("it ends well");
        let failure = run(Command::new("sh").args(["-c", "exit 3"])).expect_err("it fails");
        assert_eq!(
            failure.to_string(),
            "sh -c exit 3 ended with exit status: 3"
        );
        let missing = run(&mut Command::new("postern-none")).expect_err("it is not there");
        assert_eq!(missing.to_string(), "could not start postern-none");
    }
}
