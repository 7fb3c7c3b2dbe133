//! What is guessed as a whole although no list has it: the same again and again, keys or characters in a row, dates.
//!
//! One function for the judge and the page, on text in one form, so that a tick of the page is the judge's own.
//! It needs no table beyond the rows of keyboards, and no heap.

use super::SCORE_REQUIRED;

/// How often the same has to stand there to count: three times one character, twice two to four of them.
const REPEATED_MIN: usize = 3;

/// The shortest row that counts: three keys in a row stand in words by chance (`were`, `point`).
const ROW_MIN: usize = 4;

/// Keys and letters whose order is not that of their code points, a line each, in the form that [`fold`](super::normal::fold)
/// makes. They count from left to right and from right to left.
///
/// Digits, and their keys with the shift key down (United States, Germany); columns, pairs of rows; then QWERTY, QWERTZ,
/// AZERTY, Dvorak; Russian, Ukrainian, Greek, Hebrew, Arabic, Persian; the Arabic alphabet.
const LINES: &str = "1234567890\n!@#$%^&*()\n!\"§$%&/()=\n1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p\n\
1q2w3e4r5t6y7u8i9o0p\nqazwsxedcrfvtgbyhnujmikolp\nqweasdzxc\n\
qwertyuiop[]\nasdfghjkl;'\nzxcvbnm,./\nqwertzuiop\nyxcvbnm\nazertyuiop\nqsdfghjklm\nwxcvbn\n\
pyfgcrl\naoeuidhtns\nqjkxbmwvz\n\
ицукенгшщзхъ\nфывапролджэ\nячсмитьбю\nфивапролдже\nσερτυθιοπ\nασδφγηξκλ\nζχψωβνμ\n\
קראטוןםפ\nשדגכעיחלךף\nזסבהנמצתץ\n\
ضصثقفغعهخحجد\nشسيبلاتنمكط\nيءورلاىةوزظ\nشسیبلاتنمکگ\nابتثجحخدذرزسشصضطظعغفقكلمنهوي";

/// The code units of [`LINES`], so that a place in them is an index. All of them are of the Basic Multilingual Plane.
static ROWS: [u16; unit_count(LINES.as_bytes())] = units(LINES.as_bytes());

/// What stands between two rows: no password has it.
const BETWEEN_ROWS: u16 = b'\n' as u16;

/// How many code points a text of UTF-8 has.
const fn unit_count(text: &[u8]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < text.len() {
        // All but the bytes that continue a code point.
        if text[at] & 0xc0 != 0x80 {
            count += 1;
        }
        at += 1;
    }
    count
}

/// The code points of a text of UTF-8, each of three bytes at most.
const fn units<const COUNT: usize>(text: &[u8]) -> [u16; COUNT] {
    let mut units = [0; COUNT];
    let (mut at, mut next) = (0, 0);
    while at < text.len() {
        let byte = text[at];
        if byte & 0xc0 == 0x80 {
            units[next - 1] = units[next - 1] << 6 | (byte & 0x3f) as u16;
        } else {
            let lead = match byte {
                0..0x80 => byte,
                0x80..0xe0 => byte & 0x1f,
                _ => byte & 0xf,
            };
            units[next] = lead as u16;
            next += 1;
        }
        at += 1;
    }
    units
}

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
/// Patterns are taken from the start on, each time the one that takes most away.
pub(super) fn pattern_of(text: &[char]) -> Option<Pattern> {
    let mut rest = text;
    let mut points = 0;
    let mut covered = [0; 3];
    while !rest.is_empty() {
        let mut best: Option<Stretch> = None;
        let saved = |stretch: Stretch| stretch.length - usize::from(stretch.points);
        stretches(rest, |stretch| {
            if best.is_none_or(|best| saved(best) < saved(stretch)) {
                best = Some(stretch);
            }
        });
        let (length, more) = best.map_or((1, 1), |stretch| {
            covered[stretch.pattern as usize] += stretch.length;
            (stretch.length, stretch.points)
        });
        points += more;
        rest = rest.get(length..).unwrap_or_default();
    }
    let [repetition, sequence, date] = covered;
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

/// Finds the patterns that a text begins with: of each kind the longest.
pub(super) fn stretches(text: &[char], mut found: impl FnMut(Stretch)) {
    let mut one = |pattern, length, points, least| {
        if length >= least {
            found(Stretch {
                pattern,
                length,
                points,
            });
        }
    };
    // What is repeated and longer than that has the points that are needed.
    for period in 1..SCORE_REQUIRED {
        let each = usize::from(period);
        let alike = text.iter().zip(text.iter().skip(each));
        let length = each + alike.take_while(|(one, next)| one == next).count();
        let least = (2 * each).max(REPEATED_MIN);
        one(Pattern::Repetition, length, period, least);
    }
    one(Pattern::Sequence, row(text), 1, ROW_MIN);
    one(Pattern::Date, date(text), 1, 1);
}

/// How many characters are in a row: by their code points, each perhaps more than once, or on a keyboard.
fn row(text: &[char]) -> usize {
    let mut longest = 0;
    // Forwards, then backwards.
    for step in [1, -1_i32] {
        let mut length = 1;
        // Code points end far below the end of an `i32`.
        while let (Some(one), Some(next)) = (text.get(length - 1), text.get(length))
            && [0, step].contains(&(*next as i32 - *one as i32))
        {
            length += 1;
        }
        longest = longest.max(length);
        for start in 0..ROWS.len() {
            let mut place = start;
            let mut length = 0;
            while let (Some(&key), Some(&typed)) = (ROWS.get(place), text.get(length))
                && key != BETWEEN_ROWS
                && u32::from(key) == u32::from(typed)
            {
                length += 1;
                place = place.wrapping_add_signed(step as isize);
            }
            longest = longest.max(length);
        }
    }
    longest
}

/// How many characters a date takes: day, month and year in any order, with one character between them or none, the
/// year with its century or without; or a year alone.
fn date(text: &[char]) -> usize {
    let number = |from: usize, width: usize| {
        let mut digits = text.get(from..from + width)?.iter();
        digits.try_fold(0, |number, digit| Some(number * 10 + digit.to_digit(10)?))
    };
    let mut longest = 0;
    if number(0, 4).is_some_and(|number| is_year(number, 4)) {
        longest = 4;
    }
    for first in [1, 2, 4] {
        for second in [1, 2] {
            for third in [1, 2, 4] {
                for gap in [0, 1] {
                    let places = [0, first + gap, first + gap + second + gap];
                    let are_apart = gap == 0
                        || places[1..]
                            .iter()
                            .all(|place| text.get(place - 1).is_some_and(|&it| parts_dates(it)));
                    let [Some(one), Some(two), Some(three)] = [
                        number(places[0], first),
                        number(places[1], second),
                        number(places[2], third),
                    ] else {
                        continue;
                    };
                    let can_be_told = gap == 1 || (first != 1 && second != 1 && third != 1);
                    let is_date = (is_year(one, first) && is_day(two, three))
                        || (is_year(three, third) && is_day(one, two));
                    if are_apart && can_be_told && is_date {
                        longest = longest.max(places[2] + third);
                    }
                }
            }
        }
    }
    longest
}

/// Whether it is a year of so many digits: of two any; of four one that people alive write, also by the Islamic and the
/// Persian calendar.
const fn is_year(number: u32, digits: usize) -> bool {
    digits == 2 || digits == 4 && matches!(number, 1300..=1499 | 1900..=2099)
}

/// Whether the two are a day and a month, in either order.
fn is_day(one: u32, other: u32) -> bool {
    (1..=12).contains(&one.min(other)) && one.max(other) <= 31
}

const fn parts_dates(character: char) -> bool {
    matches!(
        character,
        '-' | '/' | '.' | ',' | '_' | ' ' | ':' | '年' | '月'
    )
}
