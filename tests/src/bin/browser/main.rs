//! The browser tests: complete journeys through the built pages, in three engines, driven from
//! outside.
//!
//! `--site` is the offline demo, whose judge, phone and mailbox are in the page. `--wizard` is the
//! production page, which asks the real service, `--service`, in the claims that begin with
//! `service::`. `--portal` is the example portal, which has the service's wizard in its pages. Each
//! theme below has one file of claims. [`page`] has the words in which claims are written, and
//! [`runner`] runs them.

#![expect(clippy::print_stdout, reason = "a test program speaks on stdout")]

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    rc::Rc,
};

use anyhow::{Context, Result, ensure};
use clap::Parser;

mod claims;
mod engine;
mod everywhere;
mod foreign;
mod given;
mod held;
mod lab;
mod message;
mod page;
mod people;
mod process;
mod reports;
mod runner;
mod service;
mod site;
mod test;
mod wait;
mod words;

use engine::Engine;
use test::Test;

/// Runs the browser tests; the last line is `N passed, N failed`.
#[derive(Parser)]
#[command(name = "browser", disable_help_subcommand = true)]
struct Arguments {
    /// The built demo, such as target/site/demo.
    #[arg(long)]
    site: PathBuf,
    /// The built production page, such as target/site/wizard.
    #[arg(long)]
    wizard: PathBuf,
    /// The built example portal; the folder `portal` beside the production page unless told
    /// otherwise.
    #[arg(long)]
    portal: Option<PathBuf>,
    /// Where pictures of every screen go, and those of failures.
    #[arg(long)]
    screens: PathBuf,
    /// axe-core's script.
    #[arg(long)]
    axe: PathBuf,
    /// The folder with the packages of npm that portals are built with; the one that axe-core is in
    /// unless told otherwise.
    #[arg(long)]
    packages: Option<PathBuf>,
    /// The program that serves the pages; the xtask beside this program unless told otherwise.
    #[arg(long)]
    server: Option<PathBuf>,
    /// The service that the journeys are made at; the postern-server beside this program unless
    /// told otherwise.
    #[arg(long)]
    service: Option<PathBuf>,
    /// An engine to run in; again for another one. All of them unless told otherwise.
    #[arg(long, value_enum)]
    engine: Vec<Engine>,
    /// Runs the tests whose names contain this, and no others.
    #[arg(long, default_value = "")]
    only: String,
    /// Makes every claim in every engine, also those that do not depend on the engine.
    #[arg(long)]
    every_claim: bool,
    /// Says what would run, and what would not and why, and runs nothing.
    #[arg(long)]
    list: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // The driver's client wants one, although it only speaks plain HTTP. An error means that there
    // is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let outcome = tokio::select! {
        outcome = run(arguments) => outcome,
        // The started processes end with their handles, which an interrupt would not drop.
        _ = tokio::signal::ctrl_c() => Err(anyhow::anyhow!("interrupted")),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the selected tests. Returns whether all of them passed.
async fn run(arguments: Arguments) -> Result<bool> {
    let engines = if arguments.engine.is_empty() {
        Engine::ALL.to_vec()
    } else {
        arguments.engine
    };
    let tests: Vec<Test> = claims::all()
        .into_iter()
        .filter(|test| test.name().contains(&arguments.only))
        .collect();
    ensure!(
        !tests.is_empty(),
        "no test has {} in its name",
        arguments.only
    );
    let everywhere = arguments.every_claim;
    if arguments.list {
        list(&engines, &tests, everywhere);
        return Ok(true);
    }
    let axe = std::fs::read_to_string(&arguments.axe)
        .with_context(|| format!("could not read {}", arguments.axe.display()))?;
    let packages = match arguments.packages {
        Some(packages) => packages,
        None => folder_of_packages(&arguments.axe)?,
    };
    page::look::clear_failures(&arguments.screens)?;
    let portal = arguments.portal;
    let given = given::Given {
        portal: portal.unwrap_or_else(|| arguments.wizard.with_file_name("portal")),
        site: arguments.site,
        wizard: arguments.wizard,
        screens: arguments.screens,
        server: site::server(arguments.server)?,
        service: service::program(arguments.service)?,
        axe,
        packages,
        words: words::Words::read()?,
    };
    let tally = runner::run(&engines, tests, everywhere, Rc::new(given)).await;
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(tally.failed == 0 && tally.passed > 0)
}

/// The folder two levels above a script at the top of its package.
fn folder_of_packages(script: &Path) -> Result<PathBuf> {
    let folder = script.canonicalize()?;
    let folder = folder.parent().and_then(Path::parent);
    folder
        .map(Path::to_owned)
        .context("axe-core is in no folder")
}

fn list(engines: &[Engine], tests: &[Test], everywhere: bool) {
    for engine in engines {
        for test in tests {
            match test.reason_to_skip(*engine, everywhere) {
                None => println!("{engine} {}", test.name()),
                Some(reason) => println!("{engine} {} (skipped: {reason})", test.name()),
            }
        }
    }
}
