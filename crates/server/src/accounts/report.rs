//! What an import says at its end: in sentences, or as one JSON object.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Result, anyhow};
use serde::Serialize;

use super::faults::{Alike, Fault, Refused, alike, grouped, refused};
use crate::directory::EmptyGroup;
use crate::visible::{visible, write_json};

/// What was changed, or would be.
#[derive(Debug, Default)]
pub struct Report {
    /// Whether nothing was changed because only that was asked.
    pub dry_run: bool,
    /// Accounts that were not there.
    pub created: u64,
    /// Accounts and groups that were.
    pub changed: u64,
    /// Accounts and groups that are as the files say.
    pub unchanged: u64,
    /// What is taken, and may not do what its author expects.
    pub warnings: Vec<Fault>,
    /// Groups that may reset and that no account is in, of the tenants that the files are about.
    pub empty_groups: Vec<EmptyGroup>,
    /// What the file says and the import leaves as it is.
    pub left_out: Vec<Fault>,
    /// What would be changed, one by one; empty but in a dry run.
    pub changes: Vec<ReportLine>,
    /// Why nothing was changed.
    pub errors: Vec<Fault>,
}

/// One account or group that would be changed.
#[derive(Debug, Serialize)]
pub struct ReportLine {
    /// `create` or `change`.
    pub action: &'static str,
    /// The domain that names the tenant.
    pub tenant: String,
    /// The account, or `group` and the name of a group.
    pub what: String,
    /// The names of what is changed.
    pub fields: Vec<String>,
    /// The phone numbers of the row in E.164, by column.
    pub numbers: BTreeMap<&'static str, String>,
}

/// A report for a program: of what is told by line as much as people are told, and how much there
/// is of it.
#[derive(Serialize)]
struct AsJson<'r> {
    dry_run: bool,
    created: u64,
    changed: u64,
    unchanged: u64,
    warnings: Vec<Alike<'r>>,
    warning_count: usize,
    empty_groups: &'r [EmptyGroup],
    left_out: Vec<Alike<'r>>,
    left_out_count: usize,
    changes: &'r [ReportLine],
    errors: Vec<Alike<'r>>,
    error_count: usize,
}

impl Report {
    /// One that says only what is wrong.
    pub(super) fn refused(dry_run: bool, warnings: Vec<Fault>, errors: Vec<Fault>) -> Self {
        Self {
            dry_run,
            warnings,
            errors,
            ..Self::default()
        }
    }

    /// Writes it down, in sentences or as JSON.
    ///
    /// # Errors
    ///
    /// [`Refused`] if anything is wrong, without a list of it where that was written as JSON; and
    /// when it cannot be written.
    pub fn write(self, json: bool, out: &mut impl Write) -> Result<()> {
        if json {
            write_json(out, &self.json())?;
        } else if self.errors.is_empty() {
            self.tell(out)?;
        }
        match self.errors.len() {
            0 => Ok(()),
            // They are told where a program reads them.
            count if json => Err(anyhow!(refused(count))),
            _ => Err(Refused(self.errors).into()),
        }
    }

    fn json(&self) -> AsJson<'_> {
        AsJson {
            dry_run: self.dry_run,
            created: self.created,
            changed: self.changed,
            unchanged: self.unchanged,
            warnings: alike(&self.warnings),
            warning_count: self.warnings.len(),
            empty_groups: &self.empty_groups,
            left_out: alike(&self.left_out),
            left_out_count: self.left_out.len(),
            changes: &self.changes,
            errors: alike(&self.errors),
            error_count: self.errors.len(),
        }
    }

    fn tell(&self, out: &mut impl Write) -> Result<()> {
        for line in &self.changes {
            let ReportLine {
                action,
                tenant,
                what,
                fields,
                numbers,
            } = line;
            write!(out, "{action} {tenant} {}", visible(what))?;
            let fields = fields.iter().cloned();
            let numbers = numbers
                .iter()
                .map(|(column, number)| format!("{column} is {number}"));
            let details: Vec<String> = fields.chain(numbers).collect();
            if !details.is_empty() {
                write!(out, ": {}", details.join(", "))?;
            }
            writeln!(out)?;
        }
        for line in grouped(&self.warnings) {
            writeln!(out, "warning: {}", visible(&line))?;
        }
        for group in &self.empty_groups {
            writeln!(out, "warning: {}", visible(&group.to_string()))?;
        }
        for line in grouped(&self.left_out) {
            writeln!(out, "left out: {}", visible(&line))?;
        }
        let would = if self.dry_run { "would be " } else { "" };
        let Self {
            created,
            changed,
            unchanged,
            ..
        } = self;
        Ok(writeln!(
            out,
            "{created} {would}created, {changed} {would}changed, {unchanged} {would}left as they are"
        )?)
    }
}
