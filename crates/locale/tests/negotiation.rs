//! The choice of a language, as tables of cases: by wishes, in Rust and in JavaScript, and by the
//! header `Accept-Language`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use postern_locale::{LANGUAGES, PSEUDO, REFERENCE, accepted, negotiate, ranges};
use serde_json::{Value, json};

const WISHES: &str = include_str!("wishes.txt");
const HEADERS: &str = include_str!("headers.txt");

/// A row of a table: the offered tags, the text in the middle, and the expected language.
struct Case {
    offered: Vec<&'static str>,
    asked: &'static str,
    expected: Option<&'static str>,
}

fn cases(table: &'static str) -> Vec<Case> {
    let rows = table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let case = |row: &'static str| {
        let columns: Vec<&str> = row.split('|').collect();
        let [offered, asked, expected] = columns[..] else {
            panic!("no three columns: {row}")
        };
        Case {
            offered: offered.split_whitespace().collect(),
            asked,
            expected: Some(expected.trim()).filter(|tag| *tag != "-"),
        }
    };
    rows.map(case).collect()
}

#[test]
fn the_first_wish_that_can_be_met_is_met() {
    let cases = cases(WISHES);
    assert!(cases.len() >= 100, "the table shrank to {}", cases.len());
    for case in cases {
        let ranges = ranges(&case.offered);
        let chosen = negotiate(case.asked.split(','), &ranges);
        assert_eq!(chosen, case.expected, "{:?}", (case.offered, case.asked));
    }
}

#[test]
fn scripts_choose_as_the_page_and_the_service_do() {
    let cases = cases(WISHES);
    let asked = cases.iter().map(|case| {
        let ranges = ranges(&case.offered);
        let ranges = ranges
            .iter()
            .map(|(range, tag)| (range.to_lowercase(), Value::from(*tag)));
        json!({
            "ranges": ranges.collect::<serde_json::Map<_, _>>(),
            "wishes": case.asked.split(',').collect::<Vec<_>>(),
        })
    });
    let chosen = in_node(&Value::from(asked.collect::<Vec<_>>()));
    for (case, chosen) in cases.iter().zip(chosen) {
        assert_eq!(
            chosen.as_str(),
            case.expected,
            "{:?}",
            (&case.offered, case.asked)
        );
    }
}

/// What `src/negotiate.js` chooses in each case.
fn in_node(cases: &Value) -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut node = Command::new("node")
        .arg(root.join("tests/negotiation.mjs"))
        .arg(root.join("../../src/negotiate.js"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node can be started");
    let mut input = node.stdin.take().expect("it is piped");
    input
        .write_all(cases.to_string().as_bytes())
        .expect("node reads");
    drop(input);
    let output = node.wait_with_output().expect("node ends");
    serde_json::from_slice(&output.stdout).expect("node writes a list")
}

#[test]
fn a_header_is_read_by_its_weights() {
    let cases = cases(HEADERS);
    assert!(cases.len() >= 30, "the table shrank to {}", cases.len());
    for case in cases {
        let chosen = accepted(case.asked, &ranges(&case.offered));
        assert_eq!(chosen, case.expected, "{:?}", (case.offered, case.asked));
    }
}

#[test]
fn what_is_endless_is_no_wish_and_hides_none_before_it() {
    let ranges = ranges(&["en", "nl"]);
    let long = "nl-".repeat(50_000);
    let letters = "n".repeat(100_000);
    for endless in [&long, &letters] {
        assert_eq!(negotiate([endless.as_str()], &ranges), None);
        assert_eq!(negotiate([endless.as_str(), "nl"], &ranges), Some("nl"));
        assert_eq!(accepted(endless, &ranges), None);
        assert_eq!(accepted(&format!("{endless},nl"), &ranges), Some("nl"));
    }
    let many = "fr,".repeat(33_000);
    assert_eq!(accepted(&many, &ranges), None);
    assert_eq!(accepted(&format!("nl;q=0.1,{many}"), &ranges), Some("nl"));
    assert_eq!(accepted(&";q=".repeat(33_000), &ranges), None);
}

#[test]
fn every_language_has_a_row_of_its_own_and_none_lacks_anything() {
    let all: Vec<_> = LANGUAGES.iter().chain([&PSEUDO]).collect();
    let tags: BTreeSet<&str> = all.iter().map(|language| language.tag).collect();
    assert_eq!(tags.len(), all.len());
    assert_eq!(REFERENCE.tag, "en");
    for language in all {
        assert!(!language.name.is_empty(), "{}", language.tag);
        assert!(!language.voice.is_empty(), "{}", language.tag);
        assert!(!language.categories.contains(&"other"), "{}", language.tag);
    }
}

#[test]
fn every_language_is_chosen_by_its_own_tag_among_all() {
    let tags: Vec<&str> = LANGUAGES.iter().map(|language| language.tag).collect();
    let ranges = ranges(&tags);
    for tag in tags {
        assert_eq!(negotiate([tag], &ranges), Some(tag));
        assert_eq!(accepted(tag, &ranges), Some(tag));
    }
}
