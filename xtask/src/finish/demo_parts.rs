//! Parts that only the demo's page has: two fragments of HTML, and the files of `public/demo`. The
//! build adds them to the demo, rather than removing them from production. So production cannot
//! keep any by mistake.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use crate::{page::Page, workspace};

/// A mark in `index.html`, and the file that replaces it.
const FRAGMENTS: [(&str, &str); 2] = [
    ("<!--postern:demo-head-->", "src/demo/head.html"),
    ("<!--postern:demo-->", "src/demo/body.html"),
];
/// These files go to the top of the page's folder, since a service worker controls only its own
/// folder.
const FILES: &str = "public/demo";

/// Puts the demo's parts into the demo's page, and removes the marks from the other page.
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
