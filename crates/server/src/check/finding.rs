//! A finding: how bad it is, and where it is in the configuration.

use serde::Serialize;

use crate::config::Config;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It works.
    Ok,
    /// It may be intended.
    Warning,
    /// It does not work.
    Error,
}

/// Something that was found.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Line in the configuration, counted from 1.
    pub line: Option<usize>,
    /// Column, counted from 1.
    pub column: Option<usize>,
    /// What was found, as a sentence for an administrator.
    pub reason: String,
}

/// A finding about the key that its reason begins with.
pub(super) fn at_key(config: &Config, severity: Severity, reason: String) -> Finding {
    let place = reason.split(':').next().and_then(|key| config.place(key));
    finding(severity, reason, place)
}

pub(super) fn finding(
    severity: Severity,
    reason: String,
    place: Option<(usize, usize)>,
) -> Finding {
    Finding {
        severity,
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
        reason,
    }
}
