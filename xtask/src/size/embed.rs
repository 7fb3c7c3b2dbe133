//! The files of ours that a portal's page fetches: the script that every visitor loads, and all
//! files up to a working first step.

use std::path::Path;

use anyhow::Result;

use super::page::{FileKind, Weight, brotli_bytes};
use crate::finish::{
    self,
    embed::{FOLDER, FRAME_SHIM, SHIM, SHIM_BUDGET_BYTES},
};

/// Files that the element fetches at once. The proof of work follows while the person types, as in
/// the page, and so does an organisation's logo.
const OF_FIRST_STEP: [&str; 2] = ["element", "style"];

/// Sizes in bytes of brotli.
pub(crate) struct EmbedWeight {
    /// Before the person comes near the element.
    pub(crate) idle: usize,
    /// Before the person comes near a frame.
    pub(crate) frame_idle: usize,
    /// Everything up to a working first step, in English.
    pub(crate) active: usize,
    /// The maximum of everything: that of the page itself.
    budget: usize,
}

/// Weighs the files for portals of a built page. `page` is the weight of the page.
///
/// # Errors
/// When there are none.
pub(crate) fn weigh(site: &Path, page: &Weight) -> Result<EmbedWeight> {
    let idle = brotli_bytes(site, SHIM)?;
    let mut active = idle;
    // From the embed folder this counts the files of a first step, and from the page all files
    // except the document and those inside it.
    for file in finish::files(site)? {
        let is_of_first_step = OF_FIRST_STEP
            .iter()
            .any(|stem| file.starts_with(&format!("{FOLDER}/{stem}-")));
        if is_of_first_step && matches!(FileKind::of(&file), FileKind::Css | FileKind::Js) {
            active += brotli_bytes(site, &file)?;
        }
    }
    for file in &page.files {
        if matches!(file.kind, FileKind::Js | FileKind::Wasm | FileKind::Words) {
            active += file.brotli_bytes;
        }
    }
    Ok(EmbedWeight {
        idle,
        frame_idle: brotli_bytes(site, FRAME_SHIM)?,
        active,
        budget: page.budget,
    })
}

impl EmbedWeight {
    pub(crate) fn is_within_budget(&self) -> bool {
        self.idle.max(self.frame_idle) <= SHIM_BUDGET_BYTES && self.active <= self.budget
    }
}

/// Three lines: before the person comes near the element or a frame, and after.
impl std::fmt::Display for EmbedWeight {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            formatter,
            "{:>8}  in the page of a portal, of {SHIM_BUDGET_BYTES}",
            self.idle
        )?;
        writeln!(
            formatter,
            "{:>8}  in the page of a portal with a frame, of {SHIM_BUDGET_BYTES}",
            self.frame_idle
        )?;
        write!(
            formatter,
            "{:>8}  in the page of a portal once the person comes near, of {}",
            self.active, self.budget
        )
    }
}
