//! `embed/`: the files that a portal's page loads for the wizard. There is a small script with a
//! fixed name. It fetches a script and a style whose names follow their content, like those of the
//! page.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::{
    names::{self, put},
    scripts,
};
use crate::{catalogs, first_step, html, workspace};

mod css;
mod frame;
mod style;

pub(crate) use names::EMBED_FOLDER as FOLDER;

/// The script with a fixed address that a portal loads for the element.
pub(crate) const SHIM: &str = "embed/postern.js";
/// The script that a portal loads for a frame.
pub(crate) const FRAME_SHIM: &str = "embed/postern-frame.js";
/// Maximum size of each, in bytes of brotli. Every visitor of the portal's page loads it.
pub(crate) const SHIM_BUDGET_BYTES: usize = 3_072;

/// The proof of work, which a portal's page runs itself. It is fetched while the person types.
const SOLVE: &str = "../public/solve.js";

/// Marks in the scripts for names that are known after the page is built.
const SCRIPT_MARK: &str = "postern:script";
const WASM_MARK: &str = "postern:wasm";
const STYLE_MARK: &str = "postern:style";
const SOLVE_MARK: &str = "postern:solve";
const GROUND_MARK: &str = "postern:ground";
const LOGO_MARK: &str = "postern:logo";
const WHY_MARK: &str = "postern:why";
const ELEMENT_MARK: &str = "postern:element";
/// The mark for the version.
pub(crate) const VERSION_MARK: &str = "postern:version";
const TITLES_MARK: &str = "{\"postern:titles\":\"\"}";
const RANGES_MARK: &str = "{\"postern:ranges\":\"\"}";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Writes the folder. The page's own script and wasm already have their final names.
pub(super) fn write(staging: &Path, html: &str) -> Result<()> {
    let folder = staging.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let script = preloaded(html, "modulepreload", ".js")?;
    let wasm = preloaded(html, "preload", ".wasm")?;
    let style = put(&folder, "style", "css", &style::sheet()?)?;
    let solve = put(&folder, "solve", "js", &filled(SOLVE, &[])?)?;
    let ground = put(&folder, "ground", "js", &filled("ground.js", &[])?)?;
    let logo = put(&folder, "logo", "js", &filled("logo.js", &[])?)?;
    let why = put(
        &folder,
        "why",
        "js",
        &filled("why.js", &[(VERSION_MARK, VERSION)])?,
    )?;
    let element = filled(
        "element.js",
        &[
            (RANGES_MARK, &serde_json::to_string(&catalogs::ranges())?),
            (WHY_MARK, &format!("./{why}")),
            (LOGO_MARK, &format!("./{logo}")),
            (SOLVE_MARK, &format!("./{solve}")),
            (SCRIPT_MARK, &format!("../{script}")),
            (WASM_MARK, &format!("../{wasm}")),
            (STYLE_MARK, &format!("./{style}")),
        ],
    )?;
    let element = put(&folder, "element", "js", &element)?;
    let shim = filled(
        "postern.js",
        &[
            (ELEMENT_MARK, &format!("./{element}")),
            (VERSION_MARK, VERSION),
        ],
    )?;
    fs::write(staging.join(SHIM), shim)?;
    let shim = filled(
        "postern-frame.js",
        &[
            (GROUND_MARK, &format!("./{ground}")),
            (TITLES_MARK, &first_step::titles()?),
            (VERSION_MARK, VERSION),
        ],
    )?;
    fs::write(staging.join(FRAME_SHIM), shim)?;
    frame::write(
        staging,
        &frame::Files {
            style,
            element,
            script: script.to_owned(),
            wasm: wasm.to_owned(),
        },
    )
}

/// Bundles one of our scripts as a module, and replaces its marks with names.
fn filled(source: &str, names: &[(&str, &str)]) -> Result<String> {
    let source = workspace::root().join(FOLDER).join(source);
    let mut script = scripts::module_of(&source, "--external:postern:*")?;
    for (mark, name) in names {
        ensure!(script.contains(mark), "{} has no {mark}", source.display());
        script = script.replace(mark, name);
    }
    Ok(script)
}

/// The file with a given ending that the page preloads.
fn preloaded<'a>(html: &'a str, kind: &str, ending: &str) -> Result<&'a str> {
    html::tags(html, "link")
        .into_iter()
        .filter(|link| link.attribute("rel") == Some(kind))
        .filter_map(|link| link.attribute("href")?.strip_prefix("./"))
        .find(|file| file.ends_with(ending) && names::is_named_after_content(file))
        .with_context(|| format!("the page preloads no {ending} that is named after its content"))
}

#[cfg(test)]
mod tests {
    use super::preloaded;

    const PAGE: &str = "<link rel=\"modulepreload\" href=\"./postern-0123456789abcdef.js\">\
                        <link rel=\"preload\" href=\"./postern.wasm\">";

    #[test]
    fn a_portal_gets_the_files_of_this_build_and_no_others() {
        let script = preloaded(PAGE, "modulepreload", ".js").expect("it is preloaded");
        assert_eq!(script, "postern-0123456789abcdef.js");
        assert!(preloaded(PAGE, "preload", ".wasm").is_err());
    }
}
