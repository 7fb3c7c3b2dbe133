//! The words of letters, in every language.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::tz::TimeZone;
use postern_locale::{Kind, LANGUAGES, REFERENCE, kind, negotiate, ranges};

use crate::moment::moment;
use crate::sentence::{Sentence, Speaker, Value};

include!(concat!(env!("OUT_DIR"), "/catalogs.rs"));

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

/// A language that writes moments in a time zone.
pub(crate) struct Spoken<'a> {
    pub(crate) language: &'a Language,
    pub(crate) zone: &'a TimeZone,
}

impl Languages {
    /// Reads the catalogs.
    ///
    /// # Panics
    ///
    /// When a catalog is malformed. A test prevents that.
    pub(crate) fn read() -> Self {
        let language = |(about, catalog): (&'static postern_locale::Language, &&str)| {
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
            all: LANGUAGES.iter().zip(&CATALOGS).map(language).collect(),
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

impl Speaker for Spoken<'_> {
    /// A message with its placeholders filled in: words between [`ISOLATE`] and [`END`], codes
    /// between [`ISOLATE_LEFT_TO_RIGHT`] and [`END`], and numbers unchanged.
    fn say(&self, sentence: &Sentence) -> String {
        let mut filled = FluentArgs::new();
        for (name, value) in &sentence.values {
            let value = match value {
                Value::Number(number) => (*number).into(),
                Value::Text(text) => placed(name, text),
                Value::Moment(at) => {
                    let at = moment(*at, self.zone);
                    placed(name, &at.map(|at| self.say(&at)).unwrap_or_default())
                }
            };
            filled.set(*name, value);
        }
        let bundle = &self.language.bundle;
        let pattern = bundle
            .get_message(sentence.key)
            .and_then(|message| message.value());
        let Some(pattern) = pattern else {
            return sentence.key.to_owned();
        };
        let said = bundle.format_pattern(pattern, Some(&filled), &mut Vec::new());
        said.into_owned()
    }
}

/// The value for a placeholder, in the same form as on the page. The name of the placeholder
/// determines its kind.
fn placed(name: &str, value: &str) -> FluentValue<'static> {
    let mark = match kind(name) {
        Some(Kind::Code) => ISOLATE_LEFT_TO_RIGHT,
        Some(Kind::Number | Kind::Text) | None => ISOLATE,
    };
    format!("{mark}{}{END}", harmless(value)).into()
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

    /// A sentence with texts, as a language says it.
    fn said(tag: &str, key: &'static str, values: &[(&'static str, Value)]) -> String {
        let languages = Languages::read();
        let speaker = Spoken {
            language: languages.of(tag),
            zone: &TimeZone::UTC,
        };
        speaker.say(&Sentence::new(key, values.iter().cloned()))
    }

    /// The keys of the messages in the reference language.
    fn keys() -> Vec<&'static str> {
        let lines = CATALOGS[0].lines();
        let key = |line: &'static str| Some(line.split_once(" = ")?.0);
        lines
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
            .filter_map(key)
            .collect()
    }

    #[test]
    fn every_language_has_every_message_that_leaves() {
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
        let numbers = ["day", "minutes", "month", "more"].map(|name| (name, Value::Number(5)));
        let all = words.map(|name| (name, Value::from("X")));
        let all = [all.to_vec(), numbers.to_vec()].concat();
        let keys = keys();
        assert!(keys.len() >= 26, "{keys:?}");
        for language in &LANGUAGES {
            for key in &keys {
                let said = said(language.tag, key, &all);
                let tag = language.tag;
                assert_ne!(said, *key, "{tag}: no such message");
                assert!(!said.contains('{'), "{tag}: {said}");
            }
        }
    }

    #[test]
    fn every_message_is_said_by_some_letter() {
        let sources = [
            include_str!("outline.rs"),
            include_str!("helpdesk.rs"),
            include_str!("moment.rs"),
        ];
        for key in keys() {
            let key = format!("\"{key}\"");
            assert!(sources.iter().any(|source| source.contains(&key)), "{key}");
        }
    }

    #[test]
    fn what_is_filled_in_neither_begins_a_line_nor_turns_the_text_around() {
        let typed = "ada\r\nBcc: \u{2069}\u{202e}eve";
        let said = said("en", "mail-help-subject", &[("identifier", typed.into())]);
        assert_eq!(said, "\u{2066}adaBcc: eve\u{2069} cannot sign in");
    }

    #[test]
    fn addresses_and_codes_run_left_to_right_even_where_they_begin_with_an_arabic_letter() {
        let name = "\u{623}\u{62d}\u{645}\u{62f}@contoso.example";
        let said = said("ar", "mail-help-subject", &[("identifier", name.into())]);
        assert!(
            said.contains(&format!("\u{2066}{name}\u{2069}")),
            "{said:?}"
        );
    }

    #[test]
    fn a_number_is_counted_as_the_language_counts() {
        let said = |tag: &str, minutes: u32| {
            let values = [
                ("code", "1".into()),
                ("tenant", "X".into()),
                ("minutes", Value::Number(minutes)),
            ];
            said(tag, "text-code-body", &values)
        };
        assert!(said("en", 1).contains(" 1 minute."));
        assert!(said("en", 5).contains(" 5 minutes."));
        assert!(said("ar", 2).contains("\u{62f}\u{642}\u{64a}\u{642}\u{62a}\u{64a}\u{646}"));
        assert!(said("ar", 5).contains("5 \u{62f}\u{642}\u{627}\u{626}\u{642}"));
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

    #[test]
    fn a_moment_is_written_as_its_reader_writes_it_and_in_their_zone() {
        let now = postern_protocol::Timestamp::from_seconds(1_700_000_000);
        let languages = Languages::read();
        let said = |tag: &str, zone: &TimeZone| {
            let language = languages.of(tag);
            let sentence = moment(now, zone).expect("there is such a time");
            without_isolates(&Spoken { language, zone }.say(&sentence))
        };
        let zone = |minutes: i32| {
            let offset = jiff::tz::Offset::from_seconds(minutes * 60);
            TimeZone::fixed(offset.expect("there is such an offset"))
        };
        assert_eq!(
            said("en", &TimeZone::UTC),
            "14 November 2023 at 22:13 (UTC)"
        );
        assert_eq!(
            said("en", &zone(-210)),
            "14 November 2023 at 18:43 (UTC−3:30)"
        );
        assert_eq!(
            said("nl", &zone(60)),
            "14 november 2023 om 23:13 uur (UTC+1)"
        );
        assert_eq!(
            said("de", &zone(120)),
            "15. November 2023 um 00:13 Uhr (UTC+2)"
        );
        assert_eq!(
            said("ar", &zone(240)),
            "15 نوفمبر 2023 عند الساعة 02:13 (UTC+4)"
        );
    }
}
