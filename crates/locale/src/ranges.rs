//! The table of ranges: what a wish may be, and the language that it means.

use alloc::vec::Vec;

use crate::likely::LIKELY;
use crate::negotiate::is_same;

/// The ranges that mean one of the offered tags, each with that tag. The tags themselves come
/// first, in their own order.
pub fn ranges<'a>(offered: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let own = offered.iter().map(|tag| (*tag, *tag));
    let likely = offered.iter().flat_map(|tag| {
        let row = LIKELY.iter().find(|(known, _)| known == tag);
        let also = row.map_or(&[][..], |(_, also)| *also);
        also.iter().map(move |range| (*range, *tag))
    });
    // Another script or region of a language is better than another language.
    let rest = offered.iter().map(|tag| {
        let language = tag.split('-').next().unwrap_or_default();
        (language, *tag)
    });
    let mut ranges: Vec<(&str, &str)> = Vec::new();
    for (range, tag) in own.chain(likely).chain(rest) {
        if !ranges.iter().any(|(known, _)| is_same(known, range)) {
            ranges.push((range, tag));
        }
    }
    ranges
}
