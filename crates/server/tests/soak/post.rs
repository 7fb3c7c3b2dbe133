//! The mails of all people, read as they arrive.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use postern_peers::smtp::{Received, Smtp};

/// The interval at which a person checks the mailbox.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// The mails of all people.
#[derive(Default)]
pub(crate) struct Post(Mutex<BTreeMap<String, Letters>>);

/// The mails of one address.
#[derive(Clone, Default)]
pub(crate) struct Letters {
    /// The codes, the newest last, each once.
    pub(crate) codes: Vec<String>,
    /// The mails about resets, by the message id: a mail that arrives twice has the same id.
    pub(crate) resets: BTreeSet<String>,
    /// The mails about locks, in the same form.
    pub(crate) locks: BTreeSet<String>,
    /// The subjects of all other mails.
    pub(crate) others: Vec<String>,
    /// The total number of mails.
    pub(crate) mails: usize,
    /// The ids of all mails.
    names: BTreeSet<String>,
}

impl Letters {
    /// The number of repeated mails.
    pub(crate) fn again(&self) -> usize {
        self.mails - self.names.len()
    }
}

impl Post {
    /// Reads mails for ever.
    pub(crate) async fn collect(&self, smtp: &Smtp) {
        let mut number = 1;
        loop {
            while let Some(mail) = smtp.mail(number) {
                self.deliver(&mail);
                number += 1;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// The mails of an address so far.
    pub(crate) fn of(&self, address: &str) -> Letters {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(address).cloned().unwrap_or_default()
    }

    /// The mails of all people so far.
    pub(crate) fn all(&self) -> Vec<Letters> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.values().cloned().collect()
    }

    /// The newest code that is not in the list, as soon as it arrives; `None` if none arrives
    /// within this time.
    pub(crate) async fn code(
        &self,
        address: &str,
        but: &BTreeSet<String>,
        within: Duration,
    ) -> Option<String> {
        let newest = async {
            loop {
                let codes = self.of(address).codes;
                if let Some(code) = codes.into_iter().rev().find(|code| !but.contains(code)) {
                    return code;
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        tokio::time::timeout(within, newest).await.ok()
    }

    fn deliver(&self, mail: &Received) {
        let to = mail.envelope.rsplit(' ').next().unwrap_or_default();
        let name = header(mail, "Message-ID");
        let subject = header(mail, "Subject");
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let letters = all.entry(to.to_owned()).or_default();
        letters.mails += 1;
        letters.names.insert(name.clone());
        if let Some((code, _)) = subject.split_once(" is your code") {
            let code = code.replace(' ', "");
            if letters.codes.iter().all(|known| *known != code) {
                letters.codes.push(code);
            }
        } else if subject == "Your password was changed" {
            letters.resets.insert(name);
        } else if subject == "Too many tries for your account" {
            letters.locks.insert(name);
        } else {
            letters.others.push(subject);
        }
    }
}

fn header(mail: &Received, name: &str) -> String {
    let mut lines = mail.headers.lines();
    let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    value.unwrap_or_default().to_owned()
}
