//! The secrets of a scenario, and the search for them.

use std::collections::BTreeSet;

use memchr::memmem;
use postern_host::{Answer, Operation, Request};
use postern_peers::breaches::hash;
use postern_phone::Region;
use postern_protocol::{Problem, Proof};

use super::setup::Beginning;

/// The minimum length: a shorter text occurs by chance. Every code, and every password that a
/// tenant accepts, is longer.
const LENGTH_MIN: usize = 6;

/// The regions whose national numbers people type.
const REGIONS: [&str; 3] = ["NL", "GB", "US"];

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Kind {
    Code,
    Answer,
    Password,
    Hash,
    Token,
    Phone,
}

impl Kind {
    pub(crate) const ALL: [Self; 6] = [
        Self::Code,
        Self::Answer,
        Self::Password,
        Self::Hash,
        Self::Token,
        Self::Phone,
    ];
}

#[derive(Debug, Default)]
pub(crate) struct Secrets(BTreeSet<(Kind, String)>);

impl Secrets {
    /// The secrets before the first event.
    pub(crate) fn of(beginning: &Beginning) -> Self {
        let mut secrets = Self::default();
        for (_, password) in &beginning.passwords {
            secrets.add(Kind::Password, password);
        }
        for account in beginning.world.directory.accounts() {
            for number in account
                .person
                .mobile
                .iter()
                .chain(&account.person.office_phone)
            {
                secrets.add_phone(number);
            }
        }
        secrets
    }

    /// Adds the values that a person typed.
    pub(crate) fn asked(&mut self, request: &Request) {
        if let Some(token) = &request.token {
            self.add(Kind::Token, token);
        }
        match &request.operation {
            Operation::Prove(_, Proof::Code(code)) => self.add_code(code.reveal()),
            Operation::Prove(_, Proof::Answers(answers)) => {
                for answer in answers {
                    self.add(Kind::Answer, answer.answer.reveal());
                }
            }
            Operation::SetPassword(_, set) => {
                self.add(Kind::Password, set.password.reveal());
                self.add_hash(set.password.reveal());
            }
            Operation::StartMethod(_, start) => {
                if let Some(phone) = &start.phone {
                    self.add_phone(phone);
                }
            }
            Operation::StartAttempt(_)
            | Operation::Look(_)
            | Operation::ChoosePurpose(..)
            | Operation::Unlock(_)
            | Operation::AskForHelp(_)
            | Operation::Cancel(_) => {}
        }
    }

    /// Adds the values that only the requesting person may know.
    pub(crate) fn answered(&mut self, answer: &Result<Answer, Problem>) {
        if let Ok(Answer::Started(started)) = answer {
            self.add(Kind::Token, &started.token);
        }
    }

    /// Adds the sent codes.
    pub(crate) fn sent(&mut self, codes: Vec<String>) {
        for code in codes {
            self.add_code(&code);
        }
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// A secret of this kind.
    pub(crate) fn first(&self, kind: Kind) -> Option<&str> {
        let found = self.0.iter().find(|(found, _)| *found == kind);
        found.map(|(_, secret)| secret.as_str())
    }

    /// The secrets that occur in this text.
    pub(crate) fn found_in(&self, text: &str) -> BTreeSet<(Kind, String)> {
        let stands = self.0.iter().filter(|(kind, secret)| match kind {
            Kind::Code => stands_alone(secret, text),
            Kind::Answer | Kind::Password | Kind::Hash | Kind::Token | Kind::Phone => {
                memmem::find(text.as_bytes(), secret.as_bytes()).is_some()
            }
        });
        stands.cloned().collect()
    }

    fn add(&mut self, kind: Kind, text: &str) {
        let text = text.trim();
        if text.chars().count() >= LENGTH_MIN {
            self.0.insert((kind, text.to_owned()));
        }
    }

    /// Adds the hash under which breached passwords are known, without the requested digits: some
    /// GUID contains those by chance.
    fn add_hash(&mut self, password: &str) {
        let hash = hash(password);
        let (_, suffix) = hash.split_at(5);
        self.add(Kind::Hash, suffix);
        self.add(Kind::Hash, &suffix.to_ascii_lowercase());
    }

    /// Adds the digits of a code. Equal digits are not a code: every empty GUID contains them.
    fn add_code(&mut self, typed: &str) {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        if digits.chars().any(|digit| !digits.starts_with(digit)) {
            self.add(Kind::Code, &digits);
        }
    }

    /// Adds a whole number, as typed and as dialled in its country and from abroad.
    fn add_phone(&mut self, typed: &str) {
        self.add(Kind::Phone, typed);
        for region in REGIONS {
            let Ok(parsed) = postern_phone::parse(typed, Region::parse(region)) else {
                continue;
            };
            let national = parsed.number.national_number().to_string();
            self.add(Kind::Phone, &national);
        }
    }
}

/// Whether the text contains the code by itself, not as a part of a longer number, a digest or a
/// fraction.
fn stands_alone(code: &str, text: &str) -> bool {
    let is_number = |character: char| character.is_ascii_hexdigit();
    memmem::find_iter(text.as_bytes(), code).any(|start| {
        let before = text[..start].chars().next_back();
        let after = text[start + code.len()..].chars().next();
        !before.is_some_and(|it| is_number(it) || it == '.') && !after.is_some_and(is_number)
    })
}
