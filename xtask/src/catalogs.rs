//! The message catalogs: one small file for each language, compiled from `locales/`. The page
//! fetches only the one in use. The build script of the page uses the same compiler, and puts the
//! names of the files into the wasm.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Result, anyhow};
use postern_locale::LANGUAGES;

use crate::{page::Page, workspace};

#[path = "../../build/catalog.rs"]
mod compiler;

pub(crate) use self::compiler::{Catalogs, Compiled, Group, marks};

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

/// What a person may ask for in lower case, with the tag of the language, for `src/negotiate.js`.
pub(crate) fn ranges() -> BTreeMap<String, &'static str> {
    let tags: Vec<&str> = LANGUAGES.iter().map(|language| language.tag).collect();
    let ranges = postern_locale::ranges(&tags).into_iter();
    ranges
        .map(|(range, tag)| (range.to_lowercase(), tag))
        .collect()
}

/// Writes the compiled catalogs into the staged page. The demo also gets its own catalogs and the
/// pseudo-locale.
///
/// # Errors
/// When a catalog cannot be read, compiled or written.
pub(crate) fn write(staging: &Path, page: Page) -> Result<()> {
    let groups: &[Group] = match page {
        Page::Wizard => &[Group::Reset],
        Page::Demo => &[Group::Reset, Group::Demo, Group::Letters],
    };
    for compiled in compile()?.languages {
        if page == Page::Wizard && compiled.language.is_pseudo() {
            continue;
        }
        for group in groups {
            let file = compiled.file(*group);
            fs::write(staging.join(file.name()), &file.text)?;
        }
    }
    Ok(())
}
