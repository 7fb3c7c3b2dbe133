//! Proof that production has no demo code: no text that only the demo's sources hold is in its files.
//! The texts are read from the sources, so that a new persona needs no new line here.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};

use crate::{page::Page, workspace};

/// Compiled into the demo alone.
const DEMO_ONLY: [&str; 3] = ["src/demo", "src/demo.rs", "crates/engine/src"];
/// Compiled into, or copied to, both.
const SHARED: [&str; 6] = [
    "src",
    "crates/protocol",
    "crates/phone",
    "locales",
    "style",
    "index.html",
];
/// Shorter texts turn up by chance.
const TEXT_LENGTH_MIN: usize = 10;
/// With fewer texts found in the demo itself, their absence elsewhere would prove nothing.
const TEXTS_MIN: usize = 10;

/// Says how many texts were looked for.
///
/// # Errors
/// When one of them is in the production page, or too few are in the demo.
pub(super) fn production_has_no_demo_code() -> Result<String> {
    let root = workspace::root();
    let is_demo_only = |path: &Path| {
        DEMO_ONLY
            .iter()
            .any(|directory| path.starts_with(root.join(directory)))
    };
    let mut demo_only = BTreeSet::new();
    for path in DEMO_ONLY
        .iter()
        .flat_map(|directory| files(&root.join(directory)))
    {
        demo_only.extend(literals(&String::from_utf8_lossy(&fs::read(path)?)));
    }
    let shared = SHARED
        .iter()
        .flat_map(|part| files(&root.join(part)))
        .filter(|path| !is_demo_only(path));
    let shared = contents(shared)?;
    let demo = contents(files(&Page::Demo.site()).into_iter())?;
    let production = contents(files(&Page::Wizard.site()).into_iter())?;

    demo_only.retain(|text| demo.contains(text) && !shared.contains(text));
    ensure!(
        demo_only.len() >= TEXTS_MIN,
        "only {} texts of the demo's sources are in the demo",
        demo_only.len()
    );
    let leaked: Vec<&String> = demo_only
        .iter()
        .filter(|text| production.contains(*text))
        .collect();
    ensure!(
        leaked.is_empty(),
        "the production page has texts that only the demo's sources hold: {leaked:?}"
    );
    Ok(format!(
        "{} texts of the demo, none of them in production",
        demo_only.len()
    ))
}

/// The plain string literals of a Rust source.
fn literals(source: &str) -> impl Iterator<Item = String> {
    let code = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    // Every second part between quotes is inside them; parts with escapes or placeholders are not in the binary as they stand.
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
    use super::literals;

    #[test]
    fn literals_are_those_that_the_binary_holds_as_they_stand() {
        let source = "let a = \"ada@example.org\"; // \"quoted in a comment\"\nlet b = \"short\";\n// \"not code at all\"\nlet c = \"with {placeholder}\";\n";
        assert_eq!(
            literals(source).collect::<Vec<_>>(),
            ["ada@example.org", "quoted in a comment"]
        );
    }
}
