//! The languages of a page: the one in which it begins, and the files of its words.

use postern_locale::negotiate;

use super::catalog::Catalog;
use crate::browser;

/// The storage key of the person's choice of language.
const LANGUAGE_KEY: &str = "postern.language";

/// A language for which there are words.
#[derive(Debug)]
pub struct Language {
    /// The BCP 47 tag of the language.
    pub tag: &'static str,
    /// The name of the language in the language itself.
    pub name: &'static str,
    /// The direction of its script, as in the attribute `dir`.
    pub direction: &'static str,
    /// Whether the language is only for tests of the page and not for reading.
    pub is_pseudo: bool,
    /// The files of its words, beside the page's script: one for each group that the page uses.
    pub files: &'static [&'static str],
}

/// The languages of a page, as its build writes them.
#[derive(Debug)]
pub struct Languages {
    /// All languages, in the order in which the page offers them. The first one is the fallback.
    pub all: &'static [Language],
    /// What a person may ask for, with the place of its language in `all`.
    pub ranges: &'static [(&'static str, u8)],
    /// The number of messages in the files of a language together.
    pub messages: usize,
}

impl Languages {
    /// The language with this tag, written as in the table.
    pub fn of(&self, tag: &str) -> Option<&'static Language> {
        self.all.iter().find(|language| language.tag == tag)
    }

    /// The initial language: `wish`, the person's choice, the language of a portal's page, or the
    /// first available language of the browser's list.
    pub fn preferred(&self, wish: Option<&str>, owns_page: bool) -> &'static Language {
        let stored = browser::local_read(LANGUAGE_KEY);
        // The language of our own page is always the one that the app chose.
        let host = (!owns_page).then(browser::page_language);
        let wanted = browser::languages();
        let deliberate = [wish, stored.as_deref(), host.as_deref()];
        let wishes = deliberate.into_iter().flatten().chain(wanted.split(','));
        let place = negotiate(wishes, self.ranges).unwrap_or(0);
        self.all.get(usize::from(place)).unwrap_or(&self.all[0])
    }

    /// The words of a language; `None` if the page cannot fetch them, or if they were cut off or
    /// have another version.
    pub async fn fetch(&self, assets: &str, language: &'static Language) -> Option<Catalog> {
        let mut text = String::new();
        for file in language.files {
            text += &browser::fetch_text(&[assets, file].concat()).await?;
        }
        Catalog::new(language.tag, text, self.messages)
    }
}

/// Stores the language that the person has chosen.
pub fn keep(language: &Language) {
    browser::local_write(LANGUAGE_KEY, language.tag);
}
