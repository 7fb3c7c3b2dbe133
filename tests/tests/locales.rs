//! The words: every language has all of them, the compiler refuses what the page could not display,
//! and no text is outside the catalogs.
//!
//! The compiler is that of the build, and the reader is that of the page.

use std::path::{Path, PathBuf};

#[path = "../../build/catalog.rs"]
mod build;
#[path = "../../crates/kit/src/words/catalog.rs"]
#[expect(unreachable_pub, reason = "the kit shows it to pages")]
mod catalog;
#[path = "locales/compiler.rs"]
mod compiler;
#[path = "locales/literals.rs"]
mod literals;
#[path = "locales/voice.rs"]
mod voice;

use build::marks;
use build::{Catalogs, Compiled};
use catalog::{Argument, Catalog, Intl, strip_isolates};
use postern_locale::{Kind, LANGUAGES, PSEUDO, REFERENCE, kind};

/// The folder of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The present catalogs.
fn catalogs() -> Catalogs {
    let sources = build::read(&root().join("locales")).expect("the catalogs can be read");
    build::compile(&sources).unwrap_or_else(|problems| {
        let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("the catalogs have faults:\n{}", list.join("\n"))
    })
}

fn language<'a>(catalogs: &'a Catalogs, tag: &str) -> &'a Compiled {
    catalogs
        .languages
        .iter()
        .find(|compiled| compiled.language.tag == tag)
        .expect("the language is in the table")
}

/// Every message of a language, with the same arguments.
fn all_said(compiled: &Compiled, catalogs: &Catalogs, number: u32) -> Vec<(String, String)> {
    let mut said = Vec::new();
    for group in &catalogs.groups {
        let messages: Vec<_> = catalogs
            .reference
            .iter()
            .filter(|message| message.group == *group)
            .collect();
        let text = compiled.file(group).expect("each has a file").text.clone();
        let catalog = Catalog::new(compiled.language.tag, text, messages.len())
            .expect("the file has a line for each message");
        assert_eq!(catalog.tag(), compiled.language.tag);
        for (index, message) in messages.iter().enumerate() {
            let arguments: Vec<Argument<'_>> = message
                .parameters
                .iter()
                .map(|parameter| argument(parameter, number))
                .collect();
            said.push((message.key.clone(), catalog.format(index, &arguments, INTL)));
        }
    }
    said
}

fn argument(parameter: &str, number: u32) -> Argument<'_> {
    match kind(parameter).expect("the compiler took it") {
        Kind::Number => Argument::Number(number),
        Kind::Code => Argument::Code("A1"),
        Kind::Text => Argument::Text("words"),
    }
}

/// The rules of the Unicode CLDR for whole numbers, in the languages of the tests.
fn plural_category(tag: &str, number: u32) -> String {
    let category = match (tag, number, number % 10, number % 100) {
        ("ar", 0, _, _) => "zero",
        ("ar", 2, _, _) => "two",
        ("ar", _, _, 3..=10) => "few",
        ("ar", _, _, 11..=99) => "many",
        (_, 1, _, _) => "one",
        _ => "other",
    };
    category.to_owned()
}

const INTL: Intl = Intl {
    plural_category,
    format_number: |_, number| number.to_string(),
};

/// A message with this number.
fn said(tag: &str, key: &str, number: u32) -> String {
    let catalogs = catalogs();
    let messages = all_said(language(&catalogs, tag), &catalogs, number);
    let (_, words) = messages
        .into_iter()
        .find(|(other, _)| other == key)
        .expect("there is such a message");
    strip_isolates(&words)
}

#[test]
fn every_language_has_every_message_and_every_placeholder() {
    let catalogs = catalogs();
    assert!(
        catalogs.reference.len() > 300,
        "the catalogs shrank to {}",
        catalogs.reference.len()
    );
    for compiled in &catalogs.languages {
        for (key, words) in all_said(compiled, &catalogs, 7) {
            assert!(
                !words.trim().is_empty(),
                "{}: {key} says nothing",
                compiled.language.tag
            );
            assert!(
                !words.chars().any(char::is_control),
                "{}: {key} was not filled: {words:?}",
                compiled.language.tag
            );
        }
    }
}

#[test]
fn every_language_is_called_what_its_speakers_call_it_and_runs_its_own_way() {
    let catalogs = catalogs();
    let table: Vec<(&str, &str, &str)> = catalogs
        .languages
        .iter()
        .map(|compiled| {
            (
                compiled.language.tag,
                compiled.language.name,
                compiled.language.direction.as_str(),
            )
        })
        .collect();
    let real = [
        ("en", "English", "ltr"),
        ("nl", "Nederlands", "ltr"),
        ("de", "Deutsch", "ltr"),
        ("ar", "العربية", "rtl"),
    ];
    assert_eq!(table[..4], real);
    assert_eq!(table[4].0, PSEUDO.tag);
}

#[test]
fn every_number_is_said_by_some_variant() {
    let catalogs = catalogs();
    for compiled in &catalogs.languages {
        for number in [0, 1, 2, 3, 5, 10, 11, 21, 99, 100, 101, 102, 103, 111, 256] {
            for (key, words) in all_said(compiled, &catalogs, number) {
                assert!(
                    !words.trim().is_empty(),
                    "{}: {key} says nothing for {number}",
                    compiled.language.tag
                );
            }
        }
    }
}

/// The files of a language, as the repository has them.
fn files_of(tag: &str) -> Vec<String> {
    let folder = root().join("locales").join(tag);
    let groups = catalogs().groups.into_iter();
    let files = groups.map(|group| folder.join(group + ".ftl"));
    files
        .map(|file| std::fs::read_to_string(file).expect("there is a file"))
        .collect()
}

#[test]
fn files_keep_the_order_of_the_reference_language() {
    let keys = |tag: &str| {
        let key = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned());
        let keys = files_of(tag).into_iter().map(|text| {
            text.lines()
                .filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()))
                .filter_map(key)
                .collect::<Vec<String>>()
        });
        keys.collect::<Vec<_>>()
    };
    let reference = keys(REFERENCE.tag);
    for language in &LANGUAGES {
        assert_eq!(keys(language.tag), reference, "{}", language.tag);
    }
}

#[test]
fn the_page_is_called_what_the_first_step_is_called() {
    let page = std::fs::read_to_string(root().join("index.html")).expect("there is a page");
    let title = said(REFERENCE.tag, "identify-title", 1);
    assert!(
        page.contains(&format!("<title>{title}</title>")),
        "index.html is not called {title}"
    );
}

/// WCAG 2.2, 2.5.3 Label in Name: a person who controls the page by voice says the visible words.
#[test]
fn what_a_button_is_called_has_in_it_what_is_seen_on_it() {
    let catalogs = catalogs();
    let mut pairs = 0;
    for compiled in &catalogs.languages {
        let messages = all_said(compiled, &catalogs, 1);
        let said = |key: &str| {
            let found = messages.iter().find(|(other, _)| other == key);
            // The pseudo-locale has its own marks around each message.
            let marks = ['[', ']', '~'];
            found.map(|(_, words)| strip_isolates(words).trim_matches(marks).to_lowercase())
        };
        for (key, _) in &messages {
            let Some(seen) = said(&format!("{key}-short")) else {
                continue;
            };
            let called = said(key).expect("the message is there");
            let tag = compiled.language.tag;
            assert!(
                called.contains(&seen),
                "{tag}: {key}: {seen:?} is not in {called:?}"
            );
            pairs += 1;
        }
    }
    assert!(pairs >= 2 * 4, "{pairs} pairs");
}

#[test]
fn file_names_follow_their_content() {
    let catalogs = catalogs();
    for compiled in &catalogs.languages {
        for group in &catalogs.groups {
            let name = compiled.file(group).expect("each has a file").name();
            let tag = compiled.language.tag.replace('-', "_");
            let hash = name
                .strip_prefix(&format!("{group}-{tag}-"))
                .and_then(|rest| rest.strip_suffix(".txt"))
                .expect("a name is its group, the language, a hash and .txt");
            assert!(
                hash.len() == 16 && hash.chars().all(|digit| digit.is_ascii_hexdigit()),
                "{hash}"
            );
        }
    }
    let names: std::collections::BTreeSet<String> = catalogs
        .languages
        .iter()
        .flat_map(|compiled| &compiled.files)
        .map(build::File::name)
        .collect();
    assert_eq!(
        names.len(),
        catalogs.groups.len() * catalogs.languages.len()
    );
}

#[test]
fn arabic_counts_in_its_six_categories() {
    let left = |number| said("ar", "idle-warning-seconds", number);
    assert!(left(1).contains("ثانية واحدة"), "{}", left(1));
    assert!(left(2).contains("ثانيتين"), "{}", left(2));
    assert!(left(3).contains("3 ثوانٍ"), "{}", left(3));
    assert!(left(11).contains("11 ثانية"), "{}", left(11));
    assert!(left(100).contains("100 ثانية"), "{}", left(100));
    assert!(left(103).contains("103 ثوانٍ"), "{}", left(103));
    assert!(said("ar", "password-too-short", 11).contains("11 حرفًا"));
}

#[test]
fn one_and_many_differ_where_the_language_says_so() {
    assert_eq!(
        said("en", "idle-warning-seconds", 1),
        "This ends in 1 second."
    );
    assert_eq!(
        said("en", "idle-warning-seconds", 2),
        "This ends in 2 seconds."
    );
    assert_eq!(
        said("nl", "done-reset-soon", 1),
        "U kunt het binnen 1 minuut gebruiken."
    );
    assert_eq!(
        said("de", "done-reset-soon", 2),
        "Sie können es innerhalb von 2 Minuten verwenden."
    );
}

#[test]
fn no_choice_is_between_the_same_words() {
    for language in &LANGUAGES {
        let tag = language.tag;
        let text = files_of(tag).concat();
        for choice in text.split(" ->\n").skip(1) {
            let forms: Vec<&str> = choice
                .lines()
                .take_while(|line| !line.starts_with('}'))
                .filter_map(|line| Some(line.split_once("] ")?.1))
                .collect();
            assert!(
                forms.iter().any(|form| *form != forms[0]),
                "{tag}: whatever the number is, it says: {}",
                forms[0]
            );
        }
    }
}

#[test]
fn numbers_and_codes_run_left_to_right_wherever_they_stand() {
    let catalogs = catalogs();
    for compiled in &catalogs.languages {
        for (key, words) in all_said(compiled, &catalogs, 7) {
            let bare = words
                .replace("\u{2066}A1\u{2069}", "")
                .replace("+A1", "")
                .replace("\u{2066}7\u{2069}", "");
            assert!(
                !bare.contains("A1"),
                "{}: {key}: {words:?}",
                compiled.language.tag
            );
            let (opened, closed) = (
                words.matches(['\u{2066}', '\u{2068}']).count(),
                words.matches('\u{2069}').count(),
            );
            assert_eq!(
                opened, closed,
                "{}: {key}: {words:?}",
                compiled.language.tag
            );
        }
    }
}

#[test]
fn a_plus_never_parts_from_its_number_in_arabic() {
    let catalogs = catalogs();
    for (key, words) in all_said(language(&catalogs, "ar"), &catalogs, 7) {
        let mut rest = words.as_str();
        while let Some((before, after)) = rest.split_once('+') {
            let numbered =
                after.starts_with(|letter: char| letter.is_ascii_digit() || letter == '\u{2066}');
            assert!(
                !numbered || before.ends_with('\u{2066}'),
                "{key}: {words:?}"
            );
            rest = after;
        }
    }
}

#[test]
fn the_pseudo_locale_is_two_fifths_longer_and_keeps_its_placeholders() {
    let catalogs = catalogs();
    let english = all_said(language(&catalogs, REFERENCE.tag), &catalogs, 7);
    let pseudo = all_said(language(&catalogs, PSEUDO.tag), &catalogs, 7);
    let length = |words: &str| words.chars().count();
    let (mut before, mut after) = (0, 0);
    for ((key, words), (_, longer)) in english.iter().zip(&pseudo) {
        // Arguments do not grow, and a message may be only an argument.
        let arguments = |words: &str| words.matches(['\u{2066}', '\u{2068}']).count();
        assert_eq!(arguments(words), arguments(longer), "{key}: {longer}");
        let own = length(
            &strip_isolates(words)
                .replace("words", "")
                .replace("A1", "")
                .replace('7', ""),
        );
        assert!(
            10 * (length(longer) - length(words)) >= 4 * own,
            "{key}: {longer}"
        );
        assert!(
            longer.starts_with('[') && longer.ends_with(']'),
            "{key}: {longer}"
        );
        before += own;
        after += own + length(longer) - length(words);
    }
    let percent = 100 * (after - before) / before;
    assert!(
        (40..=50).contains(&percent),
        "the pseudo-locale is {percent} % longer"
    );
}
