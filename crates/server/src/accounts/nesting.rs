//! The second file: groups, and the groups in them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use postern_engine::Tenant;
use postern_engine::identifier::fold;

use super::faults::Fault;
use super::sheet::{Reading, Sheet};
use crate::directory::builtin::bulk::Nesting;

const COLUMNS: [&str; 3] = ["tenant", "group", "member"];

/// Characters of a name: as many as for a group in the file of accounts.
const NAME_LENGTH_MAX: usize = 256;

/// Reads a file of groups.
pub(super) fn read(
    path: &Path,
    reading: Reading<'_>,
    tenants: &[Tenant],
    faults: &mut Vec<Fault>,
    warnings: &mut Vec<Fault>,
) -> Result<Vec<Nesting>> {
    let known = COLUMNS.map(str::to_owned);
    let Some(mut sheet) = Sheet::open(path, reading, &known, &COLUMNS, faults)? else {
        return Ok(Vec::new());
    };
    warnings.extend(sheet.note());
    // Keyed by the folded name, so that two spellings of one group are one group.
    let mut groups: BTreeMap<(String, String), Nesting> = BTreeMap::new();
    while let Some(row) = sheet.next(faults) {
        let domain = row.text("tenant").unwrap_or_default();
        let tenant = Tenant::kept_as(tenants, domain);
        let group = row.text("group");
        let member = row.text("member");
        if tenant.is_none() {
            faults.push(row.fault("tenant", "no configured tenant has this domain"));
        }
        if group.is_none() {
            faults.push(row.fault("group", "the field is empty"));
        }
        for (column, name) in [("group", group), ("member", member)] {
            let name = name.unwrap_or_default();
            if name.chars().nth(NAME_LENGTH_MAX).is_some() || name.chars().any(char::is_control) {
                faults.push(row.fault(
                    column,
                    format!(
                        "a name has at most {NAME_LENGTH_MAX} characters, and no control character"
                    ),
                ));
            }
        }
        if let (Some(tenant), Some(group)) = (tenant, group) {
            let name = (tenant.id().to_owned(), fold(group));
            let nesting = groups.entry(name).or_insert_with(|| Nesting {
                tenant: tenant.id().to_owned(),
                group: group.to_owned(),
                members: Vec::new(),
            });
            nesting.members.extend(member.map(str::to_owned));
        }
    }
    let nestings = groups.into_values().map(|mut nesting| {
        nesting.members.sort();
        nesting.members.dedup();
        nesting
    });
    Ok(nestings.collect())
}
