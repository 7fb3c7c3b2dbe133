//! The languages that the page speaks. One row for each: everything that the build and the page
//! need to know of a language apart from its words.

/// A language and how it is written.
#[derive(Debug)]
pub(crate) struct Language {
    /// Its BCP 47 tag, which is also the name of its file in `locales/`.
    pub(crate) tag: &'static str,
    /// What its speakers call it.
    pub(crate) name: &'static str,
    /// The direction of its script, as in the attribute `dir`.
    pub(crate) direction: &'static str,
    /// Its plural categories for whole numbers besides `other`, as in the Unicode CLDR,
    /// supplemental/plurals.xml.
    pub(crate) categories: &'static [&'static str],
}

/// The language that all others are held to, and the last resort of negotiation.
pub(crate) const REFERENCE: &str = "en";

/// English made longer and accented, to see what has not been translated and what does not fit. Has
/// no file of its own.
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
