//! The message catalogs: one small file for each language, compiled from `locales/`. The page
//! fetches only the one in use. The build script of the page uses the same compiler, and puts the
//! names of the files into the wasm.

use std::{fs, path::Path};

use anyhow::{Result, anyhow};

use crate::{page::Page, workspace};

#[path = "../../build/catalog.rs"]
mod compiler;

use self::compiler::language::PSEUDO;
pub(crate) use self::compiler::{Catalogs, Compiled, Group, language, marks};

/// Compiles every language.
///
/// # Errors
/// When a catalog cannot be read or has an error.
pub(crate) fn compile() -> Result<Catalogs> {
    let sources = compiler::read(&workspace::root().join("locales"))?;
    compiler::compile(&sources).map_err(|problems| {
        let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow!("the catalogs have faults:\n{}", list.join("\n"))
    })
}

/// Writes the compiled catalogs into the staged page. The demo also gets its own catalogs and the
/// pseudo-locale.
///
/// # Errors
/// When a catalog cannot be read, compiled or written.
pub(crate) fn write(staging: &Path, page: Page) -> Result<()> {
    let groups: &[Group] = match page {
        Page::Wizard => &[Group::Wizard],
        Page::Demo => &[Group::Wizard, Group::Demo],
    };
    for compiled in compile()?.languages {
        if page == Page::Wizard && compiled.language.tag == PSEUDO {
            continue;
        }
        for group in groups {
            let file = compiled.file(*group);
            fs::write(staging.join(file.name()), &file.text)?;
        }
    }
    Ok(())
}
