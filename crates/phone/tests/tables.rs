//! Runs the tables in `tests/data` through the parser: adding a case needs no Rust.

mod text;

use postern_phone::{INPUT_CHARS_MAX, ParseError, Region, parse};

#[test]
fn formats_of_people_are_read() {
    check(include_str!("data/formats.txt"));
}

#[test]
fn prefixes_are_no_part_of_the_number() {
    check(include_str!("data/prefixes.txt"));
}

#[test]
fn extensions_are_returned_apart() {
    check(include_str!("data/extensions.txt"));
}

#[test]
fn tel_uris_are_read() {
    check(include_str!("data/uris.txt"));
}

#[test]
fn the_references_own_cases_are_read() {
    check(include_str!("data/reference.txt"));
}

#[test]
fn refusals_name_the_reason_and_the_place() {
    check(include_str!("data/errors.txt"));
}

#[test]
fn an_input_is_read_up_to_its_bound_and_refused_beyond() {
    let number = "+31612345678";
    let bound = format!("{number}{}", " ".repeat(INPUT_CHARS_MAX - number.len()));
    assert!(parse(&bound, None).is_ok());
    assert_eq!(
        parse(&format!("{bound} "), None),
        Err(ParseError::InputTooLong)
    );
}

/// Checks every line of a table, and reports all differences at once.
fn check(table: &str) {
    let mut failures = Vec::new();
    let mut cases = 0;
    for (number, line) in table.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let columns: Vec<&str> = line.split('|').collect();
        let [input, region, expected] = columns[..] else {
            panic!("line {}: three columns expected", number + 1);
        };
        let found = outcome(
            &text::unescape(input.strip_suffix(' ').unwrap_or(input)),
            region.trim(),
        );
        cases += 1;
        if found != expected.trim() {
            let place = number + 1;
            failures.push(format!("line {place}: {line}\n    found {found}\n"));
        }
    }
    assert!(cases > 0, "the table is empty");
    assert!(failures.is_empty(), "{}", failures.concat());
}

fn outcome(input: &str, region: &str) -> String {
    match parse(input, Region::parse(region)) {
        Ok(parsed) => match parsed.extension {
            Some(extension) => format!("{} extension {extension}", parsed.number),
            None => parsed.number.to_string(),
        },
        Err(error) => format!("error: {error}"),
    }
}
