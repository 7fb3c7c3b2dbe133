//! The pseudo-locale: English that a developer can read and cannot confuse with the real English.
//! Text without accents did not come from a catalog, a missing bracket shows text that was cut off,
//! and the length shows texts that do not fit.

use super::message::{Message, Part, Variant};

/// The minimum growth of a message in per cent: short English sentences grow by this much in German
/// or Dutch.
const LONGER_PERCENT: usize = 40;

/// Accented letters for `a` to `z`, and for `A` to `Z`.
const LOWER: [char; 26] = [
    'ȧ', 'ƀ', 'ƈ', 'ḓ', 'ḗ', 'ƒ', 'ɠ', 'ħ', 'ī', 'ĵ', 'ķ', 'ŀ', 'ḿ', 'ƞ', 'ǿ', 'ƥ', 'ɋ', 'ř', 'ş',
    'ŧ', 'ŭ', 'ṽ', 'ẇ', 'ẋ', 'ẏ', 'ẑ',
];
const UPPER: [char; 26] = [
    'Ȧ', 'Ɓ', 'Ƈ', 'Ḓ', 'Ḗ', 'Ƒ', 'Ɠ', 'Ħ', 'Ī', 'Ĵ', 'Ķ', 'Ŀ', 'Ḿ', 'Ƞ', 'Ǿ', 'Ƥ', 'Ɋ', 'Ř', 'Ş',
    'Ŧ', 'Ŭ', 'Ṽ', 'Ẇ', 'Ẋ', 'Ẏ', 'Ẑ',
];

/// The message in the pseudo-locale.
pub(crate) fn message(english: &Message) -> Message {
    let parts = match english.parts.as_slice() {
        // Each variant is a whole sentence, so each gets its own brackets.
        [
            Part::Select {
                parameter,
                variants,
            },
        ] => {
            let variants = variants
                .iter()
                .map(|variant| Variant {
                    key: variant.key.clone(),
                    parts: sentence(&variant.parts),
                })
                .collect();
            vec![Part::Select {
                parameter: parameter.clone(),
                variants,
            }]
        }
        parts => sentence(parts),
    };
    Message {
        key: english.key.clone(),
        group: english.group.clone(),
        place: english.place,
        parameters: english.parameters.clone(),
        parts,
    }
}

/// Adds accents, doubles the vowels, and fills the text up to the required length.
fn sentence(parts: &[Part]) -> Vec<Part> {
    let accented: Vec<Part> = parts.iter().map(accent).collect();
    let wanted = (length(parts) * (100 + LONGER_PERCENT)).div_ceil(100);
    let brackets = 2;
    let missing = wanted.saturating_sub(length(&accented) + brackets);
    let mut all = vec![Part::Text("[".to_owned())];
    all.extend(accented);
    all.push(Part::Text(format!("{}]", "~".repeat(missing))));
    all
}

fn accent(part: &Part) -> Part {
    match part {
        Part::Text(words) => Part::Text(words.chars().flat_map(letters).collect()),
        Part::Parameter(name) => Part::Parameter(name.clone()),
        Part::Select {
            parameter,
            variants,
        } => Part::Select {
            parameter: parameter.clone(),
            variants: variants
                .iter()
                .map(|variant| Variant {
                    key: variant.key.clone(),
                    parts: variant.parts.iter().map(accent).collect(),
                })
                .collect(),
        },
    }
}

/// A letter with its accent, doubled if it is a vowel.
fn letters(letter: char) -> impl Iterator<Item = char> {
    let accented = match u8::try_from(letter) {
        Ok(byte @ b'a'..=b'z') => LOWER[usize::from(byte - b'a')],
        Ok(byte @ b'A'..=b'Z') => UPPER[usize::from(byte - b'A')],
        Ok(_) | Err(_) => letter,
    };
    let vowel = matches!(
        letter,
        'a' | 'e' | 'i' | 'o' | 'u' | 'A' | 'E' | 'I' | 'O' | 'U'
    );
    std::iter::repeat_n(accented, 1 + usize::from(vowel))
}

/// The number of characters of words, in the longest variant of each choice.
fn length(parts: &[Part]) -> usize {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(words) => words.chars().count(),
            Part::Parameter(_) => 0,
            Part::Select { variants, .. } => variants
                .iter()
                .map(|variant| length(&variant.parts))
                .max()
                .unwrap_or_default(),
        })
        .sum()
}
