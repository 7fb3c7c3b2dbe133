//! Reads the engine's scenarios from their folder.

use std::path::Path;

use super::parse::{self, Scenario};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../world/tests/scenarios");

/// All scenarios, file by file.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let entries = std::fs::read_dir(Path::new(FOLDER)).expect("the scenarios are there");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "there are no scenarios");
    let scenarios = files.iter().flat_map(|path| {
        let name = path
            .file_stem()
            .expect("a file has a name")
            .to_string_lossy();
        let text = std::fs::read_to_string(path).expect("a scenario can be read");
        // Names and texts live as long as the program.
        parse::scenarios(name.into_owned().leak(), text.leak())
    });
    scenarios.collect()
}
