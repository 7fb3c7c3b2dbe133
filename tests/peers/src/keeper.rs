//! Cleans up after a test program, even if it is killed: a shell beside the program whose input
//! ends when the program ends.

use std::ffi::OsStr;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// A shell that waits for the end of its input, and then cleans up.
///
/// Its input ends when this value is dropped, and when this program ends: normally, by a signal or
/// by the kernel.
pub struct Keeper(Child);

impl Keeper {
    /// Starts the shell. The script reads its input to the end before it does anything, and ends
    /// within a limited time.
    pub fn start<A: AsRef<OsStr>>(script: &str, arguments: &[A]) -> Self {
        let shell = Command::new("sh")
            .args(["-c", script, "keeper"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // A signal that interrupts this program does not interrupt the shell.
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
    /// Makes the shell clean up now, and waits for it.
    fn drop(&mut self) {
        // This closes its input first.
        let _ended = self.0.wait();
    }
}
