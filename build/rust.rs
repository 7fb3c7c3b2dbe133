//! Writes the catalogs as Rust: one method for each message, and the table of languages. The use of
//! a missing message or a wrong placeholder does not compile, and an unused message is dead code.

use std::fmt::Write;

use postern_locale::{Kind, Language, kind, ranges};

use super::catalog::{Catalogs, Group, message::Message};

/// The source of `words_generated.rs`, which `src/words/mod.rs` includes.
///
/// The parameters of a method are the placeholders of the message in alphabetical order.
pub(crate) fn source(catalogs: &Catalogs) -> String {
    let of = |group| {
        let all = catalogs.reference.iter();
        all.filter(move |message| message.group == group)
            .collect::<Vec<_>>()
    };
    let (reset, demo, letters) = (of(Group::Reset), of(Group::Demo), of(Group::Letters));
    let (alone, all) = (reset.len(), reset.len() + demo.len() + letters.len());
    let mut out = String::new();
    languages(&mut out, catalogs);
    write_or_die(
        &mut out,
        format_args!(
            "\n/// How many messages the catalogs of a language have together.\n\
             #[cfg(not(feature = \"demo\"))]\nconst MESSAGES: usize = {alone};\n\
             /// How many messages the catalogs of a language have together.\n\
             #[cfg(feature = \"demo\")]\nconst MESSAGES: usize = {all};\n"
        ),
    );
    let of_demo = "#[cfg(feature = \"demo\")]\n";
    methods(&mut out, "The wizard's words.", "", 0, &reset);
    methods(&mut out, "The demo's words.", of_demo, alone, &demo);
    let first = alone + demo.len();
    sentences(&mut out, of_demo, first, &letters);
    out
}

fn languages(out: &mut String, catalogs: &Catalogs) {
    write_or_die(
        out,
        format_args!(
            "/// Every language that there are words in, in the order in which they are offered.\n"
        ),
    );
    write_or_die(
        out,
        format_args!("pub(crate) static LANGUAGES: &[Language] = &[\n"),
    );
    for compiled in &catalogs.languages {
        let Language {
            tag,
            name,
            direction,
            ..
        } = compiled.language;
        let words = compiled.file(Group::Reset).name();
        let of_demo = [Group::Demo, Group::Letters].map(|group| compiled.file(group).name());
        let pseudo = compiled.language.is_pseudo();
        let condition = condition(pseudo);
        let direction = direction.as_str();
        write_or_die(
            out,
            format_args!(
                "    {condition}Language {{ tag: {tag:?}, name: {name:?}, direction: {direction:?}, pseudo: {pseudo}, words: {words:?}, \
                 #[cfg(feature = \"demo\")] of_demo: {of_demo:?} }},\n"
            ),
        );
    }
    write_or_die(out, format_args!("];\n\n"));
    choices(out, catalogs);
}

/// Writes the ranges that mean each language, for the choice of the first one.
fn choices(out: &mut String, catalogs: &Catalogs) {
    let languages = catalogs.languages.iter();
    let tags: Vec<&str> = languages.map(|compiled| compiled.language.tag).collect();
    write_or_die(
        out,
        format_args!(
            "/// What a person may ask for, with the place of the language in [`LANGUAGES`].\n\
             pub(crate) static RANGES: &[(&str, u8)] = &[\n"
        ),
    );
    for (range, tag) in ranges(&tags) {
        let place = tags.iter().position(|other| *other == tag).unwrap_or(0);
        let condition = condition(catalogs.languages[place].language.is_pseudo());
        write_or_die(out, format_args!("    {condition}({range:?}, {place}),\n"));
    }
    write_or_die(out, format_args!("];\n"));
}

/// The pseudo-locale is for tests of the page, and no production page has its words.
fn condition(pseudo: bool) -> &'static str {
    if pseudo {
        "#[cfg(feature = \"demo\")] "
    } else {
        ""
    }
}

fn methods(out: &mut String, title: &str, condition: &str, first: usize, messages: &[&Message]) {
    write_or_die(
        out,
        format_args!("\n/// {title}\n{condition}impl Words {{\n"),
    );
    for (index, message) in (first..).zip(messages) {
        method(out, index, message);
    }
    write_or_die(out, format_args!("}}\n"));
}

/// Writes the keys of the letters' messages with their placeholders. The crate `postern-letters`
/// says them by key.
fn sentences(out: &mut String, condition: &str, first: usize, messages: &[&Message]) {
    write_or_die(
        out,
        format_args!(
            "\n/// The place of the first message of the letters.\n\
             {condition}const FIRST_LETTER: usize = {first};\n\
             /// The messages of the letters, each with its placeholders in alphabetical order.\n\
             {condition}static LETTERS: &[(&str, &[&str])] = &[\n"
        ),
    );
    for Message {
        key, parameters, ..
    } in messages
    {
        write_or_die(out, format_args!("    ({key:?}, &{parameters:?}),\n"));
    }
    write_or_die(out, format_args!("];\n"));
}

fn method(out: &mut String, index: usize, message: &Message) {
    let name = message.key.replace('-', "_");
    let mut parameters = String::new();
    let mut arguments = Vec::new();
    for parameter in &message.parameters {
        let (declared, argument) = match kind(parameter) {
            Some(Kind::Number) => ("u32", "Number"),
            Some(Kind::Code) => ("&str", "Code"),
            Some(Kind::Text) | None => ("&str", "Text"),
        };
        write_or_die(&mut parameters, format_args!(", {parameter}: {declared}"));
        arguments.push(format!("Argument::{argument}({parameter})"));
    }
    let arguments = arguments.join(", ");
    write_or_die(
        out,
        format_args!("    /// The message `{}`.\n", message.key),
    );
    write_or_die(
        out,
        format_args!(
            "    pub(crate) fn {name}(self{parameters}) -> String {{\n        self.format({index}, &[{arguments}])\n    }}\n"
        ),
    );
}

/// Writes to a string, which always succeeds.
fn write_or_die(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a string takes every write");
}
