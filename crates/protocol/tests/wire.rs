//! `#[wire]` on types of every form: the page's reader and writer and serde's agree, and both do
//! what the form and the options say.

use postern_protocol::json::{FromJson, ToJson, from_str, to_string};
use postern_protocol::wire;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An object, and everything that can stand in one.
#[wire]
#[derive(Debug, PartialEq)]
struct Whole {
    small: u8,
    medium: u16,
    large: u32,
    signed: i64,
    is_so: bool,
    text: String,
    r#type: Kind,
    note: Option<String>,
    #[wire(default)]
    tags: Vec<String>,
    inside: Option<Box<Whole>>,
}

/// An object whose members are all named here, in another case.
#[wire(deny_unknown_fields, rename_all = "camelCase")]
#[derive(Debug, PartialEq)]
struct Closed {
    first_of_all: u8,
    last: Option<u8>,
}

/// An enum whose variants have no content.
#[wire]
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Plain,
    VeryLarge,
    R2D2,
}

/// An enum with every kind of content.
#[wire]
#[derive(Debug, PartialEq)]
enum Event {
    Nothing,
    OneValue(Kind),
    Several(Vec<u8>),
    WithFields {
        first_field: u8,
        second: Option<Kind>,
        #[wire(default)]
        third: u8,
    },
}

/// A newtype that is its content.
#[wire]
#[derive(Debug, PartialEq)]
struct Name(String);

/// A newtype with a bound of its own.
#[wire(check = Self::checked)]
#[derive(Clone, Copy, Debug, PartialEq)]
struct Even(u16);

impl Even {
    fn checked(self) -> Result<Self, &'static str> {
        if self.0.is_multiple_of(2) {
            Ok(self)
        } else {
            Err("it is odd")
        }
    }
}

/// An object whose members have to suit each other.
#[wire(check = Self::checked)]
#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    from: u8,
    to: u8,
}

impl Span {
    fn checked(self) -> Result<Self, &'static str> {
        if self.from <= self.to {
            Ok(self)
        } else {
            Err("it ends before it begins")
        }
    }
}

/// An object around any other type.
#[wire(no_schema)]
#[derive(Debug, PartialEq)]
struct Pair<Left, Right = u8> {
    left: Left,
    right: Option<Right>,
}

/// Reads a text both ways. `written` is how both writers write the value, and `None` where the text
/// does not fit.
fn reads<T: FromJson + ToJson + DeserializeOwned + Serialize>(text: &str, written: Option<&str>) {
    let ours = from_str::<T>(text);
    let serdes = serde_json::from_str::<T>(text).ok();
    let by_page = ours.as_ref().map(to_string);
    let by_serde = serdes.map(|value| serde_json::to_string(&value).expect("it can be written"));
    assert_eq!(by_page.as_deref(), written, "the page: {text}");
    assert_eq!(by_serde.as_deref(), written, "serde: {text}");
}

/// A text that both writers give back.
fn stays<T: FromJson + ToJson + DeserializeOwned + Serialize>(text: &str) {
    reads::<T>(text, Some(text));
}

/// A text that neither reader takes.
fn misfits<T: FromJson + ToJson + DeserializeOwned + Serialize>(text: &str) {
    reads::<T>(text, None);
}

const WHOLE: &str = r#"{"small":255,"medium":65535,"large":4294967295,"signed":-9223372036854775808,"is_so":true,"text":"é","type":"very-large""#;

fn whole(rest: &str) -> String {
    [WHOLE, rest, "}"].concat()
}

#[test]
fn an_object_has_the_names_of_its_fields_in_their_order() {
    stays::<Whole>(&whole(r#","note":"n","tags":["a",""]"#));
    stays::<Closed>(r#"{"firstOfAll":1,"last":2}"#);
    let shuffled = r#" { "last" : 2 , "firstOfAll" : 1 } "#;
    reads::<Closed>(shuffled, Some(r#"{"firstOfAll":1,"last":2}"#));
    misfits::<Closed>(r#"{"first_of_all":1}"#);
}

#[test]
fn an_option_and_a_default_may_be_missing_and_nothing_else() {
    stays::<Whole>(&whole(""));
    reads::<Whole>(&whole(r#","note":null,"inside":null"#), Some(&whole("")));
    reads::<Whole>(&whole(r#","tags":[]"#), Some(&whole("")));
    misfits::<Whole>(&whole(r#","tags":null"#));
    let members = [
        r#""small":255,"#,
        r#""medium":65535,"#,
        r#""large":4294967295,"#,
        r#""signed":-9223372036854775808,"#,
        r#""is_so":true,"#,
        r#""text":"é","#,
        r#","type":"very-large""#,
    ];
    for member in members {
        let without = whole("").replace(member, "");
        assert_ne!(without, whole(""));
        misfits::<Whole>(&without);
    }
    misfits::<Whole>("{}");
    misfits::<Closed>(r#"{"last":1}"#);
}

#[test]
fn an_unknown_member_is_passed_over_unless_the_object_is_closed() {
    reads::<Whole>(&whole(r#","more":[{}]"#), Some(&whole("")));
    misfits::<Closed>(r#"{"firstOfAll":1,"more":[{}]}"#);
    misfits::<Closed>(r#"{"firstOfAll":1,"":null}"#);
    stays::<Closed>(r#"{"firstOfAll":1}"#);
}

#[test]
fn a_number_keeps_to_the_bounds_of_its_type() {
    for (fits, others) in [
        (
            r#""small":255"#,
            ["256", "-1", "1.0", "1e2", "\"1\"", "null"],
        ),
        (
            r#""medium":65535"#,
            ["65536", "-1", "1.5", "01", "true", "[]"],
        ),
        (
            r#""large":4294967295"#,
            ["4294967296", "-1", "0.1", "-", "{}", "null"],
        ),
        (
            r#""signed":-9223372036854775808"#,
            [
                "-9223372036854775809",
                "9223372036854775808",
                "1.0",
                "1E1",
                "\"\"",
                "null",
            ],
        ),
    ] {
        let (name, _) = fits.split_once(':').expect("it is a member");
        for other in others {
            let text = whole("").replace(fits, &[name, ":", other].concat());
            assert_ne!(text, whole(""));
            misfits::<Whole>(&text);
        }
        let text = whole("").replace(fits, &[name, ":0"].concat());
        stays::<Whole>(&text);
    }
}

#[test]
fn a_variant_goes_by_its_name_in_kebab_case_with_its_content() {
    for (text, name) in [
        (r#""nothing""#, "nothing"),
        (r#"{"one-value":"very-large"}"#, "one-value"),
        (r#"{"several":[1,2,3]}"#, "several"),
        (r#"{"several":[]}"#, "several"),
        (
            r#"{"with-fields":{"first_field":1,"second":"r2-d2","third":3}}"#,
            "with-fields",
        ),
        (r#"{"with-fields":{"first_field":1}}"#, "with-fields"),
    ] {
        stays::<Event>(text);
        let event: Option<Event> = from_str(text);
        assert_eq!(event.map(|event| event.name()), Some(name), "{text}");
    }
    for (kind, name) in [
        (Kind::Plain, "plain"),
        (Kind::VeryLarge, "very-large"),
        (Kind::R2D2, "r2-d2"),
    ] {
        assert_eq!(kind.name(), name);
        stays::<Kind>(&["\"", name, "\""].concat());
    }
    reads::<Kind>(r#"{"plain":null}"#, Some("\"plain\""));
    reads::<Event>(r#"{"nothing":null}"#, Some("\"nothing\""));
    let more = r#"{"with-fields":{"first_field":1,"more":0}}"#;
    reads::<Event>(more, Some(r#"{"with-fields":{"first_field":1}}"#));
}

#[test]
fn no_other_variant_fits() {
    for text in [
        "\"\"",
        "\"Plain\"",
        "\"veryLarge\"",
        "\"very_large\"",
        "0",
        "null",
        "[]",
        "{}",
        r#"{"plain":1}"#,
        r#"{"plain":null,"very-large":null}"#,
    ] {
        misfits::<Kind>(text);
    }
    for text in [
        "\"one-value\"",
        "\"with-fields\"",
        r#"{"nothing":1}"#,
        r#"{"nothing":{}}"#,
        r#"{"one-value":"nothing"}"#,
        r#"{"one-value":null}"#,
        r#"{"several":1}"#,
        r#"{"several":[256]}"#,
        r#"{"with-fields":{}}"#,
        r#"{"with-fields":{"first_field":1,"third":null}}"#,
        r#"{"with-fields":[]}"#,
        r#"{"unheard-of":{}}"#,
        r#"{"one-value":"plain","several":[]}"#,
    ] {
        misfits::<Event>(text);
    }
}

#[test]
fn a_newtype_is_its_content_and_a_check_is_part_of_reading() {
    stays::<Name>("\"a\"");
    for text in ["1", "null", "[\"a\"]", "{\"0\":\"a\"}"] {
        misfits::<Name>(text);
    }
    stays::<Even>("2");
    for text in ["3", "65536", "-2", "\"2\""] {
        misfits::<Even>(text);
    }
    stays::<Span>(r#"{"from":1,"to":1}"#);
    misfits::<Span>(r#"{"from":2,"to":1}"#);
    let error = serde_json::from_str::<Span>(r#"{"from":2,"to":1}"#).expect_err("it is wrong");
    assert!(
        error.to_string().starts_with("it ends before it begins"),
        "{error}"
    );
}

#[test]
fn types_are_nested_as_deep_as_they_are() {
    let mut text = whole("");
    for _ in 0..20 {
        text = whole(&[",\"inside\":", &text].concat());
    }
    stays::<Whole>(&text);
    // A misfit in the depth is one of the whole.
    misfits::<Whole>(&text.replacen("255", "256", 21).replacen("256", "255", 20));
    stays::<Pair<Pair<Kind, Event>>>(
        r#"{"left":{"left":"plain","right":{"several":[1]}},"right":7}"#,
    );
    stays::<Pair<Vec<Option<Name>>, Closed>>(r#"{"left":["a",null],"right":{"firstOfAll":1}}"#);
    misfits::<Pair<Pair<Kind>>>(r#"{"left":{"left":"plain","right":256}}"#);
}

#[test]
fn every_escape_is_read_and_what_has_to_be_is_written_as_one() {
    for (text, written) in [
        (r#""\"\\\/""#, Some(r#""\"\\/""#)),
        (r#""\u00e9\ud83d\udd11""#, Some("\"é🔑\"")),
        (r#""\u0001\u001F""#, Some(r#""\u0001\u001f""#)),
        (r#""\u007f""#, Some("\"\u{7f}\"")),
        (r#""\ud83d""#, None),
        (r#""\udd11\ud83d""#, None),
        (r#""\u12""#, None),
        (r#""\x41""#, None),
        ("\"\n\"", None),
    ] {
        reads::<Name>(text, written);
    }
    // serde has short forms for five of them.
    let text = r#""\b\f\n\r\t""#;
    let name: Name = from_str(text).expect("it is a text");
    assert_eq!(name, Name("\u{8}\u{c}\n\r\t".to_owned()));
    assert_eq!(to_string(&name), r#""\u0008\u000c\u000a\u000d\u0009""#);
    assert_eq!(from_str(&to_string(&name)), Some(name));
    // The name of a member may be written with escapes too.
    let text = r#"{"\u0066irstOfAll":1}"#;
    reads::<Closed>(text, Some(r#"{"firstOfAll":1}"#));
}

#[cfg(feature = "openapi")]
#[test]
fn the_schema_says_what_the_readers_take() {
    use serde_json::{Value, json};
    use utoipa::PartialSchema;

    fn schema<T: PartialSchema>() -> Value {
        serde_json::to_value(T::schema()).expect("it can be written")
    }
    let whole = schema::<Whole>();
    let member = |name: &str| whole["properties"][name].clone();
    for (name, maximum) in [("small", 255_u32), ("medium", 65_535), ("large", u32::MAX)] {
        assert_eq!(member(name)["minimum"], 0, "{name}");
        assert_eq!(member(name)["maximum"], maximum, "{name}");
    }
    assert_eq!(member("signed").get("maximum"), None);
    let required = json!([
        "small", "medium", "large", "signed", "is_so", "text", "type"
    ]);
    assert_eq!(whole["required"], required);
    let closed = schema::<Closed>();
    assert_eq!(closed["properties"]["firstOfAll"]["maximum"], 255);
    assert_eq!(closed["additionalProperties"], false);
    assert_eq!(
        schema::<Kind>()["enum"],
        json!(["plain", "very-large", "r2-d2"])
    );
    assert_eq!(schema::<Name>()["type"], "string");
}
