//! Proves that a build leaves sources out: no text that only they contain is in its files. The
//! texts are read from the sources, so that new ones need no change here.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};

use crate::workspace;

/// Shorter texts occur by chance.
const TEXT_LENGTH_MIN: usize = 10;
/// If the other build contains fewer texts than this, their absence proves nothing.
const TEXTS_MIN: usize = 10;

/// The sources that are left out, as files and folders of the repository.
pub(super) struct LeftOut {
    /// Sources of one build only.
    pub(super) sources: &'static [&'static str],
    /// Sources that both builds compile or copy. They may contain paths of `sources`.
    pub(super) shared: &'static [&'static str],
}

impl LeftOut {
    /// Returns how many texts were searched for. `with` and `without` are the outputs of the two
    /// builds.
    ///
    /// # Errors
    /// When a text is in the wrong build, or too few are in the right one.
    pub(super) fn proof(&self, with: &Path, without: &Path) -> Result<String> {
        let root = workspace::root();
        let is_left_out = |path: &Path| {
            let mut sources = self.sources.iter();
            sources.any(|source| path.starts_with(root.join(source)))
        };
        let mut texts = BTreeSet::new();
        for path in self
            .sources
            .iter()
            .flat_map(|source| files(&root.join(source)))
        {
            texts.extend(texts_of(&path)?);
        }
        let shared = self
            .shared
            .iter()
            .flat_map(|part| files(&root.join(part)))
            .filter(|path| !is_left_out(path));
        let shared = contents(shared)?;
        let with = contents(files(with).into_iter())?;
        let without = contents(files(without).into_iter())?;

        texts.retain(|text| !shared.contains(text) && with.contains(text));
        ensure!(
            texts.len() >= TEXTS_MIN,
            "only {} texts of {:?} are in the build that has them",
            texts.len(),
            self.sources
        );
        let leaked: Vec<&String> = texts
            .iter()
            .filter(|text| without.contains(*text))
            .collect();
        ensure!(
            leaked.is_empty(),
            "production has texts that occur only in {:?}: {leaked:?}",
            self.sources
        );
        Ok(format!(
            "{} texts of {:?}, none of them in production",
            texts.len(),
            self.sources
        ))
    }
}

/// The texts of a source that its build contains unchanged: lines of styles, and quoted texts of
/// other files.
fn texts_of(path: &Path) -> Result<Vec<String>> {
    let source = String::from_utf8_lossy(&fs::read(path)?).into_owned();
    Ok(
        if path.extension().is_some_and(|extension| extension == "css") {
            let lines = source.lines().map(str::trim);
            let long = lines.filter(|line| line.len() >= TEXT_LENGTH_MIN);
            long.map(str::to_owned).collect()
        } else {
            literals(&source).collect()
        },
    )
}

/// Quoted texts: plain string literals of Rust, and attribute values in HTML.
fn literals(source: &str) -> impl Iterator<Item = String> {
    let code = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    // Every second part between quotes is inside them. Texts with escapes or placeholders are not
    // in the binary unchanged.
    let parts = code.flat_map(|line| line.split('"').skip(1).step_by(2));
    let plain =
        parts.filter(|part| part.len() >= TEXT_LENGTH_MIN && !part.contains(['\\', '{', '}']));
    plain.map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// All files as one text. Bytes that are not text separate the texts.
fn contents(files: impl Iterator<Item = PathBuf>) -> Result<String> {
    let mut all = String::new();
    for file in files.filter(|file| file.extension().is_none_or(|extension| extension != "br")) {
        all.push_str(&String::from_utf8_lossy(&fs::read(file)?));
        all.push('\n');
    }
    Ok(all)
}

/// The file, or all files under the directory.
fn files(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else {
        return if path.is_file() {
            vec![path.to_owned()]
        } else {
            Vec::new()
        };
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths.iter().flat_map(|path| files(path)).collect()
}

#[cfg(test)]
mod tests {
    use super::{LeftOut, literals};
    use crate::workspace;

    #[test]
    fn what_is_not_left_out_is_found_and_so_is_what_was_never_there() {
        let contoso = LeftOut {
            sources: &["crates/world/src/contoso.rs"],
            shared: &[],
        };
        let with = workspace::root().join("crates/world/src/contoso.rs");
        let without = workspace::root().join("LICENSE");
        assert!(contoso.proof(&with, &without).is_ok());
        assert!(contoso.proof(&with, &with).is_err());
        assert!(contoso.proof(&without, &without).is_err());
    }

    #[test]
    fn literals_are_those_that_the_binary_holds_as_they_stand() {
        let source = "let a = \"ada@example.org\"; // \"quoted in a comment\"\nlet b = \"short\";\n// \"not code at all\"\nlet c = \"with {placeholder}\";\n";
        assert_eq!(
            literals(source).collect::<Vec<_>>(),
            ["ada@example.org", "quoted in a comment"]
        );
    }
}
