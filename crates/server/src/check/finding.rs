//! Something that was found: how bad it is, and where it stands.

use serde::Serialize;

use crate::config::Config;

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
    /// What was found, as a sentence for an administrator.
    pub reason: String,
}

/// Something about the key that it begins with.
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
