//! The words of mails, texts and calls, from the same catalogs as those of the page.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use postern_locale::{LANGUAGES, REFERENCE, negotiate, ranges};

#[path = "../../../build/parameter.rs"]
mod parameter;

use parameter::{Kind, kind};

/// The catalog of each language, by its tag.
const CATALOGS: [(&str, &str); LANGUAGES.len()] = [
    ("en", include_str!("../../../locales/en/letters.ftl")),
    ("nl", include_str!("../../../locales/nl/letters.ftl")),
    ("de", include_str!("../../../locales/de/letters.ftl")),
    ("ar", include_str!("../../../locales/ar/letters.ftl")),
];

/// Begins an inserted text, so that its direction does not mix with the text around it (Unicode
/// Standard Annex #9, section 2.4.1).
pub(crate) const ISOLATE: char = '\u{2068}';
/// Begins an inserted code, number or address, which is left to right in every language.
pub(crate) const ISOLATE_LEFT_TO_RIGHT: char = '\u{2066}';
/// Ends either of them.
pub(crate) const END: char = '\u{2069}';

/// All languages with their parsed catalogs.
pub(crate) struct Languages {
    all: Vec<Language>,
    /// What a locale may be, with the tag of the language that it means.
    ranges: Vec<(&'static str, &'static str)>,
}

/// A language with its parsed catalog.
pub(crate) struct Language {
    pub(crate) about: &'static postern_locale::Language,
    bundle: FluentBundle<FluentResource>,
}

impl Languages {
    /// Reads the catalogs.
    ///
    /// # Panics
    ///
    /// When a catalog is malformed. A test prevents that.
    pub(crate) fn read() -> Self {
        let language = |about: &'static postern_locale::Language| {
            let catalog = CATALOGS.iter().find(|(tag, _)| *tag == about.tag);
            let (_, catalog) = catalog.expect("every language has a catalog");
            let resource = FluentResource::try_new((*catalog).to_owned());
            let resource = resource.expect("every catalog is well-formed");
            let language = about.tag.parse().expect("every tag is one");
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            // Fluent's own isolates take their direction from the first letter, which is wrong for
            // an address.
            bundle.set_use_isolating(false);
            bundle.add_resource_overriding(resource);
            Language { about, bundle }
        };
        Self {
            all: LANGUAGES.iter().map(language).collect(),
            ranges: ranges(&LANGUAGES.each_ref().map(|language| language.tag)),
        }
    }

    /// The language that a BCP 47 tag means, or else the reference language.
    pub(crate) fn of(&self, tag: &str) -> &Language {
        let meant = negotiate([tag], &self.ranges).unwrap_or(REFERENCE.tag);
        let found = self.all.iter().find(|language| language.about.tag == meant);
        found.unwrap_or(&self.all[0])
    }
}

impl Language {
    /// A message with its placeholders filled in: words between [`ISOLATE`] and [`END`], codes
    /// between [`ISOLATE_LEFT_TO_RIGHT`] and [`END`], and numbers unchanged.
    pub(crate) fn say(&self, key: &str, arguments: &[(&'static str, &str)]) -> String {
        let mut filled = FluentArgs::new();
        for (name, value) in arguments {
            filled.set(*name, placed(name, value));
        }
        let pattern = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value());
        let Some(pattern) = pattern else {
            return key.to_owned();
        };
        let said = self
            .bundle
            .format_pattern(pattern, Some(&filled), &mut Vec::new());
        said.into_owned()
    }
}

/// The value for a placeholder, in the same form as on the page. The name of the placeholder
/// determines its kind.
fn placed(name: &str, value: &str) -> FluentValue<'static> {
    let isolated = |mark: char| FluentValue::from(format!("{mark}{}{END}", harmless(value)));
    match kind(name) {
        Some(Kind::Number) => match value.parse::<u32>() {
            Ok(number) => number.into(),
            Err(_) => isolated(ISOLATE),
        },
        Some(Kind::Code) => isolated(ISOLATE_LEFT_TO_RIGHT),
        Some(Kind::Text) | None => isolated(ISOLATE),
    }
}

/// Removes characters by which a person's text could begin a line or change the direction of the
/// text after it.
fn harmless(value: &str) -> String {
    let is_format = |character| matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    value
        .chars()
        .filter(|character| !character.is_control() && !is_format(*character))
        .collect()
}

/// The text without its isolates, if it has no right-to-left characters. Otherwise unchanged.
pub(crate) fn without_idle_isolates(text: &str) -> String {
    if text.chars().any(is_right_to_left) {
        return text.to_owned();
    }
    without_isolates(text)
}

/// The text without its isolates.
pub(crate) fn without_isolates(text: &str) -> String {
    text.replace([ISOLATE, ISOLATE_LEFT_TO_RIGHT, END], "")
}

/// Whether a character is in a block for right-to-left scripts (Unicode Standard Annex #9, table 4,
/// of unassigned code points that default to R or AL).
const fn is_right_to_left(character: char) -> bool {
    matches!(
        character,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_message_that_leaves() {
        let keys = [
            "mail-code-subject",
            "mail-code-body",
            "mail-reset-subject",
            "mail-reset-body",
            "mail-unlocked-subject",
            "mail-unlocked-body",
            "mail-locked-subject",
            "mail-locked-body",
            "mail-admin-reset-subject",
            "mail-admin-reset-body",
            "mail-help-subject",
            "mail-help-body",
            "server-mail-contact",
            "server-mail-app-disabled",
            "server-help-locked",
            "server-help-why-codes",
            "server-help-why-numbers",
            "server-help-why-answers",
            "server-help-why-resets",
            "server-help-lock-code",
            "server-help-more-subject",
            "server-help-more-body",
            "server-moment",
            "text-code-body",
            "voice-code-body",
            "server-voice-pressed",
        ];
        let words = [
            "address",
            "code",
            "identifier",
            "tenant",
            "time",
            "until",
            "year",
            "zone",
        ];
        let numbers = ["day", "minutes", "month", "more"].map(|name| (name, "5"));
        let all: Vec<_> = words.map(|name| (name, "X")).into_iter().collect();
        let all = [all, numbers.into()].concat();
        for language in &Languages::read().all {
            for key in keys {
                let said = language.say(key, &all);
                let tag = language.about.tag;
                assert_ne!(said, key, "{tag}: no such message");
                assert!(!said.contains('{'), "{tag}: {said}");
            }
        }
    }

    #[test]
    fn what_is_filled_in_neither_begins_a_line_nor_turns_the_text_around() {
        let languages = Languages::read();
        let typed = "ada\r\nBcc: \u{2069}\u{202e}eve";
        let said = languages
            .of("en")
            .say("mail-help-subject", &[("identifier", typed)]);
        assert_eq!(said, "\u{2066}adaBcc: eve\u{2069} cannot sign in");
    }

    #[test]
    fn addresses_and_codes_run_left_to_right_even_where_they_begin_with_an_arabic_letter() {
        let languages = Languages::read();
        let name = "\u{623}\u{62d}\u{645}\u{62f}@contoso.example";
        let said = languages
            .of("ar")
            .say("mail-help-subject", &[("identifier", name)]);
        assert!(
            said.contains(&format!("\u{2066}{name}\u{2069}")),
            "{said:?}"
        );
    }

    #[test]
    fn a_number_is_counted_as_the_language_counts() {
        let languages = Languages::read();
        let said = |tag: &str, minutes: &'static str| {
            let values = [("code", "1"), ("tenant", "X"), ("minutes", minutes)];
            languages.of(tag).say("text-code-body", &values)
        };
        assert!(said("en", "1").contains(" 1 minute."));
        assert!(said("en", "5").contains(" 5 minutes."));
        assert!(said("ar", "2").contains("\u{62f}\u{642}\u{64a}\u{642}\u{62a}\u{64a}\u{646}"));
        assert!(said("ar", "5").contains("5 \u{62f}\u{642}\u{627}\u{626}\u{642}"));
    }

    #[test]
    fn isolates_stay_only_where_something_runs_right_to_left() {
        assert_eq!(
            without_idle_isolates("\u{2068}1234\u{2069} is it"),
            "1234 is it"
        );
        let arabic = "\u{2068}1234\u{2069} \u{647}\u{648}";
        assert_eq!(without_idle_isolates(arabic), arabic);
    }

    #[test]
    fn a_locale_means_the_same_language_as_on_the_page() {
        let languages = Languages::read();
        for (locale, tag) in [
            ("nl-BE", "nl"),
            ("AR", "ar"),
            ("de_AT", "de"),
            ("sv", "en"),
            ("", "en"),
        ] {
            assert_eq!(languages.of(locale).about.tag, tag, "{locale}");
        }
    }
}
