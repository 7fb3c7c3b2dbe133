//! The account of a hearing: what the directory knows about the person, joined with what the person
//! registered.
//!
//! The hearing needs both for a decoy too, under a name that no account has, so that a decoy takes
//! as long as an account.

use alloc::boxed::Box;
use alloc::string::ToString;

use postern_engine::account::AccountId;
use postern_engine::{Account, Person, Registration, SubjectKey, Tenant, subject_key};

use super::{Facts, Hearing, LedgerNeeded, Ready};
use crate::Named;

/// The hearing needs what the directory knows about the person.
pub struct PersonNeeded<'a> {
    facts: Box<Facts<'a>>,
    tenant: &'a Tenant,
    named: Named,
}

impl<'a> PersonNeeded<'a> {
    pub(super) const fn hearing(
        facts: Box<Facts<'a>>,
        tenant: &'a Tenant,
        named: Named,
    ) -> Hearing<'a> {
        Hearing::Person(Self {
            facts,
            tenant,
            named,
        })
    }

    pub(super) const fn facts(&self) -> &Facts<'a> {
        &self.facts
    }

    /// The tenant of the person.
    pub const fn tenant(&self) -> &'a Tenant {
        self.tenant
    }

    /// How the person is found.
    pub const fn named(&self) -> &Named {
        &self.named
    }

    /// Gives what the directory knows, if it has the person.
    pub fn give(mut self, person: Option<Person>) -> Hearing<'a> {
        let key = self.facts.around.keys.first;
        let own = person.as_ref().map(|person| person.id.clone());
        let (person, account, then) = match self.named {
            Named::Decoy(name) => (None, name, Then::Judge),
            Named::Account(id) => (person, id, Then::Judge),
            Named::Identifier(identifier) => {
                let subject = subject_key(key, Some(self.tenant), own.as_ref(), &identifier);
                self.facts.identifier = Some(identifier);
                let id = own.unwrap_or_else(|| AccountId(subject.to_string()));
                (person, id, Then::Begin(subject))
            }
        };
        Hearing::Registration(RegistrationNeeded {
            facts: self.facts,
            tenant: self.tenant,
            person,
            account,
            then,
        })
    }
}

/// What follows when the account is there.
enum Then {
    /// The attempt is there, and so is everything else.
    Judge,
    /// The attempt begins, under this subject.
    Begin(SubjectKey),
}

/// The hearing needs what the person registered.
pub struct RegistrationNeeded<'a> {
    facts: Box<Facts<'a>>,
    tenant: &'a Tenant,
    person: Option<Person>,
    account: AccountId,
    then: Then,
}

impl<'a> RegistrationNeeded<'a> {
    pub(super) const fn facts(&self) -> &Facts<'a> {
        &self.facts
    }

    /// The tenant of the person.
    pub const fn tenant(&self) -> &'a Tenant {
        self.tenant
    }

    /// The account of the person. If there is no person, this is a name that no account has.
    pub const fn account(&self) -> &AccountId {
        &self.account
    }

    /// Gives what the person registered. If there is nothing, the host gives an empty registration.
    pub fn give(mut self, registration: Registration) -> Hearing<'a> {
        self.facts.account = self.person.map(|person| Account::of(person, registration));
        let (facts, tenant) = (self.facts, self.tenant);
        match self.then {
            Then::Judge => Hearing::Ready(Ready(facts)),
            Then::Begin(subject) => Hearing::Ledger(LedgerNeeded {
                facts,
                tenant,
                subject,
            }),
        }
    }
}
