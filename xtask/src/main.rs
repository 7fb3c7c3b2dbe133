//! `cargo xtask`: the single way in which people, the README and CI build, run, test and measure.
//!
//! There is one file for each subcommand, and under it the steps of the subcommand. Each installs
//! only what is missing.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on stdout")]

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};

mod bench;
mod catalogs;
mod demo;
mod finish;
mod first_step;
mod foreground;
mod fuzz;
mod html;
mod metadata;
mod module;
mod package;
mod page;
mod phone_metadata;
mod plans;
mod portal;
mod run;
mod sbom;
mod serve;
mod setup;
mod shell;
mod size;
mod soak;
mod stages;
mod stopwatch;
mod workspace;

use page::{DEMO, Page, linker};
use portal::example;
use stages::documentation;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Builds, runs, tests and measures Postern",
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds the server with the wizard in it, and runs it on port 8080 of this machine, with the
    /// accounts of Contoso and a development mailbox.
    Run(run::RunOptions),
    /// Builds the offline demo and serves it on port 8081 of this machine.
    Demo(demo::DemoOptions),
    /// Builds the example portal and the server, and runs both on this machine, each at an origin
    /// of its own.
    Portal(portal::PortalOptions),
    /// Builds the pages for production, each to a folder of target/site with its name.
    Build {
        /// Builds only the page with this name.
        #[arg(value_parser = Page::named, conflicts_with_all = ["demo", "portal"])]
        page: Option<&'static Page>,
        /// Builds the offline demo instead, to target/site/demo.
        #[arg(long)]
        demo: bool,
        /// Builds the example portal instead, to target/site/portal.
        #[arg(long, conflicts_with = "demo")]
        portal: bool,
    },
    /// Runs every stage that CI runs, or only the one that is named.
    Test {
        /// One of the stages; without it, all of them in order.
        stage: Option<String>,
        /// Runs the browser stage in one engine: chromium, firefox or webkit.
        #[arg(long)]
        engine: Option<String>,
    },
    /// Reports, in brotli bytes, every file that a first load of each page for production fetches,
    /// and the total cost of phone numbers.
    Size {
        /// Prints JSON and nothing else.
        #[arg(long)]
        json: bool,
    },
    /// Runs a benchmark, beside a peer if there is one. Benches: enumeration, link, page, phone,
    /// server.
    Bench {
        /// The bench to run.
        name: String,
        /// Prints JSON and nothing else.
        #[arg(long)]
        json: bool,
    },
    /// Feeds a parser with inputs that libFuzzer invents. Targets: parse.
    Fuzz(fuzz::FuzzOptions),
    /// Kills the server again and again while people get back in, and checks that nothing that it
    /// confirmed is lost; or attacks it, and reports what that costs honest people. Soaks: crash,
    /// abuse.
    Soak(soak::SoakOptions),
    /// Compiles the numbering plans of the newest release of libphonenumber, and asks
    /// libphonenumber again for the results that the tests compare.
    UpdatePhoneMetadata {
        /// The version of the crate `phonenumber` to take them from, such as 0.3.10+9.0.33.
        #[arg(long)]
        version: Option<String>,
    },
    /// Writes the element as an npm package to target/npm, with every file that a portal serves
    /// from its own copy, and packs it there.
    Package(package::PackageOptions),
    /// Writes the components of the server and the wizard to target/sbom, in the format
    /// `CycloneDX`.
    Sbom,
    /// Serves a built page, or any built directory, with its own `_headers` and its precompressed
    /// files.
    Serve(serve::ServeOptions),
    /// Finishes the page that Trunk has staged. Trunk calls this; people do not need to.
    #[command(hide = true)]
    FinishPage {
        /// The staged page; Trunk names it in the environment.
        #[arg(long, env = "TRUNK_STAGING_DIR")]
        staging: PathBuf,
        /// Which page it is.
        #[arg(long, env = page::PAGE_VARIABLE, default_value = "wizard", value_parser = Page::named)]
        page: &'static Page,
    },
    /// Documents a crate and runs its examples. Cargo calls this; people do not need to.
    #[command(hide = true, name = documentation::SUBCOMMAND)]
    Document {
        /// What Cargo asks of `rustdoc`.
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
    /// Links the page. The compiler calls this; people do not need to.
    #[command(hide = true, name = linker::SUBCOMMAND)]
    LinkPage {
        /// What the compiler asks of `wasm-ld`.
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if !error.is::<stages::Reported>() {
                eprintln!("error: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Run(options) => run::run(&options),
        Task::Demo(options) => demo::run(&options),
        Task::Portal(options) => portal::run(&options),
        Task::Build { portal: true, .. } => example::build(&example::site(), None),
        Task::Build { demo: true, .. } => page::build(&DEMO).map(drop),
        Task::Build {
            page: Some(page), ..
        } => page::build(page).map(drop),
        Task::Build { .. } => page::build_all(),
        Task::Test { stage, engine } => stages::run(stage.as_deref(), engine.as_deref()),
        Task::Size { json } => size::run(json),
        Task::Bench { name, json } => bench::run(&name, json),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::Soak(options) => soak::run(&options),
        Task::UpdatePhoneMetadata { version } => phone_metadata::run(version.as_deref()),
        Task::Package(options) => package::run(&options),
        Task::Sbom => sbom::run(),
        Task::Serve(options) => serve::run(&options),
        Task::FinishPage { staging, page } => finish::finish(&staging, page),
        Task::Document { arguments } => documentation::run(&arguments),
        Task::LinkPage { arguments } => linker::run(&arguments),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_of_the_pages_are_taken_as_they_are_written() {
        let mut tried = 0;
        for page in [
            include_str!("../../README.md"),
            include_str!("../../ARCHITECTURE.md"),
            include_str!("../../crates/phone/README.md"),
            include_str!("../../crates/server/README.md"),
            include_str!("../../docs/embedding.md"),
            include_str!("../../examples/portal/README.md"),
        ] {
            for command in page.split("cargo xtask ").skip(1) {
                let words = command.split(['`', '#', '\n']).next().unwrap_or_default();
                let words = ["cargo xtask"].into_iter().chain(words.split_whitespace());
                let taken = Arguments::try_parse_from(words);
                assert!(
                    taken.is_ok(),
                    "{:?}",
                    taken.err().map(|error| error.to_string())
                );
                tried += 1;
            }
        }
        assert!(tried > 20, "{tried}");
    }
}
