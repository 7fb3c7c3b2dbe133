//! The data for patterns that no rule can generate: the order of keys and letters, and the names of
//! days and months.
//!
//! It is in a separate file. `data/README.md` describes its content.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

#[cfg(feature = "banned-list")]
use alloc::boxed::Box;
#[cfg(feature = "banned-list")]
use once_cell::race::OnceBox;

use super::trie::Trie;

#[cfg(feature = "banned-list")]
const FILE: &str = include_str!("../../data/patterns.txt");

/// The file, in the form that [`fold`](super::normal::fold) produces.
#[derive(Clone, Debug)]
pub(super) struct Patterns {
    /// Rows of keys and letters in an order other than that of their code points. A line end
    /// follows each row.
    pub(super) rows: Vec<char>,
    /// The positions of each character in the rows.
    places: BTreeMap<char, Vec<usize>>,
    /// Texts between the parts of a date.
    pub(super) links: Trie,
    /// Names of days and months.
    pub(super) names: Trie,
}

impl Patterns {
    /// The file, read on first use. The page does not judge, so it does not have the file.
    #[cfg(feature = "banned-list")]
    pub(super) fn built_in() -> &'static Self {
        static BUILT_IN: OnceBox<Patterns> = OnceBox::new();
        BUILT_IN.get_or_init(|| Box::new(Self::read(FILE)))
    }

    /// Without the judge's lists there are no tables either.
    #[cfg(not(feature = "banned-list"))]
    pub(super) const fn built_in() -> &'static Self {
        static NONE: Patterns = Patterns {
            rows: Vec::new(),
            places: BTreeMap::new(),
            links: Trie::EMPTY,
            names: Trie::EMPTY,
        };
        &NONE
    }

    /// The file has three parts. An empty line ends each.
    #[cfg(feature = "banned-list")]
    fn read(text: &str) -> Self {
        let mut parts = text.trim_end().split("\n\n");
        let mut part = || parts.next().unwrap_or_default();
        let rows: Vec<char> = part().chars().collect();
        let mut places = BTreeMap::<char, Vec<usize>>::new();
        for (place, key) in rows.iter().enumerate() {
            places.entry(*key).or_default().push(place);
        }
        let mut trie = || {
            let mut lines: Vec<&str> = part().lines().collect();
            lines.sort_unstable();
            Trie::of_sorted(&lines)
        };
        Self {
            rows,
            places,
            links: trie(),
            names: trie(),
        }
    }

    /// The positions of a character in the rows.
    pub(super) fn places(&self, key: char) -> &[usize] {
        self.places.get(&key).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::KEYS_MIN;
    use super::super::normal::fold;
    use super::*;

    #[test]
    fn every_line_is_in_the_form_that_is_compared_and_there_once() {
        let parts: Vec<&str> = FILE.trim_end().split("\n\n").collect();
        assert_eq!(parts.len(), 3);
        for (part, length_min) in parts.into_iter().zip([KEYS_MIN, 1, 3]) {
            let lines: Vec<&str> = part.split('\n').collect();
            for (index, line) in lines.iter().enumerate() {
                let keys: Vec<char> = line.chars().collect();
                assert_eq!(*fold(line), keys);
                assert!(!lines[..index].contains(line), "{line:?} twice");
                assert!(keys.len() >= length_min, "{line:?} is short");
                // A key that is there twice would count as a repeated key press.
                let is_doubled = keys.windows(2).any(|keys| keys[0] == keys[1]);
                assert!(length_min < KEYS_MIN || !is_doubled, "{line:?}");
            }
        }
    }
}
