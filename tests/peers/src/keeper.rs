//! What clears up behind a test program, also where that is killed: a shell beside it, whose input
//! ends when the program does.

use std::ffi::OsStr;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// A shell that waits for the end of its input, and then clears up.
///
/// Its input ends when this is dropped, and when this program ends, however that is: by its end, a
/// signal or the kernel.
pub struct Keeper(Child);

impl Keeper {
    /// Starts it. The script reads its input to the end before it does anything, and ends within a
    /// bounded time.
    pub fn start<A: AsRef<OsStr>>(script: &str, arguments: &[A]) -> Self {
        let shell = Command::new("sh")
            .args(["-c", script, "keeper"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // What interrupts this program does not interrupt it.
            .process_group(0)
            .spawn();
        Self(shell.expect("sh can be started"))
    }

    /// Writes a line to it.
    pub fn tell(&mut self, line: &str) {
        let input = self.0.stdin.as_mut().expect("its input is open");
        writeln!(input, "{line}").expect("it reads");
    }
}

impl Drop for Keeper {
    /// Has it clear up now, and waits until it has.
    fn drop(&mut self) {
        // Closes its input first.
        let _ended = self.0.wait();
    }
}
