//! One request or event, from what is read for it to what is changed by it, without input or
//! output.
//!
//! A hearing says what it needs next. The host reads that from where it is kept and gives it to
//! the hearing, until there is a judgement or an answer. What is read, and in which order, is said
//! here alone, so that all hosts do the same.

use alloc::boxed::Box;

use postern_engine::{
    Account, Attempt, Breach, Case, Context, EngineKey, Handled, Identifier, Input, Ledger,
    Outcome, SubjectKey, Tenant, WriteBackHealth, Written, alias, subject_key,
};
use postern_protocol::password::NewPassword;
use postern_protocol::{AttemptId, Problem, ProblemKind, Timestamp};

use crate::{
    Asker, Heard, Judgement, Kept, Moment, Named, Need, Receipt, Recorded, Reply, Request, Round,
    Surroundings, Versioned,
};

/// What a hearing needs, or what it has come to.
pub enum Hearing<'a> {
    /// The attempt that it is about.
    Attempt(AttemptNeeded<'a>),
    /// What is recorded of the idempotency key.
    Record(RecordNeeded<'a>),
    /// The account.
    Account(AccountNeeded<'a>),
    /// The ledger of who begins an attempt.
    Ledger(LedgerNeeded<'a>),
    /// How the tenant's write-back is doing.
    Health(HealthNeeded<'a>),
    /// Whether a password was breached.
    Breach(BreachNeeded<'a>),
    /// The moment: everything else is there.
    Ready(Ready<'a>),
    /// It is over.
    Over(Heard),
}

/// What a hearing knows so far.
struct Facts<'a> {
    around: Surroundings<'a>,
    input: Input,
    request: Option<(&'a Request, Asker<'a>)>,
    round: Round,
    kept: Option<Kept>,
    key: &'a EngineKey,
    tenant: Option<&'a Tenant>,
    account: Option<Account>,
    identifier: Option<Identifier>,
    ledger: Versioned<Ledger>,
    write_back: WriteBackHealth,
    breach: Option<Breach>,
    receipt: Option<Receipt>,
    /// Whether the record of the key was read, or is this request's own.
    is_recalled: bool,
}

impl<'a> Hearing<'a> {
    /// Hears a request.
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

    /// Hears something that happened to an attempt, which no client waits for.
    pub fn of_event(around: Surroundings<'a>, id: AttemptId, input: Input) -> Self {
        let facts = Facts::new(around, input);
        Self::Attempt(AttemptNeeded { facts, id })
    }

    /// Hears what the directory says of what it was told to do, under the receipt of the request
    /// that waits for it.
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

    /// What it asks the host to read; `None` if everything is there, or it is over.
    pub const fn need(&self) -> Option<Need> {
        match self {
            Self::Attempt(_) => Some(Need::Attempt),
            Self::Record(_) => Some(Need::Record),
            Self::Account(_) => Some(Need::Account),
            Self::Ledger(_) => Some(Need::Ledger),
            Self::Health(_) => Some(Need::Health),
            Self::Breach(_) => Some(Need::Breach),
            Self::Ready(_) | Self::Over(_) => None,
        }
    }

    /// The case of the attempt that it is about, once the attempt is there and open to who asks.
    pub fn case(&self) -> Option<&Case> {
        let facts = match self {
            Self::Attempt(_) | Self::Over(Heard::Answered(_)) => return None,
            Self::Over(Heard::Judged(judgement)) => return judgement.case(),
            Self::Record(needed) => &needed.facts,
            Self::Account(needed) => &needed.facts,
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
    fn new(around: Surroundings<'a>, input: Input) -> Box<Self> {
        Box::new(Self {
            key: around.keys.first,
            around,
            input,
            request: None,
            round: Round::First,
            kept: None,
            tenant: None,
            account: None,
            identifier: None,
            ledger: Versioned::default(),
            write_back: WriteBackHealth::Healthy,
            breach: None,
            receipt: None,
            is_recalled: false,
        })
    }

    /// The attempt is there, and with it the key that it was begun with.
    fn keep(&mut self, kept: Kept) {
        if let Some(case) = kept.attempt.value.case() {
            self.tenant = self.around.tenant_kept_as(case.domain());
            let own = self.around.keys.of_attempt(case.id(), &kept.token);
            self.key = own.unwrap_or(self.key);
        }
        self.ledger = kept.ledger.clone();
        self.kept = Some(kept);
    }

    fn nonce(&self) -> Option<&'a str> {
        let (_, asker) = self.request?;
        asker.solved.map(|solved| solved.nonce.as_str())
    }

    /// The request may be heard, and its key is known.
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

    /// Reads what is recorded of the key first, unless there is none or that was done.
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
                    let facts = self;
                    Hearing::Account(AccountNeeded {
                        facts,
                        tenant,
                        named,
                    })
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
        let named = Named::Identifier(identifier);
        let facts = self;
        Hearing::Account(AccountNeeded {
            facts,
            tenant,
            named,
        })
    }
}

/// What is done once the record of the key was read, and there is none.
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

/// The attempt is needed.
pub struct AttemptNeeded<'a> {
    facts: Box<Facts<'a>>,
    id: AttemptId,
}

impl<'a> AttemptNeeded<'a> {
    /// Its id.
    pub const fn id(&self) -> AttemptId {
        self.id
    }

    /// Gives it, if it is there.
    ///
    /// A client gets to it with its token, and from our own page or a portal of its tenant. An
    /// attempt that does not exist cannot be told from one that the token does not open.
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

/// What is recorded of the idempotency key is needed.
pub struct RecordNeeded<'a> {
    facts: Box<Facts<'a>>,
    then: Then,
}

impl<'a> RecordNeeded<'a> {
    /// What it is recorded under.
    pub fn key(&self) -> &str {
        self.facts.receipt.as_ref().map_or("", Receipt::key)
    }

    /// Gives it, if there is any that need not be forgotten by now.
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

/// The account is needed.
pub struct AccountNeeded<'a> {
    facts: Box<Facts<'a>>,
    tenant: &'a Tenant,
    named: Named,
}

impl<'a> AccountNeeded<'a> {
    /// The tenant that has it.
    pub const fn tenant(&self) -> &'a Tenant {
        self.tenant
    }

    /// What it is found by.
    pub const fn named(&self) -> &Named {
        &self.named
    }

    /// Gives it, if it is there.
    pub fn give(mut self, account: Option<Account>) -> Hearing<'a> {
        match self.named {
            Named::Decoy(_) => {}
            Named::Account(_) => self.facts.account = account,
            Named::Identifier(identifier) => {
                let key = self.facts.around.keys.first;
                let subject = subject_key(key, Some(self.tenant), account.as_ref(), &identifier);
                self.facts.account = account;
                self.facts.identifier = Some(identifier);
                let tenant = self.tenant;
                return Hearing::Ledger(LedgerNeeded {
                    facts: self.facts,
                    tenant,
                    subject,
                });
            }
        }
        Hearing::Ready(Ready(self.facts))
    }
}

/// The ledger of who begins an attempt is needed.
pub struct LedgerNeeded<'a> {
    facts: Box<Facts<'a>>,
    tenant: &'a Tenant,
    subject: SubjectKey,
}

impl<'a> LedgerNeeded<'a> {
    /// What names it.
    pub const fn subject(&self) -> &SubjectKey {
        &self.subject
    }

    /// Gives it; an empty one of version 0, if there is none.
    pub fn give(mut self, ledger: Versioned<Ledger>) -> Hearing<'a> {
        self.facts.ledger = ledger;
        let (facts, tenant) = (self.facts, self.tenant);
        Hearing::Health(HealthNeeded { facts, tenant })
    }
}

/// The health of a tenant's write-back is needed.
pub struct HealthNeeded<'a> {
    facts: Box<Facts<'a>>,
    tenant: &'a Tenant,
}

impl<'a> HealthNeeded<'a> {
    /// The tenant.
    pub const fn tenant(&self) -> &'a Tenant {
        self.tenant
    }

    /// Gives it.
    pub fn give(mut self, health: WriteBackHealth) -> Hearing<'a> {
        self.facts.write_back = health;
        Hearing::Ready(Ready(self.facts))
    }
}

/// The host has to ask the breach service about a password.
pub struct BreachNeeded<'a> {
    facts: Box<Facts<'a>>,
    password: NewPassword,
}

impl<'a> BreachNeeded<'a> {
    /// The password.
    pub const fn password(&self) -> &NewPassword {
        &self.password
    }

    /// Gives what the service says.
    pub fn give(mut self, breach: Breach) -> Hearing<'a> {
        self.facts.breach = Some(breach);
        Hearing::Ready(Ready(self.facts))
    }
}

/// Everything is there but the moment.
pub struct Ready<'a>(Box<Facts<'a>>);

impl<'a> Ready<'a> {
    /// The tenant, if there is one.
    pub const fn tenant(&self) -> Option<&'a Tenant> {
        self.0.tenant
    }

    /// Whether an attempt is to begin.
    pub const fn is_beginning(&self) -> bool {
        self.0.kept.is_none()
    }

    /// Wrong tries of a day under the identifier that was typed, where an attempt is to begin.
    pub fn failures(&self, now: Timestamp) -> usize {
        let Some(identifier) = &self.0.identifier else {
            return 0;
        };
        let alias = alias(self.0.around.keys.first, self.0.tenant, identifier);
        self.0.ledger.value.failures_under(alias, now)
    }

    /// What the request is recorded under, if it has an idempotency key.
    pub const fn receipt(&self) -> Option<&Receipt> {
        self.0.receipt.as_ref()
    }

    /// Judges, or says what else is needed first.
    pub fn judge(mut self, moment: &Moment<'_>) -> Hearing<'a> {
        let facts = &mut self.0;
        let asks = facts.around.asks_breaches;
        let context = Context {
            now: moment.now,
            seed: moment.seed,
            key: facts.key,
            tenant: facts.tenant,
            account: facts.account.as_ref(),
            population: moment.population,
            ledger: &facts.ledger.value,
            write_back: facts.write_back,
            breach: facts.breach.or((!asks).then_some(Breach::NotFound)),
            banned: facts.around.banned,
        };
        let kept = facts.kept.as_ref().map(|kept| &kept.attempt);
        let arriving = Attempt::default();
        let before = kept.map_or(&arriving, |kept| &kept.value);
        let outcome = match before.handle(&facts.input, &context) {
            Handled::Done(outcome) => outcome,
            Handled::NeedsBreach(password) => return self.0.recall(Then::AskAbout(password)),
        };
        let Outcome {
            attempt,
            reply,
            commands,
        } = outcome;
        let reply = match reply {
            Ok(attempt) if kept.is_none() => Reply::Started(attempt),
            Ok(attempt) => Reply::Attempt(attempt),
            Err(problem) => Reply::Problem(problem),
        };
        let is_own = matches!(facts.input, Input::WrittenBack(_));
        let case = attempt.case();
        let judgement = Box::new(Judgement {
            was_over: before.is_over(),
            is_changed: case.is_some() && *before != attempt,
            token: case.map(|case| {
                let token = facts.key.token(case.id());
                *facts.key.token_digest(&token).as_bytes()
            }),
            attempt: Versioned {
                version: kept.map_or(0, |kept| kept.version),
                value: attempt,
            },
            ledger: core::mem::take(&mut facts.ledger),
            reply,
            commands,
            receipt: facts.receipt.clone(),
            is_taken: is_own,
            solved: facts.request.and_then(|(_, asker)| asker.solved.cloned()),
            now: moment.now,
        });
        // What changes nothing leaves no record, and is judged again if it is asked again. What the
        // key was answered before is answered all the same.
        if judgement.is_changing() {
            return Hearing::Over(Heard::Judged(judgement));
        }
        self.0.recall(Then::Settle(judgement))
    }
}
