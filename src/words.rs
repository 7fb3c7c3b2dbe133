//! All words that a person reads, in their language.
//!
//! Each message is a method of [`Words`], which the build generates from `locales/en`
//! (`build/rust.rs`). A wrong placeholder does not compile, and a message that no view uses is dead
//! code. A view that uses a message follows the language by itself.

use leptos::prelude::{expect_context, provide_context};
use postern_kit::text::Text;
use postern_kit::words::{Argument, Catalog, Language, Languages, LiveCatalog};

#[cfg(feature = "demo")]
mod letters;

include!(concat!(env!("OUT_DIR"), "/words_generated.rs"));

/// The words of one wizard, in its current language. A handle: all copies give the same words.
///
/// Its methods read a signal, so a view with `{move || words.identify_title()}` updates when the
/// language changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words(LiveCatalog);

impl Words {
    /// Makes the words available to everything under the current owner.
    pub(crate) fn provide(catalog: Catalog) -> Self {
        let words = Self(LiveCatalog::new(catalog));
        provide_context(words);
        words
    }

    /// The words of the wizard that contains the caller.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Changes the language. The step and the typed text stay.
    pub(crate) fn set(self, catalog: Catalog) {
        self.0.set(catalog);
    }

    /// The current language of the words.
    pub(crate) fn language(self) -> &'static Language {
        let language = self.0.tag().and_then(|tag| LANGUAGES.of(tag));
        language.unwrap_or(&LANGUAGES.all[0])
    }

    /// A message in the current language; empty after the wizard is removed.
    fn format(self, index: usize, arguments: &[Argument<'_>]) -> String {
        self.0.format(index, arguments)
    }
}

/// A message without placeholders: `message(Words::identify_title)`.
pub(crate) fn message(message: fn(Words) -> String) -> Text {
    let words = Words::here();
    Text::of(move || message(words))
}
