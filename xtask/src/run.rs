//! `cargo xtask run`: builds the wizard, embeds it in the server, and runs the server.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use crate::{
    foreground,
    page::{self, WIZARD},
    shell, workspace,
};

/// The variable that tells the build script of the server where the built wizard is.
const SITE: &str = "POSTERN_SITE";

#[derive(clap::Args)]
pub(crate) struct RunOptions {
    /// Uses the wizard that was built before.
    #[arg(long)]
    no_build: bool,
    /// The port to listen on, on this machine.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// A configuration, as `crates/server/postern.example.toml` explains it. Without it: the
    /// organisations of Contoso.
    #[arg(long, conflicts_with_all = ["store", "port"])]
    config: Option<PathBuf>,
    /// The database, such as `postgres://user@localhost/postern`. Without it: a file in ./data,
    /// which needs no server.
    #[arg(long)]
    store: Option<String>,
}

/// Builds and runs the server until it is interrupted.
///
/// # Errors
/// When a build or the server fails.
pub(crate) fn run(options: &RunOptions) -> Result<()> {
    let site = if options.no_build {
        WIZARD.site()
    } else {
        page::build(&WIZARD)?
    };
    let mut server = server(&site)?;
    if let Some(config) = &options.config {
        server.arg("--config").arg(config);
        return foreground::run(&mut server);
    }
    server
        .arg("--listen")
        .arg(format!("127.0.0.1:{}", options.port));
    if let Some(store) = &options.store {
        server.arg("--store").arg(store);
    }
    foreground::run(&mut server)
}

/// Builds the server with that wizard. The returned command takes the server's own arguments.
///
/// # Errors
/// When the build fails.
pub(crate) fn server(site: &Path) -> Result<Command> {
    let mut build = shell::cargo(&[
        "build",
        "--quiet",
        "--release",
        "--package",
        "postern-server",
    ]);
    shell::run(build.env(SITE, site))?;
    Ok(shell::command(
        workspace::target().join("release/postern-server"),
    ))
}
