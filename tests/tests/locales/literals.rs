//! No view contains a text of its own: all texts come from messages.
//!
//! A small lexer reads every `view!` of the wizard. It knows strings, comments, tags and braces,
//! and nothing else of Rust.

use std::{fmt, fs, path::Path};

use super::root;

/// The folders and files with views.
const DRAWN: [&str; 6] = [
    "crates/kit/src",
    "src/app.rs",
    "src/demo",
    "src/parts",
    "src/parts.rs",
    "src/screens",
];

/// Attributes whose value is for machines. Every other value must come from a catalog.
const MACHINE_ATTRIBUTES: [&str; 43] = [
    "aria-modal",
    "aria-atomic",
    "aria-autocomplete",
    "aria-controls",
    "aria-current",
    "aria-describedby",
    "aria-disabled",
    "aria-expanded",
    "aria-haspopup",
    "aria-hidden",
    "aria-invalid",
    "aria-labelledby",
    "aria-live",
    "aria-pressed",
    "autocapitalize",
    "autocomplete",
    "autocorrect",
    "class",
    "d",
    "dir",
    "enterkeyhint",
    "fill",
    "for",
    "height",
    "href",
    "id",
    "inputmode",
    "lang",
    "maxlength",
    "method",
    "name",
    "novalidate",
    "rel",
    "role",
    "spellcheck",
    "stroke",
    "stroke-width",
    "tabindex",
    "target",
    "type",
    "viewBox",
    "width",
    "xmlns",
];

/// Prefixes of attributes whose value is for machines.
const MACHINE_PREFIXES: [&str; 7] = [
    "attr:data-",
    "class:",
    "data-",
    "on:",
    "prop:",
    "style:",
    "use:",
];

/// Calls whose argument is a name, not a text.
const NAMING_CALLS: [&str; 2] = ["id(", "expect("];

#[test]
fn no_view_says_a_word_of_its_own() {
    let mut found = Vec::new();
    for drawn in DRAWN {
        visit(&root().join(drawn), &mut |path, source| {
            let path = path
                .strip_prefix(root())
                .unwrap_or(path)
                .display()
                .to_string();
            found.extend(
                literals(source)
                    .into_iter()
                    .map(|literal| format!("{path}:{literal}")),
            );
        });
    }
    assert!(
        found.is_empty(),
        "words outside the catalogs:\n{}",
        found.join("\n")
    );
}

fn visit(path: &Path, read: &mut dyn FnMut(&Path, &str)) {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("the folder can be read");
        for entry in entries {
            visit(&entry.expect("the folder can be read").path(), read);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs")
        && !path.ends_with("tests.rs")
    {
        read(
            path,
            &fs::read_to_string(path).expect("the file can be read"),
        );
    }
}

/// A text in a view.
#[derive(Debug, Eq, PartialEq)]
struct Literal {
    line: usize,
    words: String,
}

impl fmt::Display for Literal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {:?}", self.line, self.words)
    }
}

/// The place of the lexer in a view.
enum Place {
    /// Between tags: a text here is visible.
    Children,
    /// In a tag, after the name of an attribute, within this number of brackets.
    Tag { attribute: String, depth: usize },
    /// In Rust, within this number of brackets.
    Rust { depth: usize },
}

/// The texts in the views of a file.
fn literals(source: &str) -> Vec<Literal> {
    let mut lexer = Lexer {
        source,
        at: 0,
        places: vec![Place::Rust { depth: 0 }],
        views: 0,
        found: Vec::new(),
    };
    while lexer.at < source.len() {
        lexer.step();
    }
    lexer.found
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    places: Vec<Place>,
    /// The number of views around the present place.
    views: usize,
    found: Vec<Literal>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn step(&mut self) {
        let rest = self.rest();
        if rest.starts_with("//") {
            self.at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("view! {") {
            self.at += "view! {".len();
            self.views += 1;
            self.places.push(Place::Children);
        } else if rest.starts_with('"') {
            self.string(1, "\"");
        } else if rest.starts_with("r#\"") {
            self.string(3, "\"#");
        } else if let Some(length) = char_literal(rest) {
            self.at += length;
        } else {
            self.letter();
        }
    }

    fn string(&mut self, open: usize, close: &str) {
        let rest = &self.rest()[open..];
        let mut end = 0;
        while end < rest.len() && !rest[end..].starts_with(close) {
            end += if rest[end..].starts_with('\\') && close == "\"" {
                2
            } else {
                1
            };
            while end < rest.len() && !rest.is_char_boundary(end) {
                end += 1;
            }
        }
        let words = rest[..end.min(rest.len())].to_owned();
        let named = NAMING_CALLS
            .iter()
            .any(|call| self.source[..self.at].trim_end().ends_with(call));
        let machine = match self.places.last() {
            Some(Place::Tag { attribute, .. }) => is_for_machines(attribute),
            Some(Place::Children | Place::Rust { .. }) | None => self.in_machine_attribute(),
        };
        if self.views > 0 && !named && !machine {
            self.report(&words);
        }
        self.at += open + end + close.len();
    }

    /// Whether the Rust code is in an attribute for machines of the innermost tag.
    fn in_machine_attribute(&self) -> bool {
        let outer = self
            .places
            .iter()
            .rev()
            .find(|place| !matches!(place, Place::Rust { .. }));
        matches!(outer, Some(Place::Tag { attribute, .. }) if is_for_machines(attribute))
    }

    fn letter(&mut self) {
        let Some(letter) = self.rest().chars().next() else {
            return;
        };
        let from = self.at;
        self.at += letter.len_utf8();
        let (before, after) = (&self.source[..from], &self.source[self.at..]);
        let nested = self.places.len() > 1;
        match (self.places.last_mut(), letter) {
            (Some(Place::Children), '<') if after.starts_with('/') => {
                self.at += after.find('>').map_or(0, |end| end + 1);
            }
            (Some(Place::Children), '<') => {
                self.places.push(Place::Tag {
                    attribute: String::new(),
                    depth: 0,
                });
                // The tag's own name is not an attribute.
                self.at += after.find(|c: char| !is_name(c)).unwrap_or(0);
            }
            (Some(Place::Children), '{') => self.places.push(Place::Rust { depth: 0 }),
            (Some(Place::Children), '}') => {
                self.places.pop();
                self.views -= 1;
            }
            (Some(Place::Children), _) if letter.is_alphabetic() => {
                let end = self.source[from..]
                    .find(['<', '{', '}', '"'])
                    .map_or(self.source.len(), |end| from + end);
                let words = self.source[from..end].trim().to_owned();
                self.report(&words);
                self.at = end;
            }
            (Some(Place::Tag { depth: 0, .. }), '>') if !before.ends_with(['-', '=']) => {
                self.places.pop();
            }
            (
                Some(Place::Tag {
                    depth: 0,
                    attribute,
                }),
                '=',
            ) if !after.starts_with(['=', '>']) => {
                let begin = before.rfind(|c: char| !is_name(c)).map_or(0, |end| end + 1);
                before[begin..].clone_into(attribute);
            }
            (Some(Place::Tag { depth, .. } | Place::Rust { depth }), '{' | '(' | '[') => {
                *depth += 1;
            }
            (Some(Place::Rust { depth: 0 }), '}') if nested => {
                self.places.pop();
            }
            (Some(Place::Tag { depth, .. } | Place::Rust { depth }), '}' | ')' | ']') => {
                *depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn report(&mut self, words: &str) {
        // The parts in braces are arguments, not text.
        let said: String = words
            .split('{')
            .map(|part| part.split_once('}').map_or(part, |(_, after)| after))
            .collect();
        let said = said.replace("\\n", "").replace("\\u", "");
        if said.chars().filter(|letter| letter.is_alphabetic()).count() >= 2 {
            let line = 1 + self.source[..self.at].matches('\n').count();
            self.found.push(Literal {
                line,
                words: words.to_owned(),
            });
        }
    }
}

fn is_for_machines(attribute: &str) -> bool {
    MACHINE_ATTRIBUTES.contains(&attribute)
        || MACHINE_PREFIXES
            .iter()
            .any(|prefix| attribute.starts_with(prefix))
}

/// Whether a letter can be part of the name of a tag or an attribute.
fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || "-_:".contains(letter)
}

/// The length of a character literal such as `'"'` at the beginning of the source.
fn char_literal(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let escaped = inner.starts_with('\\');
    let length = if escaped {
        inner[2..].find('\'')? + 2
    } else {
        inner.chars().next()?.len_utf8()
    };
    inner[length..].starts_with('\'').then_some(length + 2)
}

fn words(source: &str) -> Vec<String> {
    literals(source)
        .into_iter()
        .map(|literal| literal.words)
        .collect()
}

#[test]
fn the_lexer_finds_words_between_tags_and_in_attributes() {
    assert_eq!(words("view! { <p>Hello there</p> }"), ["Hello there"]);
    assert_eq!(words(r#"view! { <p>"Hello"</p> }"#), ["Hello"]);
    assert_eq!(words(r#"view! { <p>{move || "Hello"}</p> }"#), ["Hello"]);
    assert_eq!(
        words(r#"view! { <p title="Hello" class="x-y">{words.a()}</p> }"#),
        ["Hello"]
    );
    assert_eq!(
        words(r#"view! { <p aria-label=move || if a { "Hello" } else { "There" }/> }"#),
        ["Hello", "There"]
    );
    assert_eq!(
        words(r#"view! { <p>{list.map(|x| view! { <b>"Hello"</b> })}</p> }"#),
        ["Hello"]
    );
    assert_eq!(
        words("view! { <p>{format!(\"{name} says\")}</p> }"),
        ["{name} says"]
    );
    assert_eq!(literals("\n\nview! {\n <p>\"Hello\"</p> }")[0].line, 4);
}

#[test]
fn the_lexer_leaves_alone_what_no_person_reads() {
    assert!(
        words(r#"let x = "Hello"; view! { <p>{words.a()} " " "1"</p> } let y = "Hello";"#)
            .is_empty()
    );
    assert!(words(r#"view! { <p class=move || if a { "ab" } else { "cd" } id=desk.id("title")>{words.a()}</p> }"#).is_empty());
    assert!(
        words(r#"view! { <p class:wrong=move || a == b on:click=move |_| go("there")>{'"'}</p> }"#)
            .is_empty()
    );
    assert!(words("view! { // Hello\n <p id=x>{format!(\"{a}: {b}\\n\")}</p> }").is_empty());
    assert!(
        words(r#"view! { <p aria-expanded=move || match x { A => "true", B => "false" }></p> }"#)
            .is_empty()
    );
}
