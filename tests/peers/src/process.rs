//! Programs that run beside a test and end with it.

use std::ffi::OsStr;
use std::net::TcpListener;
use std::process::{Child, Command};
use std::time::Duration;

/// A running program. It is killed when this value is dropped, and with the thread that started it.
pub struct Process(Child);

impl Process {
    /// Starts `setpriv --pdeathsig` with the given program and arguments.
    pub fn start(change: impl FnOnce(&mut Command)) -> Self {
        let mut command = with_us();
        change(&mut command);
        Self(command.spawn().expect("setpriv can be started"))
    }

    /// The standard output; only the first call gets it.
    pub fn stdout(&mut self) -> std::process::ChildStdout {
        self.0.stdout.take().expect("its output is ours")
    }

    /// The standard error; only the first call gets it.
    pub fn stderr(&mut self) -> std::process::ChildStderr {
        self.0.stderr.take().expect("its output is ours")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _gone = self.0.wait();
    }
}

/// A program that is killed together with the thread that starts it. Its process is that of the
/// child.
pub fn ending_with_us(program: impl AsRef<OsStr>) -> Command {
    let mut command = with_us();
    command.arg(program);
    command
}

fn with_us() -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]);
    command
}

/// A port without a listener at the time of the call.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has one").port()
}

/// Waits until a value exists: as long as necessary, up to a limit.
pub async fn until<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    for _ in 0..1200 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing came of it: {what}");
}
