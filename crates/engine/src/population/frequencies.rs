//! How often people have what.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// What several people have in common, with how many of them; and how many have what no other
/// person has.
///
/// The share of what was seen once is about the chance that the next person has what was never seen
/// (Good 1953, "The population frequencies of species"). So what one person alone has is not drawn
/// again: something else is, in as many cases.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Frequencies<T> {
    common: Vec<(T, u32)>,
    alone: u32,
}

/// What was drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Drawn<T> {
    /// What several people have.
    Common(T),
    /// What no other person has: it is for the one who asks to make it up.
    Alone,
}

impl<T> Frequencies<T> {
    /// Of nothing.
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
    /// Of all that people have, each as often as it is had. No more than `most` are kept, those
    /// that most people have.
    pub(super) fn of(all: impl IntoIterator<Item = T>, most: usize) -> Self {
        Self::of_those(all, most, |_| false)
    }

    /// The same. Those that can only be drawn as they are count as common, if one person alone has
    /// them.
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

    /// Whether several people have it.
    pub(super) fn has(&self, item: &T) -> bool {
        let found = self.common.binary_search_by(|(known, _)| known.cmp(item));
        found.is_ok()
    }

    /// What is at that place, from 0 to 1 as a part of [`u64::MAX`], of all but what is left out;
    /// `None` of nothing.
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

/// That part of a number.
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
