//! The fetched words of a language, and the code that formats a message from them. The code is
//! pure: [`Intl`] supplies the browser's knowledge of plurals and numbers. The build has checked
//! every message, so nothing here can fail if a catalog has the right number of lines.

use super::marks::{END, FIRST_PARAMETER, LAST_PARAMETER, PATTERN, SELECT, VARIANT};
use postern_protocol::decimal;

/// Begins a part that runs left to right, whatever the text around it (Unicode Standard Annex #9,
/// §2.4).
const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';

/// Begins a part that runs in the direction of its own first strong letter.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';

/// Ends either kind of isolate.
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// The words of one language.
#[derive(Debug)]
pub struct Catalog {
    tag: &'static str,
    text: String,
    /// The start of each message, and the end of the last one.
    bounds: Vec<usize>,
}

/// The value for a placeholder.
#[derive(Clone, Copy, Debug)]
pub enum Argument<'a> {
    /// A whole number, written the way the language writes it.
    Number(u32),
    /// A code, phone number or address: left to right in every language.
    Code(&'a str),
    /// Words, in either direction.
    Text(&'a str),
}

/// The browser's knowledge of languages. Both functions take a BCP 47 tag.
#[derive(Clone, Copy, Debug)]
pub struct Intl {
    /// The plural category of a number: `zero`, `one`, `two`, `few`, `many` or `other`.
    pub plural_category: fn(&str, u32) -> String,
    /// A number in the digits of the language.
    pub format_number: fn(&str, u32) -> String,
}

impl Catalog {
    /// Takes the words of a language. Returns `None` if they do not contain `messages` messages:
    /// the file was cut off, or has another version.
    pub fn new(tag: &'static str, text: String, messages: usize) -> Option<Self> {
        let ends = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at + 1);
        let bounds: Vec<usize> = std::iter::once(0).chain(ends).collect();
        let whole = bounds.len() == messages + 1 && bounds.last() == Some(&text.len());
        whole.then_some(Self { tag, text, bounds })
    }

    /// The BCP 47 tag of the language.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// A message with its placeholders filled. `arguments` are in the alphabetical order of their
    /// names.
    pub fn format(&self, index: usize, arguments: &[Argument<'_>], intl: Intl) -> String {
        let mut out = String::new();
        MessageWriter {
            tag: self.tag,
            arguments,
            intl,
            out: &mut out,
        }
        .write(self.line(index));
        out
    }

    /// A message with its marks, without the end of its line.
    fn line(&self, index: usize) -> &str {
        let bounds = self.bounds.get(index).zip(self.bounds.get(index + 1));
        bounds
            .and_then(|(from, to)| self.text.get(*from..*to))
            .map_or("", |line| line.trim_end_matches('\n'))
    }
}

/// Writes one message.
struct MessageWriter<'a, 'out> {
    tag: &'a str,
    arguments: &'a [Argument<'a>],
    intl: Intl,
    out: &'out mut String,
}

impl<'a> MessageWriter<'a, '_> {
    fn write(&mut self, pattern: &str) {
        let mut rest = pattern.chars();
        while let Some(letter) = rest.next() {
            match letter {
                SELECT => {
                    let Some((choice, after)) = rest.as_str().split_once(END) else {
                        return;
                    };
                    self.choose(choice);
                    rest = after.chars();
                }
                FIRST_PARAMETER..=LAST_PARAMETER => self.fill(letter),
                _ => self.out.push(letter),
            }
        }
    }

    /// Writes the first variant whose key matches the number.
    fn choose(&mut self, choice: &str) {
        let mut variants = choice.split(VARIANT);
        let counted = variants
            .next()
            .and_then(|mark| mark.chars().next())
            .and_then(|mark| self.argument(mark));
        let Some(Argument::Number(number)) = counted else {
            return;
        };
        let category = (self.intl.plural_category)(self.tag, number);
        let exact = decimal(number);
        for variant in variants {
            let Some((key, pattern)) = variant.split_once(PATTERN) else {
                return;
            };
            if key.is_empty() || key == exact || key == category {
                return self.write(pattern);
            }
        }
    }

    fn fill(&mut self, mark: char) {
        let (isolate, words) = match self.argument(mark) {
            Some(Argument::Number(number)) => (
                LEFT_TO_RIGHT_ISOLATE,
                &*(self.intl.format_number)(self.tag, number),
            ),
            Some(Argument::Code(code)) => (LEFT_TO_RIGHT_ISOLATE, &*in_one_line(code)),
            Some(Argument::Text(text)) => (FIRST_STRONG_ISOLATE, text),
            None => return,
        };
        self.out.push(isolate);
        self.out.push_str(words);
        self.out.push(POP_DIRECTIONAL_ISOLATE);
    }

    fn argument(&self, mark: char) -> Option<Argument<'a>> {
        self.arguments
            .get((mark as usize).wrapping_sub(FIRST_PARAMETER as usize))
            .copied()
    }
}

/// Formats a number so that it stays on one line: people would read it as two numbers if it broke
/// over two.
fn in_one_line(number: &str) -> String {
    number.replace(' ', "\u{a0}")
}

/// Removes the invisible marks around the placeholders, for uses that are not displayed text: a
/// document's title, the clipboard, a text message.
pub fn strip_isolates(words: &str) -> String {
    words
        .chars()
        .filter(|letter| !matches!(letter, LEFT_TO_RIGHT_ISOLATE..=POP_DIRECTIONAL_ISOLATE))
        .collect()
}
