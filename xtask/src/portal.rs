//! `cargo xtask portal`: runs the example portal and the server on different origins, as portal
//! teams do.

use anyhow::Result;

use crate::{
    foreground,
    page::{self, WIZARD},
    run::server,
    serve, workspace,
};

pub(crate) mod example;

/// Two names of this machine. Browsers treat them as two sites, and both as secure contexts.
const PORTAL_HOST: &str = "127.0.0.1";
const POSTERN_HOST: &str = "localhost";

/// The portal's address for people who return, on its own origin.
const RETURN_TO: &str = "/signed-in.html";

#[derive(clap::Args)]
pub(crate) struct PortalOptions {
    /// The port of the portal.
    #[arg(long, default_value_t = 8082)]
    port: u16,
    /// The port of the server.
    #[arg(long, default_value_t = 8080)]
    postern_port: u16,
    /// Uses the wizard that was built before.
    #[arg(long)]
    no_build: bool,
}

/// Builds and serves both until interrupted.
///
/// # Errors
/// When a build fails, or a port is taken.
pub(crate) fn run(options: &PortalOptions) -> Result<()> {
    let wizard = if options.no_build {
        WIZARD.site()
    } else {
        page::build(&WIZARD)?
    };
    let postern = format!("http://{POSTERN_HOST}:{}", options.postern_port);
    let portal = format!("http://{PORTAL_HOST}:{}", options.port);
    let site = workspace::target().join("site/portal-here");
    example::build(&site, Some(&postern))?;
    let mut server = server(&wizard)?;
    serve::in_background(&site, options.port, false)?;
    println!("The portal:  {portal}/");
    println!("Postern:     {postern}/, with its mailbox at {postern}/development/mailbox");
    println!(
        "Get ada@contoso.example back in with a code by mail, change the language on the way,"
    );
    println!(
        "then come again from the sign-in page: \"Forgot your password?\" leads to Postern and back."
    );
    server
        .arg("--listen")
        .arg(format!("127.0.0.1:{}", options.postern_port));
    server.arg("--portal").arg(&portal);
    server
        .arg("--return-to")
        .arg(format!("{portal}{RETURN_TO}"));
    foreground::run(&mut server)
}
