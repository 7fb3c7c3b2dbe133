//! Answers to security questions: the form in which answers are compared, and the digest that is
//! kept of an answer.
//!
//! A kept digest names its form, so that a later version can use a better form. An answer that was
//! registered in an older form is compared in that form. When the person gives that answer
//! correctly again, the engine replaces its digest by one in the newest form.

use alloc::format;
use alloc::string::String;

use postern_phone::decimal_digit;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::account::AccountId;
use crate::hex;
use crate::identifier::{fold, with_plain_apostrophes};
use crate::key::{Digest, EngineKey};

/// The longest answer to a question, in code points. The engine ignores a longer text. The
/// reference accepts 40 at most.
const ANSWER_LENGTH_MAX: usize = 200;

/// The shortest answer that can be registered, in code points of the compared form (Microsoft Entra
/// documentation, `concept-authentication-security-questions`).
pub const ANSWER_LENGTH_MIN: usize = 3;

/// The form to which answers are normalised before they are compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AnswerForm {
    /// Composed (NFC), in lower case, white space collapsed.
    First,
    /// Like the third form, with two differences. Blanks and punctuation count as one blank.
    /// Apostrophes that are typed as accents are not made plain first.
    Second,
    /// The form that [`normalised`] makes.
    Third,
}

impl AnswerForm {
    /// The form in which answers are registered.
    pub const NEWEST: Self = Self::Third;

    fn of(self, answer: &str) -> Option<Zeroizing<String>> {
        if answer.chars().nth(ANSWER_LENGTH_MAX).is_some() {
            return None;
        }
        let normal = match self {
            Self::First => first(answer),
            Self::Second => second(answer),
            Self::Third => normalised(answer),
        };
        (!normal.is_empty()).then_some(normal)
    }

    /// The label of the digest. It makes the digests of one text in two forms different.
    const fn label(self) -> &'static str {
        match self {
            Self::First => "answer",
            Self::Second => "answer: second form",
            Self::Third => "answer: third form",
        }
    }
}

/// What is kept of an answer: a digest that does not reveal the answer, and the form in which to
/// compare. Digests are compared in constant time.
///
/// In JSON, a digest of the first form is its 64 hexadecimal digits, as before there were several
/// forms. A digest of the second form is its digits after `2:`, and of the third form after `3:`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AnswerDigest {
    form: AnswerForm,
    digest: Digest,
}

/// The prefix of the digits of a digest of the second form.
const SECOND: &str = "2:";

/// The prefix of the digits of a digest of the third form.
const THIRD: &str = "3:";

impl AnswerDigest {
    /// The digest of an answer in a form. `None` if the normalised answer is empty, or if the
    /// answer has more than 200 characters.
    pub fn of(
        form: AnswerForm,
        key: &EngineKey,
        account: &AccountId,
        question: u16,
        answer: &str,
    ) -> Option<Self> {
        let normal = form.of(answer)?;
        let parts = [
            account.as_str().as_bytes(),
            &question.to_be_bytes(),
            normal.as_bytes(),
        ];
        let digest = key.lasting_digest(form.label(), &parts);
        Some(Self { form, digest })
    }

    /// The form in which the answer is compared.
    pub const fn form(&self) -> AnswerForm {
        self.form
    }
}

impl Serialize for AnswerDigest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = hex::encode(self.digest.as_bytes());
        match self.form {
            AnswerForm::First => serializer.serialize_str(&digits),
            AnswerForm::Second => serializer.serialize_str(&format!("{SECOND}{digits}")),
            AnswerForm::Third => serializer.serialize_str(&format!("{THIRD}{digits}")),
        }
    }
}

impl<'de> Deserialize<'de> for AnswerDigest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (form, digits) = if let Some(digits) = text.strip_prefix(THIRD) {
            (AnswerForm::Third, digits)
        } else if let Some(digits) = text.strip_prefix(SECOND) {
            (AnswerForm::Second, digits)
        } else {
            (AnswerForm::First, text.as_str())
        };
        let digest = hex::decode(digits).map(Digest::new);
        let digest = digest.ok_or_else(|| {
            de::Error::custom(
                "what is kept of an answer has 64 hexadecimal digits, perhaps behind 2: or 3:",
            )
        })?;
        Ok(Self { form, digest })
    }
}

/// An answer that the person gave, in every form in which the store may keep one. The engine makes
/// all forms whatever is on file, so that the time does not reveal the kept form.
pub(crate) struct Given {
    first: Option<AnswerDigest>,
    /// The answer as typed, and the answer with plain apostrophes.
    second: [Option<AnswerDigest>; 2],
    third: Option<AnswerDigest>,
}

impl Given {
    /// `None` if the text is not a valid answer in any form.
    pub(crate) fn new(
        key: &EngineKey,
        account: &AccountId,
        question: u16,
        answer: &str,
    ) -> Option<Self> {
        let of = |form| AnswerDigest::of(form, key, account, question, answer);
        let plain = Zeroizing::new(with_plain_apostrophes(answer));
        let given = Self {
            first: of(AnswerForm::First),
            second: [answer, &plain]
                .map(|it| AnswerDigest::of(AnswerForm::Second, key, account, question, it)),
            third: of(AnswerForm::Third),
        };
        let [typed, plain] = given.second;
        let mut forms = [given.first, typed, plain, given.third].into_iter();
        forms.any(|form| form.is_some()).then_some(given)
    }

    /// Whether `kept` is a digest of this answer.
    pub(crate) fn is(&self, kept: &AnswerDigest) -> bool {
        let is = |given: &Option<AnswerDigest>| given.as_ref() == Some(kept);
        match kept.form {
            AnswerForm::First => is(&self.first),
            // Compares both, so that the time reveals nothing.
            AnswerForm::Second => self.second.iter().fold(false, |found, it| found | is(it)),
            AnswerForm::Third => is(&self.third),
        }
    }

    /// The digest to keep in the place of `kept`, if `kept` has an older form.
    pub(crate) fn renewed(&self, kept: &AnswerDigest) -> Option<AnswerDigest> {
        self.third.filter(|newest| newest.form != kept.form)
    }
}

/// The digest by which an answer is recognised, in the newest form.
///
/// ```
/// use postern_engine::account::AccountId;
/// use postern_engine::answer::answer_digest;
/// use postern_engine::EngineKey;
///
/// let key = EngineKey::new([7; 32]);
/// let ada = AccountId("ada".into());
/// assert_eq!(answer_digest(&key, &ada, 3, " New-YORK. "), answer_digest(&key, &ada, 3, "newyork"));
/// assert_ne!(answer_digest(&key, &ada, 3, "new york"), answer_digest(&key, &ada, 4, "new york"));
/// assert_eq!(answer_digest(&key, &ada, 3, "  "), None);
/// ```
pub fn answer_digest(
    key: &EngineKey,
    account: &AccountId,
    question: u16,
    answer: &str,
) -> Option<AnswerDigest> {
    AnswerDigest::of(AnswerForm::NEWEST, key, account, question, answer)
}

/// The newest form. It removes the differences in spelling that do not mean another answer.
///
/// It makes compatibility forms plain (NFKC), folds case fully, and removes invisible marks. Digits
/// become ASCII digits. Apostrophes, Arabic vowel signs, the tatweel, hyphens, other punctuation
/// and blanks are removed. Every alef becomes `ا`, `ى` becomes `ي`, `ة` becomes `ه`, and Persian
/// letters become the Arabic ones. Accents count. An answer that is only punctuation stays
/// unchanged.
///
/// ```
/// use postern_engine::answer::normalised;
///
/// assert_eq!(*normalised("O\u{2019}Brien\u{2011}Town."), "obrientown");
/// assert_eq!(*normalised("Hauptstraße ١٢"), "hauptstrasse12");
/// ```
pub fn normalised(answer: &str) -> Zeroizing<String> {
    let written = Zeroizing::new(with_plain_apostrophes(answer));
    let folded = Zeroizing::new(fold(&written));
    let mut normal = Zeroizing::new(String::with_capacity(folded.len()));
    let plain = folded.chars().filter_map(plain);
    normal.extend(plain.filter(|character| !character.is_whitespace()));
    if normal.is_empty() {
        return collapsed(folded.chars());
    }
    normal
}

/// The length of an answer in code points of the second form: with plain apostrophes, and one blank
/// between words.
pub fn answer_length(answer: &str) -> usize {
    second(&Zeroizing::new(with_plain_apostrophes(answer)))
        .chars()
        .count()
}

/// The form of answers that were registered before the third form, which removes blanks between
/// words.
fn second(answer: &str) -> Zeroizing<String> {
    let folded = Zeroizing::new(fold(answer));
    let normal = collapsed(folded.chars().filter_map(plain));
    if normal.is_empty() {
        return collapsed(folded.chars());
    }
    normal
}

/// The form of answers that were registered before there were several forms.
fn first(answer: &str) -> Zeroizing<String> {
    let mut normal = Zeroizing::new(String::with_capacity(answer.len()));
    for word in answer.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.extend(word.nfc().flat_map(char::to_lowercase).nfc());
    }
    normal
}

/// The text with one blank in the place of each white space, and no blank at the ends.
fn collapsed(characters: impl Iterator<Item = char>) -> Zeroizing<String> {
    let mut normal = Zeroizing::new(String::new());
    let mut is_apart = false;
    for character in characters {
        if character.is_whitespace() {
            is_apart = !normal.is_empty();
            continue;
        }
        if is_apart {
            normal.push(' ');
            is_apart = false;
        }
        normal.push(character);
    }
    normal
}

/// The character that replaces this one in the compared form. `None` if the form removes it.
fn plain(character: char) -> Option<char> {
    if let Some(digit) = decimal_digit(character) {
        return Some(char::from(b'0' + digit));
    }
    match character {
        'آ' | 'أ' | 'إ' | 'ٱ' => Some('ا'),
        'ى' | 'ی' => Some('ي'),
        'ة' => Some('ه'),
        'ک' => Some('ك'),
        other if is_left_out(other) => None,
        other if is_punctuation(other) => Some(' '),
        other => Some(other),
    }
}

/// Whether people often leave this character out: apostrophes, and signs above or below letters.
const fn is_left_out(character: char) -> bool {
    matches!(
        character,
        // Apostrophes, and the characters that people or programs use instead.
        '\'' | '`' | '´' | '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{2ca}' | '\u{2cb}' | '\u{2018}'..='\u{201b}'
        | '\u{2032}' | '\u{2035}' | '\u{5f3}' | '\u{a78b}' | '\u{a78c}'
        // Arabic: signs of the Koran, vowel signs, the tatweel, the small alef.
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        // Hebrew points.
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
    )
}

/// Whether people put this character between words or at their ends, or leave it out, without a
/// change of meaning.
const fn is_punctuation(character: char) -> bool {
    matches!(
        character,
        '!' | '"' | '(' | ')' | ',' | '-' | '.' | '/' | ':' | ';' | '?' | '[' | '\\' | ']' | '_' | '{' | '}' | '~'
        | '¡' | '«' | '·' | '»' | '¿' | '\u{5be}' | '\u{5c0}' | '\u{5c3}' | '\u{5f4}'
        | '،' | '؛' | '؟' | '۔' | '\u{2010}'..='\u{2017}' | '\u{201c}'..='\u{2031}' | '\u{2033}' | '\u{2034}'
        | '\u{2036}'..='\u{205e}' | '\u{2212}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}'
        | '\u{30a0}' | '\u{30fb}'
    )
}

#[cfg(test)]
mod tests;
