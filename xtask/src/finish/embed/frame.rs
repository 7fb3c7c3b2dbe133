//! `frame.html`: the page of a frame. It contains one element, and paints its first step before any
//! wasm. The service serves it at `/embed/frame`, so its addresses are relative to that.

use std::{fs, path::Path};

use anyhow::{Result, ensure};

use crate::{
    finish::{
        names::{EMBED_FOLDER as FOLDER, FRAME_PAGE as PAGE, put},
        policy, scripts,
        style::minified,
    },
    first_step, html,
    page::WIZARD,
    workspace,
};

/// The mark for the addresses of the files.
const FILES: &str = "<!--postern:files-->";
/// The relative address of the other files of the build.
const BASE: &str = "../";

/// The files that the page fetches: style and element from the embed folder, script and wasm of the
/// page.
pub(super) struct Files {
    pub(super) style: String,
    pub(super) element: String,
    pub(super) script: String,
    pub(super) wasm: String,
}

/// Writes the page and the files that only it uses.
pub(super) fn write(staging: &Path, files: &Files) -> Result<()> {
    let source = workspace::root().join(FOLDER);
    let folder = staging.join(FOLDER);
    let own_style = minified(&fs::read_to_string(source.join("frame.css"))?)?;
    let own_style = put(&folder, "frame", "css", &own_style)?;
    let relay = scripts::module_of(&source.join("frame.js"), "--external:./postern.js")?;
    let relay = put(&folder, "frame", "js", &relay)?;
    let first = scripts::classic_of(&source.join("first.js"))?;
    let first = put(&folder, "first", "js", &first)?;

    let mut page = fs::read_to_string(source.join(PAGE))?;
    ensure!(page.contains(FILES), "{PAGE} has no {FILES}");
    let links = head(files, &own_style, &relay);
    page = page.replace(FILES, &links);
    let script = format!("<script src=\"./{first}\"></script>");
    let first = workspace::root().join(WIZARD.first_step);
    first_step::fill(&first, &mut page, BASE, &script)?;
    page = html::without_comments(&page);
    policy::seal(&mut page)?;
    Ok(fs::write(staging.join(PAGE), page)?)
}

/// The links of the head: the two styles that paint the first step, and the files that the wizard
/// needs, all fetched in parallel.
fn head(files: &Files, own_style: &str, relay: &str) -> String {
    let Files {
        style,
        element,
        script,
        wasm,
    } = files;
    [
        format!("<link rel=\"stylesheet\" href=\"./{style}\">"),
        format!("<link rel=\"stylesheet\" href=\"./{own_style}\">"),
        format!("<script type=\"module\" src=\"./{relay}\"></script>"),
        "<link rel=\"modulepreload\" href=\"./postern.js\">".to_owned(),
        format!("<link rel=\"modulepreload\" href=\"./{element}\">"),
        format!("<link rel=\"modulepreload\" href=\"{BASE}{script}\">"),
        format!(
            "<link rel=\"preload\" href=\"{BASE}{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>"
        ),
    ]
    .join("\n")
}
