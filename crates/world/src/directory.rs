//! A directory in memory: accounts with what their people registered, and passwords as salted
//! digests.
//!
//! It refuses what real directories refuse, so that a person can see how the page explains it. A
//! test or the demo can make it fail.

use alloc::string::String;
use alloc::vec::Vec;

use pbkdf2::pbkdf2_hmac;
use postern_engine::account::{AccountId, PasswordSource};
use postern_engine::command::RenewAnswers;
use postern_engine::identifier::normalise;
use postern_engine::{Account, Identifier, Written};
use postern_protocol::DirectoryRule;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The number of last passwords that an account on premises may not use again.
const HISTORY_LENGTH: usize = 3;

/// Iterations of a password's digest. They are few, because the page computes the digest in a
/// browser and it holds no real password.
const ITERATIONS: u32 = 1_000;

/// The accounts of every tenant.
#[derive(Default, Deserialize, Serialize)]
pub struct Directory {
    people: Vec<Listed>,
    /// What fails when the host writes a password or unlocks an account. `None` if nothing does.
    pub fault: Option<Fault>,
}

#[derive(Deserialize, Serialize)]
struct Listed {
    tenant: String,
    account: Account,
    /// The passwords, newest last.
    passwords: Vec<StoredPassword>,
}

#[derive(Deserialize, Serialize)]
struct StoredPassword {
    salt: [u8; 16],
    digest: [u8; 32],
}

/// The faults of the directory.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The host cannot reach the directory.
    Unreachable,
    /// The directory does not permit the change.
    Misconfigured,
    /// The directory makes the change, and the answer is lost.
    LosesAnswer,
    /// The host dies while it waits, and never gets the answer.
    NeverAnswers,
}

impl Directory {
    /// Adds an account to the tenant of this domain.
    pub fn add(&mut self, tenant: &str, account: Account) {
        self.people.push(Listed {
            tenant: tenant.into(),
            account,
            passwords: Vec::new(),
        });
    }

    /// Every account.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.people.iter().map(|person| &person.account)
    }

    /// The accounts of the tenant of this domain.
    pub fn of<'a>(&'a self, tenant: &'a str) -> impl Iterator<Item = &'a Account> {
        let people = self.people.iter();
        people
            .filter(move |person| person.tenant == tenant)
            .map(|person| &person.account)
    }

    /// The account with this name.
    pub fn account(&self, id: &AccountId) -> Option<&Account> {
        self.person(id).map(|person| &person.account)
    }

    /// The account with this name, for a change without the engine.
    pub fn account_mut(&mut self, id: &AccountId) -> Option<&mut Account> {
        self.person_mut(id).map(|person| &mut person.account)
    }

    /// The account of a tenant to which this identifier signs in.
    pub fn find(&self, tenant: &str, identifier: &Identifier) -> Option<&Account> {
        self.people
            .iter()
            .filter(|person| person.tenant == tenant)
            .map(|person| &person.account)
            .find(|account| {
                account
                    .person
                    .identifiers
                    .iter()
                    .any(|own| normalise(own) == identifier.normalised())
            })
    }

    /// Whether this is the account's password.
    pub fn is_password(&self, id: &AccountId, password: &str) -> bool {
        self.person(id)
            .and_then(|person| person.passwords.last())
            .is_some_and(|stored| stored.matches(password))
    }

    /// Gives an account a password without a check of the rules.
    pub fn give_password(&mut self, id: &AccountId, password: &str, salt: [u8; 16]) {
        if let Some(person) = self.person_mut(id) {
            person.passwords.push(StoredPassword::new(password, salt));
        }
    }

    /// Sets a password and unlocks the account. `None` if the host dies before it gets the answer.
    pub(crate) fn write_back(
        &mut self,
        id: &AccountId,
        password: &str,
        salt: [u8; 16],
    ) -> Option<Written> {
        self.change(id, |person| {
            if person.account.person.password_source == PasswordSource::OnPremises
                && person
                    .passwords
                    .iter()
                    .rev()
                    .take(HISTORY_LENGTH)
                    .any(|stored| stored.matches(password))
            {
                return Written::Refused(DirectoryRule::History);
            }
            person.passwords.push(StoredPassword::new(password, salt));
            person.account.person.is_locked = false;
            Written::Done
        })
    }

    /// Unlocks an account. `None` if the host dies before it gets the answer.
    pub(crate) fn unlock(&mut self, id: &AccountId) -> Option<Written> {
        self.change(id, |person| {
            person.account.person.is_locked = false;
            Written::Done
        })
    }

    /// Keeps answers in the newest form.
    pub(crate) fn renew_answers(&mut self, renew: &RenewAnswers) {
        if let Some(account) = self.account_mut(&renew.account) {
            renew.apply(&mut account.registration);
        }
    }

    fn change(
        &mut self,
        id: &AccountId,
        change: impl FnOnce(&mut Listed) -> Written,
    ) -> Option<Written> {
        let fault = self.fault;
        match fault {
            Some(Fault::Unreachable) => return Some(Written::Unreachable),
            Some(Fault::Misconfigured) => return Some(Written::Misconfigured),
            Some(Fault::LosesAnswer | Fault::NeverAnswers) | None => {}
        }
        let Some(person) = self.person_mut(id) else {
            return Some(Written::Misconfigured);
        };
        let written = change(person);
        match fault {
            Some(Fault::LosesAnswer) => Some(Written::Unknown),
            Some(Fault::NeverAnswers) => None,
            Some(Fault::Unreachable | Fault::Misconfigured) | None => Some(written),
        }
    }

    fn person(&self, id: &AccountId) -> Option<&Listed> {
        self.people
            .iter()
            .find(|person| person.account.person.id == *id)
    }

    fn person_mut(&mut self, id: &AccountId) -> Option<&mut Listed> {
        self.people
            .iter_mut()
            .find(|person| person.account.person.id == *id)
    }
}

impl StoredPassword {
    fn new(password: &str, salt: [u8; 16]) -> Self {
        Self {
            salt,
            digest: digest(password, &salt),
        }
    }

    fn matches(&self, password: &str) -> bool {
        digest(password, &self.salt).ct_eq(&self.digest).into()
    }
}

fn digest(password: &str, salt: &[u8; 16]) -> [u8; 32] {
    let mut digest = [0; 32];
    pbkdf2_hmac::<Sha256>(password.as_bytes(), salt, ITERATIONS, &mut digest);
    digest
}
