//! The program with its own configuration, killed and restarted.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use postern_peers::process::Process;
use postern_peers::smtp::Smtp;
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::watch;

use crate::people::DOMAIN;

/// The program, running or not.
pub(crate) struct Program {
    folder: TempDir,
    running: Option<Running>,
    address: watch::Sender<Option<SocketAddr>>,
    complaints: Arc<Mutex<Vec<String>>>,
}

struct Running {
    process: Process,
    listener: JoinHandle<()>,
}

impl Program {
    /// A program with this database and this mail server.
    pub(crate) fn new(url: &str, smtp: &Smtp) -> Self {
        let folder = TempDir::new().expect("there is room for a configuration");
        let key = folder.path().join("key");
        // The same key as `support::key`.
        std::fs::write(&key, crate::support::KEY).expect("there is room for a key");
        let program = Self {
            folder,
            running: None,
            address: watch::Sender::new(None),
            complaints: Arc::default(),
        };
        let config = config(url, &key.display().to_string(), smtp.port);
        std::fs::write(program.config(), config).expect("there is room for a configuration");
        program
    }

    /// The address on which the program listens, while it runs.
    pub(crate) fn address(&self) -> watch::Receiver<Option<SocketAddr>> {
        self.address.subscribe()
    }

    /// Starts the program. It listens as soon as it prints its address.
    pub(crate) fn start(&mut self) {
        let mut process = Process::start(|command| {
            command.arg(env!("CARGO_BIN_EXE_postern-server"));
            command.arg("--config").arg(self.config());
            command.env("POSTERN_LOG", "warn,postern_server::serve=info");
            command.stderr(Stdio::piped());
        });
        let lines = BufReader::new(process.stderr()).lines();
        let (address, complaints) = (self.address.clone(), self.complaints.clone());
        let listener = std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some(listening) = listening(&line) {
                    address.send_replace(Some(listening));
                } else if is_complaint(&line) {
                    let mut complaints = complaints.lock().unwrap_or_else(PoisonError::into_inner);
                    complaints.push(line);
                }
            }
        });
        self.running = Some(Running { process, listener });
    }

    /// Ends it by SIGKILL.
    pub(crate) fn kill(&mut self) {
        let Some(Running { process, listener }) = self.running.take() else {
            return;
        };
        drop(process);
        // After the test has read all output, the program can no longer report that it listens.
        listener.join().expect("lines can be read");
        self.address.send_replace(None);
    }

    /// The error messages of all its runs.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let complaints = self.complaints.lock();
        complaints.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The output of `audit verify`: success or failure.
    pub(crate) fn verify_audit(&self) -> Result<String, String> {
        let verified = Command::new(env!("CARGO_BIN_EXE_postern-server"))
            .arg("--config")
            .arg(self.config())
            .args(["audit", "verify"])
            .output()
            .expect("the program starts");
        if verified.status.success() {
            Ok(String::from_utf8_lossy(&verified.stdout).trim().to_owned())
        } else {
            Err(String::from_utf8_lossy(&verified.stderr).into_owned())
        }
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("postern.toml")
    }
}

/// The configuration: one gate, three wrong tries before the lock, and no other limit that a run
/// reaches.
fn config(url: &str, key: &str, port: u16) -> String {
    let often = "{ tries = 100, window-seconds = 3600 }";
    format!(
        "listen = \"127.0.0.1:0\"\n\
         public-url = \"http://localhost:8080\"\n\
         key = {{ file = \"{key}\" }}\n\
         development = true\n\
         [store]\n\
         url = \"{url}\"\n\
         [proof-of-work]\n\
         cost = 1\n\
         guesses = 1\n\
         [delivery.mail]\n\
         host = \"127.0.0.1\"\n\
         port = {port}\n\
         encryption = \"none\"\n\
         from = \"reset@{DOMAIN}\"\n\
         [[tenants]]\n\
         domains = [\"{DOMAIN}\"]\n\
         name = \"Contoso\"\n\
         [tenants.policy]\n\
         methods = [\"email\", \"questions\", \"authenticator-code\"]\n\
         questions-to-register = 3\n\
         resend-cool-down-seconds = 1\n\
         [tenants.policy.throttles]\n\
         identity = {{ tries = 3, window-seconds = 86400 }}\n\
         mail = {often}\n\
         authenticator-code = {often}\n\
         questions = {often}\n\
         reset = {often}\n"
    )
}

/// The address in the line that reports it.
fn listening(line: &str) -> Option<SocketAddr> {
    let line: Value = serde_json::from_str(line).ok()?;
    let fields = &line["fields"];
    (fields["message"] == "listening").then(|| fields["address"].as_str()?.parse().ok())?
}

/// Whether the program itself has failed, and not a service that it uses.
fn is_complaint(line: &str) -> bool {
    line.contains("panicked") || line.contains("the task of a request ended without an answer")
}
