//! Every word that a person reads, in the language that they read.
//!
//! Each message is a method of [`Words`], which the build makes from `locales/en.ftl`
//! (`build/rust.rs`): a wrong placeholder does not compile, a message that no view uses is dead
//! code, and a view that says one follows the language by itself.

use std::sync::Arc;

use leptos::prelude::*;

mod catalog;
mod marks;
mod negotiate;
#[cfg(test)]
mod tests;

pub(crate) use self::{
    catalog::{Catalog, strip_isolates},
    negotiate::{Wishes, negotiate},
};

use self::catalog::{Argument, Intl};

include!(concat!(env!("OUT_DIR"), "/words_generated.rs"));

/// The browser's knowledge of languages.
const INTL: Intl = Intl {
    plural_category: crate::browser::plural_category,
    format_number: crate::browser::format_number,
};

/// A language that there are words in.
#[derive(Debug)]
pub(crate) struct Language {
    /// Its BCP 47 tag.
    pub(crate) tag: &'static str,
    /// What its speakers call it.
    pub(crate) name: &'static str,
    /// The direction of its script, as in the attribute `dir`.
    pub(crate) direction: &'static str,
    /// Whether it is there to try the page and not to be read.
    pub(crate) pseudo: bool,
    /// The file of the wizard's words, beside the page's script.
    pub(crate) words: &'static str,
    /// The file of the demo's words.
    #[cfg(feature = "demo")]
    pub(crate) demo_words: &'static str,
}

impl Language {
    /// The language of this tag, written as in [`LANGUAGES`].
    pub(crate) fn of(tag: &str) -> Option<&'static Self> {
        LANGUAGES.iter().find(|language| language.tag == tag)
    }

    /// Takes the language's words: what the file [`words`](Self::words) holds, and in the demo
    /// after it that of `demo_words`. Nothing where they are cut off or of another version.
    pub(crate) fn catalog(&'static self, text: String) -> Option<Catalog> {
        Catalog::new(self.tag, text, MESSAGES)
    }
}

/// The words of one wizard, in its present language. A handle: copies say the same.
///
/// Its methods read a signal, so a view that says `{move || words.identify_title()}` is said again
/// in the new language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words(RwSignal<Arc<Catalog>>);

impl Words {
    /// Makes the words known to everything under the present owner.
    pub(crate) fn provide(catalog: Catalog) -> Self {
        let words = Self(RwSignal::new(Arc::new(catalog)));
        provide_context(words);
        words
    }

    /// The words of the wizard that the caller is part of.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Changes the language. The step and what was typed stay.
    pub(crate) fn set(self, catalog: Catalog) {
        self.0.set(Arc::new(catalog));
    }

    /// The language that they are in.
    pub(crate) fn language(self) -> &'static Language {
        let tag = self.0.try_with(|catalog| catalog.tag());
        tag.and_then(Language::of).unwrap_or(&LANGUAGES[0])
    }

    /// A message of the present language; nothing once the wizard is gone.
    fn format(self, index: usize, arguments: &[Argument<'_>]) -> String {
        self.0
            .try_with(|catalog| catalog.format(index, arguments, INTL))
            .unwrap_or_default()
    }
}
