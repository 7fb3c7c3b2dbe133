//! What patterns are told by and no rule makes: how keys and letters lie beside each other, and what days and months are called.
//!
//! A file of its own, of which `data/README.md` says what is in it.

use alloc::vec::Vec;

#[cfg(feature = "banned-list")]
use alloc::boxed::Box;
#[cfg(feature = "banned-list")]
use once_cell::race::OnceBox;

/// The file, in the form that [`fold`](super::normal::fold) makes.
#[derive(Clone, Debug)]
pub(super) struct Patterns {
    /// Rows of keys and letters whose order is not that of their code points, each ended as a line is.
    pub(super) rows: Vec<char>,
    /// What stands between the parts of a date, likewise.
    pub(super) links: Vec<char>,
    /// Days and months, likewise.
    pub(super) names: Vec<char>,
}

impl Patterns {
    /// The file, read when it is first asked for. The page, which judges nothing, has none.
    #[cfg(feature = "banned-list")]
    pub(super) fn built_in() -> &'static Self {
        static BUILT_IN: OnceBox<Patterns> = OnceBox::new();
        const FILE: &str = include_str!("../../data/patterns.txt");
        BUILT_IN.get_or_init(|| Box::new(Self::read(FILE)))
    }

    /// Without the lists of the judge there are no tables either.
    #[cfg(not(feature = "banned-list"))]
    pub(super) const fn built_in() -> &'static Self {
        static NONE: Patterns = Patterns {
            rows: Vec::new(),
            links: Vec::new(),
            names: Vec::new(),
        };
        &NONE
    }

    /// Three parts, each ended by an empty line.
    #[cfg(feature = "banned-list")]
    fn read(text: &str) -> Self {
        let mut parts = text.trim_end().split("\n\n");
        let mut part = || parts.next().unwrap_or_default().chars().collect();
        Self {
            rows: part(),
            links: part(),
            names: part(),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::super::limits::KEYS_MIN;
    use super::super::normal::fold;
    use super::*;

    #[test]
    fn every_line_is_in_the_form_that_is_compared_and_there_once() {
        let Patterns { rows, links, names } = Patterns::built_in();
        for (part, length_min) in [(rows, KEYS_MIN), (links, 1), (names, 3)] {
            let lines: Vec<&[char]> = part.split(|character| *character == '\n').collect();
            for (index, line) in lines.iter().enumerate() {
                let text: String = line.iter().collect();
                assert_eq!(*fold(&text), **line);
                assert!(!lines[..index].contains(line), "{text:?} twice");
                assert!(line.len() >= length_min, "{text:?} is short");
            }
        }
    }
}
