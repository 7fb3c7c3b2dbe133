//! `cargo xtask demo`: builds the release demo and serves it.
//! It is a static site; the server adds only the headers that the site itself asks for.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::{Result, ensure};

use crate::{
    page::{self, DEMO},
    serve,
};

#[derive(clap::Args)]
pub(crate) struct DemoOptions {
    /// The port to serve on.
    #[arg(long, default_value_t = 8081)]
    port: u16,
    /// The address to serve on. With 0.0.0.0 other machines can reach it, but without the service
    /// worker.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Serves the demo that was built before.
    #[arg(long)]
    no_build: bool,
}

/// Builds the demo, unless an option says not to, and serves it until interrupted.
///
/// # Errors
/// When the build fails or the port is taken.
pub(crate) fn run(options: &DemoOptions) -> Result<()> {
    let site = if options.no_build {
        DEMO.site()
    } else {
        page::build(&DEMO)?
    };
    ensure!(
        site.join("index.html").is_file(),
        "{} has no demo: run `cargo xtask demo` without --no-build",
        site.display()
    );
    serve::run(&serve::ServeOptions {
        directory: site,
        host: options.host,
        port: options.port,
        tls: false,
    })
}
