//! Proves that the production page contains no demo code.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::left_out::LeftOut;
use crate::page::{DEMO, Page, WIZARD};

const ONLY_OF_DEMO: LeftOut = LeftOut {
    sources: &[
        "src/demo",
        "src/demo.rs",
        "crates/engine/src",
        "crates/letters/src",
    ],
    shared: &[
        "src",
        "crates/flow",
        "crates/kit",
        "crates/locale",
        "crates/protocol",
        "crates/phone",
        "locales",
        "style",
        "index.html",
    ],
};

/// Returns how many texts of the demo were searched for.
///
/// # Errors
/// When the production page contains one of them, or the demo contains too few.
pub(super) fn production_has_no_demo_code() -> Result<String> {
    ONLY_OF_DEMO.proof(&DEMO.site(), &WIZARD.site())
}

/// Returns how many catalogs the production page has. The pseudo-locale for testing is not among
/// them.
///
/// # Errors
/// When the production page contains or names that catalog, or the demo does not.
pub(super) fn production_has_no_pseudo_locale() -> Result<String> {
    let words = |page: &Page| -> Result<Vec<String>> {
        let files = fs::read_dir(page.site()).context("the page is built")?;
        let names = files.map(|file| Ok(file?.file_name().to_string_lossy().into_owned()));
        let names = names.collect::<Result<Vec<_>>>()?;
        Ok(names
            .into_iter()
            .filter(|name| Path::new(name).extension().is_some_and(|it| it == "txt"))
            .collect())
    };
    let is_pseudo = |name: &String| name.contains("en_XA") || name.contains("en-XA");
    let (demo, production) = (words(&DEMO)?, words(&WIZARD)?);
    ensure!(demo.iter().any(is_pseudo), "the demo has no pseudo-locale");
    ensure!(
        !production.iter().any(is_pseudo),
        "the production page has the words of the pseudo-locale"
    );
    Ok(format!("{} languages", production.len()))
}
