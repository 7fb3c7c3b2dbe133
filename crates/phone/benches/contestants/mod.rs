//! Who is measured.

use postern_phone::Plans;

mod phonenumber;
mod postern;

/// What a contestant answers to an input and a region.
pub(crate) type Answer = fn(&str, &str) -> String;

/// Each contestant by its name.
pub(crate) const CONTESTANTS: [(&str, Answer); 2] = [
    ("postern_phone", |input, region| {
        postern::answer(Plans::embedded(), input, region)
    }),
    ("phonenumber_crate", phonenumber::answer),
];
