//! What is guessed as a whole although no list has it: the same again and again, keys or characters
//! in a row, dates.
//!
//! Only the judge looks for them: with what they are told by they would be a fiftieth of the page,
//! which says that they are looked for later.

use alloc::vec;
use alloc::vec::Vec;

use super::limits::{KEYS_MIN, SCORE_REQUIRED};
use super::patterns::Patterns;
use super::rules::PASSWORD_LENGTH_MIN;
use super::steps;

/// How often the same has to stand there to count: three times one character, twice two to four of
/// them.
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

/// The patterns that begin at each position of a text: of each kind the longest.
pub(super) struct Stretches(Vec<Vec<Stretch>>);

impl Stretches {
    /// Works from the end to the start, since what goes on is as long as what follows, and one
    /// more.
    pub(super) fn of(text: &[char], patterns: &Patterns) -> Self {
        let (next, in_turn) = (rows(text, 1, patterns), rows(text, 2, patterns));
        let mut from = vec![Vec::new(); text.len()];
        // For each period, how many characters from there on are those that come so much later.
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
                // What is no password by itself is none for being there twice, with or without a
                // sign between the two.
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

    /// Those that begin there.
    pub(super) fn from(&self, start: usize) -> &[Stretch] {
        &self.0[start]
    }

    /// The pattern that makes up most of the text without which it would have fewer points than a
    /// password needs.
    ///
    /// The patterns are those that leave the fewest points. `gaps` are those of what was left out
    /// of the text in front of each character, and behind the last.
    pub(super) fn most(&self, gaps: &[u16]) -> Option<Pattern> {
        // From each position to the end: the points, and how many characters each kind takes.
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

/// How many characters from there on are a row, two rows one behind the other, or two in turn.
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
    // One of the two may be the same again and again.
    let ((one, same), (other, others_same)) =
        (strand(&in_turn[start]), strand(&in_turn[start + 1]));
    let in_turn = one.min(other.max(others_same)).max(same.min(other));
    if in_turn >= KEYS_WITH_OTHERS_MIN {
        together.max(2 * in_turn)
    } else {
        together
    }
}

/// What begins at a position: how many characters, and how many keys they are, each of which may be
/// there more than once.
#[derive(Clone, Copy, Default)]
struct Row {
    /// The longest row, by code points or on a keyboard.
    longest: (usize, usize),
    /// The rows by code points, forwards and backwards.
    by_code: [(usize, usize); 2],
    /// How often the first character is there.
    same: usize,
}

/// What begins at each position, of every so many characters.
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
        // Code points end far below the end of an `i32`.
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

/// How many characters from there on are keys in that order, and how many keys.
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

/// The parts of a date. Each is there once.
const DAY: u8 = 1;
const MONTH: u8 = 2;
const YEAR: u8 = 4;
const CENTURY: u8 = 8;
const NAME: u8 = 16;

/// Where the longest date ends that begins there, or goes on with what it does not have yet;
/// nowhere is 0.
///
/// It is day, month and year in any order, the year with its century or without; the name of a day
/// or a month beside any of them; or a year alone. One digit is a number only where no other is
/// beside it.
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
            // A name can begin as what stands between does.
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
        // One that people alive write, also by the Islamic and the Persian calendar.
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

/// Whether it is one, of what has been folded.
fn is_letter(character: Option<&char>) -> bool {
    matches!(character, Some('a'..='z' | '\u{c0}'..))
}
