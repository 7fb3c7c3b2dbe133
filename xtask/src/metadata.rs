//! Finds the traces of the crate `phonenumber` in a program that links it: the metadata of
//! libphonenumber, as the original patterns.
//!
//! Our own table contains no patterns, so a page must not contain any of them.

use phonenumber::metadata::DATABASE;

/// Shorter patterns could occur by chance.
const PATTERN_LENGTH_MIN: usize = 30;

/// Whether a program contains any of the patterns.
pub(crate) fn is_in(program: &[u8]) -> bool {
    let text = String::from_utf8_lossy(program);
    patterns().any(|pattern| text.contains(pattern))
}

/// The number patterns of all regions that are long enough.
fn patterns() -> impl Iterator<Item = &'static str> {
    let regions = DATABASE.iter();
    regions
        .map(|region| region.descriptors().general().national_number().as_str())
        .filter(|pattern| pattern.len() >= PATTERN_LENGTH_MIN)
}

#[cfg(test)]
mod tests {
    use std::{env, fs};

    use super::{is_in, patterns};

    #[test]
    fn a_program_that_links_the_crate_is_recognised() {
        // This test program links the crate, since it asks it for the patterns.
        let program = env::current_exe().expect("a program knows where it is");
        let program = fs::read(program).expect("it can be read while it runs");
        assert!(is_in(&program));
        assert!(patterns().count() >= 100);
    }

    #[test]
    fn the_page_s_own_table_is_not_taken_for_it() {
        assert!(!is_in(postern_phone::TABLE));
    }
}
