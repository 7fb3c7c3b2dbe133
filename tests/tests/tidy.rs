//! The rules of the repository, as tests: the places that ARCHITECTURE.md defines, and what no file
//! may contain. Each failure names the file and the line, so that people can discuss the rule at
//! the place that breaks it.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The maximum number of lines of our files, so that a person can read each at once.
const LINES_MAX: usize = 500;
/// The maximum number of columns of a comment's line, so that two files fit next to each other.
const COLUMNS_MAX: usize = 100;
/// Folders that these tests skip: built files, downloaded files, and the version control's own.
const SKIPPED: [&str; 4] = [".git", "dist", "node_modules", "target"];
const PURE: [&str; 9] = [
    "src",
    "crates/kit/src",
    "crates/protocol/src",
    "crates/phone/src",
    "crates/engine/src",
    "crates/host/src",
    "crates/locale/src",
    "crates/world/src",
    "crates/flow/src",
];

/// A file of the repository, by its path from the top.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn is_under(&self, folder: &str) -> bool {
        Path::new(&self.path).starts_with(folder)
    }

    fn is(&self, extension: &str) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|own| own == extension)
    }

    /// `path:line: text` of each line that breaks a rule.
    fn lines_where(&self, breaks: impl Fn(&str) -> bool) -> impl Iterator<Item = String> {
        let lines = self
            .text
            .lines()
            .enumerate()
            .filter(move |(_, line)| breaks(line));
        lines.map(|(index, line)| format!("{}:{}: {}", self.path, index + 1, line.trim()))
    }
}

#[test]
fn only_the_browser_of_the_kit_knows_web_sys() {
    let elsewhere = |file: &&Source| {
        let is_browser =
            file.path == "crates/kit/src/browser.rs" || file.is_under("crates/kit/src/browser");
        (file.is_under("src") || file.is_under("crates/kit/src")) && !is_browser
    };
    nothing_in(sources().iter().filter(elsewhere), |line| {
        is_code(line) && line.contains("web_sys")
    });
}

#[test]
fn proofs_know_nothing_of_the_attempt_around_them() {
    let proofs = |file: &&Source| file.is_under("crates/engine/src/proof");
    let of_attempt = ["reset", "Attempt", "Case", "Open", "State"];
    nothing_in(sources().iter().filter(proofs), |line| {
        let mut words = line.split(|it: char| !it.is_alphanumeric() && it != '_');
        is_code(line) && words.any(|word| of_attempt.contains(&word))
    });
}

#[test]
fn the_judge_never_asks_for_the_time_or_for_randomness() {
    let pure = |file: &&Source| file.is("rs") && PURE.iter().any(|folder| file.is_under(folder));
    let asks = [
        "SystemTime",
        "Instant::",
        "std::time::Instant",
        "getrandom",
        "thread_rng",
        "rand::rng",
    ];
    nothing_in(sources().iter().filter(pure), |line| {
        is_code(line) && asks.iter().any(|word| line.contains(word))
    });
}

#[test]
fn the_production_wizard_never_names_the_engine_outside_the_demo() {
    let production = |file: &&Source| {
        let is_page = ["src", "crates/flow", "crates/kit"]
            .iter()
            .any(|folder| file.is_under(folder));
        is_page && !file.path.starts_with("src/demo")
    };
    nothing_in(sources().iter().filter(production), |line| {
        let judges = ["postern_engine", "postern_host", "postern_world"];
        is_code(line) && judges.iter().any(|judge| line.contains(judge))
    });
}

#[test]
fn the_service_never_names_its_command_line() {
    let commands = ["crates/server/src/cli.rs", "crates/server/src/main.rs"];
    let service = |file: &&Source| {
        file.is_under("crates/server/src")
            && !file.is_under("crates/server/src/cli")
            && !commands.contains(&file.path.as_str())
    };
    nothing_in(sources().iter().filter(service), |line| {
        is_code(line) && line.contains("crate::cli")
    });
}

#[test]
fn delivery_knows_no_judge_and_the_store_no_directory() {
    let never = [
        ("delivery", &["crate::judge", "crate::http"][..]),
        (
            "store",
            &[
                "crate::directory",
                "crate::judge",
                "crate::http",
                "crate::delivery",
            ],
        ),
    ];
    for (part, above) in never {
        let part = format!("crates/server/src/{part}");
        let file = format!("{part}.rs");
        let of_part = |it: &&Source| it.path == file || it.is_under(&part);
        nothing_in(sources().iter().filter(of_part), |line| {
            is_code(line) && above.iter().any(|name| line.contains(name))
        });
    }
}

#[test]
fn nothing_is_styled_by_an_attribute() {
    let drawn = |file: &&Source| {
        ["src", "crates/kit", "embed"]
            .iter()
            .any(|folder| file.is_under(folder))
            || file.path == "index.html"
    };
    nothing_in(sources().iter().filter(drawn), |line| {
        is_code(line) && (line.contains(" style=") || line.contains(" style:"))
    });
}

#[test]
fn nothing_is_put_into_the_page_as_markup() {
    let drawn = |file: &&Source| {
        ["src", "crates/kit", "public", "embed"]
            .iter()
            .any(|folder| file.is_under(folder))
            || file.path == "index.html"
    };
    let parses = [
        "innerHTML",
        "inner_html",
        "outerHTML",
        "outer_html",
        "insertAdjacentHTML",
        "insert_adjacent_html",
        "createContextualFragment",
        "document.write",
        "srcdoc",
    ];
    nothing_in(sources().iter().filter(drawn), |line| {
        is_code(line) && parses.iter().any(|word| line.contains(word))
    });
}

#[test]
fn nothing_hears_of_a_paste_and_so_nothing_hinders_one() {
    let drawn = |file: &&Source| {
        ["src", "crates/kit", "public", "embed"]
            .iter()
            .any(|folder| file.is_under(folder))
            || file.path == "index.html"
    };
    let hears = [
        "onpaste",
        "on:paste",
        "\"paste\"",
        "ClipboardEvent",
        "beforeinput",
    ];
    nothing_in(sources().iter().filter(drawn), |line| {
        is_code(line) && hears.iter().any(|word| line.contains(word))
    });
}

#[test]
fn styles_know_start_and_end_but_no_left_and_right() {
    let is_side = |word: &str| matches!(word, "left" | "right" | "top" | "bottom");
    nothing_in(
        sources()
            .iter()
            .filter(|file| file.is_under("style") || file.is_under("embed") && file.is("css")),
        |line| {
            declarations(line).any(|(property, value)| {
                property.split('-').any(is_side) || value.split_whitespace().any(is_side)
            })
        },
    );
}

#[test]
fn no_file_is_too_long_to_read_at_one_sitting() {
    let ours = ["css", "html", "js", "mjs", "rs", "ts"];
    let long: Vec<String> = sources()
        .iter()
        .filter(|file| ours.iter().any(|extension| file.is(extension)))
        .filter(|file| file.text.lines().count() > LINES_MAX)
        .map(|file| format!("{}: {} lines", file.path, file.text.lines().count()))
        .collect();
    assert!(
        long.is_empty(),
        "longer than {LINES_MAX} lines:\n{}",
        long.join("\n")
    );
}

#[test]
fn a_line_of_a_comment_has_at_most_a_hundred_columns() {
    let has_comments = |file: &&Source| ["rs", "js", "mjs", "ts"].iter().any(|it| file.is(it));
    let mut long = Vec::new();
    for file in sources().iter().filter(has_comments) {
        let mut is_example = false;
        for (index, line) in file.text.lines().enumerate() {
            let Some(words) = words_of_comment(line) else {
                is_example = false;
                continue;
            };
            if words.starts_with("```") {
                is_example = !is_example;
            }
            // An example and a row of a table stay as they are, and an address has no place for a
            // break.
            let is_whole = is_example || words.starts_with('|') || !words.contains(' ');
            if !is_whole && line.chars().count() > COLUMNS_MAX {
                long.push(format!("{}:{}: {line}", file.path, index + 1));
            }
        }
    }
    assert!(long.is_empty(), "too long:\n{}", long.join("\n"));
}

#[test]
fn a_doc_comment_has_more_than_one_word() {
    let mut short = Vec::new();
    for file in sources().iter().filter(|file| file.is("rs")) {
        let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
        for (index, line) in lines.iter().enumerate() {
            let is_doc = |at: Option<usize>| {
                at.and_then(|at| lines.get(at))
                    .is_some_and(|it| it.starts_with("///"))
            };
            let alone = !is_doc(index.checked_sub(1)) && !is_doc(Some(index + 1));
            let words = line.strip_prefix("///").map(str::trim);
            if alone && words.is_some_and(|words| !words.contains(' ')) {
                short.push(format!("{}:{}: {line}", file.path, index + 1));
            }
        }
    }
    assert!(short.is_empty(), "says nothing:\n{}", short.join("\n"));
}

#[test]
fn no_file_names_a_path_of_a_developers_machine_or_a_private_registry() {
    // The names are in two halves, so that this file does not break its own rule.
    let paths =
        ["wo|rk/", "ro|ot/", "ho|me/", "Us|ers/"].map(|path| format!("/{}", path.replace('|', "")));
    let hosts =
        ["arti|factory", "jf|rog", "ver|daccio"].map(|host| host.replace('|', "").to_lowercase());
    let is_start = |line: &str, at: usize| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|letter| {
            !letter.is_alphanumeric()
                && !matches!(letter, '#' | '.' | '-' | '_' | '/' | '}' | ')' | '*')
        })
    };
    nothing_in(sources().iter(), |line| {
        let has_path = paths.iter().any(|path| {
            line.match_indices(path.as_str())
                .any(|(at, _)| is_start(line, at))
        });
        has_path
            || hosts
                .iter()
                .any(|host| line.to_lowercase().contains(host.as_str()))
    });
}

#[test]
fn every_dependency_comes_from_crates_io() {
    let lock = sources()
        .into_iter()
        .filter(|file| file.path == "Cargo.lock")
        .collect::<Vec<_>>();
    assert_eq!(lock.len(), 1, "Cargo.lock is committed");
    let crates_io = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    nothing_in(lock.iter(), |line| {
        line.starts_with("source = ") && line != crates_io
    });
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let sources = sources();
    let document = sources
        .iter()
        .find(|file| file.path == "ARCHITECTURE.md")
        .expect("ARCHITECTURE.md is at the top");
    let (_, invariants) = document
        .text
        .split_once("\n## What always holds\n")
        .expect("ARCHITECTURE.md has the invariants");
    // A name of a test has more than two words; other code in backticks has none like it.
    let is_name = |text: &&str| {
        let is_word = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_';
        text.matches('_').count() > 2 && text.chars().all(is_word)
    };
    let named: Vec<&str> = invariants.split('`').filter(is_name).collect();
    let rows = invariants.matches("kept by").count();
    assert!(rows > 0 && named.len() >= rows, "a row names no test");
    let tests = tests(&sources);
    let missing: Vec<&&str> = named.iter().filter(|name| !tests.contains(*name)).collect();
    assert!(
        missing.is_empty(),
        "ARCHITECTURE.md names tests that do not exist: {missing:?}"
    );
}

/// The functions that are tests: those with the attribute of one, and those in a list of tests.
fn tests(sources: &[Source]) -> BTreeSet<&str> {
    let (mut defined, mut run) = (BTreeSet::new(), BTreeSet::new());
    for file in sources.iter().filter(|file| file.is("rs")) {
        let mut is_test = false;
        for line in file.text.lines().filter(|line| is_code(line)) {
            is_test =
                !line.is_empty() && (is_test || line.contains("test]") || line.contains("test("));
            let mut before = "";
            for word in line.split(|it: char| !it.is_alphanumeric() && it != '_') {
                let is_definition = before == "fn";
                if is_definition {
                    defined.insert(word);
                }
                if is_test || !is_definition {
                    run.insert(word);
                }
                before = word;
            }
        }
    }
    &defined & &run
}

/// Fails with every line that breaks a rule.
fn nothing_in<'a>(files: impl Iterator<Item = &'a Source>, breaks: impl Fn(&str) -> bool) {
    let mut read = 0;
    let mut found = Vec::new();
    for file in files {
        read += 1;
        found.extend(file.lines_where(&breaks));
    }
    assert!(read > 0, "the rule looked at no file at all");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Whether a line contains more than a comment.
fn is_code(line: &str) -> bool {
    !line.trim_start().starts_with("//")
}

/// The words of a line that is a comment.
fn words_of_comment(line: &str) -> Option<&str> {
    let line = line.trim().strip_prefix("//")?;
    Some(line.trim_start_matches(['/', '!']).trim())
}

/// The properties and values of a line of CSS. Selectors such as `a:hover` do not count.
fn declarations(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = line
        .split(['{', '}', ';'])
        .filter_map(|part| part.split_once(':'));
    parts
        .map(|(property, value)| (property.trim(), value.trim()))
        .filter(|(property, value)| {
            !value.is_empty()
                && property
                    .bytes()
                    .all(|byte| byte == b'-' || byte.is_ascii_lowercase())
        })
}

/// Every text file of the repository.
fn sources() -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package is in a folder of the repository");
    let mut found = Vec::new();
    let mut folders = vec![top.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                if !path
                    .file_name()
                    .is_some_and(|name| SKIPPED.iter().any(|skipped| name == *skipped))
                {
                    folders.push(path);
                }
            } else if let Ok(text) = fs::read_to_string(&path) {
                let path = path
                    .strip_prefix(top)
                    .expect("it was found below the top")
                    .display()
                    .to_string();
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("folders of the repository can be read");
    entries
        .map(|entry| entry.expect("its entries too").path())
        .collect()
}
