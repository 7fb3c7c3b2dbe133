//! The voice: words that no page uses, in any language.

use super::{all_said, catalogs};

/// Each language's words for please, sorry, oops, invalid, forbidden and click here, and words that
/// read as quaint or have two spellings, in lower case. A star matches any ending.
const BANNED: [(&str, &[&str]); 4] = [
    (
        "en",
        &[
            "please",
            "sorry",
            "oops",
            "invalid*",
            "forbidden",
            "click*",
            "whoever",
            "nobody",
            "somebody",
            "e-mail*",
            "user name*",
            "set-up",
            "organiz*",
            "licens*",
        ],
    ),
    (
        "nl",
        &[
            "alstublieft",
            "sorry",
            "helaas",
            "oeps",
            "ongeldig*",
            "verboden",
            "klik*",
            "werkadres*",
            "zelfbediening",
            "op slot",
        ],
    ),
    (
        "de",
        &[
            "bitte",
            "leider",
            "entschuldig*",
            "hoppla",
            "ungültig*",
            "verboten*",
            "klick*",
            "kaputt*",
            "selbstbedienung",
        ],
    ),
    (
        "ar",
        &[
            "من فضلك",
            "يرجى",
            "الرجاء",
            "عذرًا",
            "عذراً",
            "آسف*",
            "نأسف",
            "غير صالح*",
            "ممنوع*",
            "انقر*",
        ],
    ),
];

#[test]
fn no_message_begs_blames_or_apologises() {
    let catalogs = catalogs();
    for compiled in &catalogs.languages {
        let rows = BANNED
            .iter()
            .filter(|(tag, _)| *tag == compiled.language.tag);
        let banned: Vec<&str> = rows.flat_map(|(_, words)| *words).copied().collect();
        assert!(
            !banned.is_empty() || compiled.language.is_pseudo(),
            "{} has no row",
            compiled.language.tag
        );
        for (key, words) in all_said(compiled, &catalogs, 7) {
            let said = banned.iter().find(|word| says(&words.to_lowercase(), word));
            assert_eq!(said, None, "{}: {key}: {words}", compiled.language.tag);
        }
    }
}

/// Whether a text contains a word. With a star at its end, more letters may follow.
fn says(words: &str, word: &str) -> bool {
    let stem = word.trim_end_matches('*');
    words.match_indices(stem).any(|(at, _)| {
        let (before, after) = (
            words[..at].chars().next_back(),
            words[at + stem.len()..].chars().next(),
        );
        let whole = |neighbour: Option<char>| !neighbour.is_some_and(char::is_alphabetic);
        whole(before) && (stem != word || whole(after))
    })
}

#[test]
fn only_whole_words_are_banned() {
    assert!(says("wählen sie bitte neu", "bitte"));
    assert!(!says("bitten sie jemanden", "bitte"));
    assert!(says("ungültiger code", "ungültig*"));
}

#[test]
fn dutch_says_u_and_german_says_sie() {
    let catalogs = catalogs();
    for (tag, familiar) in [
        ("nl", ["je", "jij", "jouw", "jullie"].as_slice()),
        (
            "de",
            ["du", "dir", "dich", "dein", "deine", "euch"].as_slice(),
        ),
    ] {
        for (key, words) in all_said(super::language(&catalogs, tag), &catalogs, 7) {
            let lower = words.to_lowercase();
            let mut said = lower.split(|letter: char| !letter.is_alphabetic());
            assert!(
                !said.any(|word| familiar.contains(&word)),
                "{tag}: {key}: {words}"
            );
        }
    }
}

#[test]
fn typography_is_that_of_the_language() {
    let catalogs = catalogs();
    for compiled in &catalogs.languages {
        for (key, words) in all_said(compiled, &catalogs, 7) {
            let straight =
                words.contains(['"', '\'', '`']) || words.contains("...") || words.contains("  ");
            assert!(!straight, "{}: {key}: {words}", compiled.language.tag);
        }
    }
}

/// Lines can end at a hyphen: `E-` and `Mail` are then two words. Mails and texts keep the
/// character that every device has.
#[test]
fn no_line_ends_within_the_word_for_email() {
    let catalogs = catalogs();
    for compiled in &catalogs.languages {
        for (key, words) in all_said(compiled, &catalogs, 7) {
            let parts = !key.starts_with("server-") && words.to_lowercase().contains("e-mail");
            assert!(!parts, "{}: {key}: {words}", compiled.language.tag);
        }
    }
}
