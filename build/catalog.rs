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
#[path = "../src/words/marks.rs"]
pub(crate) mod marks;
pub(crate) mod message;
pub(crate) mod parameter;
mod pseudo;

use self::{
    fault::{Fault, Problem},
    message::Message,
};

/// A language's file.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The name of the file without `.ftl`.
    pub(crate) tag: String,
    /// The content of the file.
    pub(crate) text: String,
}

/// The result of the compilation.
#[derive(Debug)]
pub(crate) struct Catalogs {
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
    files: [File; 4],
}

impl Compiled {
    /// The words of a group.
    pub(crate) fn file(&self, group: Group) -> &File {
        let [page, wizard, demo, server] = &self.files;
        match group {
            Group::Page => page,
            Group::Wizard => wizard,
            Group::Demo => demo,
            Group::Server => server,
        }
    }
}

/// The words of one group in one language.
#[derive(Debug)]
pub(crate) struct File {
    /// The first part of the file name.
    stem: String,
    /// One message per line, in the order of the reference language.
    pub(crate) text: String,
}

impl File {
    /// The file name, such as `words-nl-0123456789abcdef.txt`. It depends on the content, so that
    /// caches can keep the file for ever. 64 bits distinguish any two versions of a file.
    pub(crate) fn name(&self) -> String {
        let mut name = self.stem.clone();
        for byte in Sha256::digest(&self.text).iter().take(8) {
            write!(name, "{byte:02x}").expect("a string takes every write");
        }
        name + ".txt"
    }
}

/// The part of the product that uses a message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Group {
    /// The plain page, without any script. No script fetches the file of this group.
    Page,
    /// The wizard.
    Wizard,
    /// The demo beside the wizard: its own words, and the mails, texts and calls that otherwise
    /// only a server sends.
    Demo,
    /// Only the server, in its messages. No page fetches the file of this group.
    Server,
}

/// The prefixes of the keys of [`Group::Page`].
const PAGE_PREFIXES: [&str; 2] = ["no-script-", "no-start-"];

/// The prefixes of the keys of [`Group::Demo`].
const DEMO_PREFIXES: [&str; 4] = ["demo-", "mail-", "text-", "voice-"];

/// The prefixes of the keys of [`Group::Server`].
const SERVER_PREFIXES: [&str; 1] = ["server-"];

impl Group {
    /// The group of a key, by its first word.
    pub(crate) fn of(key: &str) -> Self {
        let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| key.starts_with(prefix));
        if begins(&PAGE_PREFIXES) {
            Self::Page
        } else if begins(&DEMO_PREFIXES) {
            Self::Demo
        } else if begins(&SERVER_PREFIXES) {
            Self::Server
        } else {
            Self::Wizard
        }
    }
}

/// Reads the files of all languages.
///
/// # Errors
/// If the directory or a file cannot be read.
pub(crate) fn read(directory: &Path) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            let tag = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            sources.push(Source {
                tag,
                text: fs::read_to_string(&path)?,
            });
        }
    }
    sources.sort_by(|one, other| one.tag.cmp(&other.tag));
    Ok(sources)
}

/// Compiles all languages and makes the pseudo-locale.
///
/// # Errors
/// All faults of all files. In this case nothing is compiled.
pub(crate) fn compile(sources: &[Source]) -> Result<Catalogs, Vec<Problem>> {
    let mut problems = Vec::new();
    for source in sources {
        if !LANGUAGES.iter().any(|language| language.tag == source.tag) {
            problems.push(Problem {
                tag: source.tag.clone(),
                key: None,
                fault: Fault::UnknownLanguage,
            });
        }
    }
    let mut messages = |language: &'static Language| {
        let Some(source) = sources.iter().find(|source| source.tag == language.tag) else {
            problems.push(Problem {
                tag: language.tag.to_owned(),
                key: None,
                fault: Fault::NoFile,
            });
            return None;
        };
        Some(parse(language, &source.text, &mut problems))
    };
    let reference = messages(REFERENCE).unwrap_or_default();
    let mut languages = Vec::new();
    for language in &LANGUAGES {
        let translated = if language.tag == REFERENCE.tag {
            Some(reference.clone())
        } else {
            messages(language)
        };
        languages.push((language, translated.unwrap_or_default()));
    }
    languages.push((&PSEUDO, reference.iter().map(pseudo::message).collect()));
    for (language, translated) in &languages {
        // If the syntax is wrong, or the file is missing, the compiler cannot report missing
        // messages.
        let unread = |problem: &Problem| {
            let about = [REFERENCE.tag, language.tag].contains(&problem.tag.as_str());
            about && matches!(problem.fault, Fault::Syntax { .. } | Fault::NoFile)
        };
        if !problems.iter().any(unread) {
            compare(language, translated, &reference, &mut problems);
        }
    }
    if problems.is_empty() {
        let languages = languages
            .iter()
            .map(|(language, messages)| finish(language, messages, &reference))
            .collect();
        Ok(Catalogs {
            reference,
            languages,
        })
    } else {
        Err(problems)
    }
}

/// The messages of one file that have no fault.
fn parse(language: &Language, text: &str, problems: &mut Vec<Problem>) -> Vec<Message> {
    let mut report = |key: Option<&str>, fault| {
        problems.push(Problem {
            tag: language.tag.to_owned(),
            key: key.map(str::to_owned),
            fault,
        });
    };
    let resource = parser::parse(text).unwrap_or_else(|(resource, errors)| {
        for error in errors {
            let line = 1 + text
                .bytes()
                .take(error.pos.start)
                .filter(|byte| *byte == b'\n')
                .count();
            report(
                None,
                Fault::Syntax {
                    line,
                    error: error.kind.to_string(),
                },
            );
        }
        resource
    });
    let mut messages: Vec<Message> = Vec::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(ast::Message {
                id,
                value: Some(pattern),
                attributes,
                ..
            }) if attributes.is_empty() => match Message::read(id.name, pattern, language) {
                Ok(message) if messages.iter().any(|earlier| earlier.key == message.key) => {
                    report(Some(id.name), Fault::Duplicate);
                }
                Ok(message) => messages.push(message),
                Err(fault) => report(Some(id.name), fault),
            },
            Entry::Message(message) => {
                report(Some(message.id.name), Fault::Unsupported("an attribute"));
            }
            Entry::Term(term) => report(Some(term.id.name), Fault::Unsupported("a term")),
            // The parser has already reported junk as a syntax error.
            Entry::Comment(_)
            | Entry::GroupComment(_)
            | Entry::ResourceComment(_)
            | Entry::Junk { .. } => {}
        }
    }
    messages
}

/// Compares a language with the reference: both need the same keys, and each message the same
/// placeholders.
fn compare(
    language: &Language,
    messages: &[Message],
    reference: &[Message],
    problems: &mut Vec<Problem>,
) {
    let mut report = |key: &str, fault| {
        let problem = Problem {
            tag: language.tag.to_owned(),
            key: Some(key.to_owned()),
            fault,
        };
        // A message with a fault also counts as missing; the fault is the better report.
        if !problems
            .iter()
            .any(|other| other.tag == problem.tag && other.key == problem.key)
        {
            problems.push(problem);
        }
    };
    for message in reference {
        match messages.iter().find(|other| other.key == message.key) {
            None => report(&message.key, Fault::Missing),
            Some(other) if other.parameters != message.parameters => report(
                &message.key,
                Fault::Placeholders {
                    expected: message.parameters.clone(),
                    found: other.parameters.clone(),
                },
            ),
            Some(_) => {}
        }
    }
    for message in messages {
        if !reference.iter().any(|other| other.key == message.key) {
            report(&message.key, Fault::Extra);
        }
    }
}

/// Writes the words of one language in the order of the reference.
fn finish(language: &'static Language, messages: &[Message], reference: &[Message]) -> Compiled {
    let file = |group: Group, prefix: &str| {
        let mut text = String::new();
        for message in reference
            .iter()
            .filter(|message| Group::of(&message.key) == group)
        {
            if let Some(translated) = messages.iter().find(|other| other.key == message.key) {
                text += &encode::line(translated, &message.parameters);
            }
            text.push('\n');
        }
        // The underscore prevents the file name of one language from beginning with the name of
        // another.
        let tag = language.tag.replace('-', "_");
        File {
            stem: format!("{prefix}-{tag}-"),
            text,
        }
    };
    let files = [
        file(Group::Page, "page-words"),
        file(Group::Wizard, "words"),
        file(Group::Demo, "demo-words"),
        file(Group::Server, "server-words"),
    ];
    Compiled { language, files }
}
