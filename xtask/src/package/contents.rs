//! The package: `embed/npm` with a copy of a built page. The same page gives the same bytes.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};

use crate::{
    finish::{self, HEADERS_FILE, embed},
    setup, shell, workspace,
};

/// The folder under `embed` with its sources.
const SOURCE: &str = "npm";
const MANIFEST: &str = "package.json";
/// The folder with all files that a portal must serve.
const COPY: &str = "dist";
/// The file with the Subresource Integrity hash of each of those files.
const INTEGRITY: &str = "integrity.json";
const LICENCE: &str = "LICENSE";
/// The fixed path under which a server serves the packed package.
pub(crate) const SERVED: &str = "embed/npm/postern-reset.tgz";

/// The default folder.
pub(crate) fn folder() -> PathBuf {
    workspace::target().join(SOURCE)
}

/// Writes the package of a built page to a folder, and returns the tarball in it.
///
/// # Errors
/// When the page has no files for portals, or `npm pack` fails.
pub(crate) fn write(site: &Path, folder: &Path) -> Result<PathBuf> {
    ensure!(
        site.join(embed::SHIM).is_file(),
        "{} is not a built page",
        site.display()
    );
    if folder.exists() {
        // Files of another build have other names, so the folder is cleared.
        ensure!(
            folder.join(MANIFEST).is_file() || fs::read_dir(folder)?.next().is_none(),
            "{} exists and is not a package",
            folder.display()
        );
        fs::remove_dir_all(folder)?;
    }
    let source = workspace::root().join(embed::FOLDER).join(SOURCE);
    for file in finish::files(&source)? {
        copy(&source, folder, &file)?;
    }
    copy(&workspace::root(), folder, LICENCE)?;
    number(&folder.join(MANIFEST))?;
    let mut integrity = BTreeMap::new();
    for file in finish::files(site)?
        .iter()
        .filter(|file| is_of_element(file))
    {
        copy(site, &folder.join(COPY), file)?;
        let hash = STANDARD.encode(Sha384::digest(fs::read(site.join(file))?));
        integrity.insert(file.clone(), format!("sha384-{hash}"));
    }
    let integrity = serde_json::to_string_pretty(&integrity)?;
    fs::write(folder.join(INTEGRITY), integrity + "\n")?;
    pack(folder)
}

/// Packs the package of a built page, and puts it among the files that the page's server serves.
///
/// # Errors
/// As [`write()`].
pub(crate) fn put_into(site: &Path) -> Result<()> {
    let tarball = write(site, &folder())?;
    let place = site.join(SERVED);
    fs::create_dir_all(place.parent().context("a file is in a folder")?)?;
    fs::copy(tarball, place)?;
    Ok(())
}

/// Whether the element may request a file of the page: all files except the page itself, its
/// styles, and files for its server.
fn is_of_element(file: &str) -> bool {
    let path = Path::new(file);
    let is = |ending| path.extension().is_some_and(|it| it == ending);
    let is_look_of_page = is("css") && !path.starts_with(embed::FOLDER);
    !is("html") && !is("br") && file != SERVED && !is_look_of_page && file != HEADERS_FILE
}

fn copy(from: &Path, to: &Path, file: &str) -> Result<()> {
    let target = to.join(file);
    fs::create_dir_all(target.parent().context("a file is in a folder")?)?;
    fs::copy(from.join(file), target).with_context(|| format!("could not copy {file}"))?;
    Ok(())
}

/// Writes the version, which is the same for all our packages.
fn number(manifest: &Path) -> Result<()> {
    let text = fs::read_to_string(manifest)?;
    ensure!(
        text.contains(embed::VERSION_MARK),
        "{} has no {}",
        manifest.display(),
        embed::VERSION_MARK
    );
    let text = text.replace(embed::VERSION_MARK, env!("CARGO_PKG_VERSION"));
    Ok(fs::write(manifest, text)?)
}

fn pack(folder: &Path) -> Result<PathBuf> {
    setup::node()?;
    let mut npm = shell::command("npm");
    npm.args(["pack", "--silent", "--ignore-scripts"]);
    let name = shell::read(npm.current_dir(folder))?;
    Ok(folder.join(name.trim()))
}

#[cfg(test)]
mod tests {
    use super::is_of_element;

    #[test]
    fn a_copy_has_all_but_the_page_and_what_is_for_its_server() {
        for file in [
            "embed/postern.js",
            "embed/style-0123456789abcdef.css",
            "postern-0123456789abcdef.wasm",
            "reset-nl-0123456789abcdef.txt",
            "work.js",
        ] {
            assert!(is_of_element(file), "{file}");
        }
        for file in [
            "index.html",
            "_headers",
            "embed/npm/postern-reset.tgz",
            "embed/postern.js.br",
            "postern-0123456789abcdef.css",
        ] {
            assert!(!is_of_element(file), "{file}");
        }
    }
}
