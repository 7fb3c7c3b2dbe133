//! Patterns that attackers guess as a whole although no list has them: repetitions, rows of keys or
//! characters, and dates.
//!
//! Only the judge searches for them. Their tables would be a fiftieth of the page's size. The page
//! says that they are checked later.

use alloc::vec;
use alloc::vec::Vec;

use super::limits::{KEYS_MIN, SCORE_REQUIRED};
use super::patterns::Patterns;
use super::rules::PASSWORD_LENGTH_MIN;
use super::steps;

/// How often a part must repeat to count: three times for one character, twice for two to four
/// characters.
const REPEATED_MIN: usize = 3;

/// The fewest keys that count together with others: next to another such row, or alternating with
/// one.
const KEYS_WITH_OTHERS_MIN: usize = 3;

/// The fewest characters with which so few keys count by themselves: each key is typed twice.
const TWICE_MIN: usize = 2 * KEYS_WITH_OTHERS_MIN;

/// A shorter name counts only at the beginning of a word: `smart` does not contain a Turkish month.
const NAME_WITHIN_MIN: usize = 6;

/// Maximum length of the text between two parts of a date: `13th of the `.
const LINKS_MAX: usize = 6;

/// The kind of a pattern.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Pattern {
    /// The same again and again.
    Repetition,
    /// Keys, letters or digits in their order.
    Sequence,
    /// A day, or a year.
    Date,
}

/// A pattern at the beginning of a text.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub(super) pattern: Pattern,
    /// The number of its characters.
    pub(super) length: usize,
    /// The number of its points: the length of the repeated part, or one.
    pub(super) points: u16,
}

/// The patterns that begin at each position of a text: the longest of each kind.
pub(super) struct Stretches(Vec<Vec<Stretch>>);

impl Stretches {
    /// Works from the end to the start, since a continued pattern is one longer than the pattern
    /// after it.
    pub(super) fn of(text: &[char], patterns: &Patterns) -> Self {
        let (next, in_turn) = (rows(text, 1, patterns), rows(text, 2, patterns));
        let mut from = vec![Vec::new(); text.len()];
        // For each period, how many characters from there on equal the characters one period later.
        let mut alike = [0; PASSWORD_LENGTH_MIN as usize];
        for start in (0..text.len()).rev() {
            let mut one = |pattern, length, points| {
                from[start].push(Stretch {
                    pattern,
                    length,
                    points,
                });
            };
            for (period, alike) in (1..PASSWORD_LENGTH_MIN).zip(&mut alike) {
                let each = usize::from(period);
                let is_alike = text.get(start + each) == Some(&text[start]);
                *alike = if is_alike { *alike + 1 } else { 0 };
                let length = each + *alike;
                // A part that would not be a valid password does not become one by repeating it,
                // with or without a sign in between.
                let is_all = length == text.len() && length + 1 >= 2 * each;
                let is_short = period < SCORE_REQUIRED && length >= (2 * each).max(REPEATED_MIN);
                if is_all && period >= SCORE_REQUIRED || is_short {
                    one(Pattern::Repetition, length, period.min(SCORE_REQUIRED - 1));
                }
            }
            let length = sequence(start, &next, &in_turn);
            if length > 0 {
                one(Pattern::Sequence, length, 1);
            }
            let end = date_end(text, start, patterns, 0);
            if end > 0 {
                one(Pattern::Date, end - start, 1);
            }
        }
        Self(from)
    }

    /// The patterns that begin at a position.
    pub(super) fn from(&self, start: usize) -> &[Stretch] {
        &self.0[start]
    }

    /// The kind of pattern that covers most of the text, if without it the text would have enough
    /// points for a password.
    ///
    /// The chosen patterns are those that leave the fewest points. `gaps` counts the characters
    /// that were left out of the text before each character, and after the last one.
    pub(super) fn most(&self, gaps: &[u16]) -> Option<Pattern> {
        // From each position to the end: the points, and the number of characters that each kind
        // covers.
        let mut from = vec![(gaps[self.0.len()], [0; 3]); self.0.len() + 1];
        for (start, stretches) in self.0.iter().enumerate().rev() {
            let (points, covered) = from[start + 1];
            let mut best = (points + 1, covered);
            for stretch in stretches {
                let (points, mut covered) = from[start + stretch.length];
                let points = points + stretch.points;
                if points < best.0 {
                    covered[stretch.pattern as usize] += stretch.length;
                    best = (points, covered);
                }
            }
            best.0 += gaps[start];
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
}

/// The number of characters from a position on that form a row, two rows in succession, or two
/// alternating rows.
fn sequence(start: usize, next: &[Row], in_turn: &[Row]) -> usize {
    let (one, keys) = next[start].longest;
    let (other, its_keys) = next[start + one].longest;
    let together = if keys.min(its_keys) >= KEYS_WITH_OTHERS_MIN {
        one + other
    } else if keys >= KEYS_MIN || keys >= KEYS_WITH_OTHERS_MIN && one >= TWICE_MIN {
        one
    } else {
        0
    };
    let strand = |row: &Row| {
        let (length, keys) = row.longest;
        let in_row = if keys >= KEYS_WITH_OTHERS_MIN {
            length
        } else {
            0
        };
        (in_row, row.same)
    };
    // One of the two alternating parts may be a repetition.
    let ((one, same), (other, others_same)) =
        (strand(&in_turn[start]), strand(&in_turn[start + 1]));
    let in_turn = one.min(other.max(others_same)).max(same.min(other));
    if in_turn >= KEYS_WITH_OTHERS_MIN {
        together.max(2 * in_turn)
    } else {
        together
    }
}

/// The rows that begin at a position. Each has a number of characters and a number of keys; a key
/// may be typed several times.
#[derive(Clone, Copy, Default)]
struct Row {
    /// The longest row, by code points or by keyboard neighbours.
    longest: (usize, usize),
    /// The rows by code points, forwards and backwards.
    by_code: [(usize, usize); 2],
    /// How often the first character is repeated.
    same: usize,
}

/// The rows that begin at each position, taking every `each`-th character.
fn rows(text: &[char], each: usize, patterns: &Patterns) -> Vec<Row> {
    let mut from = vec![Row::default(); text.len() + 1];
    for start in (0..text.len()).rev() {
        let typed = text[start];
        let mut row = Row {
            same: 1,
            ..Row::default()
        };
        if text.get(start + each) == Some(&typed) {
            row.same += from[start + each].same;
        }
        from[start] = row;
        let next = start + each * row.same;
        // Code points are far smaller than the maximum of an `i32`.
        let apart = text.get(next).map(|next| *next as i32 - typed as i32);
        for (by_code, step) in [1, -1].into_iter().enumerate() {
            let is_on = apart == Some(step);
            let (length, keys) = if is_on {
                from[next].by_code[by_code]
            } else {
                (0, 0)
            };
            row.by_code[by_code] = (row.same + length, 1 + keys);
            row.longest = row.longest.max(row.by_code[by_code]);
        }
        for place in patterns.places(typed) {
            let (until, onwards) = (&patterns.rows[..=*place], &patterns.rows[*place..]);
            let forwards = along(onwards.iter(), text, start, each, &from);
            let backwards = along(until.iter().rev(), text, start, each, &from);
            row.longest = row.longest.max(forwards).max(backwards);
        }
        from[start] = row;
    }
    from
}

/// The number of characters from a position on that are keys in the given order, and the number of
/// keys.
fn along<'a>(
    keys: impl Iterator<Item = &'a char>,
    text: &[char],
    start: usize,
    each: usize,
    from: &[Row],
) -> (usize, usize) {
    let (mut at, mut length, mut count) = (start, 0, 0);
    for key in keys {
        steps::count();
        if text.get(at) != Some(key) {
            break;
        }
        let same = from[at].same;
        at += each * same;
        length += same;
        count += 1;
    }
    (length, count)
}

/// The parts of a date. Each occurs at most once.
const DAY: u8 = 1;
const MONTH: u8 = 2;
const YEAR: u8 = 4;
const CENTURY: u8 = 8;
const NAME: u8 = 16;

/// The end of the longest date that begins at a position, or that continues with parts that it does
/// not have yet. 0 if there is none.
///
/// A date is one of these: day, month and year in any order, the year with or without its century;
/// the name of a day or month next to any of them; or a year alone. A single digit is a number only
/// if no other digit is next to it.
fn date_end(text: &[char], at: usize, patterns: &Patterns, has: u8) -> usize {
    steps::count();
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
            // A name can begin like a link.
            if !is_letter(rest.first()) || patterns.names.longest(rest) == 0 {
                next += patterns.links.longest(rest);
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
        // A year within a living person's lifetime, also by the Islamic and the Persian calendar.
        if width == 4 && matches!(number, 1300..=1499 | 1900..=2099) {
            part(YEAR | CENTURY, width);
        }
    }
    if is_letter(rest.first()) {
        let name = patterns.names.longest(rest);
        let is_begin = has != 0 || name >= NAME_WITHIN_MIN || !is_letter(before);
        if name > 0 && is_begin && !is_letter(rest.get(name)) {
            part(NAME, name);
        }
    }
    end
}

/// Whether a folded character is a letter.
fn is_letter(character: Option<&char>) -> bool {
    matches!(character, Some('a'..='z' | '\u{c0}'..))
}
