//! The languages. Each has one row with all data about it, apart from its words, which are in the
//! folder of `locales/` with its tag.

/// A language and its script.
#[derive(Debug)]
pub struct Language {
    /// The BCP 47 tag of the language, which is also the name of its folder in `locales/`.
    pub tag: &'static str,
    /// The name of the language in the language itself.
    pub name: &'static str,
    /// The direction of its script.
    pub direction: Direction,
    /// The plural categories for whole numbers besides `other`, as in the Unicode CLDR,
    /// supplemental/plurals.xml.
    pub categories: &'static [&'static str],
    /// The tag of the voice for calls (Twilio documentation, "Text-to-speech", languages of Amazon
    /// Polly).
    pub voice: &'static str,
}

/// The direction of a script.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Direction {
    /// As in English.
    LeftToRight,
    /// As in Arabic.
    RightToLeft,
}

impl Direction {
    /// The direction as a value of HTML's attribute `dir`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

impl Language {
    /// Whether the language is only for tests of a page and not for reading.
    pub fn is_pseudo(&self) -> bool {
        self.tag == PSEUDO.tag
    }
}

/// The language of the texts with which all others are compared. It is the last resort of every
/// choice.
pub static REFERENCE: &Language = &LANGUAGES[0];

/// The languages for people, in the order in which the page offers them.
pub static LANGUAGES: [Language; 4] = [
    Language {
        tag: "en",
        name: "English",
        direction: Direction::LeftToRight,
        categories: &["one"],
        voice: "en-GB",
    },
    Language {
        tag: "nl",
        name: "Nederlands",
        direction: Direction::LeftToRight,
        categories: &["one"],
        voice: "nl-NL",
    },
    Language {
        tag: "de",
        name: "Deutsch",
        direction: Direction::LeftToRight,
        categories: &["one"],
        voice: "de-DE",
    },
    Language {
        tag: "ar",
        name: "العربية",
        direction: Direction::RightToLeft,
        categories: &["zero", "one", "two", "few", "many"],
        voice: "arb",
    },
];

/// The pseudo-locale is longer English with accents. It shows untranslated texts and texts that do
/// not fit. It has no folder of its own, and only the demo offers it.
pub static PSEUDO: Language = Language {
    tag: "en-XA",
    name: "[Ƥşḗḗŭŭḓǿǿ]",
    direction: Direction::LeftToRight,
    categories: &["one"],
    voice: "en-GB",
};
