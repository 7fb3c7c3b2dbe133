//! Writes the catalogs as Rust: one method for each message, and the table of languages. The use of
//! a missing message or a wrong placeholder does not compile, and an unused message is dead code.

use std::fmt::Write;

use postern_locale::{Kind, Language, kind, ranges};

use super::catalog::{Catalogs, Compiled, File, message::Message};

/// How a page says the messages of a group.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Said {
    /// Each message by a method with its name.
    ByMethods,
    /// Each message by its key, for texts that another crate composes.
    ByKeys,
}

/// The words that a page uses.
pub(crate) struct Wanted<'a> {
    /// The groups, in the order of their files.
    pub(crate) groups: &'a [(&'a str, Said)],
    /// Whether the page has the pseudo-locale, which is for tests of the page.
    pub(crate) has_pseudo: bool,
}

/// The source of `words_generated.rs`, which a page includes beside its type `Words`.
///
/// The parameters of a method are the placeholders of the message in alphabetical order.
///
/// # Errors
/// If there is no group with a wanted name.
pub(crate) fn source(catalogs: &Catalogs, wanted: &Wanted<'_>) -> Result<String, String> {
    let mut out = String::new();
    let mut first = 0;
    for (group, said) in wanted.groups {
        if !catalogs.groups.iter().any(|known| known == group) {
            return Err(format!("no language has a file {group}.ftl"));
        }
        let all = catalogs.reference.iter();
        let messages: Vec<&Message> = all.filter(|message| message.group == *group).collect();
        match said {
            Said::ByMethods => methods(&mut out, first, &messages),
            Said::ByKeys => sentences(&mut out, first, &messages),
        }
        first += messages.len();
    }
    languages(&mut out, catalogs, wanted, first);
    Ok(out)
}

fn languages(out: &mut String, catalogs: &Catalogs, wanted: &Wanted<'_>, messages: usize) {
    let offered: Vec<&Compiled> = catalogs
        .languages
        .iter()
        .filter(|compiled| wanted.has_pseudo || !compiled.language.is_pseudo())
        .collect();
    write_or_die(
        out,
        format_args!(
            "/// Every language that there are words in, in the order in which they are offered.\n\
             pub(crate) static LANGUAGES: Languages = Languages {{\n    messages: {messages},\n    all: &[\n"
        ),
    );
    for compiled in &offered {
        let Language {
            tag,
            name,
            direction,
            ..
        } = compiled.language;
        let files = wanted.groups.iter();
        let files = files.filter_map(|(group, _)| compiled.file(group));
        let files: Vec<String> = files.map(File::name).collect();
        let is_pseudo = compiled.language.is_pseudo();
        let direction = direction.as_str();
        write_or_die(
            out,
            format_args!(
                "        Language {{ tag: {tag:?}, name: {name:?}, direction: {direction:?}, \
                 is_pseudo: {is_pseudo}, files: &{files:?} }},\n"
            ),
        );
    }
    write_or_die(out, format_args!("    ],\n    ranges: &[\n"));
    let tags: Vec<&str> = offered.iter().map(|it| it.language.tag).collect();
    for (range, tag) in ranges(&tags) {
        let place = tags.iter().position(|other| *other == tag).unwrap_or(0);
        write_or_die(out, format_args!("        ({range:?}, {place}),\n"));
    }
    write_or_die(out, format_args!("    ],\n}};\n"));
}

fn methods(out: &mut String, first: usize, messages: &[&Message]) {
    write_or_die(out, format_args!("impl Words {{\n"));
    for (index, message) in (first..).zip(messages) {
        method(out, index, message);
    }
    write_or_die(out, format_args!("}}\n\n"));
}

/// Writes the keys of messages with their placeholders.
fn sentences(out: &mut String, first: usize, messages: &[&Message]) {
    write_or_die(
        out,
        format_args!(
            "/// The place of the first message that is said by its key.\n\
             const FIRST_BY_KEY: usize = {first};\n\
             /// The messages that are said by their keys, with their placeholders in alphabetical \
             order.\n\
             static BY_KEY: &[(&str, &[&str])] = &[\n"
        ),
    );
    for Message {
        key, parameters, ..
    } in messages
    {
        write_or_die(out, format_args!("    ({key:?}, &{parameters:?}),\n"));
    }
    write_or_die(out, format_args!("];\n\n"));
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
