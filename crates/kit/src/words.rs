//! Words in the language of the person. The messages themselves belong to the page: its build
//! writes one method for each of them.

use std::sync::Arc;

use leptos::prelude::*;

mod catalog;
mod language;
mod marks;
#[cfg(test)]
mod tests;

pub use self::catalog::{Argument, Catalog, strip_isolates};
pub use self::language::{Language, Languages, keep};

use self::catalog::Intl;

/// The browser's knowledge of languages.
const INTL: Intl = Intl {
    plural_category: crate::browser::plural_category,
    format_number: crate::browser::format_number,
};

/// The words that a page says now. A handle: all copies give the same words.
///
/// Its methods read a signal, so a view that uses them updates when the language changes.
#[derive(Clone, Copy, Debug)]
pub struct LiveCatalog(RwSignal<Arc<Catalog>>);

impl LiveCatalog {
    /// The words of this catalog, until another one is set.
    pub fn new(catalog: Catalog) -> Self {
        Self(RwSignal::new(Arc::new(catalog)))
    }

    /// Changes the language. The step and the typed text stay.
    pub fn set(self, catalog: Catalog) {
        self.0.set(Arc::new(catalog));
    }

    /// The BCP 47 tag of the current language; `None` after the page is removed.
    pub fn tag(self) -> Option<&'static str> {
        self.0.try_with(|catalog| catalog.tag())
    }

    /// A message in the current language; empty after the page is removed.
    pub fn format(self, index: usize, arguments: &[Argument<'_>]) -> String {
        self.0
            .try_with(|catalog| catalog.format(index, arguments, INTL))
            .unwrap_or_default()
    }
}
