//! The choice by wishes. `src/negotiate.js` is the same choice for scripts.

/// The maximum length of a wish. Real tags are shorter (RFC 5646, section 4.4.1).
const WISH_MAX: usize = 100;

/// The language of the first wish that can be met. `ranges` has the ranges that mean each language.
pub fn negotiate<'w, T: Copy>(
    wishes: impl IntoIterator<Item = &'w str>,
    ranges: &[(&str, T)],
) -> Option<T> {
    wishes.into_iter().find_map(|wish| lookup(wish, ranges))
}

/// The language that a wish means: that of the longest range with which the wish begins, part by
/// part (RFC 4647, section 3.4).
pub(crate) fn lookup<T: Copy>(wish: &str, ranges: &[(&str, T)]) -> Option<T> {
    let mut rest = wish.trim();
    if rest.len() > WISH_MAX {
        return None;
    }
    while !rest.is_empty() {
        if let Some(found) = exact(rest, ranges) {
            return Some(found);
        }
        rest = rest.rsplit_once(['-', '_']).map_or("", |(wider, _)| wider);
    }
    None
}

/// The language of exactly this range.
pub(crate) fn exact<T: Copy>(wish: &str, ranges: &[(&str, T)]) -> Option<T> {
    let found = ranges.iter().find(|(range, _)| is_same(range, wish));
    found.map(|(_, language)| *language)
}

/// Whether two ranges are the same. Some systems write them with underscores.
pub(crate) fn is_same(range: &str, wish: &str) -> bool {
    let mut pairs = range.bytes().zip(wish.bytes());
    range.len() == wish.len()
        && pairs
            .all(|(own, other)| own.eq_ignore_ascii_case(&other) || (own == b'-' && other == b'_'))
}
