//! The numbering plans as a file beside the page. The build script of the page puts the name of the
//! file into the wasm.

use std::{fs, path::Path};

use anyhow::Result;

#[path = "../../build/plans.rs"]
mod file;

pub(crate) use self::file::name;

/// Writes the file into the staged page.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write(staging: &Path) -> Result<()> {
    Ok(fs::write(staging.join(name()), postern_phone::TABLE)?)
}
