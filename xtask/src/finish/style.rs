//! The style: every file of `style/`, in the order of their names, as one; in the demo after them those of `style/demo/`.
//! In the page itself, so that the first response paints; and as a file, for hosts that bring their own page.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::short_hash;
use crate::{page::Page, shell, workspace};

const MARK: &str = "<!--postern:style-->";

/// Puts the style in the place of its mark.
pub(super) fn inline(staging: &Path, html: &mut String, page: Page) -> Result<()> {
    ensure!(
        html.matches(MARK).count() == 1,
        "index.html needs {MARK} once, where the style goes"
    );
    let minified = shell::filter(
        shell::command("esbuild").args(["--loader=css", "--minify", "--charset=utf8"]),
        &sources(page)?,
    )?;
    let style = minified.trim_end();
    ensure!(!style.contains("</"), "the style would end its own element");
    fs::write(
        staging.join(format!("postern-{}.css", short_hash(style.as_bytes()))),
        style,
    )?;
    *html = html.replace(MARK, &format!("<style>{style}</style>"));
    Ok(())
}

fn sources(page: Page) -> Result<String> {
    let style = workspace::root().join("style");
    match page {
        Page::Wizard => sheets(&style),
        Page::Demo => Ok(sheets(&style)? + "\n" + &sheets(&style.join("demo"))?),
    }
}

/// The sheets of a folder.
fn sheets(directory: &Path) -> Result<String> {
    let entries = fs::read_dir(directory)
        .with_context(|| format!("could not read {}", directory.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "css"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
    };
    Ok(paths
        .iter()
        .map(read)
        .collect::<Result<Vec<_>>>()?
        .join("\n"))
}
