//! One request or event, from what the host reads for it to what the host changes, without input
//! and output.
//!
//! A hearing says what it needs next. The host reads that from its store or directory and gives it
//! to the hearing, until there is a judgement or an answer. Only this module decides what a host
//! reads, and in which order, so that all hosts do the same.

use alloc::boxed::Box;
use alloc::string::ToString;

use postern_engine::account::AccountId;
use postern_engine::{
    Account, Breach, Case, Identifier, Input, Ledger, Person, Registration, SubjectKey, Tenant,
    WriteBackHealth, Written, subject_key,
};
use postern_protocol::password::NewPassword;
use postern_protocol::{AttemptId, Problem, ProblemKind, Timestamp};

use crate::facts::{Facts, Judged};
use crate::{
    Asker, Heard, Judgement, Kept, Moment, Named, Need, Receipt, Recorded, Reply, Request, Round,
    Surroundings, Versioned,
};

/// What a hearing needs, or its result.
pub enum Hearing<'a> {
    /// The hearing needs its attempt.
    Attempt(AttemptNeeded<'a>),
    /// The hearing needs the record of the idempotency key.
    Record(RecordNeeded<'a>),
    /// The hearing needs what the directory knows about the person.
    Person(PersonNeeded<'a>),
    /// The hearing needs what the person registered.
    Registration(RegistrationNeeded<'a>),
    /// The hearing needs the ledger of the person who begins an attempt.
    Ledger(LedgerNeeded<'a>),
    /// The hearing needs the health of the tenant's write-back.
    Health(HealthNeeded<'a>),
    /// The hearing needs to know whether a password is a breached one.
    Breach(BreachNeeded<'a>),
    /// Everything else is there, and the hearing needs the moment.
    Ready(Ready<'a>),
    /// The hearing is over.
    Over(Heard),
}

impl<'a> Hearing<'a> {
    /// Begins the hearing of a request.
    pub fn of_request(
        around: Surroundings<'a>,
        request: &'a Request,
        asker: Asker<'a>,
        round: Round,
    ) -> Self {
        let mut facts = Facts::new(around, request.operation.input(asker.portal));
        facts.request = Some((request, asker));
        facts.round = round;
        match request.operation.attempt() {
            Some(id) => Self::Attempt(AttemptNeeded { facts, id }),
            None => facts.begin(),
        }
    }

    /// Begins the hearing of an event of an attempt. No client waits for it.
    pub fn of_event(around: Surroundings<'a>, id: AttemptId, input: Input) -> Self {
        let facts = Facts::new(around, input);
        Self::Attempt(AttemptNeeded { facts, id })
    }

    /// Begins the hearing of the directory's result. The receipt is that of the waiting request.
    pub fn of_writing(
        around: Surroundings<'a>,
        kept: Kept,
        written: Written,
        receipt: Option<Receipt>,
    ) -> Self {
        let mut facts = Facts::new(around, Input::WrittenBack(written));
        facts.receipt = receipt;
        facts.is_recalled = true;
        facts.keep(kept);
        facts.go_on()
    }

    /// What the hearing asks the host to read. `None` if everything is there, or if the hearing is
    /// over.
    pub const fn need(&self) -> Option<Need> {
        match self {
            Self::Attempt(_) => Some(Need::Attempt),
            Self::Record(_) => Some(Need::Record),
            Self::Person(_) => Some(Need::Person),
            Self::Registration(_) => Some(Need::Registration),
            Self::Ledger(_) => Some(Need::Ledger),
            Self::Health(_) => Some(Need::Health),
            Self::Breach(_) => Some(Need::Breach),
            Self::Ready(_) | Self::Over(_) => None,
        }
    }

    /// The case of the hearing's attempt, once the attempt is there and open to the caller.
    pub fn case(&self) -> Option<&Case> {
        let facts = match self {
            Self::Attempt(_) | Self::Over(Heard::Answered(_)) => return None,
            Self::Over(Heard::Judged(judgement)) => return judgement.case(),
            Self::Record(needed) => &needed.facts,
            Self::Person(needed) => &needed.facts,
            Self::Registration(needed) => &needed.facts,
            Self::Ledger(needed) => &needed.facts,
            Self::Health(needed) => &needed.facts,
            Self::Breach(needed) => &needed.facts,
            Self::Ready(ready) => &ready.0,
        };
        facts.kept.as_ref()?.attempt.value.case()
    }

    fn problem(kind: ProblemKind) -> Self {
        Self::answered(Reply::Problem(Problem::new(kind)))
    }

    fn answered(reply: Reply) -> Self {
        Self::Over(Heard::Answered(Box::new(reply)))
    }
}

impl<'a> Facts<'a> {
    /// The hearing may go on, and its receipt can be made.
    fn begin(mut self: Box<Self>) -> Hearing<'a> {
        if let Some((request, _)) = self.request {
            match Receipt::of(request, self.nonce(), self.key) {
                Ok(receipt) => self.receipt = receipt,
                Err(kind) => return Hearing::problem(kind),
            }
        }
        match self.round {
            Round::First => self.go_on(),
            Round::Again => self.recall(Then::GoOn),
        }
    }

    /// Reads the record of the idempotency key first, unless the request has no key or the record
    /// was already read.
    fn recall(self: Box<Self>, then: Then) -> Hearing<'a> {
        if self.receipt.is_none() || self.is_recalled {
            return then.go_on(self);
        }
        Hearing::Record(RecordNeeded { facts: self, then })
    }

    fn go_on(mut self: Box<Self>) -> Hearing<'a> {
        if let Some(kept) = &self.kept {
            let case = kept.attempt.value.case();
            return match case.zip(self.tenant) {
                Some((case, tenant)) if self.input.needs_account() => {
                    let named = Named::of(case);
                    PersonNeeded::hearing(self, tenant, named)
                }
                Some(_) | None => Hearing::Ready(Ready(self)),
            };
        }
        let located = if let Input::Identify(identify) = &self.input {
            let page = identify.tenant.as_deref();
            Identifier::locate(&identify.identifier, page, self.around.tenants).ok()
        } else {
            None
        };
        let Some((identifier, tenant)) = located else {
            return Hearing::Ready(Ready(self));
        };
        self.tenant = Some(tenant);
        PersonNeeded::hearing(self, tenant, Named::Identifier(identifier))
    }
}

/// What follows when the host has read the record of the key, and there is none.
enum Then {
    GoOn,
    AskAbout(NewPassword),
    Settle(Box<Judgement>),
}

impl Then {
    fn go_on(self, facts: Box<Facts<'_>>) -> Hearing<'_> {
        match self {
            Self::GoOn => facts.go_on(),
            Self::AskAbout(password) => Hearing::Breach(BreachNeeded { facts, password }),
            Self::Settle(judgement) => Hearing::Over(Heard::Judged(judgement)),
        }
    }
}

/// The hearing needs the attempt.
pub struct AttemptNeeded<'a> {
    facts: Box<Facts<'a>>,
    id: AttemptId,
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
    facts: Box<Facts<'a>>,
    then: Then,
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
    facts: Box<Facts<'a>>,
    tenant: &'a Tenant,
    named: Named,
}

impl<'a> PersonNeeded<'a> {
    const fn hearing(facts: Box<Facts<'a>>, tenant: &'a Tenant, named: Named) -> Hearing<'a> {
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
    facts: Box<Facts<'a>>,
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
    facts: Box<Facts<'a>>,
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
    facts: Box<Facts<'a>>,
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
    facts: Box<Facts<'a>>,
    password: NewPassword,
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

/// The hearing needs only the moment.
pub struct Ready<'a>(Box<Facts<'a>>);

impl<'a> Ready<'a> {
    /// The tenant, if there is one.
    pub const fn tenant(&self) -> Option<&'a Tenant> {
        self.0.tenant
    }

    /// Whether the request begins an attempt.
    pub const fn is_beginning(&self) -> bool {
        self.0.kept.is_none()
    }

    /// The number of wrong tries in a day under the typed identifier, for a request that begins an
    /// attempt.
    pub fn failures(&self, now: Timestamp) -> usize {
        self.0.failures(now)
    }

    /// The receipt of the request, if it has an idempotency key.
    pub const fn receipt(&self) -> Option<&Receipt> {
        self.0.receipt.as_ref()
    }

    /// Judges, or says what else the hearing needs first.
    pub fn judge(mut self, moment: &Moment<'_>) -> Hearing<'a> {
        let judgement = match self.0.judge(moment) {
            Judged::Done(judgement) => judgement,
            Judged::NeedsBreach(password) => return self.0.recall(Then::AskAbout(password)),
        };
        // A judgement without changes leaves no record, so the same request is judged again the
        // next time. But if the key already has an answer, the host repeats that answer.
        if judgement.is_changing() {
            return Hearing::Over(Heard::Judged(judgement));
        }
        self.0.recall(Then::Settle(judgement))
    }
}
