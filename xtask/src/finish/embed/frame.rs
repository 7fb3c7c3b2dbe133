//! `frame.html`: the page of a frame, with one element in it, and its first step painted before any
//! wasm. The service serves it at `/embed/frame`, so that it names its files from there.

use std::{fs, path::Path};

use anyhow::{Result, ensure};

use crate::{
    finish::{
        names::{EMBED_FOLDER as FOLDER, FRAME_PAGE as PAGE, put},
        policy, scripts,
        style::minified,
    },
    first_step, html, workspace,
};

/// Where the page names its files.
const FILES: &str = "<!--postern:files-->";
/// Where the other files of the build are, from there.
const BASE: &str = "../";

/// What the page fetches: of the embed folder the style and the element, of the page the script and
/// the wasm.
pub(super) struct Files {
    pub(super) style: String,
    pub(super) element: String,
    pub(super) script: String,
    pub(super) wasm: String,
}

/// Writes the page, and what it alone has.
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
    first_step::fill(&mut page, BASE, &script)?;
    page = html::without_comments(&page);
    policy::seal(&mut page)?;
    Ok(fs::write(staging.join(PAGE), page)?)
}

/// The links of the head: the two styles that the first step is painted with, and what the wizard
/// needs, all side by side.
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
