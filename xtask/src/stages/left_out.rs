//! Proof that a build leaves sources out: no text that only they hold is in its files.
//! The texts are read from the sources, so that a new one needs no new line here.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};

use crate::workspace;

/// Shorter texts turn up by chance.
const TEXT_LENGTH_MIN: usize = 10;
/// With fewer texts found in the build that has them, their absence elsewhere would prove nothing.
const TEXTS_MIN: usize = 10;

/// What is left out, as files and folders of the repository.
pub(super) struct LeftOut {
    /// Compiled into one build alone.
    pub(super) sources: &'static [&'static str],
    /// Compiled into, or copied to, both; `sources` may lie within.
    pub(super) shared: &'static [&'static str],
}

impl LeftOut {
    /// Says how many texts were looked for. `with` and `without` are all that the two builds made.
    ///
    /// # Errors
    /// When one of them is where it should not be, or too few are where they should be.
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
            "production has texts that only {:?} hold: {leaked:?}",
            self.sources
        );
        Ok(format!(
            "{} texts of {:?}, none of them in production",
            texts.len(),
            self.sources
        ))
    }
}

/// The texts of a source that its build holds as they stand: lines of styles, and of all else what
/// is in quotation marks.
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

/// What stands in quotation marks: the plain string literals of Rust, and the values of attributes
/// in HTML.
fn literals(source: &str) -> impl Iterator<Item = String> {
    let code = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    // Every second part between quotes is inside them; parts with escapes or placeholders are not
    // in the binary as they stand.
    let parts = code.flat_map(|line| line.split('"').skip(1).step_by(2));
    let plain =
        parts.filter(|part| part.len() >= TEXT_LENGTH_MIN && !part.contains(['\\', '{', '}']));
    plain.map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// All files in one text; what is no text in them stays apart from what is.
fn contents(files: impl Iterator<Item = PathBuf>) -> Result<String> {
    let mut all = String::new();
    for file in files.filter(|file| file.extension().is_none_or(|extension| extension != "br")) {
        all.push_str(&String::from_utf8_lossy(&fs::read(file)?));
        all.push('\n');
    }
    Ok(all)
}

/// The file, or all files below the directory.
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
