//! Tests of the catalog reader. The marks appear here in the form that the build writes.

use super::catalog::{Argument, Catalog, Intl, strip_isolates};

/// Arabic plural rules for whole numbers (Unicode CLDR) for any tag that begins with `ar`;
/// otherwise those of English.
fn plural_category(tag: &str, number: u32) -> String {
    let category = match (tag, number, number % 100) {
        ("ar", 0, _) => "zero",
        ("ar" | "en", 1, _) => "one",
        ("ar", 2, _) => "two",
        ("ar", _, 3..=10) => "few",
        ("ar", _, 11..=99) => "many",
        _ => "other",
    };
    category.to_owned()
}

const INTL: Intl = Intl {
    plural_category,
    format_number: |_, number| number.to_string(),
};

const TEXT: &str = "Continue\n\
    Gate \u{1} of \u{2}\n\
    \u{e}\u{1}\u{11}0\u{12}none\u{11}one\u{12}one: \u{1}\u{11}two\u{12}two\u{11}few\u{12}few: \u{1}\u{11}\u{12}rest: \u{1}, \u{2}\u{f}.\n\
    \u{1}: \u{2}\n";

fn catalog(tag: &'static str) -> Catalog {
    Catalog::new(tag, TEXT.to_owned(), 4).expect("the text has four messages")
}

#[test]
fn plain_words_are_said_as_they_are() {
    assert_eq!(catalog("en").format(0, &[], INTL), "Continue");
}

#[test]
fn numbers_and_codes_are_isolated_left_to_right() {
    let gate = catalog("en").format(1, &[Argument::Number(1), Argument::Number(2)], INTL);
    assert_eq!(gate, "Gate \u{2066}1\u{2069} of \u{2066}2\u{2069}");
    let code = catalog("ar").format(3, &[Argument::Code("+31 6"), Argument::Text("بوابة")], INTL);
    assert_eq!(code, "\u{2066}+31\u{a0}6\u{2069}: \u{2068}بوابة\u{2069}");
}

#[test]
fn a_number_is_never_broken_over_two_lines() {
    for number in ["+44 7700 900123", "+1 425 555 0142", "7780 5967"] {
        let said = catalog("en").format(3, &[Argument::Code(number), Argument::Text("a b")], INTL);
        assert_eq!(said.matches(' ').count(), 2, "{said}");
    }
}

#[test]
fn no_isolate_is_left_in_a_title() {
    let gate = catalog("en").format(1, &[Argument::Number(1), Argument::Number(2)], INTL);
    assert_eq!(strip_isolates(&gate), "Gate 1 of 2");
}

#[test]
fn an_exact_number_comes_before_a_category_and_a_category_before_the_default() {
    let said = |tag, number| {
        strip_isolates(&catalog(tag).format(
            2,
            &[Argument::Number(number), Argument::Code("x")],
            INTL,
        ))
    };
    assert_eq!(said("en", 0), "none.");
    assert_eq!(said("en", 1), "one: 1.");
    assert_eq!(said("en", 2), "rest: 2, x.");
    assert_eq!(said("ar", 0), "none.");
    assert_eq!(said("ar", 2), "two.");
    assert_eq!(said("ar", 3), "few: 3.");
    assert_eq!(said("ar", 11), "rest: 11, x.");
    assert_eq!(said("ar", 103), "few: 103.");
}

#[test]
fn what_a_person_typed_is_never_read_as_a_mark() {
    let typed = "\u{e}\u{2}\u{f}";
    let said = catalog("en").format(3, &[Argument::Code(typed), Argument::Text("x")], INTL);
    assert_eq!(said, "\u{2066}\u{e}\u{2}\u{f}\u{2069}: \u{2068}x\u{2069}");
}

#[test]
fn a_catalog_of_another_length_is_refused() {
    assert!(Catalog::new("en", TEXT.to_owned(), 3).is_none());
    assert!(Catalog::new("en", TEXT.to_owned(), 5).is_none());
    assert!(Catalog::new("en", TEXT.trim_end().to_owned(), 4).is_none());
    assert!(Catalog::new("en", String::new(), 4).is_none());
    assert!(Catalog::new("en", "<!doctype html>".to_owned(), 4).is_none());
}
