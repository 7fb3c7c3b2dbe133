//! Parts that only the demo's page has: two fragments of HTML, and the files of `public/demo`. The
//! build adds them to the demo, rather than removing them from production. So production cannot
//! keep any by mistake.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use crate::{page::Page, workspace};

/// The marks in `index.html`, in the order of the fragments that replace them.
const MARKS: [&str; 2] = ["<!--postern:demo-head-->", "<!--postern:demo-->"];

/// Puts the demo's parts into the demo's page, and removes the marks from other pages.
///
/// The files go to the top of the page's folder, since a service worker controls only its own
/// folder.
pub(super) fn place(staging: &Path, html: &mut String, page: &Page) -> Result<()> {
    let root = workspace::root();
    let Some(addition) = page.addition else {
        for mark in MARKS {
            *html = html.replace(mark, "");
        }
        return Ok(());
    };
    for (mark, file) in MARKS.into_iter().zip(addition.fragments) {
        ensure!(html.contains(mark), "index.html has no {mark}");
        let fragment = fs::read_to_string(root.join(file))
            .with_context(|| format!("could not read {file}"))?;
        *html = html.replace(mark, fragment.trim_end());
    }
    copy(&root.join(addition.files), staging)
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
