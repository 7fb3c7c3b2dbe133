//! The cost of phone numbers for a page: the table that it fetches, and the code in its wasm.
//!
//! The code is weighed as the difference between two modules that are built like the page. One
//! reads numbers; the other has the same inputs and the same form of answers. Inside the page's own
//! wasm the bytes of this crate cannot be distinguished from others.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde::Serialize;

use crate::{finish, module, plans, workspace};

/// Maximum for the plans and their code, according to the design.
pub(crate) const BUDGET_BYTES: usize = 32_000;

const READING: &str = "phone-bench-postern";
const STAND_IN: &str = "phone-bench-stand-in";

/// Sizes in bytes of brotli.
#[derive(Serialize)]
pub(crate) struct PhoneWeight {
    table: usize,
    code: usize,
}

/// Weighs the table of a built page, and the code that reads it.
///
/// # Errors
/// When the page has no table, or a module cannot be built.
pub(crate) fn weigh(site: &Path) -> Result<PhoneWeight> {
    let table = site.join(plans::name() + ".br");
    let table = fs::metadata(&table).with_context(|| format!("no {}", table.display()))?;
    // Both have the same file name, since the name is inside the wasm.
    let module = |package: &str| -> Result<usize> {
        let directory = workspace::target().join("size").join(package);
        let wasm = module::build(package, &directory, "module")?;
        Ok(finish::brotli(&fs::read(wasm)?)?.len())
    };
    Ok(PhoneWeight {
        table: usize::try_from(table.len())?,
        code: module(READING)?.saturating_sub(module(STAND_IN)?),
    })
}

impl PhoneWeight {
    pub(crate) fn total(&self) -> usize {
        self.table + self.code
    }

    pub(crate) fn is_within_budget(&self) -> bool {
        self.total() <= BUDGET_BYTES
    }
}

/// A line with both sizes and the budget.
impl std::fmt::Display for PhoneWeight {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "{:>8}  for phone numbers, of {BUDGET_BYTES}: the numbering plans {}, their code {}",
            self.total(),
            self.table,
            self.code
        )
    }
}
