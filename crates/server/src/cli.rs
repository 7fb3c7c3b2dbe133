//! The command line: the arguments of the program, and one file for each command.
//!
//! A command that reads or changes stored data gets a [`Session`], which has the store, the tenants
//! and the actor. A command prints its result to standard output. Errors and the log go to standard
//! error.

pub mod accounts;
mod actor;
pub mod audit;
pub mod deliver;
mod exit;
pub mod keys;
pub mod locks;
mod migrate;
mod output;
mod serve;
pub mod session;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

use crate::check::CheckConfig;
use crate::config::Config;
use crate::deployment::Deployment;
#[cfg(feature = "development")]
use crate::development::Unconfigured;
use crate::failure::Failure;
use crate::store;
use crate::visible::{visible_lines, write_json};

pub use self::accounts::Accounts;
pub use self::actor::Actor;
pub use self::audit::Audit;
pub use self::deliver::Deliver;
pub use self::exit::exit_code;
pub use self::keys::KeysCommand;
pub use self::locks::Locks;
use self::output::Output;
pub use self::session::Session;

/// The exit codes of every command, as `--help` prints them.
const EXIT_CODES: &str = "Exit codes:\n  \
    0  done\n  \
    1  refused or failed: standard error says why\n  \
    2  the arguments are wrong\n  \
    3  there is no such account, person, tenant or code";

/// The arguments of the program.
#[derive(Parser)]
#[command(
    name = "postern-server",
    version,
    about = "Self-service password reset",
    after_help = "On SIGHUP the server reads its configuration again. A wrong configuration changes nothing.",
    after_long_help = EXIT_CODES
)]
pub struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
    /// The configuration. `postern.example.toml` names every key.
    #[arg(long, global = true, env = "POSTERN_CONFIG")]
    config: Option<PathBuf>,
    /// Prints JSON in place of text.
    #[arg(long, global = true)]
    json: bool,
    /// Your name for the audit log, which also records the user of the operating system.
    #[arg(long, global = true, env = "POSTERN_ACTOR", value_name = "NAME")]
    actor: Option<String>,
    /// Never changes the tables: the program refuses a database that is not up to date, and only
    /// `migrate` updates it.
    #[arg(long, global = true, env = "POSTERN_NO_MIGRATE")]
    no_migrate: bool,
    /// A built wizard to serve instead of the one in this program.
    #[arg(long)]
    site: Option<PathBuf>,
    #[cfg(feature = "development")]
    #[command(flatten)]
    unconfigured: Unconfigured,
}

#[derive(Subcommand)]
enum Task {
    /// Checks the configuration, and reports each error with its line.
    #[command(after_help = EXIT_CODES)]
    CheckConfig(CheckConfig),
    /// Brings the tables up to date.
    #[command(after_help = EXIT_CODES)]
    Migrate(migrate::Migrate),
    /// Accounts of tenants that have no directory of their own.
    #[command(subcommand, after_help = EXIT_CODES)]
    Accounts(Accounts),
    /// The audit log.
    #[command(subcommand, after_help = EXIT_CODES)]
    Audit(Audit),
    /// Tests of mails, texts and calls.
    #[command(subcommand, after_help = EXIT_CODES)]
    Deliver(Deliver),
    /// The keys of the deployment.
    #[command(subcommand, after_help = EXIT_CODES)]
    Keys(KeysCommand),
    /// Locks after too many wrong tries.
    #[command(subcommand, after_help = EXIT_CODES)]
    Locks(Locks),
}

/// The arguments of this process. If they are invalid, the process ends. With `--json` among them,
/// the error is printed as JSON, as every other error is.
pub fn arguments() -> Arguments {
    let error = match Arguments::try_parse() {
        Ok(arguments) => return arguments,
        Err(error) => error,
    };
    let mut words = std::env::args_os().skip(1).take_while(|word| word != "--");
    if !error.use_stderr() || !words.any(|word| word == "--json") {
        error.exit();
    }
    tell(&misused(&error), true);
    std::process::exit(error.exit_code())
}

/// The error in the arguments, without the usage text.
fn misused(error: &clap::Error) -> String {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return "a command is missing: --help lists them".to_owned();
    }
    let told = error.to_string();
    let told = told.lines().take_while(|line| !line.is_empty());
    let told: Vec<&str> = told.map(str::trim).collect();
    let told = told.join(" ");
    told.strip_prefix("error: ").unwrap_or(&told).to_owned()
}

/// Prints an error on standard error.
fn tell(wrong: &str, is_json: bool) {
    let mut out = Output(std::io::stderr());
    // If standard error fails, there is no other place to report it.
    let _ = if is_json {
        write_json(&mut out, &serde_json::json!({ "error": wrong }))
    } else {
        writeln!(out, "error: {}", visible_lines(wrong))
    };
}

/// Carries out the command, and prints an error on standard error.
pub async fn main(arguments: Arguments) -> ExitCode {
    let is_json = arguments.json;
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("{error:#}"), is_json);
            exit_code(&error)
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments {
        task,
        config: path,
        json: is_json,
        actor,
        no_migrate,
        site,
        #[cfg(feature = "development")]
        unconfigured,
    } = arguments;
    let out = &mut Output(std::io::stdout());
    if let Some(Task::Accounts(accounts)) = &task {
        accounts.check_json(is_json)?;
        if let Accounts::Template(template) = accounts {
            return template.run(out);
        }
    }
    if let Some(Task::CheckConfig(check)) = &task {
        let missing = || Failure::Misused("--config names the configuration to check".into());
        let path = path.ok_or_else(missing)?;
        let told = &mut Output(std::io::stderr());
        let check = CheckConfig {
            connect: check.connect,
            no_migrate,
        };
        return check.run(&path, is_json, out, told).await;
    }
    let config = path.as_deref().map(Config::read).transpose()?;
    let deployment = match &config {
        Some(config) => Deployment::configured(config),
        #[cfg(feature = "development")]
        None => unconfigured.deployment()?,
        #[cfg(not(feature = "development"))]
        None => {
            let why = "this build has no development mode, so it needs --config FILE";
            return Err(Failure::Misused(why.into()).into());
        }
    };
    let deployment = Deployment {
        migrates: !no_migrate,
        ..deployment
    };
    let actor = Actor::of(actor);
    let database = deployment.database.clone();
    let done = match task {
        None => serve::run(deployment, site, path.as_deref().zip(config)).await,
        // It was handled above, since it needs no deployment.
        Some(Task::CheckConfig(_)) => Ok(()),
        Some(Task::Migrate(migrate)) => migrate.run(deployment, is_json, out).await,
        Some(Task::Accounts(accounts)) => {
            let session = Session::open(&deployment, actor, is_json).await?;
            accounts.run(&session, out).await
        }
        Some(Task::Audit(audit)) => {
            let session = Session::open(&deployment, actor, is_json).await?;
            audit.run(&session, out).await
        }
        Some(Task::Deliver(deliver)) => {
            let session = Session::open(&deployment, actor, is_json).await?;
            deliver.run(&session, &deployment, out).await
        }
        Some(Task::Keys(keys)) => {
            let session = Session::open(&deployment, actor, is_json).await?;
            keys.run(&session, out).await
        }
        Some(Task::Locks(locks)) => {
            let session = Session::open(&deployment, actor, is_json).await?;
            locks.run(&session, out).await
        }
    };
    done.map_err(|error| store::in_words(database.reveal(), error))
}
