//! Programs that live as long as their handle: drivers with their browsers, a virtual screen,
//! servers. Each is the leader of its own process group, so that its child processes end with it,
//! even if this program panics or is killed.

use std::{
    fs, io,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use postern_peers::keeper::Keeper;

use crate::wait::{Seen, until};

/// The maximum time until a program listens. Drivers need much less than a second.
const STARTS_WITHIN: Duration = Duration::from_secs(20);

/// Kills the process group whose leader it has read.
const KILL: &str = r#"
while read -r line; do head=$line; done
[ "$head" ] && kill -s KILL -- "-$head"
"#;

/// A running program. It and all its child processes are killed when this is dropped, or when this
/// program ends.
pub(crate) struct Process {
    child: Child,
    keeper: Option<Keeper>,
}

impl Process {
    /// Starts a program and discards its output.
    ///
    /// # Errors
    /// If the program cannot be started.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        command.stdout(Stdio::null()).stderr(Stdio::null());
        Self::start_heard(command)
    }

    /// Starts a program whose output the caller reads.
    ///
    /// # Errors
    /// If the program cannot be started.
    pub(crate) fn start_heard(command: &mut Command) -> Result<Self> {
        let mut keeper = Keeper::start::<&str>(KILL, &[]);
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
        keeper.tell(&child.id().to_string());
        Ok(Self {
            child,
            keeper: Some(keeper),
        })
    }

    /// The program itself.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Waits until the program accepts connections.
    ///
    /// # Errors
    /// If the program ends first, or takes too long.
    pub(crate) async fn listens(&mut self, port: u16) -> Result<()> {
        until(
            format!("port {port} to be listened on"),
            STARTS_WITHIN,
            async || {
                if has_ended(self.child.id())? {
                    let status = self.end()?;
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

    /// Kills the program and all its child processes. The wait comes last: afterwards another
    /// process may have its number.
    fn end(&mut self) -> io::Result<ExitStatus> {
        self.keeper.take();
        self.child.wait()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ended = self.end();
    }
}

/// Whether a child has ended that was not waited for.
///
/// # Errors
/// If it was already waited for.
fn has_ended(child: u32) -> io::Result<bool> {
    let told = fs::read_to_string(format!("/proc/{child}/stat"))?;
    // The state comes after the name, which may contain brackets.
    let state = told.rsplit_once(") ").map(|(_, state)| state);
    Ok(state.is_some_and(|state| state.starts_with('Z')))
}

/// A port that no process listens on at the moment.
///
/// # Errors
/// If the machine has none.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(local(0))?.local_addr()?.port())
}

/// The address of this port on this machine.
pub(crate) fn local(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead, BufReader},
        process::{Command, Stdio},
    };

    use super::{Process, STARTS_WITHIN, Seen, free_port, has_ended, until};

    /// Whether a process runs. Its command line does not show that: it is empty for a moment while
    /// the process becomes another program.
    fn is_running(number: &str) -> bool {
        let number = number.parse().expect("it is a number");
        has_ended(number).is_ok_and(|ended| !ended)
    }

    /// Waits until none of these run: a killed process ends a moment later.
    async fn expect_to_end(numbers: &str) {
        until("all to end", STARTS_WITHIN, async || {
            let running = numbers.split_whitespace().filter(|it| is_running(it));
            Ok(match running.count() {
                0 => Seen::There(()),
                count => Seen::NotYet(format!("{count} of them run")),
            })
        })
        .await
        .expect("nothing is left");
    }

    /// The first line of a program's output.
    fn line_of(process: &mut Process) -> String {
        let output = process.child().stdout.take().expect("it is piped");
        let mut line = String::new();
        let read = BufReader::new(output).read_line(&mut line);
        assert!(read.is_ok_and(|length| length > 0), "it says nothing");
        line
    }

    #[tokio::test]
    async fn what_a_program_has_started_ends_with_it() {
        let mut command = Command::new("sh");
        command
            .args(["-c", "sleep 600 & echo $! $$; wait"])
            .stdout(Stdio::piped());
        let mut process = Process::start_heard(&mut command).expect("sh can be started");
        let line = line_of(&mut process);
        let running = line.split_whitespace().filter(|it| is_running(it));
        assert_eq!(running.count(), 2);
        drop(process);
        expect_to_end(&line).await;
    }

    #[tokio::test]
    async fn what_one_has_started_that_ended_itself_is_killed_before_its_number_is_free() {
        let mut command = Command::new("sh");
        command
            .args(["-c", "sleep 600 & echo $!; exit 3"])
            .stdout(Stdio::piped());
        let mut process = Process::start_heard(&mut command).expect("sh can be started");
        let line = line_of(&mut process);
        assert!(is_running(line.trim()));
        // If the test asked before, it could find another program that has taken the free port
        // since.
        expect_to_end(&process.child().id().to_string()).await;
        let port = free_port().expect("a port is free");
        let told = process.listens(port).await.expect_err("it has ended");
        assert!(told.to_string().ends_with("exit status: 3"), "{told}");
        // Nothing is left that would kill the next process with this number.
        assert!(process.keeper.is_none());
        expect_to_end(&line).await;
    }
}
