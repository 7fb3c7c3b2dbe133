//! The style: all files of the page's folders, in the order of their names. The style is inside the
//! page, so that the first response paints. It is also a file, for hosts with their own page.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::names::short_hash;
use crate::{page::Page, shell, workspace};

const MARK: &str = "<!--postern:style-->";

/// Replaces the mark with the style.
pub(super) fn inline(staging: &Path, html: &mut String, page: &Page) -> Result<()> {
    ensure!(
        html.matches(MARK).count() == 1,
        "index.html must contain {MARK} once, in the place of the style"
    );
    let style = minified(&sources(page)?)?;
    ensure!(
        !style.contains("</"),
        "the style contains </, which would end its own element"
    );
    fs::write(
        staging.join(format!("postern-{}.css", short_hash(style.as_bytes()))),
        &style,
    )?;
    *html = html.replace(MARK, &format!("<style>{style}</style>"));
    Ok(())
}

/// Minifies a sheet.
///
/// # Errors
/// When it is not CSS.
pub(super) fn minified(sheet: &str) -> Result<String> {
    let mut esbuild = shell::command("esbuild");
    esbuild.args(["--loader=css", "--minify", "--charset=utf8"]);
    Ok(shell::filter(&mut esbuild, sheet)?.trim_end().to_owned())
}

fn sources(page: &Page) -> Result<String> {
    let root = workspace::root();
    let folders = page.styles.iter().map(|folder| sheets(&root.join(folder)));
    Ok(folders.collect::<Result<Vec<_>>>()?.join("\n"))
}

/// The sheets of a folder.
fn sheets(directory: &Path) -> Result<String> {
    let texts = names(directory)?
        .into_iter()
        .map(|name| read(directory, &name));
    Ok(texts.collect::<Result<Vec<_>>>()?.join("\n"))
}

/// The names of the sheets of a folder, in order.
pub(super) fn names(directory: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(directory)
        .with_context(|| format!("could not read {}", directory.display()))?;
    let mut names = entries
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<Vec<_>>>()?;
    names.retain(|name| {
        Path::new(name)
            .extension()
            .is_some_and(|extension| extension == "css")
    });
    names.sort();
    Ok(names)
}

/// A sheet of a folder.
pub(super) fn read(directory: &Path, name: &str) -> Result<String> {
    let path = directory.join(name);
    fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))
}
