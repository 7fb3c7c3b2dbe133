//! Finds the code in typed or pasted text, which may be a whole message with other numbers in it.

use alloc::vec::Vec;
use core::ops::Range;

use zeroize::Zeroizing;

use super::{
    CodeLength,
    typed::{TypedCode, decimal_digit},
};

/// Maximum length of the name of an HTML entity for a blank or a quotation mark.
const ENTITY_MAX: usize = 8;

/// Digits with only joints between them: a code, a part of a code, a date, or a product number.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is seen by itself, and any may go with any"
)]
struct Word {
    place: Range<usize>,
    /// Whether the word is the first of a run: other characters than blanks are before it.
    begins_run: bool,
    /// Whether there is a line end between this word and the one before.
    begins_line: bool,
    /// Whether a letter or similar character touches the digits, so that they are part of a word.
    is_touched: bool,
    /// Whether a plus sign is before the word, as before a calling code.
    is_signed: bool,
}

impl TypedCode {
    /// Finds a code of a given length in typed or pasted text, which may be a whole message.
    ///
    /// The code is the only run of that many digits, or the only such word within a run. It may
    /// have blanks and hyphens inside, but no Latin letter next to it. The same code twice counts
    /// as one. Dates and phone numbers do not count. If there are two candidates, all digits are
    /// returned. If there is none, the nearest candidate is returned, so that its length shows what
    /// is wrong. Digits may be of any script.
    ///
    /// ```
    /// use postern_protocol::{CodeLength, TypedCode};
    ///
    /// let find = |typed| TypedCode::parse(typed, CodeLength::DEFAULT).digits().to_owned();
    /// assert_eq!(find("G-1234 5678"), "12345678");
    /// assert_eq!(find("41906748 is your code for Contoso. It works for 5 minutes."), "41906748");
    /// assert_eq!(find("Office 365 41906748"), "41906748");
    /// assert_eq!(find("١٢٣٤٥٦٧٨"), "12345678");
    /// assert_eq!(find("no digits"), "");
    /// ```
    pub fn parse(typed: &str, length: CodeLength) -> Self {
        find(typed, usize::from(length.digits()))
    }
}

/// Implements [`TypedCode::parse`].
fn find(typed: &str, wanted: usize) -> TypedCode {
    let text = plain(typed);
    let words = words(&text);
    // A line end inside a code comes from a line break in a long line, and a full stop inside a
    // code comes from a person. Both are accepted only if there is no other code.
    for is_strict in [true, false] {
        let search = Search {
            text: &text,
            wanted,
            is_strict,
        };
        let mut found: Option<TypedCode> = None;
        for run in search.runs(&words) {
            for code in search.codes(run) {
                if found.as_ref().is_some_and(|it| it.0 != code.0) {
                    return TypedCode::all_digits(typed);
                }
                found = Some(code);
            }
        }
        if let Some(found) = found {
            return found;
        }
    }
    nearest(&text, &words, wanted)
}

/// The settings of one search.
#[derive(Clone, Copy)]
struct Search<'a> {
    text: &'a [char],
    wanted: usize,
    is_strict: bool,
}

impl Search<'_> {
    /// Groups of words with only blanks between them. In a strict search they are on one line.
    fn runs<'w>(&self, words: &'w [Word]) -> impl Iterator<Item = &'w [Word]> {
        let is_strict = self.is_strict;
        words.chunk_by(move |_, next| !(next.begins_run || is_strict && next.begins_line))
    }

    /// The candidates in a run: the whole run, or one word of it. Dates and parts of other words do
    /// not count.
    fn codes(self, run: &[Word]) -> Vec<TypedCode> {
        let mut codes = Vec::new();
        for part in run.split(|word| word.is_touched || is_date(self.of(word))) {
            let Some(first) = part.first() else { continue };
            let all = self.digits(part);
            if first.is_signed || all.len() < self.wanted {
                continue;
            }
            if all.len() == self.wanted {
                if part.iter().all(|word| self.is_plain(word)) {
                    codes.push(all);
                }
            } else if !self.is_dialled(first) {
                let words = part.chunks(1).filter(|word| self.is_plain(&word[0]));
                let words = words.map(|word| self.digits(word));
                codes.extend(words.filter(|word| word.len() == self.wanted));
            }
        }
        codes
    }

    fn of(&self, word: &Word) -> &[char] {
        &self.text[word.place.clone()]
    }

    fn digits(&self, words: &[Word]) -> TypedCode {
        digits(words.iter().flat_map(|word| self.of(word)).copied())
    }

    /// Whether a word has only hyphens between its digits. The second search also accepts a full
    /// stop or a slash in the middle.
    fn is_plain(&self, word: &Word) -> bool {
        let text = self.of(word);
        let mut dots = text.iter().enumerate().filter(|(_, c)| is_dot(**c));
        match (dots.next(), dots.next()) {
            (None, _) => true,
            (Some((place, _)), None) => !self.is_strict && 2 * place + 1 == text.len(),
            (Some(_), Some(_)) => false,
        }
    }

    /// Whether a run begins like a phone number dialled within a country: with a zero, and too
    /// short for a code.
    fn is_dialled(&self, first: &Word) -> bool {
        let before = first.place.start.checked_sub(1);
        // After a colon it is the minutes of a time.
        let is_time = before.is_some_and(|place| self.text[place] == ':');
        let digits = self.digits(core::slice::from_ref(first));
        digits.0.starts_with('0') && digits.len() < self.wanted && !is_time
    }
}

/// The result if there is no code. For a text with digits only, all digits. For a message, the
/// longest run that does not count as a date or phone number, so that its length shows what is
/// wrong.
fn nearest(text: &[char], words: &[Word], wanted: usize) -> TypedCode {
    let search = Search {
        text,
        wanted,
        is_strict: true,
    };
    if !text.iter().any(|c| c.is_alphabetic()) {
        let words = words.iter().filter(|word| !is_date(search.of(word)));
        return digits(words.flat_map(|word| search.of(word)).copied());
    }
    let runs = search.runs(words).map(|run| search.digits(run));
    let others = runs.filter(|run| run.len() != wanted);
    let longest = others.max_by_key(TypedCode::len);
    longest.unwrap_or_else(|| TypedCode::all_digits(""))
}

fn digits(characters: impl Iterator<Item = char>) -> TypedCode {
    TypedCode::of(characters.filter_map(decimal_digit))
}

/// The text without HTML tags, HTML entities and invisible marks.
fn plain(typed: &str) -> Zeroizing<Vec<char>> {
    // Reserves the full size at the start, so that growing leaves no copies of the text behind.
    let mut text = Zeroizing::new(Vec::with_capacity(typed.len()));
    let mut rest = typed.chars();
    while let Some(c) = rest.next() {
        let behind = rest.as_str();
        let (length, stands_for) = match c {
            '<' if behind
                .starts_with(|c: char| c == '/' || c == '!' || c.is_ascii_alphabetic()) =>
            {
                (behind.find('>'), '\n')
            }
            '&' => (entity(behind), ' '),
            c if is_unseen(c) => continue,
            c => (None, c),
        };
        if let Some(length) = length {
            rest = behind[length + 1..].chars();
            text.push(stands_for);
        } else {
            text.push(c);
        }
    }
    text
}

/// The length of the name of an entity, which must end with a semicolon.
fn entity(behind: &str) -> Option<usize> {
    let length = behind.find(';').filter(|length| *length <= ENTITY_MAX)?;
    let name = behind[..length].trim_start_matches('#');
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(length)
}

fn words(text: &[char]) -> Vec<Word> {
    let is_digit = |place: usize| text.get(place).is_some_and(|c| decimal_digit(*c).is_some());
    let mut words: Vec<Word> = Vec::new();
    let mut place = 0;
    while place < text.len() {
        if !is_digit(place) {
            place += 1;
            continue;
        }
        let mut end = place;
        while is_digit(end)
            || (end > place && text.get(end).is_some_and(|c| is_joint(*c)) && is_digit(end + 1))
        {
            end += 1;
        }
        let last = words.last().map_or(0, |word| word.place.end);
        let between = &text[last..place];
        words.push(Word {
            begins_run: !between.iter().all(|c| is_gap(*c)),
            begins_line: between
                .iter()
                .any(|c| matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}')),
            is_touched: touches(text[..place].iter().rev()) || touches(text[end..].iter()),
            is_signed: matches!(between.last(), Some('+' | '＋')),
            place: place..end,
        });
        place = end;
    }
    words
}

/// Whether digits continue into a word at this position. Only Latin letters count, since Chinese
/// and Thai are written without blanks. A low line may be markup for italics.
fn touches<'a>(mut from: impl Iterator<Item = &'a char>) -> bool {
    match from.next() {
        Some('@') => true,
        Some('_') => from.next().is_some_and(|c| c.is_alphanumeric()),
        Some(c) => c.is_ascii_alphabetic(),
        None => false,
    }
}

/// Whether a word is a date in digits, such as `2026-11-28` or `28.11.2026`.
fn is_date(word: &[char]) -> bool {
    let Some(joint) = word.iter().find(|c| is_joint(**c)) else {
        return false;
    };
    let mut numbers = [(0_usize, 0_u16); 3];
    let mut parts = word.split(|c| c == joint);
    for (length, number) in &mut numbers {
        for c in parts.next().unwrap_or_default() {
            let Some(digit) = postern_phone::decimal_digit(*c) else {
                return false;
            };
            *number = number.saturating_mul(10).saturating_add(digit.into());
            *length += 1;
        }
    }
    let [(first, year), _, (last, other)] = numbers;
    let year = match (first, last) {
        (4, 1 | 2) => year,
        (1 | 2, 4) => other,
        _ => return false,
    };
    let is_day = |(length, number): (usize, u16)| length <= 2 && (1..=31).contains(&number);
    let days = numbers.into_iter().filter(|it| is_day(*it)).count();
    parts.next().is_none() && days == 2 && (1900..2100).contains(&year)
}

/// Whether a character may be between two groups of digits that belong together, with a digit on
/// each side.
fn is_joint(c: char) -> bool {
    is_hyphen(c) || is_dot(c)
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '/' | '·')
}

fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Whether a character may be between two groups of one run: blanks, line ends, brackets as in
/// phone numbers, and hyphens between blanks.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || is_hyphen(c) || matches!(c, '(' | ')' | '（' | '）')
}

fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;

    const EIGHT: usize = 8;

    fn found(typed: &str, wanted: usize) -> String {
        find(typed, wanted).digits().to_string()
    }

    #[test]
    fn a_code_is_found_wherever_it_stands() {
        for typed in [
            "41906748",
            " 4190 6748\u{a0}",
            "4190-6748",
            "4190\u{2013}6748",
            "4190 - 6748",
            "41 90 67 48",
            "(4190) 6748",
            "4190.6748",
            "4190/6748",
            "41.90.67.48",
            "4190\n6748",
            "4190\r\n6748",
            "4\n1\n9\n0\n6\n7\n4\n8",
            "G-41906748",
            "#41906748",
            "# 4190 6748",
            "\u{2066}4190\u{200b}6748\u{2069}",
            "\u{ad}4190\u{ad}6748",
            "٤١٩٠٦٧٤٨",
            "Your code is 4190 6748. It works until 18:22.",
            "Your code is 4190\n6748. It works until 18:22.",
            "Your code is 4190.6748. It works until 18:22.",
            "41906748 is your code for Contoso. It works until 6:22 PM. Give it to no one.",
            "41906748 is your code.\n\n@contoso.example #41906748",
            "4190 6748\n@portal.example #41906748 @wizard.example",
            "您的验证码是41906748，有效期5分钟，请勿泄露",
            "For ada12345678@contoso.example: 41906748",
            "41906748 41906748",
            "41906748\n41906748",
            // Next to the number of a product.
            "Contoso 365: your code is 41906748",
            "Contoso365 41906748",
            "Contoso365 4190 6748",
            "Contoso365: 4190 6748",
            "Office 365: 41906748",
            "Office 365 41906748",
            "Office 365:41906748",
            "Office 365. 4190 6748",
            "Office 365\n4190 6748",
            "41906748 365",
            "41906748\n5 minutes",
            // Next to a date and a time.
            "2026-11-28 41906748",
            "2026-11-28 4190 6748",
            "2026-11-28: 41906748",
            "Sent 2026-11-28 18:15: 41906748",
            "Sent 2026-11-28. Your code is 4190 6748.",
            "28.11.2026 41906748",
            "28/11/2026 4190 6748",
            "41906748 (28-11-2026)",
            "18:05 41906748",
            "Um 18.22 41906748",
            // Next to a phone number.
            "Call +31 20 123 4567. Code: 41906748",
            "Code 41906748. Call +31 6 12345678.",
            "Call (020) 79460018 or enter 41906748",
            "Call 020/79460018 or enter 41906748",
            "Call 06.12345678 or enter 41906748",
            "Call 06 12345678\n41906748",
            "tel:+12345678, code 41906748",
            // In HTML, in quotation marks, and in the markup of mail and chat.
            "<b>41906748</b>",
            "<b>4190</b> <b>6748</b>",
            "<td width=\"12345678\">365</td><td>41906748</td>",
            "<p style=\"color:#12345678\">41906748<br>5 minutes</p>",
            "&nbsp;4190&nbsp;6748&#160;",
            "&lt;41906748&gt;",
            "<41906748>",
            "\"41906748\"",
            "„4190 6748“",
            "«41906748»",
            "'41906748',",
            "> 41906748",
            "*41906748*",
            "Your code is _41906748_. It works for 5 minutes.",
            "`41906748`",
        ] {
            assert_eq!(found(typed, EIGHT), "41906748", "{typed}");
        }
    }

    /// None of these has as many digits as a code, so none of them costs a try.
    #[test]
    fn what_is_no_code_is_never_taken_for_one() {
        for (typed, digits) in [
            ("code", ""),
            ("1234567", "1234567"),
            ("123456789", "123456789"),
            ("Call +31 20 123 4567", "31201234567"),
            // Two candidates.
            ("12345678 or 87654321", "1234567887654321"),
            ("12345678 87654321", "1234567887654321"),
            ("Ticket 12345678: your code is 41906748", "1234567841906748"),
            // Digits of several things that together have the length of a code.
            ("It works for 10 minutes. Code 123456", "123456"),
            ("1234567 is your code. It works for 5 minutes.", "1234567"),
            ("4190674 at 18:22", "4190674"),
            // Dates, parts of names and of addresses, and phone numbers.
            ("2026-11-28", ""),
            ("28.11.2026", ""),
            ("Sent on 2026-11-28", ""),
            ("Sent on 28/11/2026 at 18:22", "22"),
            ("ada12345678@contoso.example", ""),
            ("12345678@contoso.example", ""),
            ("Contoso12345678", ""),
            ("Call +45 12345678", "4512345678"),
            ("Call +12345678", ""),
            ("Call 06 12345678", "0612345678"),
            ("Call (020) 79460018", "02079460018"),
            ("Call 020/79460018", "02079460018"),
            ("Call +31 6 12345678", "31612345678"),
            ("From 10.20.30.40", ""),
            ("Office 365 4190 6748", "36541906748"),
        ] {
            assert_eq!(found(typed, EIGHT), digits, "{typed}");
        }
        assert_eq!(find(&"7".repeat(500), EIGHT).len(), 64);
    }

    #[test]
    fn a_code_may_begin_with_a_zero_and_have_another_length() {
        for (typed, wanted, digits) in [
            ("01234567", 8, "01234567"),
            ("0123 4567", 8, "01234567"),
            ("01234567 01234567", 8, "01234567"),
            ("Office 365 01234567", 8, "01234567"),
            ("012 345", 6, "012345"),
            ("Contoso 365: 012345", 6, "012345"),
            ("28-11-26", 6, "281126"),
            ("12 345 67890", 10, "1234567890"),
            ("<i>0123456789</i>", 10, "0123456789"),
        ] {
            assert_eq!(found(typed, wanted), digits, "{typed}");
        }
    }

    #[test]
    fn a_date_is_a_day_that_there_can_be() {
        for (typed, is) in [
            ("2026-11-28", true),
            ("2026-1-2", true),
            ("28-11-2026", true),
            ("28.11.2026", true),
            ("11/28/2026", true),
            ("٢٨/١١/٢٠٢٦", true),
            ("2026-11", false),
            ("2026-40-28", false),
            ("2026-00-28", false),
            ("4190-67-48", false),
            ("12-34-5678", false),
            ("28-11-26", false),
            ("28.11/2026", false),
            ("1-2-3-2026", false),
            ("20261128", false),
        ] {
            let word: Vec<char> = typed.chars().collect();
            assert_eq!(is_date(&word), is, "{typed}");
        }
    }
}
