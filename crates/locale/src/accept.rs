//! The choice by the header `Accept-Language` (RFC 9110, section 12.5.4).

use crate::negotiate::{exact, lookup};

/// How many ranges of a header count. Browsers send about ten.
const RANGES_MAX: usize = 64;

/// The weight of a range without one, in thousandths.
const WHOLE: u16 = 1000;

/// The language with the highest weight, and of several with the same weight the first one.
/// `ranges` has the ranges that mean each language.
///
/// A language with the weight 0 is refused. `*` means the first language that is not.
pub fn accepted<T: Copy + PartialEq>(header: &str, ranges: &[(&str, T)]) -> Option<T> {
    let elements = || header.split(',').take(RANGES_MAX).filter_map(element);
    let is_refused = |language: T| {
        elements().any(|(range, weight)| weight == 0 && exact(range, ranges) == Some(language))
    };
    let any = || {
        let mut languages = ranges.iter().map(|(_, language)| *language);
        languages.find(|language| !is_refused(*language))
    };
    let mut best = None;
    for (range, weight) in elements() {
        let found = match range {
            "*" => any(),
            _ => lookup(range, ranges).filter(|language| !is_refused(*language)),
        };
        let heaviest = best.map_or(0, |(heaviest, _)| heaviest);
        if let Some(language) = found
            && weight > heaviest
        {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

/// A range with its weight in thousandths. `None` if the weight is malformed.
fn element(text: &str) -> Option<(&str, u16)> {
    let Some((range, parameter)) = text.split_once(';') else {
        return Some((text.trim(), WHOLE));
    };
    let (name, value) = parameter.split_once('=')?;
    let weight = name.trim().eq_ignore_ascii_case("q").then_some(value)?;
    Some((range.trim(), thousandths(weight.trim())?))
}

/// Reads a weight: 0 or 1, with at most three digits after the point (RFC 9110, section 12.4.2).
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, digits) = weight.split_once('.').unwrap_or((weight, ""));
    if digits.len() > 3 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let places = [100, 10, 1].into_iter().zip(digits.bytes());
    let part: u16 = places
        .map(|(place, digit)| place * u16::from(digit - b'0'))
        .sum();
    match (whole, part) {
        ("0", part) => Some(part),
        ("1", 0) => Some(WHOLE),
        _ => None,
    }
}
