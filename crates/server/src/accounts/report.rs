//! The report of an import: in sentences, or as one JSON object.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Result, anyhow};
use serde::Serialize;

use super::faults::{Alike, Fault, Refused, alike, grouped, refused};
use crate::directory::EmptyGroup;
use crate::visible::{visible, write_json};

/// The changes that were made, or that would be.
#[derive(Debug, Default)]
pub struct Report {
    /// Whether nothing was changed because this was a dry run.
    pub dry_run: bool,
    /// Accounts that were not there.
    pub created: u64,
    /// Accounts and groups that existed before.
    pub changed: u64,
    /// Accounts and groups that are as the files say.
    pub unchanged: u64,
    /// Warnings: values that the import accepts but that may not do what the author expects.
    pub warnings: Vec<Fault>,
    /// Groups whose members may reset but that have no account, in the tenants of the files.
    pub empty_groups: Vec<EmptyGroup>,
    /// Values of the file that the import did not apply.
    pub left_out: Vec<Fault>,
    /// The changes of a dry run, one by one. Empty otherwise.
    pub changes: Vec<ReportLine>,
    /// Errors. If there is any, nothing was changed.
    pub errors: Vec<Fault>,
}

/// One account or group that would be changed.
#[derive(Debug, Serialize)]
pub struct ReportLine {
    /// `create` or `change`.
    pub action: &'static str,
    /// The id of the tenant.
    pub tenant: String,
    /// The account, or `group` and the name of a group.
    pub what: String,
    /// The names of the changed fields.
    pub fields: Vec<String>,
    /// The phone numbers of the row in E.164, by column.
    pub numbers: BTreeMap<&'static str, String>,
}

/// A report for a program. Its lists of errors and warnings are limited as for people, and each has
/// a count.
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
    /// A report with errors and warnings alone.
    pub(super) fn refused(dry_run: bool, warnings: Vec<Fault>, errors: Vec<Fault>) -> Self {
        Self {
            dry_run,
            warnings,
            errors,
            ..Self::default()
        }
    }

    /// Writes the report, in sentences or as JSON.
    ///
    /// # Errors
    ///
    /// [`Refused`] if the import has errors; after JSON, which lists the errors, an error with
    /// their count alone. Any other error when the report cannot be written.
    pub fn write(self, json: bool, out: &mut impl Write) -> Result<()> {
        if json {
            write_json(out, &self.json())?;
        } else if self.errors.is_empty() {
            self.tell(out)?;
        }
        match self.errors.len() {
            0 => Ok(()),
            // The JSON lists the errors already.
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
