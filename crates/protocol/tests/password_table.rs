//! Runs the cases of `data/password.txt` through the code that `check_password` uses.
//!
//! The table has the tool's output format, so that a person can try a case in a shell before they
//! add it.

#[expect(
    dead_code,
    reason = "the table feeds lines to the tool, and needs neither its main nor its input loop"
)]
#[path = "../examples/check_password.rs"]
mod check_password;

use check_password::Shell;

#[test]
fn every_case_of_the_table_gets_its_verdict() {
    let mut shell = None;
    let mut cases = 0;
    let mut wrong = Vec::new();
    for (number, line) in (1..).zip(include_str!("data/password.txt").lines()) {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let line = unescape(line);
        if let Some(flags) = line.strip_prefix("> ") {
            let flags = flags.split("  ").map(str::to_owned);
            shell = Some(Shell::parse(flags).unwrap());
            continue;
        }
        let (password, expected) = line.rsplit_once(" -> ").unwrap();
        let columns: Vec<&str> = expected.splitn(4, ' ').collect();
        let verdict = shell.as_ref().unwrap().verdict(password);
        if verdict != columns.join("\t") {
            wrong.push(format!(
                "line {number}: {password:?} is {}",
                verdict.replace('\t', " ")
            ));
        }
        cases += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases >= 120, "the table has only {cases} cases");
}

#[test]
fn flags_that_make_no_sense_are_named() {
    let error = |flags: &[&str]| {
        Shell::parse(flags.iter().copied().map(str::to_owned))
            .err()
            .unwrap()
    };
    assert_eq!(error(&["--colour"]), "there is no flag --colour");
    assert_eq!(error(&["--banned"]), "--banned needs a value");
    assert_eq!(
        error(&["--min", "many"]),
        "--min takes a number from 1 to 256, not \"many\""
    );
    assert_eq!(
        error(&["--classes=5"]),
        "--classes takes a number from 0 to 4, not \"5\""
    );
    assert_eq!(
        error(&["--custom", "contoso,abc"]),
        "--custom: custom term 1: shorter than 4 characters"
    );
}

#[test]
fn a_list_may_come_in_one_flag_or_in_several() {
    let verdict = |flags: &[&str]| {
        Shell::parse(flags.iter().copied().map(str::to_owned))
            .unwrap()
            .verdict("winter-summer")
    };
    assert_eq!(
        verdict(&["--banned", "winter,summer"]),
        "refuse\t3\ttoo-guessable\twinter,summer"
    );
    assert_eq!(
        verdict(&["--banned=winter", "--banned=summer"]),
        "refuse\t3\ttoo-guessable\twinter,summer"
    );
}

/// Replaces `\u{...}` by the code point and `\\` by a backslash.
fn unescape(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, escape)) = rest.split_once('\\') {
        plain.push_str(before);
        if let Some(after) = escape.strip_prefix('\\') {
            plain.push('\\');
            rest = after;
        } else {
            let (hex, after) = escape
                .strip_prefix("u{")
                .and_then(|hex| hex.split_once('}'))
                .expect("an escape is \\u{...}");
            plain.push(
                u32::from_str_radix(hex, 16)
                    .ok()
                    .and_then(char::from_u32)
                    .expect("an escape names a code point"),
            );
            rest = after;
        }
    }
    plain + rest
}
