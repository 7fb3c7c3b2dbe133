//! The service worker's list: every file that the page may request, and a version that changes with
//! any of them. Files that only a portal's page requests are not in the list.

use std::{fs, path::Path};

use anyhow::{Result, ensure};

use super::{
    files::files,
    names::{EMBED_FOLDER, FRAME_PAGE, WORKER, short_hash},
};

/// Both marks are an empty list and an empty text in the worker, so that it is valid before it is
/// filled.
const LIST: &str = "/*postern:precache*/[]";
const VERSION: &str = "/*postern:version*/\"\"";

/// Fills the list of the worker, if there is one.
pub(super) fn fill(staging: &Path) -> Result<()> {
    let path = staging.join(WORKER);
    if !path.is_file() {
        return Ok(());
    }
    let worker = fs::read_to_string(&path)?;
    ensure!(worker.contains(LIST), "{WORKER} has no {LIST}");
    ensure!(worker.contains(VERSION), "{WORKER} has no {VERSION}");
    let files: Vec<String> = files(staging)?
        .into_iter()
        .filter(|file| {
            let is_for_portals = file == FRAME_PAGE || Path::new(file).starts_with(EMBED_FOLDER);
            file != WORKER && !is_for_portals
        })
        .collect();
    let mut content = Vec::new();
    for file in &files {
        content.extend_from_slice(file.as_bytes());
        content.extend_from_slice(short_hash(&fs::read(staging.join(file))?).as_bytes());
    }
    let list = files.iter().map(|file| {
        if file == "index.html" {
            "./".to_owned()
        } else {
            format!("./{file}")
        }
    });
    let list = serde_json::to_string(&list.collect::<Vec<_>>())?;
    let version = serde_json::to_string(&short_hash(&content))?;
    Ok(fs::write(
        &path,
        worker.replace(LIST, &list).replace(VERSION, &version),
    )?)
}
