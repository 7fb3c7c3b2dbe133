//! The message catalogs: one small file a language, compiled from `locales/`. The page fetches only
//! the one in use; its build script has put their names into the wasm, with this very compiler.

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
/// When a catalog cannot be read or has a fault.
pub(crate) fn compile() -> Result<Catalogs> {
    let sources = compiler::read(&workspace::root().join("locales"))?;
    compiler::compile(&sources).map_err(|problems| {
        let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow!("the catalogs have faults:\n{}", list.join("\n"))
    })
}

/// Writes the compiled catalogs into the staged page: those of the wizard, and in the demo those of
/// the demo and the pseudo-locale too.
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
