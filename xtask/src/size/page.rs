//! The files that a first load of the page fetches, in bytes of brotli. The set is read from the
//! built page and not from a list, so that every new file is counted.

use std::{collections::BTreeMap, fmt, fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde::Serialize;

use crate::{finish, html};

/// The language of the counted catalogs: every page falls back to it.
const LANGUAGE: &str = "-en";
/// A script that is fetched only if a portal sent the person.
const SENT: &str = "sent.js";

/// The size of each file.
pub(crate) struct Weight {
    pub(super) files: Vec<WeighedFile>,
    /// The maximum of all together.
    pub(super) budget: usize,
}

#[derive(Serialize)]
pub(super) struct WeighedFile {
    name: String,
    pub(super) kind: FileKind,
    pub(super) brotli_bytes: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FileKind {
    Html,
    Css,
    Js,
    Wasm,
    Words,
    Other,
}

/// Weighs a built page.
///
/// # Errors
/// When the page names a missing file, or has no catalog.
pub(crate) fn weigh(site: &Path, budget: usize) -> Result<Weight> {
    let html = fs::read_to_string(site.join("index.html"))
        .with_context(|| format!("no page in {}", site.display()))?;
    let mut names = vec!["index.html".to_owned()];
    names.extend(references(&html).into_iter().filter(|name| name != SENT));
    for catalog in catalogs(site)? {
        if !names.contains(&catalog) {
            names.push(catalog);
        }
    }
    let files = names.into_iter().map(|name| {
        Ok(WeighedFile {
            kind: FileKind::of(&name),
            brotli_bytes: brotli_bytes(site, &name)?,
            name,
        })
    });
    Ok(Weight {
        files: files.collect::<Result<_>>()?,
        budget,
    })
}

/// The size of a file as it is served.
pub(super) fn brotli_bytes(site: &Path, name: &str) -> Result<usize> {
    let bytes = fs::read(site.join(name))
        .with_context(|| format!("the page names {name}, which does not exist"))?;
    Ok(match fs::metadata(site.join(format!("{name}.br"))) {
        Ok(compressed) => usize::try_from(compressed.len())?,
        // The file does not get smaller.
        Err(_) => bytes.len().min(finish::brotli(&bytes)?.len()),
    })
}

impl Weight {
    pub(crate) fn total(&self) -> usize {
        self.files.iter().map(|file| file.brotli_bytes).sum()
    }

    pub(crate) fn is_within_budget(&self) -> bool {
        self.total() <= self.budget
    }

    pub(super) fn by_kind(&self) -> BTreeMap<FileKind, usize> {
        let mut sums = BTreeMap::new();
        for file in &self.files {
            *sums.entry(file.kind).or_default() += file.brotli_bytes;
        }
        sums
    }
}

/// A table: each file, each kind, the total and the budget.
impl fmt::Display for Weight {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for file in &self.files {
            writeln!(
                formatter,
                "{:>8}  {:<5}  {}",
                file.brotli_bytes,
                file.kind.name(),
                file.name
            )?;
        }
        writeln!(formatter)?;
        for (kind, bytes) in self.by_kind() {
            writeln!(formatter, "{bytes:>8}  {}", kind.name())?;
        }
        write!(formatter, "{:>8}  in all, of {}", self.total(), self.budget)
    }
}

impl FileKind {
    pub(super) fn of(name: &str) -> Self {
        match Path::new(name)
            .extension()
            .and_then(|extension| extension.to_str())
        {
            Some("html") => Self::Html,
            Some("css") => Self::Css,
            Some("js" | "mjs") => Self::Js,
            Some("wasm") => Self::Wasm,
            Some("txt") => Self::Words,
            _ => Self::Other,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Css => "css",
            Self::Js => "js",
            Self::Wasm => "wasm",
            Self::Words => "words",
            Self::Other => "other",
        }
    }
}

/// The files that the page's links, scripts and pictures name, and those that its inline scripts
/// quote.
fn references(html: &str) -> Vec<String> {
    let links = html::tags(html, "link")
        .into_iter()
        .filter_map(|link| link.attribute("href"));
    let sources = ["script", "img", "source"]
        .into_iter()
        .flat_map(|element| html::tags(html, element));
    let sources = sources.filter_map(|tag| tag.attribute("src"));
    let scripts = html::blocks(html, "script")
        .into_iter()
        .filter(|script| script.tag.attribute("type") != Some("application/json"));
    let quoted = scripts.flat_map(|script| html[script.text].split('"').skip(1).step_by(2));
    let named = links
        .chain(sources)
        .chain(quoted.filter(|text| text.starts_with("./")));
    let mut files: Vec<String> = named
        .filter_map(|name| name.strip_prefix("./"))
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    files
}

/// The catalogs that an English reader fetches: one for each group that the page uses.
fn catalogs(site: &Path) -> Result<Vec<String>> {
    let mut found = finish::files(site)?;
    found.retain(|file| is_of_language(file));
    ensure!(
        !found.is_empty(),
        "{} has no catalog of English",
        site.display()
    );
    Ok(found)
}

/// Whether a file is a catalog of the counted language, such as `reset-en-0123456789abcdef.txt`.
fn is_of_language(file: &str) -> bool {
    let stem = file.strip_suffix(".txt");
    let named = stem.and_then(|stem| stem.rsplit_once('-'));
    named.is_some_and(|(group, _)| group.ends_with(LANGUAGE))
}

#[cfg(test)]
mod tests {
    use super::{is_of_language, references};

    #[test]
    fn whatever_the_page_names_is_weighed_once() {
        let page = "<link rel=\"icon\" href=\"./icon.svg\"><link rel=\"preload\" href=\"./a.wasm\"><a href=\"./other.html\">x</a>\
                    <script src=\"./b.js\"></script><script>load(\"./a.wasm\", \"./c.js\", \"text\")</script>\
                    <script type=\"application/json\">{\"nl\":\"./words-nl.txt\"}</script>";
        assert_eq!(references(page), ["a.wasm", "b.js", "c.js", "icon.svg"]);
    }

    #[test]
    fn the_catalogs_of_one_language_are_weighed() {
        assert!(is_of_language("reset-en-0123456789abcdef.txt"));
        assert!(is_of_language("letters-en-0123456789abcdef.txt"));
        assert!(!is_of_language("reset-en_XA-0123456789abcdef.txt"));
        assert!(!is_of_language("reset-nl-0123456789abcdef.txt"));
        assert!(!is_of_language("third-party-notices.txt"));
    }
}
