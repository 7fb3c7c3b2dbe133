//! Programs that live as long as their handle: drivers with their browsers, a screen that is not
//! there, servers. Each is the head of a process group of its own, so that what it started goes
//! with it, also where this program panics or is killed.

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

/// How long a program may take to listen; drivers need far less than a second.
const STARTS_WITHIN: Duration = Duration::from_secs(20);

/// Kills the process group whose head it has read.
const KILL: &str = r#"
while read -r line; do head=$line; done
[ "$head" ] && kill -s KILL -- "-$head"
"#;

/// A running program; it and all that it started are killed when this is dropped, and with this
/// program.
pub(crate) struct Process {
    child: Child,
    keeper: Option<Keeper>,
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

    /// Waits until the program takes connections.
    ///
    /// # Errors
    /// When it ends before, or takes too long.
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

    /// Kills it and all that it started. It is waited for only then: its number may be another's
    /// afterwards.
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

/// Whether a child has ended that has not been waited for.
///
/// # Errors
/// When it has been waited for.
fn has_ended(child: u32) -> io::Result<bool> {
    let told = fs::read_to_string(format!("/proc/{child}/stat"))?;
    // The state stands behind the name, which may have brackets in it.
    let state = told.rsplit_once(") ").map(|(_, state)| state);
    Ok(state.is_some_and(|state| state.starts_with('Z')))
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

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead, BufReader},
        process::{Command, Stdio},
    };

    use super::{Process, STARTS_WITHIN, Seen, free_port, has_ended, until};

    /// Whether a process runs. Not told by its command line, which is empty for a moment while it
    /// becomes another program.
    fn is_running(number: &str) -> bool {
        let number = number.parse().expect("it is a number");
        has_ended(number).is_ok_and(|ended| !ended)
    }

    /// Waits until none of those run: what was killed ends a moment later.
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

    /// The line that a program says.
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
        // Before that, what took the free port since would be found to listen.
        expect_to_end(&process.child().id().to_string()).await;
        let port = free_port().expect("a port is free");
        let told = process.listens(port).await.expect_err("it has ended");
        assert!(told.to_string().ends_with("exit status: 3"), "{told}");
        // Nothing is left that kills who has the number next.
        assert!(process.keeper.is_none());
        expect_to_end(&line).await;
    }
}
