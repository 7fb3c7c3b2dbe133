//! Names files after their content: a preloaded file is named after its own final bytes. So caches
//! may keep it for ever, and a script never loads the wasm of another build.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::html;

/// The service worker.
pub(super) const WORKER: &str = "sw.js";
/// The page of a frame.
pub(super) const FRAME_PAGE: &str = "frame.html";
/// The folder of the files for portals, in the page and in the repository.
pub(crate) const EMBED_FOLDER: &str = "embed";

/// Renames the preloaded files, in the staging directory and in the page.
pub(super) fn after_content(staging: &Path, html: &mut String) -> Result<()> {
    let preloaded: Vec<String> = html::tags(html, "link")
        .into_iter()
        .filter(|link| matches!(link.attribute("rel"), Some("modulepreload" | "preload")))
        .filter_map(|link| link.attribute("href"))
        .map(|href| href.trim_start_matches("./").to_owned())
        .filter(|file| !is_named_after_content(file))
        .collect();
    for file in preloaded {
        let path = staging.join(&file);
        let bytes = fs::read(&path)
            .with_context(|| format!("the page preloads {file}, which does not exist"))?;
        let name = hashed(&file, &short_hash(&bytes))
            .with_context(|| format!("{file} has no extension"))?;
        fs::rename(&path, staging.join(&name))?;
        *html = html.replace(&format!("./{file}\""), &format!("./{name}\""));
    }
    Ok(())
}

/// Whether a name carries a hash of 16 hexadecimal digits, as `postern-0123456789abcdef.js` does.
pub(super) fn is_named_after_content(file: &str) -> bool {
    let stem = file
        .rsplit('/')
        .next()
        .and_then(|name| name.split('.').next());
    let hash = stem
        .and_then(|stem| stem.rsplit_once('-'))
        .map(|(_, hash)| hash);
    hash.is_some_and(|hash| {
        hash.len() == 16
            && hash
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// `postern_bg.wasm` becomes `postern-<hash>.wasm`.
fn hashed(file: &str, hash: &str) -> Option<String> {
    let (stem, extension) = file.rsplit_once('.')?;
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    Some(format!("{stem}-{hash}.{extension}"))
}

/// Writes a file that is named after its content, and returns its name.
pub(super) fn put(folder: &Path, stem: &str, extension: &str, text: &str) -> Result<String> {
    let name = format!("{stem}-{}.{extension}", short_hash(text.as_bytes()));
    fs::write(folder.join(&name), text)?;
    Ok(name)
}

/// The first 16 hexadecimal digits of the SHA-256. That is enough to give different files of a page
/// different names.
pub(super) fn short_hash(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .take(8)
        .fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a string takes every write");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::{hashed, is_named_after_content};

    #[test]
    fn names_keep_their_folder_and_extension() {
        assert_eq!(
            hashed("postern_bg.wasm", "00ff").as_deref(),
            Some("postern-00ff.wasm")
        );
        assert_eq!(hashed("a/b.js", "00ff").as_deref(), Some("a/b-00ff.js"));
    }

    #[test]
    fn only_sixteen_hexadecimal_digits_count_as_a_hash() {
        assert!(is_named_after_content("reset-en-0123456789abcdef.txt"));
        assert!(!is_named_after_content("icon-192.png"));
        assert!(!is_named_after_content("index.html"));
    }
}
