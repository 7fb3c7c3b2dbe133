//! All words that a person reads, in their language.
//!
//! Each message is a method of [`Words`], which the build generates from `locales/en`
//! (`build/rust.rs`). A wrong placeholder does not compile, and a message that no view uses is dead
//! code. A view that uses a message follows the language by itself.

use std::sync::Arc;

use leptos::prelude::*;

mod catalog;
#[cfg(feature = "demo")]
mod letters;
mod marks;
#[cfg(test)]
mod tests;

pub(crate) use self::catalog::{Catalog, strip_isolates};

use self::catalog::{Argument, Intl};

include!(concat!(env!("OUT_DIR"), "/words_generated.rs"));

/// The browser's knowledge of languages.
const INTL: Intl = Intl {
    plural_category: crate::browser::plural_category,
    format_number: crate::browser::format_number,
};

/// A language for which there are words.
#[derive(Debug)]
pub(crate) struct Language {
    /// The BCP 47 tag of the language.
    pub(crate) tag: &'static str,
    /// The name of the language in the language itself.
    pub(crate) name: &'static str,
    /// The direction of its script, as in the attribute `dir`.
    pub(crate) direction: &'static str,
    /// Whether the language is only for tests of the page and not for reading.
    pub(crate) pseudo: bool,
    /// The file of the wizard's words, beside the page's script.
    pub(crate) words: &'static str,
    /// The files of the words of the demo and of its letters.
    #[cfg(feature = "demo")]
    pub(crate) of_demo: [&'static str; 2],
}

impl Language {
    /// The language with this tag, written as in [`LANGUAGES`].
    pub(crate) fn of(tag: &str) -> Option<&'static Self> {
        LANGUAGES.iter().find(|language| language.tag == tag)
    }

    /// Takes the language's words: the content of the file [`words`](Self::words), followed in the
    /// demo by those of `of_demo`. Returns `None` if they were cut off or have another version.
    pub(crate) fn catalog(&'static self, text: String) -> Option<Catalog> {
        Catalog::new(self.tag, text, MESSAGES)
    }
}

/// The words of one wizard, in its current language. A handle: all copies give the same words.
///
/// Its methods read a signal, so a view with `{move || words.identify_title()}` updates when the
/// language changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words(RwSignal<Arc<Catalog>>);

impl Words {
    /// Makes the words available to everything under the current owner.
    pub(crate) fn provide(catalog: Catalog) -> Self {
        let words = Self(RwSignal::new(Arc::new(catalog)));
        provide_context(words);
        words
    }

    /// The words of the wizard that contains the caller.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Changes the language. The step and the typed text stay.
    pub(crate) fn set(self, catalog: Catalog) {
        self.0.set(Arc::new(catalog));
    }

    /// The current language of the words.
    pub(crate) fn language(self) -> &'static Language {
        let tag = self.0.try_with(|catalog| catalog.tag());
        tag.and_then(Language::of).unwrap_or(&LANGUAGES[0])
    }

    /// A message in the current language; empty after the wizard is removed.
    fn format(self, index: usize, arguments: &[Argument<'_>]) -> String {
        self.0
            .try_with(|catalog| catalog.format(index, arguments, INTL))
            .unwrap_or_default()
    }
}
