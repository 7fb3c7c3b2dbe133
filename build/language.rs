//! The languages of the page. Each has one row with all data that the build and the page need about
//! the language, apart from its words.

/// A language and its script.
#[derive(Debug)]
pub(crate) struct Language {
    /// The BCP 47 tag of the language, which is also the name of its file in `locales/`.
    pub(crate) tag: &'static str,
    /// The name of the language in the language itself.
    pub(crate) name: &'static str,
    /// The direction of its script, as in the attribute `dir`.
    pub(crate) direction: &'static str,
    /// The plural categories for whole numbers besides `other`, as in the Unicode CLDR,
    /// supplemental/plurals.xml.
    pub(crate) categories: &'static [&'static str],
}

/// The language with which the compiler compares all others, and the last resort of negotiation.
pub(crate) const REFERENCE: &str = "en";

/// The pseudo-locale is longer English with accents. It shows untranslated texts and texts that do
/// not fit. It has no file of its own.
pub(crate) const PSEUDO: &str = "en-XA";

/// All languages, in the order in which the page offers them.
pub(crate) const LANGUAGES: [Language; 5] = [
    Language {
        tag: REFERENCE,
        name: "English",
        direction: "ltr",
        categories: &["one"],
    },
    Language {
        tag: "nl",
        name: "Nederlands",
        direction: "ltr",
        categories: &["one"],
    },
    Language {
        tag: "de",
        name: "Deutsch",
        direction: "ltr",
        categories: &["one"],
    },
    Language {
        tag: "ar",
        name: "العربية",
        direction: "rtl",
        categories: &["zero", "one", "two", "few", "many"],
    },
    Language {
        tag: PSEUDO,
        name: "[Ƥşḗḗŭŭḓǿǿ]",
        direction: "ltr",
        categories: &["one"],
    },
];
