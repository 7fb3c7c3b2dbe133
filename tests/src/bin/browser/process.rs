//! Programs that live as long as their handle: drivers with their browsers, a screen that is not there, servers.
//! Each is the head of a process group of its own, so that what it started goes with it, also after a panic.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::wait::{Seen, until};

/// How long a program may take to listen; drivers need far less than a second.
const STARTS_WITHIN: Duration = Duration::from_secs(20);

/// A running program; dropped, it and all that it started are killed.
pub(crate) struct Process {
    child: Child,
}

impl Process {
    /// Starts a program with its output thrown away.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        command.stdout(Stdio::null()).stderr(Stdio::null());
        Self::start_heard(command)
    }

    /// Starts a program whose output the caller reads.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) fn start_heard(command: &mut Command) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| {
                format!(
                    "could not start {}",
                    command.get_program().to_string_lossy()
                )
            })?;
        Ok(Self { child })
    }

    /// The program itself.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Waits until the program takes connections.
    ///
    /// # Errors
    /// When it ends before, or takes too long.
    pub(crate) async fn listens(&mut self, port: u16) -> Result<()> {
        until(
            format!("port {port} to be listened on"),
            STARTS_WITHIN,
            async || {
                if let Some(status) = self.child.try_wait()? {
                    bail!("the program that was to listen on port {port} ended: {status}");
                }
                match TcpStream::connect(local(port)) {
                    Ok(_) => Ok(Seen::There(())),
                    Err(error) => Ok(Seen::NotYet(error.to_string())),
                }
            },
        )
        .await
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        let _ = self.child.wait();
    }
}

/// A port that no process listens on at the moment.
///
/// # Errors
/// When the machine has none.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(local(0))?.local_addr()?.port())
}

/// That port of this machine.
pub(crate) fn local(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}
