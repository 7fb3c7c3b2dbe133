//! The compiler of message catalogs: it reads Fluent files and writes one small file for each
//! language.
//!
//! The build script, `xtask` and the tests include this file, so that the same code makes the names
//! in the page and the files beside it. `fluent-bundle` in the page would cost 52 KB of brotli;
//! this compiler leaves only a few hundred bytes of reader in the page.

use std::{fmt::Write, fs, io, path::Path};

use fluent_syntax::{
    ast::{self, Entry},
    parser,
};
use postern_locale::{LANGUAGES, Language, PSEUDO, REFERENCE};
use sha2::{Digest, Sha256};

mod encode;
pub(crate) mod fault;
#[path = "../crates/kit/src/words/marks.rs"]
pub(crate) mod marks;
pub(crate) mod message;
mod pseudo;

use self::{
    fault::{Fault, Place, Problem},
    message::Message,
};

/// A file of a language.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The path of the file below `locales/`, such as `nl/reset.ftl`.
    pub(crate) path: String,
    /// The content of the file.
    pub(crate) text: String,
}

/// The result of the compilation.
#[derive(Debug)]
pub(crate) struct Catalogs {
    /// The groups of messages, in the order of their names. Each has its own file in the folder of
    /// a language, and a page fetches only those that it uses.
    pub(crate) groups: Vec<String>,
    /// The messages of the reference language, in its order.
    pub(crate) reference: Vec<Message>,
    /// Every language, in the order of [`LANGUAGES`], and the pseudo-locale.
    pub(crate) languages: Vec<Compiled>,
}

/// One language, compiled.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The language.
    pub(crate) language: &'static Language,
    /// The words of the language, with one file for each group.
    pub(crate) files: Vec<File>,
}

impl Compiled {
    /// The words of the group with this name.
    pub(crate) fn file(&self, group: &str) -> Option<&File> {
        self.files.iter().find(|file| file.group == group)
    }
}

/// The words of one group in one language.
#[derive(Debug)]
pub(crate) struct File {
    /// The name of the group.
    group: String,
    /// The tag of the language, without hyphens.
    tag: String,
    /// One message per line, in the order of the reference language.
    pub(crate) text: String,
}

impl File {
    /// The file name, such as `reset-nl-0123456789abcdef.txt`. It depends on the content, so that
    /// caches can keep the file for ever. 64 bits distinguish any two versions of a file.
    pub(crate) fn name(&self) -> String {
        let mut name = format!("{}-{}-", self.group, self.tag);
        for byte in Sha256::digest(&self.text).iter().take(8) {
            write!(name, "{byte:02x}").expect("a string takes every write");
        }
        name + ".txt"
    }
}

/// Reads the files of all languages.
///
/// # Errors
/// If the directory or a file cannot be read.
pub(crate) fn read(directory: &Path) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    read_into(&mut sources, directory, "")?;
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

fn read_into(sources: &mut Vec<Source>, directory: &Path, above: &str) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let path = entry.path();
        let name = format!("{above}{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            read_into(sources, &path, &format!("{name}/"))?;
        } else if path.extension().is_some_and(|extension| extension == "ftl") {
            sources.push(Source {
                path: name,
                text: fs::read_to_string(&path)?,
            });
        }
    }
    Ok(())
}

/// Compiles all languages and makes the pseudo-locale.
///
/// # Errors
/// All faults of all files. In this case nothing is compiled.
pub(crate) fn compile(sources: &[Source]) -> Result<Catalogs, Vec<Problem>> {
    let groups = groups_of(sources);
    let misplaced = sources
        .iter()
        .filter_map(|source| misplaced(source, &groups));
    let mut problems: Vec<Problem> = misplaced.collect();
    let mut messages =
        |language: &'static Language| parse(language, &groups, sources, &mut problems);
    let reference = messages(REFERENCE);
    let mut languages = Vec::new();
    for language in &LANGUAGES {
        let translated = if language.tag == REFERENCE.tag {
            reference.clone()
        } else {
            messages(language)
        };
        languages.push((language, translated));
    }
    languages.push((&PSEUDO, reference.iter().map(pseudo::message).collect()));
    // If the syntax of a file is wrong, or the file is missing, the compiler cannot report missing
    // messages of its group.
    let unread: Vec<String> = problems
        .iter()
        .filter(|problem| matches!(problem.fault, Fault::Syntax(_) | Fault::NoFile))
        .map(|problem| problem.path.clone())
        .collect();
    for (language, translated) in &languages {
        for group in &groups {
            let about = [REFERENCE.tag, language.tag].map(|tag| path_of(group, tag));
            if !about.iter().any(|path| unread.contains(path)) {
                compare(language, group, translated, &reference, &mut problems);
            }
        }
    }
    if problems.is_empty() {
        let languages = languages
            .iter()
            .map(|(language, messages)| finish(language, &groups, messages, &reference))
            .collect();
        Ok(Catalogs {
            groups,
            reference,
            languages,
        })
    } else {
        Err(problems)
    }
}

/// The groups of messages: the names of the files of the reference language.
fn groups_of(sources: &[Source]) -> Vec<String> {
    let mut groups: Vec<String> = sources
        .iter()
        .filter_map(|source| {
            let (tag, file) = source.path.split_once('/')?;
            let group = file.strip_suffix(".ftl")?;
            (tag == REFERENCE.tag && !group.contains('/')).then(|| group.to_owned())
        })
        .collect();
    groups.sort();
    groups
}

/// The path of a group's file of a language, below `locales/`.
fn path_of(group: &str, tag: &str) -> String {
    format!("{tag}/{group}.ftl")
}

/// The fault of a file that belongs to no language or no group.
fn misplaced(source: &Source, groups: &[String]) -> Option<Problem> {
    let (tag, file) = source.path.split_once('/').unwrap_or_default();
    let group = file.strip_suffix(".ftl").unwrap_or_default();
    let fault = if !groups.iter().any(|known| known == group) {
        Fault::UnknownGroup
    } else if !LANGUAGES.iter().any(|language| language.tag == tag) {
        Fault::UnknownLanguage
    } else {
        return None;
    };
    Some(Problem {
        path: source.path.clone(),
        place: None,
        key: None,
        fault,
    })
}

/// The messages of one language that have no fault.
fn parse(
    language: &Language,
    groups: &[String],
    sources: &[Source],
    problems: &mut Vec<Problem>,
) -> Vec<Message> {
    let mut messages = Vec::new();
    for group in groups {
        let path = path_of(group, language.tag);
        match sources.iter().find(|source| source.path == path) {
            Some(source) => parse_file(language, group, source, &mut messages, problems),
            None => problems.push(Problem {
                path,
                place: None,
                key: None,
                fault: Fault::NoFile,
            }),
        }
    }
    messages
}

/// Adds the messages of one file that have no fault.
fn parse_file(
    language: &Language,
    group: &str,
    Source { path, text }: &Source,
    messages: &mut Vec<Message>,
    problems: &mut Vec<Problem>,
) {
    let mut report = |place: Place, key: Option<&str>, fault| {
        problems.push(Problem {
            path: path.clone(),
            place: Some(place),
            key: key.map(str::to_owned),
            fault,
        });
    };
    let resource = parser::parse(text.as_str()).unwrap_or_else(|(resource, errors)| {
        for error in errors {
            let place = Place::of(text, error.pos.start);
            report(place, None, Fault::Syntax(error.kind.to_string()));
        }
        resource
    });
    // The parser borrows each name from the text, which gives its place.
    let place = |name: &str| Place::of(text, name.as_ptr().addr() - text.as_ptr().addr());
    for entry in &resource.body {
        match entry {
            Entry::Message(ast::Message {
                id,
                value: Some(pattern),
                attributes,
                ..
            }) if attributes.is_empty() => {
                let at = place(id.name);
                match Message::read(id.name, pattern, (group, at), language) {
                    Ok(message) if messages.iter().any(|earlier| earlier.key == message.key) => {
                        report(at, Some(id.name), Fault::Duplicate);
                    }
                    Ok(message) => messages.push(message),
                    Err(fault) => report(at, Some(id.name), fault),
                }
            }
            Entry::Message(ast::Message { id, .. }) => {
                report(
                    place(id.name),
                    Some(id.name),
                    Fault::Unsupported("an attribute"),
                );
            }
            Entry::Term(ast::Term { id, .. }) => {
                report(place(id.name), Some(id.name), Fault::Unsupported("a term"));
            }
            // The parser has already reported junk as a syntax error.
            Entry::Comment(_)
            | Entry::GroupComment(_)
            | Entry::ResourceComment(_)
            | Entry::Junk { .. } => {}
        }
    }
}

/// Compares a group of a language with the reference: both need the same keys, and each message the
/// same placeholders.
fn compare(
    language: &Language,
    group: &str,
    messages: &[Message],
    reference: &[Message],
    problems: &mut Vec<Problem>,
) {
    let path = path_of(group, language.tag);
    let mut report = |place: Option<Place>, key: &str, fault| {
        let problem = Problem {
            path: path.clone(),
            place,
            key: Some(key.to_owned()),
            fault,
        };
        // A message with a fault also counts as missing; the fault is the better report.
        if !problems
            .iter()
            .any(|other| other.path == problem.path && other.key == problem.key)
        {
            problems.push(problem);
        }
    };
    let of_group = |message: &&Message| message.group == group;
    for message in reference.iter().filter(of_group) {
        match named(messages, group, &message.key) {
            None => report(None, &message.key, Fault::Missing),
            Some(other) if other.parameters != message.parameters => report(
                Some(other.place),
                &message.key,
                Fault::Placeholders {
                    expected: message.parameters.clone(),
                    found: other.parameters.clone(),
                },
            ),
            Some(_) => {}
        }
    }
    for message in messages.iter().filter(of_group) {
        if named(reference, group, &message.key).is_none() {
            report(Some(message.place), &message.key, Fault::Extra);
        }
    }
}

/// The message of a group with this key.
fn named<'a>(messages: &'a [Message], group: &str, key: &str) -> Option<&'a Message> {
    let mut messages = messages.iter();
    messages.find(|message| message.group == group && message.key == key)
}

/// Writes the words of one language in the order of the reference.
fn finish(
    language: &'static Language,
    groups: &[String],
    messages: &[Message],
    reference: &[Message],
) -> Compiled {
    let file = |group: &String| {
        let mut text = String::new();
        for message in reference.iter().filter(|message| message.group == *group) {
            if let Some(translated) = messages.iter().find(|other| other.key == message.key) {
                text += &encode::line(translated, &message.parameters);
            }
            text.push('\n');
        }
        File {
            group: group.clone(),
            // The underscore prevents the file name of one language from beginning with the name of
            // another.
            tag: language.tag.replace('-', "_"),
            text,
        }
    };
    Compiled {
        language,
        files: groups.iter().map(file).collect(),
    }
}
