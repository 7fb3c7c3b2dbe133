//! What the compiler of catalogs refuses. Each broken file differs by one change from a good one.

use super::build::{
    Source, compile,
    fault::{Fault, Place, Problem},
};

const ENGLISH: &str = "a-title = Title\na-code = Your code is { $code }.\na-count = { $left ->\n    [one] { $left } try\n   *[other] { $left } tries\n}\n";

/// The groups of the small catalog: its compiler takes any names.
const GROUPS: [&str; 3] = ["account", "letters", "reset"];

/// The files of a language with this text as the words of the wizard.
fn files(tag: &str, text: &str) -> [Source; GROUPS.len()] {
    GROUPS.map(|group| Source {
        path: format!("{tag}/{group}.ftl"),
        text: if group == "reset" {
            text.to_owned()
        } else {
            String::new()
        },
    })
}

/// Compiles the same small catalog in every language, with the Dutch one as given.
fn with_dutch(dutch: &str) -> Result<(), Vec<Problem>> {
    let sources = [
        files("ar", ENGLISH),
        files("de", ENGLISH),
        files("en", ENGLISH),
        files("nl", dutch),
    ];
    compile(&sources.concat()).map(drop)
}

/// The only problem of the catalog, and its message.
fn fault(dutch: &str) -> (Option<String>, Fault) {
    let problems = with_dutch(dutch).expect_err("the catalog is broken");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].path, "nl/reset.ftl");
    (problems[0].key.clone(), problems[0].fault.clone())
}

#[test]
fn the_good_catalog_compiles() {
    assert_eq!(with_dutch(ENGLISH), Ok(()));
}

#[test]
fn a_missing_message_is_named() {
    assert_eq!(
        fault(&ENGLISH.replace("a-title = Title\n", "")),
        (Some("a-title".to_owned()), Fault::Missing)
    );
}

#[test]
fn a_message_that_only_one_language_has_is_named() {
    assert_eq!(
        fault(&format!("{ENGLISH}a-more = More\n")),
        (Some("a-more".to_owned()), Fault::Extra)
    );
}

#[test]
fn a_message_that_stands_there_twice_is_named() {
    assert_eq!(
        fault(&format!("{ENGLISH}a-title = Again\n")),
        (Some("a-title".to_owned()), Fault::Duplicate)
    );
}

#[test]
fn other_placeholders_than_in_english_are_named() {
    let expected = vec!["code".to_owned()];
    let (about, found) = (Some("a-code".to_owned()), vec!["number".to_owned()]);
    let renamed = ENGLISH.replace("$code", "$number");
    assert_eq!(
        fault(&renamed),
        (
            about.clone(),
            Fault::Placeholders {
                expected: expected.clone(),
                found
            }
        )
    );
    let dropped = ENGLISH.replace("{ $code }", "gone");
    assert_eq!(
        fault(&dropped),
        (
            about,
            Fault::Placeholders {
                expected,
                found: Vec::new()
            }
        )
    );
}

#[test]
fn a_placeholder_of_no_known_kind_is_named() {
    let unknown = ENGLISH.replace("$code", "$kode");
    assert_eq!(
        fault(&unknown),
        (
            Some("a-code".to_owned()),
            Fault::UnknownPlaceholder("kode".to_owned())
        )
    );
}

#[test]
fn only_numbers_can_be_chosen_by() {
    let by_text = ENGLISH.replace("$left ->", "$tenant ->");
    assert_eq!(
        fault(&by_text),
        (
            Some("a-count".to_owned()),
            Fault::SelectOnText("tenant".to_owned())
        )
    );
    let by_words = ENGLISH.replace("$left ->", "\"left\" ->");
    let unsupported = Fault::Unsupported("a choice by anything but a placeholder");
    assert_eq!(fault(&by_words), (Some("a-count".to_owned()), unsupported));
}

#[test]
fn the_default_of_a_choice_is_other() {
    let many = ENGLISH.replace("*[other]", "*[many]");
    assert_eq!(fault(&many), (Some("a-count".to_owned()), Fault::NoOther));
    let one = ENGLISH
        .replace("[one]", "*[one]")
        .replace("   *[other]", "    [other]");
    assert_eq!(fault(&one), (Some("a-count".to_owned()), Fault::NoOther));
}

#[test]
fn a_category_that_the_language_has_not_is_named() {
    let few = ENGLISH.replace("[one]", "[few]");
    assert_eq!(
        fault(&few),
        (
            Some("a-count".to_owned()),
            Fault::UnknownVariant("few".to_owned())
        )
    );
    let fraction = ENGLISH.replace("[one]", "[1.5]");
    assert_eq!(
        fault(&fraction),
        (
            Some("a-count".to_owned()),
            Fault::UnknownVariant("1.5".to_owned())
        )
    );
}

#[test]
fn a_variant_that_stands_there_twice_is_named() {
    let twice = ENGLISH.replace(
        "    [one] { $left } try\n",
        "    [one] { $left } try\n    [one] { $left } go\n",
    );
    assert_eq!(
        fault(&twice),
        (
            Some("a-count".to_owned()),
            Fault::DuplicateVariant("one".to_owned())
        )
    );
}

#[test]
fn a_choice_within_a_choice_is_named() {
    let nested = ENGLISH.replace(
        "{ $left } tries",
        "{ $left ->\n       *[other] tries\n    }",
    );
    assert_eq!(
        fault(&nested),
        (Some("a-count".to_owned()), Fault::NestedSelect)
    );
}

#[test]
fn a_fault_is_named_with_its_file_line_and_column() {
    let said = |dutch: &str| {
        let problems = with_dutch(dutch).expect_err("the catalog is broken");
        problems[0].to_string()
    };
    let open = said(&ENGLISH.replace("{ $code }", "{ $code"));
    assert!(open.starts_with("locales/nl/reset.ftl:2:"), "{open}");
    let column = open.split(':').nth(2).and_then(|it| it.parse().ok());
    assert!(column.is_some_and(|column: usize| column > 20), "{open}");
    assert_eq!(
        said(&format!("# É\n\n{ENGLISH}a-more = More\n")),
        "locales/nl/reset.ftl:9:1: a-more: en has no such message in the file of this name"
    );
    assert_eq!(
        said(&ENGLISH.replace("a-title = Title\n", "")),
        "locales/nl/reset.ftl: a-title: the message is missing"
    );
}

#[test]
fn a_place_counts_lines_and_characters_from_one() {
    let text = "é\nab\n";
    for (offset, line, column) in [
        (0, 1, 1),
        (2, 1, 2),
        (3, 2, 1),
        (4, 2, 2),
        (6, 3, 1),
        (9, 3, 1),
    ] {
        assert_eq!(Place::of(text, offset), Place { line, column }, "{offset}");
    }
}

#[test]
fn a_message_in_the_file_of_another_group_is_named_in_both() {
    let mut dutch = files("nl", &ENGLISH.replace("a-title = Title\n", ""));
    dutch[0].text = "a-title = Title\n".to_owned();
    let others = ["ar", "de", "en"].map(|tag| files(tag, ENGLISH));
    let problems = compile(&[others.concat(), dutch.into()].concat()).expect_err("it is misplaced");
    let faults: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "locales/nl/account.ftl:1:1: a-title: en has no such message in the file of this name",
            "locales/nl/reset.ftl: a-title: the message is missing"
        ]
    );
}

#[test]
fn the_rest_of_fluent_is_refused() {
    let with = |value: &str| fault(&ENGLISH.replace("Title", value)).1;
    assert_eq!(
        with("{ a-code }"),
        Fault::Unsupported("a message within a message")
    );
    assert_eq!(with("{ NUMBER($left) }"), Fault::Unsupported("a function"));
    assert_eq!(with("{ 5 }"), Fault::Unsupported("a number in braces"));
    assert_eq!(
        with("Title\n    .hint = Hint"),
        Fault::Unsupported("an attribute")
    );
    assert_eq!(
        fault(&format!("{ENGLISH}-brand = Postern\n")).1,
        Fault::Unsupported("a term")
    );
}

#[test]
fn words_stay_on_one_line() {
    assert_eq!(
        fault(&ENGLISH.replace("Title", "Title\n    that goes on")).1,
        Fault::ControlCharacter
    );
    assert_eq!(
        fault(&ENGLISH.replace("Title", "{ \"\\u0001\" }")).1,
        Fault::ControlCharacter
    );
}

#[test]
fn a_key_is_words_joined_by_hyphens() {
    for bad in ["title", "aTitle-x", "a_title-x", "a-title-"] {
        let problems =
            with_dutch(&format!("{ENGLISH}{bad} = Title\n")).expect_err("the key is no key");
        assert!(
            problems.iter().any(|problem| problem.fault == Fault::Key),
            "{bad}: {problems:?}"
        );
    }
}

#[test]
fn files_and_the_table_of_languages_agree() {
    let mut sources = [
        files("ar", ENGLISH),
        files("en", ENGLISH),
        files("nl", ENGLISH),
        files("fr", ENGLISH),
    ]
    .concat();
    let stray = |path: &str| Source {
        path: path.to_owned(),
        text: ENGLISH.to_owned(),
    };
    sources.extend(["nl.ftl", "nl/words.ftl", "nl/old/reset.ftl"].map(stray));
    let problems = compile(&sources).expect_err("no German, and French");
    let faults: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let unknown = "the language is not in crates/locale/src/language.rs";
    let misplaced = "en has no file of this name";
    let expected = [
        GROUPS
            .map(|file| format!("locales/fr/{file}.ftl: {unknown}"))
            .to_vec(),
        ["nl", "nl/words", "nl/old/reset"]
            .map(|file| format!("locales/{file}.ftl: {misplaced}"))
            .to_vec(),
        GROUPS
            .map(|file| format!("locales/de/{file}.ftl: the file is missing"))
            .to_vec(),
    ];
    assert_eq!(faults, expected.concat());
}
