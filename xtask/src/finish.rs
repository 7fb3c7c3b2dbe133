//! `cargo xtask finish-page`: the steps after Trunk has staged a page. Trunk calls it before it
//! moves the page into place, so no unfinished page is ever served or tested.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{catalogs, first_step, html, page::Page, plans, workspace};

mod compress;
mod demo_parts;
pub(crate) mod embed;
mod files;
mod headers;
pub(crate) mod link;
mod names;
mod policy;
mod precache;
mod scripts;
mod style;

pub(crate) use self::{
    compress::brotli, files::files, headers::FILE as HEADERS_FILE, link::shrink,
    scripts::bundle_one,
};

/// Finishes a staged page. The order matters. The link needs names that minifying removes. Names of
/// files follow the last change to a file. Hashes and compressed copies follow the names.
///
/// # Errors
/// When the page lacks a mark that a step needs, or a tool fails.
pub(crate) fn finish(staging: &Path, page: &Page) -> Result<()> {
    let index = staging.join("index.html");
    let mut html = fs::read_to_string(&index)
        .with_context(|| format!("could not read {}", index.display()))?;

    demo_parts::place(staging, &mut html, page)?;
    style::inline(staging, &mut html, page)?;
    let folder = workspace::root().join(page.first_step);
    let script = scripts::classic_of(&folder.join("first_step.js"))?;
    first_step::fill(
        &folder,
        &mut html,
        "./",
        &format!("<script>{script}</script>"),
    )?;
    catalogs::write(staging)?;
    plans::write(staging)?;
    link::together(staging, &html, link::parts::Parts::default())?;
    scripts::bundle(staging, &html)?;
    names::after_content(staging, &mut html)?;
    embed::write(staging, &html)?;
    html = html::without_comments(&html);
    let policy = policy::seal(&mut html)?;
    fs::write(&index, &html)?;
    precache::fill(staging)?;
    headers::write(staging, &policy)?;
    compress::all(staging)
}

/// Minifies and compresses another project's page in the same way as ours.
///
/// # Errors
/// When a tool fails.
pub(crate) fn finish_plainly(site: &Path) -> Result<()> {
    scripts::bundle(site, &fs::read_to_string(site.join("index.html"))?)?;
    compress::all(site)
}
