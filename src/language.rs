//! The initial language of the wizard, and its words.

use postern_locale::negotiate;

use crate::browser;
use crate::config::Config;
use crate::words::{Catalog, LANGUAGES, Language, RANGES};

/// The storage key of the person's choice of language.
const LANGUAGE_KEY: &str = "postern.language";

/// Stores the language that the person has chosen.
pub(crate) fn keep(language: &Language) {
    browser::local_write(LANGUAGE_KEY, language.tag);
}

/// The initial language: the person's choice, the page's language, or the first available language
/// of the browser's list.
pub(crate) fn preferred(config: &Config) -> &'static Language {
    let stored = browser::local_read(LANGUAGE_KEY);
    // The language of our own page is always the one that the wizard chose.
    let host = (!config.owns_page).then(browser::page_language);
    let wanted = browser::languages();
    let deliberate = [
        config.language.as_deref(),
        stored.as_deref(),
        host.as_deref(),
    ];
    let wishes = deliberate.into_iter().flatten().chain(wanted.split(','));
    let place = negotiate(wishes, RANGES).unwrap_or(0);
    LANGUAGES.get(usize::from(place)).unwrap_or(&LANGUAGES[0])
}

/// The words of a language; `None` if the page cannot fetch them.
pub(crate) async fn fetch(assets: &str, language: &'static Language) -> Option<Catalog> {
    let text = read(&[assets, language.words].concat()).await?;
    #[cfg(feature = "demo")]
    let text = {
        let [demo, letters] = language.of_demo.map(|file| [assets, file].concat());
        text + &read(&demo).await? + &read(&letters).await?
    };
    language.catalog(text)
}

async fn read(url: &str) -> Option<String> {
    let response = gloo_net::http::Request::get(url).send().await.ok()?;
    if response.ok() {
        response.text().await.ok()
    } else {
        None
    }
}
