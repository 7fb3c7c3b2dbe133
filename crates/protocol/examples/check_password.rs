//! Tries the password rules in a shell: one password a line in, one verdict a line out.
//!
//! ```text
//! $ echo 'C0ntos0Blank12' | cargo run -q -p postern-protocol --example check_password -- --banned blank --custom contoso
//! refuse  4  too-guessable  contoso,blank
//! ```
//!
//! The columns stand between tabs: `accept` or `refuse`, the score, the first rule that refuses,
//! the terms found. A `-` says that there is none.
//!
//! - `--banned A,B`: these terms take the place of the global list
//! - `--custom A,B`: the administrator's terms, 4 to 16 characters each
//! - `--name A,B`, `--tenant A,B`: names of the person and of the organisation
//! - `--identifier A`: what the person signs in with
//! - `--min N`, `--classes N`: the length (8) and the number of character classes (0) asked for
//!
//! The flags that take lists may be given more than once.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use postern_protocol::password::{
    BannedList, Context, CustomTerms, NewPassword, PASSWORD_LENGTH_MAX, PasswordRefusal,
    PasswordRules, evaluate, judge,
};

const USAGE: &str = "usage: check_password [--banned A,B] [--custom A,B] [--name A,B] [--tenant A,B] \
                     [--identifier A] [--min N] [--classes N]";

fn main() -> ExitCode {
    let shell = match Shell::parse(std::env::args().skip(1)) {
        Ok(shell) => shell,
        Err(error) => {
            eprintln!("check_password: {error}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match shell.run(io::stdin().lock(), io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader of the verdicts has closed the pipe.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("check_password: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What the flags say.
pub(crate) struct Shell {
    rules: PasswordRules,
    identifier: String,
    names: Vec<String>,
    tenant: Vec<String>,
    custom: CustomTerms,
    banned: BannedList,
}

impl Shell {
    pub(crate) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut rules = PasswordRules::default();
        let mut identifier = String::new();
        let (mut names, mut tenant) = (Vec::new(), Vec::new());
        let (mut custom, mut banned) = (Vec::new(), None::<Vec<String>>);

        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (flag, value) = match argument.split_once('=') {
                Some((flag, value)) => (flag.to_owned(), Some(value.to_owned())),
                None => (argument, None),
            };
            let mut value = || {
                value
                    .clone()
                    .or_else(|| arguments.next())
                    .ok_or(format!("{flag} needs a value"))
            };
            match flag.as_str() {
                "--banned" => banned.get_or_insert_default().extend(list(&value()?)),
                "--custom" => custom.extend(list(&value()?)),
                "--name" => names.extend(list(&value()?)),
                "--tenant" => tenant.extend(list(&value()?)),
                "--identifier" => identifier = value()?,
                "--min" => rules.min_length = number(&flag, &value()?, 1, PASSWORD_LENGTH_MAX)?,
                "--classes" => {
                    rules.classes_required = number(&flag, &value()?, 0, 4)?
                        .try_into()
                        .map_err(|_| "there are four classes")?;
                }
                other => return Err(format!("there is no flag {other}")),
            }
        }

        Ok(Self {
            rules,
            identifier,
            names,
            tenant,
            custom: CustomTerms::parse(custom.iter().map(String::as_str))
                .map_err(|error| format!("--custom: {error}"))?,
            banned: match banned {
                Some(terms) => BannedList::of(terms.iter().map(String::as_str)),
                None => BannedList::global().clone(),
            },
        })
    }

    fn run(&self, passwords: impl BufRead, mut verdicts: impl Write) -> io::Result<()> {
        for password in passwords.lines() {
            writeln!(verdicts, "{}", self.verdict(&password?))?;
            verdicts.flush()?;
        }
        Ok(())
    }

    /// The line for one password.
    pub(crate) fn verdict(&self, typed: &str) -> String {
        let password = match NewPassword::parse(typed) {
            Ok(password) => password,
            // What is no password at all has no score.
            Err(refusal) => return format!("refuse\t-\t{}\t-", refusal.name()),
        };
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let tenant: Vec<&str> = self.tenant.iter().map(String::as_str).collect();
        let context = Context {
            identifier: &self.identifier,
            names: &names,
            tenant: &tenant,
            custom: &self.custom,
            banned: &self.banned,
        };

        let refusals = judge(&password, &self.rules, &context);
        let verdict = if refusals.is_empty() {
            "accept"
        } else {
            "refuse"
        };
        let rule = refusals.first().map_or("-", PasswordRefusal::name);
        let evaluation = evaluate(&password, &context);
        let mut terms: Vec<&str> = Vec::new();
        for found in &evaluation.found {
            if !terms.contains(&found.term.as_str()) {
                terms.push(&found.term);
            }
        }
        if terms.is_empty() {
            terms.push("-");
        }
        format!(
            "{verdict}\t{}\t{rule}\t{}",
            evaluation.score,
            terms.join(",")
        )
    }
}

fn list(value: &str) -> Vec<String> {
    value
        .split(',')
        .filter(|term| !term.is_empty())
        .map(str::to_owned)
        .collect()
}

fn number(flag: &str, value: &str, min: u16, max: u16) -> Result<u16, String> {
    value
        .parse()
        .ok()
        .filter(|number| (min..=max).contains(number))
        .ok_or(format!(
            "{flag} takes a number from {min} to {max}, not {value:?}"
        ))
}
