//! The files of a folder that holds a staged or served page.

use std::{fs, path::Path};

use anyhow::{Context, Result};

/// Every file of the staged page, as sorted relative paths.
pub(crate) fn files(staging: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut directories = vec![staging.to_path_buf()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory)? {
            let path = entry?.path();
            if path.is_dir() {
                directories.push(path);
                continue;
            }
            let relative = path
                .strip_prefix(staging)?
                .to_str()
                .context("file names of the page are UTF-8")?;
            found.push(relative.to_owned());
        }
    }
    found.sort();
    Ok(found)
}
