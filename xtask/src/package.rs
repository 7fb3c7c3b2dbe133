//! `cargo xtask package`: `embed/npm` with a copy of the built wizard, as an npm package for
//! portals.

use std::path::PathBuf;

use anyhow::Result;

use crate::page::{self, WIZARD};

mod contents;

pub(crate) use contents::{SERVED, folder, put_into, write};

#[derive(clap::Args)]
pub(crate) struct PackageOptions {
    /// A built page for the package. Without it, the command builds the wizard.
    #[arg(long)]
    of: Option<PathBuf>,
    /// The folder to write it to, in place of target/npm.
    #[arg(long)]
    to: Option<PathBuf>,
}

/// Writes the package, and packs it.
///
/// # Errors
/// When the page cannot be built, or `npm pack` fails.
pub(crate) fn run(options: &PackageOptions) -> Result<()> {
    let site = match &options.of {
        Some(site) => site.clone(),
        None => page::build(&WIZARD)?,
    };
    let folder = options.to.clone().unwrap_or_else(folder);
    println!("{}", write(&site, &folder)?.display());
    Ok(())
}
