//! What a hearing can need from its host, a type for each: what it is, and how the host gives it.

use alloc::boxed::Box;
use alloc::string::ToString;

use postern_engine::account::AccountId;
use postern_engine::{
    Account, Breach, Ledger, Person, Registration, SubjectKey, Tenant, WriteBackHealth, subject_key,
};
use postern_protocol::password::NewPassword;
use postern_protocol::{AttemptId, ProblemKind};

use super::{Facts, Hearing, Ready};
use crate::{Heard, Judgement, Kept, Named, Receipt, Recorded, Versioned};

/// What follows when the host has read the record of the key, and there is none.
pub(super) enum Then {
    GoOn,
    AskAbout(NewPassword),
    Settle(Box<Judgement>),
}

impl Then {
    pub(super) fn go_on(self, facts: Box<Facts<'_>>) -> Hearing<'_> {
        match self {
            Self::GoOn => facts.go_on(),
            Self::AskAbout(password) => Hearing::Breach(BreachNeeded { facts, password }),
            Self::Settle(judgement) => Hearing::Over(Heard::Judged(judgement)),
        }
    }
}

/// The hearing needs the attempt.
pub struct AttemptNeeded<'a> {
    pub(super) facts: Box<Facts<'a>>,
    pub(super) id: AttemptId,
}

impl<'a> AttemptNeeded<'a> {
    /// The id of the attempt.
    pub const fn id(&self) -> AttemptId {
        self.id
    }

    /// Gives the attempt, if it exists.
    ///
    /// A client reaches it only with its token, and only from our own page or from a portal of its
    /// tenant. For the client, an attempt that does not exist and one that the token does not open
    /// are the same.
    pub fn give(mut self, kept: Option<Kept>) -> Hearing<'a> {
        let kept = kept.filter(|kept| {
            self.facts.request.is_none_or(|(request, asker)| {
                let case = kept.attempt.value.case();
                let tenant = case.and_then(|case| self.facts.around.tenant_kept_as(case.domain()));
                let is_portals = |portal| tenant.is_some_and(|tenant| tenant.has_portal(portal));
                self.facts.around.keys.opens(kept, request.token.as_deref())
                    && asker.portal.is_none_or(is_portals)
            })
        });
        let Some(kept) = kept else {
            return Hearing::problem(ProblemKind::AttemptUnknown);
        };
        self.facts.keep(kept);
        self.facts.begin()
    }
}

/// The hearing needs the record of the idempotency key.
pub struct RecordNeeded<'a> {
    pub(super) facts: Box<Facts<'a>>,
    pub(super) then: Then,
}

impl<'a> RecordNeeded<'a> {
    /// The name of the record.
    pub fn key(&self) -> &str {
        self.facts.receipt.as_ref().map_or("", Receipt::key)
    }

    /// Gives the record, if there is one that may not be forgotten yet.
    pub fn give(mut self, recorded: Option<Recorded>) -> Hearing<'a> {
        self.facts.is_recalled = true;
        let (Some(recorded), Some((request, _))) = (recorded, self.facts.request) else {
            return self.then.go_on(self.facts);
        };
        let keys = &self.facts.around.keys;
        if !keys.is_of(&recorded, request, self.facts.nonce()) {
            return Hearing::problem(ProblemKind::KeyReused);
        }
        match recorded.reply {
            Some(reply) => Hearing::answered(reply),
            None => Hearing::problem(ProblemKind::KeyInUse),
        }
    }
}

/// The hearing needs what the directory knows about the person.
pub struct PersonNeeded<'a> {
    pub(super) facts: Box<Facts<'a>>,
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
        let (person, account, after) = match self.named {
            Named::Decoy(name) => (None, name, After::Judge),
            Named::Account(id) => (person, id, After::Judge),
            Named::Identifier(identifier) => {
                let subject = subject_key(key, Some(self.tenant), own.as_ref(), &identifier);
                self.facts.identifier = Some(identifier);
                let id = own.unwrap_or_else(|| AccountId(subject.to_string()));
                (person, id, After::Begin(subject))
            }
        };
        Hearing::Registration(RegistrationNeeded {
            facts: self.facts,
            tenant: self.tenant,
            person,
            account,
            after,
        })
    }
}

/// What follows when the account is there.
enum After {
    /// The attempt is there, and so is everything else.
    Judge,
    /// The attempt begins, under this subject.
    Begin(SubjectKey),
}

/// The hearing needs what the person registered.
pub struct RegistrationNeeded<'a> {
    pub(super) facts: Box<Facts<'a>>,
    tenant: &'a Tenant,
    person: Option<Person>,
    account: AccountId,
    after: After,
}

impl<'a> RegistrationNeeded<'a> {
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
        match self.after {
            After::Judge => Hearing::Ready(Ready(facts)),
            After::Begin(subject) => Hearing::Ledger(LedgerNeeded {
                facts,
                tenant,
                subject,
            }),
        }
    }
}

/// The hearing needs the ledger of the person who begins an attempt.
pub struct LedgerNeeded<'a> {
    pub(super) facts: Box<Facts<'a>>,
    tenant: &'a Tenant,
    subject: SubjectKey,
}

impl<'a> LedgerNeeded<'a> {
    /// The name of the ledger.
    pub const fn subject(&self) -> &SubjectKey {
        &self.subject
    }

    /// Gives the ledger. If there is none, the host gives an empty one of version 0.
    pub fn give(mut self, ledger: Versioned<Ledger>) -> Hearing<'a> {
        self.facts.ledger = ledger;
        let (facts, tenant) = (self.facts, self.tenant);
        Hearing::Health(HealthNeeded { facts, tenant })
    }
}

/// The hearing needs the health of a tenant's write-back.
pub struct HealthNeeded<'a> {
    pub(super) facts: Box<Facts<'a>>,
    tenant: &'a Tenant,
}

impl<'a> HealthNeeded<'a> {
    /// The tenant.
    pub const fn tenant(&self) -> &'a Tenant {
        self.tenant
    }

    /// Gives the health.
    pub fn give(mut self, health: WriteBackHealth) -> Hearing<'a> {
        self.facts.write_back = health;
        Hearing::Ready(Ready(self.facts))
    }
}

/// The hearing needs the breach service's answer about a password.
pub struct BreachNeeded<'a> {
    pub(super) facts: Box<Facts<'a>>,
    pub(super) password: NewPassword,
}

impl<'a> BreachNeeded<'a> {
    /// The password.
    pub const fn password(&self) -> &NewPassword {
        &self.password
    }

    /// Gives the answer of the service.
    pub fn give(mut self, breach: Breach) -> Hearing<'a> {
        self.facts.breach = Some(breach);
        Hearing::Ready(Ready(self.facts))
    }
}
