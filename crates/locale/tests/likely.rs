//! The table of likely languages agrees with Unicode CLDR, in the form of ICU4X: for every language
//! that Postern may offer, in every region.

use icu_locale::fallback::LocaleFallbackConfig;
use icu_locale::{
    LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleExpander, LocaleFallbacker,
};
use postern_locale::{negotiate, ranges};

/// The languages that Postern may offer.
const CANDIDATES: [&str; 46] = [
    "ar", "eu", "bg", "ca", "zh-Hans", "zh-Hant", "hr", "cs", "da", "nl", "en", "et", "fi", "fr",
    "de", "el", "he", "hi", "hu", "id", "it", "ja", "kk", "ko", "lv", "lt", "ms", "nb", "fa",
    "fil", "pl", "pt-BR", "pt-PT", "ro", "ru", "sr-Cyrl", "sr-Latn", "sk", "sl", "es", "sv", "th",
    "tr", "uk", "vi", "cy",
];

/// Every region of two letters that a browser might send.
fn regions() -> impl Iterator<Item = String> {
    let letters = || ('A'..='Z').map(String::from);
    letters().flat_map(move |first| letters().map(move |second| format!("{first}{second}")))
}

/// The language of a tag with its likely script.
fn written(expander: &LocaleExpander, tag: &str) -> (String, Option<String>) {
    let mut language: LanguageIdentifier = tag.parse().expect("it is a tag");
    expander.maximize(&mut language);
    let script = language.script.map(|script| script.to_string());
    (language.language.to_string(), script)
}

fn canonical(tag: &str) -> String {
    let mut locale: Locale = tag.parse().expect("it is a tag");
    LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
    locale.to_string()
}

#[test]
fn in_every_region_a_language_has_the_script_that_is_likely_there() {
    let expander = LocaleExpander::new_extended();
    let offered = CANDIDATES.map(|tag| written(&expander, tag));
    let ranges = ranges(&CANDIDATES);
    let (mut wrong, mut right) = (Vec::new(), 0);
    for candidate in CANDIDATES {
        let language = candidate.split('-').next().unwrap_or_default();
        for region in regions() {
            let wish = format!("{language}-{region}");
            let chosen = negotiate([&*wish], &ranges).expect("its language is offered");
            let likely = written(&expander, &wish);
            // Kazakh and Malay have regions with an Arabic script that is not offered. No browser
            // sends the old name of a region.
            if !offered.contains(&likely) || canonical(&wish) != wish {
                continue;
            }
            right += 1;
            if likely != written(&expander, chosen) {
                wrong.push(format!("{wish} is {chosen}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(right > 25_000, "only {right} were compared");
}

#[test]
fn an_old_tag_means_what_replaced_it() {
    let ranges = ranges(&CANDIDATES);
    for old in ["cmn", "in", "iw", "mo", "prs", "sh", "tl"] {
        let now = canonical(old);
        assert_ne!(now, old);
        let chosen = negotiate([old], &ranges);
        assert_eq!(chosen, negotiate([&*now], &ranges), "{old} is {now}");
        assert!(chosen.is_some(), "{old} is {now}");
    }
}

#[test]
fn portuguese_is_that_of_brazil_or_portugal_as_its_region_writes_it() {
    let ranges = ranges(&CANDIDATES);
    let fallback = LocaleFallbacker::new().for_config(LocaleFallbackConfig::default());
    for region in regions().filter(|region| region != "PT" && region != "BR") {
        let wish = format!("pt-{region}");
        let locale: Locale = wish.parse().expect("it is a tag");
        let mut parents = fallback.fallback_for((&locale).into());
        parents.step();
        let expected = match parents.get().to_string().as_str() {
            "pt-PT" => "pt-PT",
            _ => "pt-BR",
        };
        assert_eq!(negotiate([&*wish], &ranges), Some(expected), "{wish}");
    }
}
