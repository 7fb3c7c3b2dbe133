//! What is guessed as a whole although no list has it: the same again and again, keys or characters in a row, dates.
//!
//! Only the judge looks for them: with what they are told by they would be a fiftieth of the page, which says that they are
//! looked for later.

use alloc::vec;

use super::limits::{KEYS_MIN, SCORE_REQUIRED};
use super::patterns::Patterns;
use super::rules::PASSWORD_LENGTH_MIN;

/// How often the same has to stand there to count: three times one character, twice two to four of them.
const REPEATED_MIN: usize = 3;

/// The fewest that count with others: beside another such row, or in turn with one.
const KEYS_WITH_OTHERS_MIN: usize = 3;

/// The fewest characters that so few keys count with by themselves: each is there twice.
const TWICE_MIN: usize = 2 * KEYS_WITH_OTHERS_MIN;

/// A name shorter than this counts at the beginning of a word alone: `smart` is no month of Turkey.
const NAME_WITHIN_MIN: usize = 6;

/// The most that stands between two parts of a date: `13th of the `.
const LINKS_MAX: usize = 6;

/// What kind of pattern it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Pattern {
    /// The same again and again.
    Repetition,
    /// Keys, letters or digits in their order.
    Sequence,
    /// A day, or a year.
    Date,
}

/// A pattern that a text begins with.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub(super) pattern: Pattern,
    /// How many characters it takes.
    pub(super) length: usize,
    /// How many it is worth: those of what is repeated, or one.
    pub(super) points: u16,
}

/// The pattern that makes up most of a text without which it would have fewer points than a password needs.
///
/// The patterns are those that leave the fewest points.
pub(super) fn pattern_of(text: &[char], patterns: &Patterns) -> Option<Pattern> {
    // From each position to the end: the points, and how many characters each kind takes.
    let mut from = vec![(0, [0; 3]); text.len() + 1];
    for start in (0..text.len()).rev() {
        let (points, covered) = from[start + 1];
        let mut best = (points + 1, covered);
        stretches(text, start, patterns, |stretch| {
            let (points, mut covered) = from[start + stretch.length];
            let points = points + stretch.points;
            if points < best.0 {
                covered[stretch.pattern as usize] += stretch.length;
                best = (points, covered);
            }
        });
        from[start] = best;
    }
    let (points, [repetition, sequence, date]) = from[0];
    if points >= SCORE_REQUIRED || repetition + sequence + date == 0 {
        None
    } else if repetition >= sequence && repetition >= date {
        Some(Pattern::Repetition)
    } else if sequence >= date {
        Some(Pattern::Sequence)
    } else {
        Some(Pattern::Date)
    }
}

/// Finds the patterns that begin there in a text: of each kind the longest.
pub(super) fn stretches(
    text: &[char],
    start: usize,
    patterns: &Patterns,
    mut found: impl FnMut(Stretch),
) {
    let rest = &text[start..];
    let mut one = |pattern, length, points| {
        found(Stretch {
            pattern,
            length,
            points,
        });
    };
    for period in 1..PASSWORD_LENGTH_MIN {
        let each = usize::from(period);
        let alike = rest.iter().zip(rest.iter().skip(each));
        let length = each + alike.take_while(|(one, next)| one == next).count();
        // What is no password by itself is none for being there twice, with or without a sign between the two.
        let is_all = length == text.len() && length + 1 >= 2 * each;
        let is_short = period < SCORE_REQUIRED && length >= (2 * each).max(REPEATED_MIN);
        if is_all && period >= SCORE_REQUIRED || is_short {
            one(Pattern::Repetition, length, period.min(SCORE_REQUIRED - 1));
        }
    }
    let length = sequence(rest, &patterns.rows);
    if length > 0 {
        one(Pattern::Sequence, length, 1);
    }
    let end = date_end(text, start, patterns, 0);
    if end > 0 {
        one(Pattern::Date, end - start, 1);
    }
}

/// How many characters are a row, two rows one behind the other, or two in turn.
fn sequence(text: &[char], rows: &[char]) -> usize {
    let (one, keys) = row(text, 1, rows);
    let (other, its_keys) = row(&text[one..], 1, rows);
    let together = if keys.min(its_keys) >= KEYS_WITH_OTHERS_MIN {
        one + other
    } else if keys >= KEYS_MIN || keys >= KEYS_WITH_OTHERS_MIN && one >= TWICE_MIN {
        one
    } else {
        0
    };
    let strand = |text: &[char]| {
        let (length, keys) = row(text, 2, rows);
        let same = text
            .iter()
            .step_by(2)
            .take_while(|typed| Some(*typed) == text.first());
        let in_row = if keys >= KEYS_WITH_OTHERS_MIN {
            length
        } else {
            0
        };
        (in_row, same.count())
    };
    // One of the two may be the same again and again.
    let ((one, same), (other, others_same)) = (strand(text), strand(&text[1..]));
    let in_turn = one.min(other.max(others_same)).max(same.min(other));
    if in_turn >= KEYS_WITH_OTHERS_MIN {
        together.max(2 * in_turn)
    } else {
        together
    }
}

/// How many of every so many characters are in a row, by their code points or on a keyboard, and how many keys they are: each may
/// be there more than once.
fn row(text: &[char], each: usize, rows: &[char]) -> (usize, usize) {
    let mut longest = (0, 0);
    // From every place of every row, and after the last by their code points.
    for start in 0..=rows.len() {
        let key = rows.get(start);
        if key.is_some_and(|key| Some(key) != text.first()) {
            continue;
        }
        // Forwards, then backwards.
        for step in [1, -1_i32] {
            let (mut place, mut length, mut keys) = (start, 0, 0);
            let (mut last, mut next) = (None, text.first().map(|typed| *typed as i32));
            for typed in text.iter().step_by(each) {
                // Code points end far below the end of an `i32`.
                let code = *typed as i32;
                if next == Some(code) {
                    place = place.wrapping_add_signed(step as isize);
                    next = if key.is_some() {
                        rows.get(place).map(|key| *key as i32)
                    } else {
                        Some(code + step)
                    };
                    keys += 1;
                } else if last != Some(code) {
                    break;
                }
                last = Some(code);
                length += 1;
            }
            longest = longest.max((length, keys));
        }
    }
    longest
}

/// The parts of a date. Each is there once.
const DAY: u8 = 1;
const MONTH: u8 = 2;
const YEAR: u8 = 4;
const CENTURY: u8 = 8;
const NAME: u8 = 16;

/// Where the longest date ends that begins there, or goes on with what it does not have yet; nowhere is 0.
///
/// It is day, month and year in any order, the year with its century or without; the name of a day or a month beside any of them; or a
/// year alone. One digit is a number only where no other is beside it.
fn date_end(text: &[char], at: usize, patterns: &Patterns, has: u8) -> usize {
    let rest = &text[at..];
    let before = text[..at].last();
    let mut end = 0;
    let mut part = |kinds: u8, length: usize| {
        if has & kinds != 0 {
            return;
        }
        let has = has | kinds;
        let mut next = at + length;
        let numbers = has & (DAY | MONTH | YEAR);
        if numbers == DAY | MONTH | YEAR || has & NAME != 0 && numbers != 0 || has == YEAR | CENTURY
        {
            end = end.max(next);
        }
        for _ in 0..LINKS_MAX {
            let rest = &text[next..];
            // A name can begin as what stands between does.
            if !is_letter(rest.first()) || longest(&patterns.names, rest) == 0 {
                next += longest(&patterns.links, rest);
            }
        }
        end = end.max(date_end(text, next, patterns, has));
    };
    let mut number = 0;
    for width in 1..=4 {
        let Some(digit) = rest.get(width - 1).and_then(|digit| digit.to_digit(10)) else {
            break;
        };
        number = number * 10 + digit;
        let is_alone = !before.is_some_and(char::is_ascii_digit)
            && !rest.get(1).is_some_and(char::is_ascii_digit);
        if width == 2 || width == 1 && is_alone {
            if (1..=31).contains(&number) {
                part(DAY, width);
            }
            if (1..=12).contains(&number) {
                part(MONTH, width);
            }
        }
        if width == 2 {
            part(YEAR, width);
        }
        // One that people alive write, also by the Islamic and the Persian calendar.
        if width == 4 && matches!(number, 1300..=1499 | 1900..=2099) {
            part(YEAR | CENTURY, width);
        }
    }
    if is_letter(rest.first()) {
        let name = longest(&patterns.names, rest);
        let is_begin = has != 0 || name >= NAME_WITHIN_MIN || !is_letter(before);
        if name > 0 && is_begin && !is_letter(rest.get(name)) {
            part(NAME, name);
        }
    }
    end
}

/// How many characters the longest of the lines has that the text begins with.
fn longest(lines: &[char], text: &[char]) -> usize {
    let mut longest = 0;
    for line in lines.split(|character| *character == '\n') {
        if text.starts_with(line) {
            longest = longest.max(line.len());
        }
    }
    longest
}

/// Whether it is one, of what has been folded.
fn is_letter(character: Option<&char>) -> bool {
    matches!(character, Some('a'..='z' | '\u{c0}'..))
}
