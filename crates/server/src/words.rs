//! The words of mails, texts and calls, from the same catalogs as the page's.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

/// A language: its tag, whether it runs right to left, and its catalog.
pub(crate) const LANGUAGES: [(&str, Direction, &str); 4] = [
    (
        "en",
        Direction::LeftToRight,
        include_str!("../../../locales/en.ftl"),
    ),
    (
        "nl",
        Direction::LeftToRight,
        include_str!("../../../locales/nl.ftl"),
    ),
    (
        "de",
        Direction::LeftToRight,
        include_str!("../../../locales/de.ftl"),
    ),
    (
        "ar",
        Direction::RightToLeft,
        include_str!("../../../locales/ar.ftl"),
    ),
];

/// Which way a language runs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// As HTML has it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// Every language, ready to speak.
pub(crate) struct Languages(Vec<Language>);

/// One of them.
pub(crate) struct Language {
    pub(crate) tag: &'static str,
    pub(crate) direction: Direction,
    bundle: FluentBundle<FluentResource>,
}

impl Languages {
    /// Reads the catalogs.
    ///
    /// # Panics
    ///
    /// When a catalog is malformed, which a test keeps it from being.
    pub(crate) fn read() -> Self {
        let languages = LANGUAGES.map(|(tag, direction, catalog)| {
            let resource = FluentResource::try_new(catalog.to_owned());
            let resource = resource.expect("every catalog is well-formed");
            let language = tag.parse().expect("every tag is one");
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            bundle.add_resource_overriding(resource);
            Language {
                tag,
                direction,
                bundle,
            }
        });
        Self(languages.into())
    }

    /// The language that comes nearest to a BCP 47 tag: the one of its first part, or else the first there is.
    pub(crate) fn of(&self, tag: &str) -> &Language {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let found = self
            .0
            .iter()
            .find(|language| language.tag.eq_ignore_ascii_case(primary));
        found.unwrap_or(&self.0[0])
    }
}

impl Language {
    /// A message with its placeholders filled in. What is filled in stands apart from the text around it, whichever way it runs.
    pub(crate) fn say(&self, key: &str, arguments: &[(&'static str, &str)]) -> String {
        let mut filled = FluentArgs::new();
        for (name, value) in arguments {
            filled.set(*name, *value);
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
            "mail-admin-reset-subject",
            "mail-admin-reset-body",
            "mail-help-subject",
            "mail-help-body",
            "text-code-body",
            "voice-code-body",
        ];
        let all = ["code", "tenant", "time", "identifier"].map(|name| (name, "X"));
        for language in &Languages::read().0 {
            for key in keys {
                let said = language.say(key, &all);
                assert!(said.len() > key.len(), "{}: {key}", language.tag);
                assert!(!said.contains('{'), "{}: {said}", language.tag);
            }
        }
    }

    #[test]
    fn a_tag_is_read_by_its_first_part() {
        let languages = Languages::read();
        assert_eq!(languages.of("nl-BE").tag, "nl");
        assert_eq!(languages.of("AR").tag, "ar");
        assert_eq!(languages.of("sv").tag, "en");
        assert_eq!(languages.of("").tag, "en");
    }
}
