use quote::quote;

use super::*;

fn expanded(options: TokenStream, item: TokenStream) -> String {
    expand(options, item)
        .expect("it is a type of the wire")
        .to_string()
}

/// Fails unless the use is refused with a message that contains this one.
fn refused(options: TokenStream, item: TokenStream, message: &str) {
    let written = format!("#[wire({options})] {item}");
    let error = expand(options, item).expect_err(&written).to_string();
    assert!(error.contains(message), "{written}: {error}");
}

#[test]
fn a_form_that_is_not_of_the_wire_is_refused_with_those_that_are() {
    for (item, message) in [
        (
            quote! { fn it() {} },
            "expected one of: `struct`, `enum`, `union`",
        ),
        (quote! { union It { a: u8 } }, "a union cannot be JSON"),
        (quote! { struct It; }, "has named fields, or is a newtype"),
        (
            quote! { struct It(u8, u8); },
            "has named fields, or is a newtype",
        ),
        (quote! { enum It {} }, "an enum of the wire has a variant"),
        (
            quote! { enum It { A(u8, u8) } },
            "a variant of the wire has nothing, one value or named",
        ),
        (
            quote! { enum It { A() } },
            "a variant of the wire has nothing, one value or named",
        ),
    ] {
        refused(quote! {}, item, message);
    }
}

#[test]
fn an_option_that_a_type_does_not_have_is_refused_with_those_that_there_are() {
    let object = quote! { struct It { a: u8 } };
    let exclude = "`page_reads`, `page_writes` and `no_page` exclude each other";
    for (options, message) in [
        (
            quote! { tag = "kind" },
            "a type has the options `rename_all`",
        ),
        (quote! { no::page }, "a type has the options `rename_all`"),
        (
            quote! { rename_all = "snake_case" },
            "the only case is \"camelCase\"",
        ),
        (quote! { rename_all }, "expected `=`"),
        (quote! { schema }, "expected parentheses"),
        (quote! { page_reads, page_writes }, exclude),
        (quote! { no_page, page_reads }, exclude),
    ] {
        refused(options, object.clone(), message);
    }
    let none = "this type has no such option";
    refused(
        quote! { rename_all = "camelCase" },
        quote! { enum It { A } },
        none,
    );
    refused(
        quote! { deny_unknown_fields },
        quote! { enum It { A } },
        none,
    );
    refused(
        quote! { deny_unknown_fields },
        quote! { struct It(u8); },
        none,
    );
    refused(
        quote! { check = Self::check },
        quote! { enum It { A } },
        none,
    );
}

#[test]
fn an_option_that_a_field_does_not_have_is_refused_with_those_that_there_are() {
    let no_options = "only types and named fields have options";
    for (item, message) in [
        (
            quote! { struct It { #[wire(rename = "b")] a: u8 } },
            "a field has the options `default` and `schema`",
        ),
        (
            quote! { struct It { #[wire(default)] a: Option<u8> } },
            "an `Option` needs no `default`",
        ),
        (
            quote! { struct It { #[wire] a: u8 } },
            "expected attribute arguments",
        ),
        (quote! { struct It(#[wire(default)] u8); }, no_options),
        (quote! { enum It { #[wire(default)] A } }, no_options),
        (quote! { enum It { A(#[wire(default)] u8) } }, no_options),
    ] {
        refused(quote! {}, item, message);
    }
}

#[test]
fn no_attribute_of_ours_is_left_for_the_compiler() {
    let item = expanded(
        quote! { deny_unknown_fields },
        quote! {
            struct It { #[wire(default)] a: u8, #[wire(schema(min_length = 1))] b: String }
        },
    );
    assert!(!item.contains("wire ("), "{item}");
    let item = expanded(
        quote! {},
        quote! { enum It { A { #[wire(default)] a: u8 } } },
    );
    assert!(!item.contains("wire ("), "{item}");
}

#[test]
fn what_only_the_page_reads_or_writes_has_nothing_of_serde_and_of_no_schema() {
    let item = quote! { struct It { a: Option<u8> } };
    for (options, reads, writes, serde) in [
        (quote! {}, true, true, true),
        (quote! { page_reads }, true, false, false),
        (quote! { page_writes }, false, true, false),
        (quote! { no_page }, false, false, true),
    ] {
        let expanded = expanded(options.clone(), item.clone());
        let has = |word: &str| expanded.contains(word);
        assert_eq!(has("FromJson for It"), reads, "{options}");
        assert_eq!(has("ToJson for It"), writes, "{options}");
        assert_eq!(has("serde"), serde, "{options}");
        assert_eq!(has("utoipa"), serde, "{options}");
    }
    let expanded = expanded(quote! { no_schema }, item);
    assert!(
        expanded.contains("serde") && !expanded.contains("openapi"),
        "{expanded}"
    );
}

#[test]
fn the_schema_has_the_bounds_of_the_type_unless_others_are_written() {
    for (item, schema) in [
        (quote! { struct It { a: u8 } }, "schema (maximum = 255u32)"),
        (
            quote! { struct It { a: Option<u16> } },
            "schema (maximum = 65535u32)",
        ),
        (
            quote! { enum It { A { a: u32 } } },
            "schema (maximum = 4294967295u32)",
        ),
        (
            quote! { struct It { #[wire(schema(minimum = 1))] a: u8 } },
            "schema (minimum = 1 , maximum = 255u32)",
        ),
        (
            quote! { struct It { #[wire(schema(maximum = 4))] a: u8 } },
            "schema (maximum = 4)",
        ),
        (
            quote! { struct It<T = Other> { a: Option<T> } },
            "schema (value_type = Option < Other >)",
        ),
    ] {
        let expanded = expanded(quote! {}, item);
        assert!(expanded.contains(schema), "{schema}: {expanded}");
    }
    let expanded = expanded(
        quote! {},
        quote! { struct It { a: i64, b: String, c: Vec<u8> } },
    );
    assert!(!expanded.contains("maximum"), "{expanded}");
}
