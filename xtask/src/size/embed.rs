//! What a portal's page fetches of ours: the script that every visitor pays, and all of it up to a first step that works.

use std::path::Path;

use anyhow::Result;

use super::{Kind, brotli_bytes};
use crate::finish::{
    self,
    embed::{FOLDER, SHIM, SHIM_BUDGET_BYTES},
};

/// What the element fetches at once. The proof of work comes while the person types, as the page's own does.
const OF_FIRST_STEP: [&str; 2] = ["element", "style"];

/// In bytes of brotli.
pub(crate) struct EmbedWeight {
    /// Before anybody comes near the element.
    pub(crate) idle: usize,
    /// With everything up to a first step that works, in English.
    pub(crate) active: usize,
}

/// Weighs what a built page has for portals.
///
/// # Errors
/// When there is none of it.
pub(crate) fn weigh(site: &Path) -> Result<EmbedWeight> {
    let idle = brotli_bytes(site, SHIM)?;
    let mut active = idle;
    // Of the folder what a first step takes, and of the page what is neither its document nor in it.
    for file in finish::files(site)? {
        let is_of_first_step = OF_FIRST_STEP
            .iter()
            .any(|stem| file.starts_with(&format!("{FOLDER}/{stem}-")));
        if is_of_first_step && matches!(Kind::of(&file), Kind::Css | Kind::Js) {
            active += brotli_bytes(site, &file)?;
        }
    }
    for file in super::weigh(site)?.files {
        if matches!(file.kind, Kind::Js | Kind::Wasm | Kind::Words) {
            active += file.brotli_bytes;
        }
    }
    Ok(EmbedWeight { idle, active })
}

impl EmbedWeight {
    pub(crate) fn is_within_budget(&self) -> bool {
        self.idle <= SHIM_BUDGET_BYTES
    }
}

/// Two lines: before somebody comes near, and after.
impl std::fmt::Display for EmbedWeight {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            formatter,
            "{:>8}  in a portal's page, of {SHIM_BUDGET_BYTES}",
            self.idle
        )?;
        write!(
            formatter,
            "{:>8}  there once somebody comes near",
            self.active
        )
    }
}
