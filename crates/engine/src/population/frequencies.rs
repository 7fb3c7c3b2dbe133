//! How often values occur among people.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// The values that several people have, each with the number of people, and the number of people
/// with a value of their own.
///
/// The share of values that were seen once is about the chance that the next person has a value
/// that was never seen (Good 1953, "The population frequencies of species"). So a value of only one
/// person is never drawn again: in as many cases, the draw asks for a new value.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Frequencies<T> {
    common: Vec<(T, u32)>,
    alone: u32,
}

/// The result of a draw.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Drawn<T> {
    /// A value that several people have.
    Common(T),
    /// A value that no other person has: the caller has to invent it.
    Alone,
}

impl<T> Frequencies<T> {
    /// The frequencies of no values.
    pub(super) const fn none() -> Self {
        Self {
            common: Vec::new(),
            alone: 0,
        }
    }
}

impl<T> Default for Frequencies<T> {
    fn default() -> Self {
        Self::none()
    }
}

impl<T: Ord> Frequencies<T> {
    /// The frequencies of these values. At most `most` values are kept: those that most people
    /// have.
    pub(super) fn of(all: impl IntoIterator<Item = T>, most: usize) -> Self {
        Self::of_those(all, most, |_| false)
    }

    /// The same, with an exception: a value for which `is_kept` is true counts as common even if
    /// only one person has it. Such a value cannot be invented.
    pub(super) fn of_those(
        all: impl IntoIterator<Item = T>,
        most: usize,
        is_kept: impl Fn(&T) -> bool,
    ) -> Self {
        let mut counts: BTreeMap<T, u32> = BTreeMap::new();
        let mut people = 0_u32;
        for item in all {
            *counts.entry(item).or_default() += 1;
            people += 1;
        }
        let is_common = |(item, count): &(T, u32)| *count > 1 || is_kept(item);
        let mut common: Vec<(T, u32)> = counts.into_iter().filter(is_common).collect();
        common.sort_by_key(|(_, count)| core::cmp::Reverse(*count));
        common.truncate(most);
        let shared: u32 = common.iter().map(|(_, count)| *count).sum();
        common.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        Self {
            common,
            alone: people - shared,
        }
    }

    /// Whether several people have the value.
    pub(super) fn has(&self, item: &T) -> bool {
        let found = self.common.binary_search_by(|(known, _)| known.cmp(item));
        found.is_ok()
    }

    /// The value at this place, a fraction from 0 to 1 in units of [`u64::MAX`], among all values
    /// that are not left out. `None` if there are none.
    pub(crate) fn at(&self, place: u64, is_left_out: impl Fn(&T) -> bool) -> Option<Drawn<&T>> {
        let left = || self.common.iter().filter(|(item, _)| !is_left_out(item));
        let shared: u64 = left().map(|(_, count)| u64::from(*count)).sum();
        let all = shared + u64::from(self.alone);
        let mut place = share(place, all);
        for (item, count) in left() {
            match place.checked_sub(u64::from(*count)) {
                Some(rest) => place = rest,
                None => return Some(Drawn::Common(item)),
            }
        }
        (all > 0).then_some(Drawn::Alone)
    }
}

/// The part of a number at this place.
pub(crate) fn share(place: u64, of: u64) -> u64 {
    let part = (u128::from(place) * u128::from(of)) >> u64::BITS;
    u64::try_from(part).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_have_is_drawn_as_often_and_what_one_has_is_made_up() {
        let frequencies = Frequencies::of("aaaabbcd".chars(), 9);
        let step = u64::MAX / 8;
        let drawn: Vec<_> = (0..8)
            .map(|part| frequencies.at(part * step + step / 2, |_| false).unwrap())
            .collect();
        let (a, b) = (Drawn::Common(&'a'), Drawn::Common(&'b'));
        assert_eq!(drawn, [a, a, a, a, b, b, Drawn::Alone, Drawn::Alone]);
        assert!(frequencies.has(&'b') && !frequencies.has(&'c'));
    }

    #[test]
    fn what_is_left_out_is_never_drawn() {
        let frequencies = Frequencies::of("aab".chars(), 9);
        for place in [0, u64::MAX / 2, u64::MAX] {
            let drawn = frequencies.at(place, |item| *item == 'a');
            assert_eq!(drawn, Some(Drawn::Alone));
        }
        assert_eq!(Frequencies::of("aa".chars(), 9).at(0, |_| true), None);
        assert_eq!(Frequencies::<char>::default().at(0, |_| false), None);
    }

    #[test]
    fn no_more_are_kept_than_is_said_and_the_others_are_made_up() {
        let frequencies = Frequencies::of("aabbbcccc".chars(), 2);
        assert!(!frequencies.has(&'a') && frequencies.has(&'b') && frequencies.has(&'c'));
        assert_eq!(frequencies.at(u64::MAX, |_| false), Some(Drawn::Alone));
    }
}
