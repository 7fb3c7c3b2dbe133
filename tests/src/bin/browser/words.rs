//! The words on the page, by the wizard's keys. Tests name the message and not its text, so that a
//! better text breaks no test.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, anyhow};
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey},
    parser,
};
use postern_locale::LANGUAGES;

/// The files of a language.
const FILES: [&str; 4] = ["page.ftl", "reset.ftl", "demo.ftl", "letters.ftl"];

/// The tags of the languages of the page, without the pseudo-locale.
pub(crate) fn tags() -> [&'static str; LANGUAGES.len()] {
    LANGUAGES.each_ref().map(|language| language.tag)
}

/// Every sentence in every language.
pub(crate) struct Words(BTreeMap<(String, String), Saying>);

/// A sentence with gaps, in each of its forms.
#[derive(Clone, Debug)]
pub(crate) struct Saying(Vec<Vec<Piece>>);

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Gap,
}

impl Words {
    /// Reads `locales/*/*.ftl`.
    ///
    /// # Errors
    /// If a file is missing or is not valid Fluent.
    pub(crate) fn read() -> Result<Self> {
        let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales");
        let mut words = BTreeMap::new();
        for (language, file) in tags()
            .into_iter()
            .flat_map(|tag| FILES.map(|file| (tag, file)))
        {
            let path = locales.join(language).join(file);
            let text = fs::read_to_string(&path)
                .with_context(|| format!("could not read {}", path.display()))?;
            let resource = parser::parse(text)
                .map_err(|(_, errors)| anyhow!("{}: {errors:?}", path.display()))?;
            for entry in resource.body {
                if let Entry::Message(message) = entry
                    && let Some(pattern) = &message.value
                {
                    let key = message.id.name;
                    for number in numbers(pattern) {
                        let form = saying(pattern, Some(number));
                        words.insert((language.to_owned(), format!("{key}[{number}]")), form);
                    }
                    words.insert((language.to_owned(), key), saying(pattern, None));
                }
            }
        }
        Ok(Self(words))
    }

    /// The sentence with this key. `key[1]` is its form for exactly this number, if it has one.
    ///
    /// # Errors
    /// If there is none.
    pub(crate) fn of(&self, language: &str, key: &str) -> Result<&Saying> {
        self.0
            .get(&(language.to_owned(), key.to_owned()))
            .with_context(|| format!("there is no {key} in {language}"))
    }
}

impl Saying {
    /// Whether a text contains the sentence, in any of its forms, with any text in its gaps.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let text = plain(text);
        self.0.iter().any(|form| {
            let mut rest = text.as_str();
            form.iter().all(|piece| match piece {
                Piece::Gap => true,
                Piece::Text(piece) => match rest.split_once(piece.as_str()) {
                    Some((_, after)) => {
                        rest = after;
                        true
                    }
                    None => false,
                },
            })
        })
    }

    /// The first form of the sentence, with these texts in its gaps, in order.
    pub(crate) fn with(&self, gaps: &[&str]) -> String {
        let mut gaps = gaps.iter();
        let form = self.0.first().map(Vec::as_slice).unwrap_or_default();
        form.iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Gap => gaps.next().copied().unwrap_or_default(),
            })
            .collect()
    }
}

/// A text in its form for comparisons: without invisible characters, in one line.
pub(crate) fn plain(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|letter| !matches!(letter, '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}'))
        .collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The numbers for which a sentence has its own forms.
fn numbers(pattern: &Pattern<String>) -> Vec<&str> {
    let variants = pattern.elements.iter().flat_map(|element| match element {
        PatternElement::Placeable {
            expression: Expression::Select { variants, .. },
        } => variants.as_slice(),
        PatternElement::Placeable { .. } | PatternElement::TextElement { .. } => &[],
    });
    variants.filter_map(number_of).collect()
}

fn number_of(variant: &Variant<String>) -> Option<&str> {
    match &variant.key {
        VariantKey::NumberLiteral { value } => Some(value),
        VariantKey::Identifier { .. } => None,
    }
}

/// A sentence in each of its forms, or only in the forms for this number.
fn saying(pattern: &Pattern<String>, number: Option<&str>) -> Saying {
    let mut forms = vec![Vec::new()];
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => push(&mut forms, &Piece::Text(value.clone())),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(InlineExpression::StringLiteral { value }) => {
                    push(&mut forms, &Piece::Text(value.clone()));
                }
                Expression::Inline(_) => push(&mut forms, &Piece::Gap),
                Expression::Select { variants, .. } => {
                    forms = variants
                        .iter()
                        .filter(|variant| number.is_none() || number_of(variant) == number)
                        .flat_map(|variant| {
                            let Saying(inner) = saying(&variant.value, None);
                            let joined = forms.iter().flat_map(move |form| {
                                let form = form.clone();
                                inner
                                    .clone()
                                    .into_iter()
                                    .map(move |inner| [form.clone(), inner].concat())
                            });
                            joined.collect::<Vec<_>>()
                        })
                        .collect();
                }
            },
        }
    }
    // Comparisons use one line.
    for piece in forms.iter_mut().flatten() {
        if let Piece::Text(text) = piece {
            let (start, end) = (text.starts_with(' '), text.ends_with(' '));
            let inner = plain(text);
            *text = format!(
                "{}{inner}{}",
                if start { " " } else { "" },
                if end && !inner.is_empty() { " " } else { "" }
            );
        }
    }
    Saying(forms)
}

fn push(forms: &mut [Vec<Piece>], piece: &Piece) {
    for form in forms {
        form.push(piece.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, plain};

    #[test]
    fn a_sentence_is_recognised_in_each_of_its_forms_with_anything_in_its_gaps() {
        let words = Words::read().expect("the catalogs are well formed");
        let said = words.of("en", "code-wrong").expect("the key exists");
        assert!(
            said.is_in("That is not the right code. You can try \u{2066}2\u{2069} more times.")
        );
        assert!(said.is_in(
            "Error: That is not the right code. You have one try left before you are locked out. Contact your administrator instead."
        ));
        assert!(!said.is_in("That is an older code."));
    }

    #[test]
    fn the_form_for_a_number_is_told_from_the_others() {
        let words = Words::read().expect("the catalogs are well formed");
        let last = words.of("en", "code-wrong[1]").expect("it has such a form");
        assert!(last.is_in("That is not the right code. You have one try left before you are locked out. Contact your administrator instead."));
        assert!(!last.is_in("That is not the right code. You can try 2 more times."));
        assert!(words.of("en", "code-wrong[2]").is_err());
        assert!(words.of("en", "code-expired[1]").is_err());
    }

    #[test]
    fn a_sentence_is_not_recognised_by_its_beginning_alone() {
        let words = Words::read().expect("the catalogs are well formed");
        let said = words.of("en", "locked-until").expect("the key exists");
        let whole = said.with(&["Monday at 10:04"]);
        assert!(said.is_in(&whole));
        assert!(!said.is_in(whole.trim_end_matches('.')));
    }

    #[test]
    fn isolates_and_line_breaks_make_no_difference() {
        assert_eq!(
            plain("Support\n code \u{2068}3f2a…\u{2069} "),
            "Support code 3f2a…"
        );
    }
}
