//! The message catalogs: one small file for each language, compiled from `locales/`. The page
//! fetches only those in use. The build script of the page uses the same compiler, and puts the
//! names of the files into the wasm.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Result, anyhow, ensure};
use postern_locale::LANGUAGES;

use crate::{finish, workspace};

#[path = "../../build/catalog.rs"]
mod compiler;

pub(crate) use self::compiler::{Catalogs, Compiled, File, marks};

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

/// Writes the compiled catalogs that the staged page names. The name of a catalog follows its
/// content, so no other text of a page is equal to it.
///
/// # Errors
/// When a catalog cannot be read, compiled or written, or the page names none.
pub(crate) fn write(staging: &Path) -> Result<()> {
    let mut programs = Vec::new();
    for file in finish::files(staging)? {
        if Path::new(&file).extension().is_some_and(|it| it == "wasm") {
            programs.push(fs::read(staging.join(file))?);
        }
    }
    let is_named = |name: &str| {
        let name = name.as_bytes();
        let mut parts = programs.iter().flat_map(|it| it.windows(name.len()));
        parts.any(|part| part == name)
    };
    let compiled = compile()?;
    let files = compiled.languages.iter().flat_map(|it| &it.files);
    let named: Vec<_> = files
        .map(|file| (file.name(), &file.text))
        .filter(|(name, _)| is_named(name))
        .collect();
    ensure!(!named.is_empty(), "the page names no catalog");
    for (name, text) in named {
        fs::write(staging.join(name), text)?;
    }
    Ok(())
}
