//! Checks `docs/asvs.md`: every requirement is there once, and every named test exists.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const PAGE: &str = "docs/asvs.md";

/// The requirements of OWASP ASVS 5.0.0 for a service like this one, and those that auditors still
/// ask of 4.0.3.
const REQUIREMENTS: [&str; 101] = [
    "2.2.2",
    "2.3.1",
    "2.3.3",
    "2.4.1",
    "2.4.2",
    "3.2.1",
    "3.2.2",
    "3.3.1",
    "3.3.2",
    "3.3.3",
    "3.3.4",
    "3.4.1",
    "3.4.2",
    "3.4.3",
    "3.4.4",
    "3.4.5",
    "3.4.6",
    "3.4.7",
    "3.4.8",
    "3.5.1",
    "3.5.2",
    "3.5.3",
    "3.5.4",
    "3.5.5",
    "3.5.8",
    "3.6.1",
    "3.7.2",
    "4.1.1",
    "4.1.2",
    "4.1.3",
    "4.1.4",
    "6.1.1",
    "6.1.2",
    "6.1.3",
    "6.2.1",
    "6.2.4",
    "6.2.5",
    "6.2.6",
    "6.2.7",
    "6.2.8",
    "6.2.9",
    "6.2.10",
    "6.2.11",
    "6.2.12",
    "6.3.1",
    "6.3.3",
    "6.3.4",
    "6.3.5",
    "6.3.6",
    "6.3.7",
    "6.3.8",
    "6.4.1",
    "6.4.2",
    "6.4.3",
    "6.4.4",
    "6.4.6",
    "6.5.1",
    "6.5.2",
    "6.5.3",
    "6.5.4",
    "6.5.5",
    "6.6.1",
    "6.6.2",
    "6.6.3",
    "7.2.1",
    "7.2.3",
    "7.2.4",
    "7.3.1",
    "7.3.2",
    "7.4.1",
    "7.4.3",
    "7.5.1",
    "13.3.1",
    "13.3.4",
    "13.4.2",
    "13.4.5",
    "14.2.1",
    "14.2.6",
    "14.3.1",
    "14.3.2",
    "14.3.3",
    "15.1.2",
    "15.2.3",
    "15.3.1",
    "15.3.3",
    "15.3.4",
    "15.4.2",
    "16.2.2",
    "16.2.5",
    "16.3.1",
    "16.3.3",
    "16.4.1",
    "16.5.1",
    "16.5.2",
    "16.5.3",
    "16.5.4",
    "v4.0.3-2.1.1",
    "v4.0.3-2.1.2",
    "v4.0.3-2.1.8",
    "v4.0.3-2.7.1",
    "v4.0.3-2.7.5",
];

/// A row of a table.
struct Row<'a> {
    id: &'a str,
    verdict: &'a str,
    how: &'a str,
    tests: Vec<Named<'a>>,
}

/// A test, by its file and its name.
#[derive(Clone, Copy)]
struct Named<'a> {
    file: &'a str,
    name: &'a str,
}

#[test]
fn every_requirement_stands_in_the_table_once() {
    let page = page();
    let mut times: BTreeMap<&str, usize> = REQUIREMENTS.iter().map(|id| (*id, 0)).collect();
    assert_eq!(times.len(), REQUIREMENTS.len(), "an id is listed twice");
    for row in rows(&page) {
        let Some(times) = times.get_mut(row.id) else {
            panic!("{PAGE} has {}, which is no requirement", row.id);
        };
        *times += 1;
    }
    times.retain(|_, times| *times != 1);
    assert!(times.is_empty(), "not there once: {times:?}");
}

#[test]
fn every_row_says_how_it_is_and_what_is_met_names_a_test() {
    for row in rows(&page()) {
        let Row {
            id,
            verdict,
            how,
            tests,
        } = row;
        let is_conditional = ["not met where ", "not met in "]
            .iter()
            .any(|start| verdict.starts_with(start));
        assert!(
            is_conditional || ["met", "not met", "does not apply"].contains(&verdict),
            "{id}: {verdict:?} is no verdict"
        );
        assert!(how.ends_with('.'), "{id} does not say how");
        assert!(
            verdict != "not met" || how.contains("Needed: "),
            "{id} does not say what is needed"
        );
        assert!(
            !tests.is_empty() || verdict != "met",
            "{id} is claimed without a test"
        );
    }
}

#[test]
fn every_test_that_is_named_is_there() {
    let page = page();
    let texts = rust_files().into_iter().map(|path| read(&path));
    let lists: Vec<String> = texts.collect();
    let named: Vec<_> = rows(&page).into_iter().flat_map(|row| row.tests).collect();
    assert!(!named.is_empty(), "{PAGE} names no test");
    let missing: Vec<String> = named
        .iter()
        .filter(|test| !is_there(**test, &lists))
        .map(|Named { file, name }| format!("{file}: {name}"))
        .collect();
    assert!(
        missing.is_empty(),
        "{PAGE} names what is no test:\n{}",
        missing.join("\n")
    );
}

/// Every row of every table.
fn rows(page: &str) -> Vec<Row<'_>> {
    let lines = page.lines().filter(|line| {
        line.starts_with('|') && !line.starts_with("|--") && !line.starts_with("| id |")
    });
    let rows = lines.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [id, _, verdict, how, tests] = cells[..] else {
            panic!("not a row of five cells: {line}");
        };
        let tests = tests.split("<br>").filter(|test| !test.is_empty());
        let tests = tests.map(|test| {
            let bare = test.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
            let (file, name) = bare
                .and_then(|bare| bare.split_once(": "))
                .unwrap_or_else(|| panic!("{id}: {test} is no file with a test"));
            Named { file, name }
        });
        Row {
            id,
            verdict,
            how,
            tests: tests.collect(),
        }
    });
    rows.collect()
}

/// Whether this test runs. A scenario is named by its first line. A function has the attribute, or
/// is in a list of tests.
fn is_there(named: Named, lists: &[String]) -> bool {
    let path = top().join(named.file);
    let Ok(text) = fs::read_to_string(&path) else {
        return false;
    };
    if path.extension().is_some_and(|extension| extension == "txt") {
        return text
            .split("\n\n")
            .any(|paragraph| is_scenario(paragraph, named.name));
    }
    let lines: Vec<&str> = text.lines().collect();
    let definition = format!("fn {}(", named.name);
    let defined = lines.iter().position(|line| {
        let is_commented = line.trim_start().starts_with("//");
        line.contains(&definition) && !is_commented
    });
    let Some(defined) = defined else {
        return false;
    };
    let before = lines[..defined].iter().rev().map(|line| line.trim());
    let has_attribute = before
        .take_while(|line| line.starts_with("#["))
        .any(|line| line == "#[test]" || line.starts_with("#[tokio::test"));
    let entry = format!("{},", named.name);
    let is_listed = |list: &String| {
        list.lines().map(str::trim).any(|line| {
            line.strip_suffix(&entry)
                .is_some_and(|before| before.is_empty() || before.ends_with("::"))
        })
    };
    has_attribute || lists.iter().any(is_listed)
}

/// Whether a paragraph begins with this line and has an event.
fn is_scenario(paragraph: &str, name: &str) -> bool {
    let mut lines = paragraph.trim().lines();
    let first = lines.next().and_then(|line| line.strip_prefix("# "));
    first == Some(name) && lines.any(|line| line.starts_with("t+"))
}

/// The Rust files that can have lists of tests.
fn rust_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let folders = ["crates/server/tests", "tests/src", "xtask/src"];
    let mut folders: Vec<PathBuf> = folders.map(|folder| top().join(folder)).into();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(folder).expect("folders of the repository can be read");
        for entry in entries {
            let path = entry.expect("its entries too").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found
}

fn page() -> String {
    read(&top().join(PAGE))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn top() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package
        .parent()
        .expect("the package is in a folder of the repository")
}
