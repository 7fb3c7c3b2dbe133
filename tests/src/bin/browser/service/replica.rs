//! One process of the server, with its log in a file.

use std::{
    fs::{self, File},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result};
use postern_peers::process::Process;
use serde_json::Value;

use crate::wait::{STEP_COMES_WITHIN, Seen, until};

/// A process that ends with its handle, and with the tests.
pub(super) struct Replica {
    _process: Process,
    log: PathBuf,
    address: Option<SocketAddr>,
}

impl Replica {
    /// Starts a process.
    pub(super) fn start(program: &Path, config: &Path, site: &Path, log: &Path) -> Result<Self> {
        let file = File::create(log)?;
        let process = Process::start(|command| {
            command.arg(program).arg("--config").arg(config);
            command.arg("--site").arg(site);
            command.env("POSTERN_LOG", "warn,postern_server::serve=info");
            command
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(file);
        });
        Ok(Self {
            _process: process,
            log: log.to_owned(),
            address: None,
        })
    }

    /// Waits until its log has the address of its listener.
    pub(super) async fn listens(&mut self) -> Result<()> {
        let address = until("a replica to listen", STEP_COMES_WITHIN, async || {
            let log = fs::read_to_string(&self.log)?;
            Ok(match log.lines().find_map(listening) {
                Some(address) => Seen::There(address),
                None => Seen::NotYet(log),
            })
        });
        self.address = Some(address.await?);
        Ok(())
    }

    /// The address of its listener.
    pub(super) fn address(&self) -> Result<SocketAddr> {
        self.address.context("the replica does not listen yet")
    }
}

/// The address in a log line about its listener.
fn listening(line: &str) -> Option<SocketAddr> {
    let line: Value = serde_json::from_str(line).ok()?;
    let fields = &line["fields"];
    (fields["message"] == "listening").then(|| fields["address"].as_str()?.parse().ok())?
}
