//! What only the demo's page has: two fragments of HTML, and the files of `public/demo`.
//! They come in here rather than go out of production, which therefore cannot keep any by mistake.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use crate::{page::Page, workspace};

/// The mark in `index.html`, and the file that goes there.
const FRAGMENTS: [(&str, &str); 2] = [
    ("<!--postern:demo-head-->", "src/demo/head.html"),
    ("<!--postern:demo-->", "src/demo/body.html"),
];
/// They go to the top of the page's folder, since a service worker rules no more than its own.
const FILES: &str = "public/demo";

/// Puts the demo's parts into the demo's page, and takes the marks out of the other.
pub(super) fn place(staging: &Path, html: &mut String, page: Page) -> Result<()> {
    let root = workspace::root();
    for (mark, file) in FRAGMENTS {
        ensure!(html.contains(mark), "index.html has no {mark}");
        let fragment = match page {
            Page::Wizard => String::new(),
            Page::Demo => fs::read_to_string(root.join(file))
                .with_context(|| format!("could not read {file}"))?,
        };
        *html = html.replace(mark, fragment.trim_end());
    }
    match page {
        Page::Wizard => Ok(()),
        Page::Demo => copy(&root.join(FILES), staging),
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let entries =
        fs::read_dir(from).with_context(|| format!("could not read {}", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
