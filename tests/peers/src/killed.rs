//! Tests of the remains of the peers of a killed program.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::folder::Folder;
use crate::kannel::Kannel;
use crate::nginx::Nginx;
use crate::process::until;
use crate::smtp::Smtp;

/// This variable is set in the program that starts the peers.
const STARTS: &str = "POSTERN_TEST_STARTS_PEERS";
const STARTED: &str = "all are there";

/// The number of folders and processes: those of nginx and of the mail server, and three of the
/// gateway, and for each folder the shell that keeps it.
const FOLDERS: usize = 3;
const PROCESSES: usize = 5;

/// The number of processes with this folder for temporary files, which they inherit from the
/// program that started them. An ended process no longer has an environment.
fn processes_with(temporary: &Path) -> usize {
    let wanted = format!("TMPDIR={}", temporary.display());
    let processes = fs::read_dir("/proc").expect("processes can be listed");
    let environments = processes
        .flatten()
        .filter_map(|process| fs::read(process.path().join("environ")).ok());
    let named = environments.filter(|environment| {
        let mut variables = environment.split(|byte| *byte == 0);
        variables.any(|variable| variable == wanted.as_bytes())
    });
    named.count()
}

fn folders_in(temporary: &Path) -> usize {
    fs::read_dir(temporary).map_or(0, Iterator::count)
}

/// The test beside it starts this program: it starts peers, reports that, and continues.
#[tokio::test]
async fn a_program_that_starts_peers() {
    if std::env::var_os(STARTS).is_none() {
        return;
    }
    let _peers = (Nginx::start("").await, Kannel::start().await, Smtp::start());
    eprintln!("{STARTED}");
    let _all = std::io::stdin().read_to_end(&mut Vec::new());
}

#[tokio::test]
async fn nothing_is_left_of_the_peers_of_a_program_that_is_killed() {
    let temporary = Folder::new("temporary");
    let itself = std::env::current_exe().expect("this program is a file");
    let mut program = Command::new(itself)
        .args([
            "--exact",
            "killed::a_program_that_starts_peers",
            "--nocapture",
        ])
        .env(STARTS, "")
        .env("TMPDIR", temporary.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it can be started again");
    let output = BufReader::new(program.stderr.take().expect("its output is ours"));
    let mut lines = output.lines().map_while(Result::ok);
    assert!(lines.any(|line| line == STARTED), "it did not start them");
    assert_eq!(folders_in(temporary.path()), FOLDERS);
    // The program itself is one of them.
    assert_eq!(processes_with(temporary.path()), 1 + PROCESSES + FOLDERS);
    program.kill().expect("it runs");
    program.wait().expect("it ends");
    until("processes and folders are gone", async || {
        let left = processes_with(temporary.path()) + folders_in(temporary.path());
        (left == 0).then_some(())
    })
    .await;
}
