//! Proof that the production page has no demo code.

use anyhow::Result;

use super::left_out::LeftOut;
use crate::page::Page;

const DEMO: LeftOut = LeftOut {
    sources: &["src/demo", "src/demo.rs", "crates/engine/src"],
    shared: &[
        "src",
        "crates/protocol",
        "crates/phone",
        "locales",
        "style",
        "index.html",
    ],
};

/// Says how many texts of the demo were looked for.
///
/// # Errors
/// When one of them is in the production page, or too few are in the demo.
pub(super) fn production_has_no_demo_code() -> Result<String> {
    DEMO.proof(&Page::Demo.site(), &Page::Wizard.site())
}
