//! `postern-server check-config`: finds errors in a configuration. With `--connect` it also tries
//! the services that the configuration names.

pub(crate) mod certificate;
mod connect;
mod finding;

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use serde::Serialize;

use crate::config::{Config, ConfigErrors};
use crate::store::{OPEN_TO_OTHERS, open_to_others};
use crate::visible::{visible_lines, write_json};

pub use finding::{Finding, Severity};
use finding::{at_key, finding};

/// How much is checked.
#[derive(clap::Args, Default)]
pub struct CheckConfig {
    /// Also connects to everything that the configuration names (database, mail server, gateways),
    /// and checks ports, certificates, clocks and groups.
    #[arg(long)]
    pub connect: bool,
    /// Whether the server is started with `--no-migrate`: it makes no tables then.
    #[arg(skip)]
    pub no_migrate: bool,
}

#[derive(Serialize)]
struct Findings<'a> {
    tenants: usize,
    findings: &'a [Finding],
}

impl CheckConfig {
    /// Checks, and writes the findings: sentences to `told`, JSON to `out`.
    ///
    /// # Errors
    ///
    /// When the configuration has an error.
    pub async fn run(
        &self,
        path: &Path,
        is_json: bool,
        out: &mut impl Write,
        told: &mut impl Write,
    ) -> Result<()> {
        let config = match Config::read(path) {
            Ok(config) => config,
            Err(errors) => {
                if is_json {
                    let findings = of(&errors);
                    write_json(
                        out,
                        &Findings {
                            tenants: 0,
                            findings: &findings,
                        },
                    )?;
                    let count = counted(findings.len(), "error");
                    bail!("{} has {count}", path.display());
                }
                return Err(errors.into());
            }
        };
        let warned = config.warnings().into_iter();
        let warned = warned.map(|it| finding(Severity::Warning, it.reason, it.place));
        let mut findings: Vec<Finding> = warned.chain(of_database(&config)).collect();
        if self.connect {
            findings.extend(connect::findings(&config, !self.no_migrate).await);
        }
        let tenants = config.tenants().len();
        let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        if is_json {
            write_json(
                out,
                &Findings {
                    tenants,
                    findings: &findings,
                },
            )?;
        } else {
            for it in &findings {
                let reason = visible_lines(&it.reason);
                let at = match (it.line, it.column) {
                    (Some(line), Some(column)) => format!("{}:{line}:{column}: ", path.display()),
                    (Some(_), None) | (None, _) => String::new(),
                };
                match it.severity {
                    Severity::Ok => writeln!(told, "ok: {reason}")?,
                    Severity::Warning => writeln!(told, "warning: {at}{reason}")?,
                    Severity::Error => writeln!(told, "error: {at}{reason}")?,
                }
            }
        }
        if errors > 0 {
            bail!("{} has {}", path.display(), counted(errors, "error"));
        }
        if !is_json {
            let warned = match warnings {
                0 => String::new(),
                warnings => format!(", and {}", counted(warnings, "warning")),
            };
            writeln!(
                told,
                "{}: nothing wrong{warned}",
                counted(tenants, "tenant")
            )?;
        }
        Ok(())
    }
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

fn of(errors: &ConfigErrors) -> Vec<Finding> {
    let errors = errors.errors.iter();
    let errors = errors.map(|it| finding(Severity::Error, it.reason.clone(), it.place));
    errors.collect()
}

/// A warning if other users can read the database file.
fn of_database(config: &Config) -> Option<Finding> {
    let path = open_to_others(config.database().reveal())?;
    let reason = format!("store.url: {}: {OPEN_TO_OTHERS}", path.display());
    Some(at_key(config, Severity::Warning, reason))
}
