//! Chooses the language for a person from the available languages. This module is pure: its
//! argument contains the wishes, most deliberate first.

/// The wishes of each side, as BCP 47 language ranges. A side without a wish is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wishes<'a> {
    /// The page's configuration of this wizard.
    pub(crate) config: Option<&'a str>,
    /// The person's earlier choice.
    pub(crate) stored: Option<&'a str>,
    /// The language of the page around the wizard.
    pub(crate) host: Option<&'a str>,
    /// The languages set in the browser, most wanted first.
    pub(crate) browser: &'a [String],
}

/// The first wish that an offered language meets, or otherwise `default`.
pub(crate) fn negotiate<'a>(wishes: Wishes<'_>, offered: &[&'a str], default: &'a str) -> &'a str {
    let deliberate = [wishes.config, wishes.stored, wishes.host];
    let browser = wishes.browser.iter().map(String::as_str);
    deliberate
        .into_iter()
        .flatten()
        .chain(browser)
        .find_map(|wish| lookup(wish, offered))
        .unwrap_or(default)
}

/// The offered language that fits a range: the same, or otherwise the nearest wider one (RFC 4647
/// §3.4), or otherwise the first narrower one (§3.3.1).
fn lookup<'a>(range: &str, offered: &[&'a str]) -> Option<&'a str> {
    let range = range.trim().replace('_', "-");
    let mut wider = range.as_str();
    loop {
        if let Some(tag) = offered.iter().find(|tag| tag.eq_ignore_ascii_case(wider)) {
            return Some(tag);
        }
        let Some((shorter, _)) = wider.rsplit_once('-') else {
            break;
        };
        wider = shorter;
    }
    let narrower = |tag: &&&str| {
        let (head, tail) = (tag.get(..range.len()), tag.get(range.len()..));
        head.is_some_and(|head| head.eq_ignore_ascii_case(&range))
            && tail.is_some_and(|tail| tail.starts_with('-'))
    };
    offered
        .iter()
        .find(narrower)
        .filter(|_| !range.is_empty())
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERED: [&str; 6] = ["en", "nl", "de", "ar", "pt-BR", "en-XA"];

    /// Config, stored, host, browser, and the resulting language.
    type Line = (
        &'static str,
        &'static str,
        &'static str,
        &'static [&'static str],
        &'static str,
    );

    const TABLE: [Line; 24] = [
        ("", "", "", &[], "en"),
        ("nl", "ar", "de", &["de"], "nl"),
        ("nl", "de", "ar", &["de"], "nl"),
        ("", "nl", "de", &["ar"], "nl"),
        ("", "", "nl", &["de"], "nl"),
        ("", "", "", &["nl", "de"], "nl"),
        ("", "", "", &["nl-BE"], "nl"),
        ("", "", "", &["ar-EG"], "ar"),
        ("", "", "", &["de-CH-1996"], "de"),
        ("", "", "", &["de-Latn-AT"], "de"),
        ("", "", "", &["NL"], "nl"),
        ("", "", "", &["nl_BE"], "nl"),
        ("", "", "", &["DE_de"], "de"),
        ("", "", "", &["fr", "nl"], "nl"),
        ("fr", "", "", &["nl"], "nl"),
        ("fr", "xx", "tlh", &["zh-Hant-TW"], "en"),
        ("", "", "", &["pt"], "pt-BR"),
        ("", "", "", &["pt-PT", "de"], "de"),
        ("en-XA", "", "", &["nl"], "en-XA"),
        ("EN_xa", "", "", &["nl"], "en-XA"),
        ("", "", "", &["en-GB"], "en"),
        (" nl ", "", "", &[], "nl"),
        ("", "", "", &["", "*", "-", "n", "nld"], "en"),
        ("", "", "", &["\u{fb01}", "de"], "de"),
    ];

    #[test]
    fn the_first_wish_that_can_be_met_is_met() {
        for (config, stored, host, browser, expected) in TABLE {
            let wish = |wish: &'static str| Some(wish).filter(|wish| !wish.is_empty());
            let browser: Vec<String> = browser.iter().map(ToString::to_string).collect();
            let wishes = Wishes {
                config: wish(config),
                stored: wish(stored),
                host: wish(host),
                browser: &browser,
            };
            assert_eq!(negotiate(wishes, &OFFERED, "en"), expected, "{wishes:?}");
        }
    }

    #[test]
    fn a_language_that_is_not_offered_is_never_chosen() {
        let browser = ["nl".to_owned(), "de-AT".to_owned()];
        let wishes = Wishes {
            config: Some("ar"),
            browser: &browser,
            ..Wishes::default()
        };
        assert_eq!(negotiate(wishes, &["de", "en"], "en"), "de");
    }
}
