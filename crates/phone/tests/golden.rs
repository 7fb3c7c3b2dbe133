//! Compares the parser with libphonenumber: `golden/golden.br` contains the results of Google's
//! code for half a million inputs, and `golden/generate.py` produced them.
//!
//! For every input, both must agree whether it is a number, and then on its E.164 form, its region,
//! its type, its extension, and whether it is possible and assigned. For each intended deviation,
//! `golden/ledger.txt` has its name and its cause, and [`CLASSES`] defines the inputs to which it
//! applies. The number after a name is the number of these inputs.

mod text;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;

use postern_phone::{NumberType, ParseError, Region, Types, parse};

/// The minimum number of inputs in the golden file.
const CASES_MIN: usize = 200_000;

/// The maximum number of lines in the ledger, so that a person can read it.
const LEDGER_LINES_MAX: usize = 20;

/// The maximum number of inputs shown for a deviation.
const SHOWN_MAX: usize = 12;

/// A line of the golden file.
struct Case<'a> {
    input: String,
    home: &'a str,
    /// The result of libphonenumber, or its reason if it refuses the input.
    theirs: Result<Verdict, &'a str>,
}

/// The values on which both must agree.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Verdict {
    e164: String,
    is_possible: bool,
    is_assigned: bool,
    region: String,
    kind: &'static str,
    extension: String,
}

type Ours = Result<Verdict, ParseError>;

/// Whether a deviation belongs to a class.
type Fits = fn(&Case<'_>, &Ours) -> bool;

/// The intended deviations, by their names in the ledger. The first match applies.
const CLASSES: [(&str, Fits); 12] = [
    ("letters", |_, ours| {
        matches!(ours, Err(ParseError::Letters { .. }))
    }),
    ("characters", |_, ours| {
        matches!(ours, Err(ParseError::UnexpectedCharacter { .. }))
    }),
    ("impossible-length", |case, ours| {
        is_length(ours)
            && matches!(&case.theirs, Ok(theirs) if !theirs.is_possible && !theirs.is_assigned)
    }),
    ("label-inside", |case, ours| {
        let without = read(&case.input.replace(['x', '~'], " "), case.home);
        is_length(ours)
            && matches!(&case.theirs, Ok(theirs) if Some(&theirs.e164) == without.as_ref())
    }),
    ("region-length", |case, ours| {
        case.is_assigned() && differ_only(case, ours, |ours| ours.is_possible = false)
    }),
    ("extension-script", |case, ours| {
        let Ok(Verdict { extension, .. }) = &case.theirs else {
            return false;
        };
        !extension.is_ascii()
            && differ_only(case, ours, |ours| ours.extension.clone_from(extension))
    }),
    ("parameters", |case, ours| {
        let mut rests = case.input.split(';').skip(1);
        let has_parameter = rests.any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
        has_parameter
            && (case.theirs.is_err() || differ_only(case, ours, |ours| ours.extension.clear()))
    }),
    ("separators", |case, ours| {
        let plain = case.input.replace(is_rare_separator, " ");
        case.theirs.is_err() && plain != case.input && is_read_from(ours, &plain, case.home)
    }),
    ("old-prefix", |case, ours| {
        let is_today = matches!(ours, Ok(ours) if ours.e164.starts_with("+52"));
        is_today && matches!(&case.theirs, Ok(theirs) if theirs.e164.starts_with("+521"))
    }),
    ("double-zero", |case, ours| {
        let digits = digits(&case.input);
        let is_abroad = digits
            .strip_prefix("00")
            .is_some_and(|digits| is_read_from(ours, &format!("+{digits}"), ""));
        is_abroad && !case.is_assigned()
    }),
    ("reads-back", |case, ours| {
        matches!(&case.theirs, Ok(theirs) if is_read_from(ours, &theirs.e164, ""))
            && !case.is_assigned()
    }),
    ("bare-code", |case, ours| {
        let with_plus = format!("+{}", digits(&case.input));
        let is_assigned = matches!(ours, Ok(ours) if ours.is_assigned);
        is_read_from(ours, &with_plus, "") && !is_assigned && !case.is_assigned()
    }),
];

#[test]
fn the_parser_agrees_with_libphonenumber_but_for_the_ledger() {
    let mut text = String::new();
    brotli_decompressor::Decompressor::new(&include_bytes!("golden/golden.br")[..], 1 << 16)
        .read_to_string(&mut text)
        .expect("the golden file is text under brotli");

    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut cases = 0;
    for line in text.lines() {
        let case = Case::read(line);
        let ours = ours(&case.input, case.home);
        cases += 1;
        if ours.as_ref().ok() != case.theirs.as_ref().ok() {
            let class = CLASSES.iter().find(|(_, fits)| fits(&case, &ours));
            let name = class.map_or("not in the ledger", |(name, _)| name);
            let Case {
                input,
                home,
                theirs,
            } = case;
            let text = format!("{input:?} {home}: theirs {theirs:?}, ours {ours:?}");
            found.entry(name).or_default().push(text);
        }
    }
    assert!(cases >= CASES_MIN, "only {cases} inputs");

    let mut report = format!("{cases} inputs\n");
    for (name, examples) in &found {
        writeln!(report, "{name} {}", examples.len()).expect("a string takes all");
        let step = examples.len().div_ceil(SHOWN_MAX);
        for example in examples.iter().step_by(step) {
            writeln!(report, "    {example}").expect("a string takes all");
        }
    }

    let ledger = include_str!("golden/ledger.txt");
    assert!(ledger.lines().count() <= LEDGER_LINES_MAX);
    // The exact count of each, so that the test detects every increase, decrease or end.
    let expected: BTreeMap<&str, usize> = ledger
        .lines()
        .map(|line| {
            let (name, count) = line
                .split_once(": ")
                .and_then(|(head, _)| head.split_once(' '))
                .expect("a name, a count, a colon and the cause");
            (name, count.parse().expect("a count"))
        })
        .collect();
    let found = found
        .iter()
        .map(|(name, examples)| (*name, examples.len()))
        .collect();
    assert_eq!(expected, found, "{report}");
}

#[test]
fn both_sides_have_the_same_release_of_the_metadata() {
    let release = include_str!("golden/generate.py")
        .lines()
        .find_map(|line| line.strip_prefix("RELEASE = \"")?.strip_suffix('"'))
        .expect("the generator names its release");
    let ours = include_str!("../../../Cargo.lock")
        .split("[[package]]")
        .find(|package| package.contains("name = \"phonenumber\"\n"))
        .expect("the plans are a dependency");
    assert!(ours.contains(&format!("+{release}\"")), "{ours}");
}

/// Whether our parser refused the number for its length.
fn is_length(ours: &Ours) -> bool {
    matches!(
        ours,
        Err(ParseError::TooShort { .. }
            | ParseError::TooLong { .. }
            | ParseError::ImpossibleLength { .. })
    )
}

/// Whether the two agree after this change to our result.
fn differ_only(case: &Case<'_>, ours: &Ours, change: impl Fn(&mut Verdict)) -> bool {
    let (Ok(theirs), Ok(ours)) = (&case.theirs, ours) else {
        return false;
    };
    let mut changed = ours.clone();
    change(&mut changed);
    changed == *theirs
}

/// Whether a character is outside ASCII and its full-width forms, and is neither a letter nor a
/// digit.
fn is_rare_separator(c: char) -> bool {
    let is_plain = matches!(c, ' '..='~' | '\u{ff01}'..='\u{ff5e}');
    !is_plain && !c.is_alphanumeric()
}

/// Whether our parser reads the same number in another input.
fn is_read_from(ours: &Ours, input: &str, home: &str) -> bool {
    matches!(ours, Ok(ours) if read(input, home).as_ref() == Some(&ours.e164))
}

/// The E.164 form that our parser reads in another input.
fn read(input: &str, home: &str) -> Option<String> {
    let parsed = parse(input, Region::parse(home)).ok()?;
    Some(parsed.number.to_string())
}

/// The ASCII digits of an input.
fn digits(input: &str) -> String {
    input.chars().filter(char::is_ascii_digit).collect()
}

impl<'a> Case<'a> {
    fn read(line: &'a str) -> Self {
        let columns: Vec<&str> = line.split('\t').collect();
        let theirs = match columns[2..] {
            ["error", reason] => Err(reason),
            [e164, valid, region, kind, possible, ref extension @ ..] => Ok(Verdict {
                e164: e164.to_owned(),
                is_possible: possible == "possible",
                is_assigned: valid == "1",
                // A number of a worldwide service has no region here.
                region: region.trim_start_matches("001").to_owned(),
                kind: KINDS
                    .into_iter()
                    .find(|one| *one == kind)
                    .expect("a known type"),
                extension: extension.concat(),
            }),
            _ => panic!("malformed line: {line}"),
        };
        Self {
            input: text::unescape(columns[0]),
            home: columns[1],
            theirs,
        }
    }

    /// Whether libphonenumber knows the number as assigned.
    fn is_assigned(&self) -> bool {
        self.theirs.as_ref().is_ok_and(|theirs| theirs.is_assigned)
    }
}

fn ours(input: &str, home: &str) -> Ours {
    let parsed = parse(input, Region::parse(home))?;
    let number = parsed.number;
    Ok(Verdict {
        e164: number.to_string(),
        is_possible: number.is_possible(),
        is_assigned: number.is_assigned(),
        region: number
            .region()
            .map_or(String::new(), |region| region.to_string()),
        kind: single(number.types()),
        extension: parsed
            .extension
            .map_or(String::new(), |extension| extension.to_string()),
    })
}

/// The types by their names in the golden file.
const KINDS: [&str; 12] = [
    "premium-rate",
    "toll-free",
    "shared-cost",
    "voip",
    "personal",
    "pager",
    "uan",
    "voicemail",
    "fixed-line-or-mobile",
    "fixed-line",
    "mobile",
    "unknown",
];

/// The type that libphonenumber gives to a number with several types.
fn single(types: Types) -> &'static str {
    if let Some(kind) = KINDS[..8]
        .iter()
        .find(|kind| types.iter().any(|one| one.as_str() == **kind))
    {
        return kind;
    }
    match (
        types.contains(NumberType::FixedLine),
        types.contains(NumberType::Mobile),
    ) {
        (true, true) => "fixed-line-or-mobile",
        (true, false) => "fixed-line",
        (false, true) => "mobile",
        (false, false) => "unknown",
    }
}
