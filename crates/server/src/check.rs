//! `postern-server check-config`: what is wrong with a configuration; with `--connect` also with what it names.

pub(crate) mod certificate;
mod connect;

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use serde::Serialize;

use crate::config::{Config, ConfigErrors};

/// How much is checked.
#[derive(clap::Args)]
pub struct CheckConfig {
    /// Connects to all that the configuration names: database, mail server, gateways; and looks at ports, certificates, clocks and groups.
    #[arg(long)]
    pub connect: bool,
}

/// How bad something is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It works.
    Ok,
    /// It may be meant so.
    Warning,
    /// It does not work.
    Error,
}

/// Something that was found.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Line of the configuration, from 1 on.
    pub line: Option<usize>,
    /// Column, from 1 on.
    pub column: Option<usize>,
    /// What.
    pub reason: String,
}

#[derive(Serialize)]
struct Found<'a> {
    tenants: usize,
    findings: &'a [Finding],
}

impl CheckConfig {
    /// Checks, and writes down what was found: sentences on `told`, JSON on `out`.
    ///
    /// # Errors
    ///
    /// When something is wrong.
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
                    write_json(out, 0, &findings)?;
                    let count = counted(findings.len(), "error");
                    bail!("{} has {count}", path.display());
                }
                return Err(errors.into());
            }
        };
        let mut findings: Vec<Finding> = config.warnings().into_iter().map(warning).collect();
        if self.connect {
            findings.extend(connect::findings(&config).await);
        }
        let tenants = config.tenants().len();
        let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        if is_json {
            write_json(out, tenants, &findings)?;
        } else {
            for Finding {
                severity, reason, ..
            } in &findings
            {
                match severity {
                    Severity::Ok => writeln!(told, "ok: {reason}")?,
                    Severity::Warning => writeln!(told, "warning: {reason}")?,
                    Severity::Error => writeln!(told, "error: {reason}")?,
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

fn write_json(out: &mut impl Write, tenants: usize, findings: &[Finding]) -> Result<()> {
    serde_json::to_writer(&mut *out, &Found { tenants, findings })?;
    Ok(writeln!(out)?)
}

fn of(errors: &ConfigErrors) -> Vec<Finding> {
    let errors = errors.errors.iter().map(|error| Finding {
        severity: Severity::Error,
        line: error.place.map(|(line, _)| line),
        column: error.place.map(|(_, column)| column),
        reason: error.reason.clone(),
    });
    errors.collect()
}

fn finding(severity: Severity, reason: String) -> Finding {
    Finding {
        severity,
        line: None,
        column: None,
        reason,
    }
}

fn warning(reason: String) -> Finding {
    finding(Severity::Warning, reason)
}
