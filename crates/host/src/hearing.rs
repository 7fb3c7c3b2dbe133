//! One request or event, from what the host reads for it to what the host changes, without input
//! and output.
//!
//! A hearing says what it needs next. The host reads that from its store or directory and gives it
//! to the hearing, until there is a judgement or an answer. Only this module decides what a host
//! reads, and in which order, so that all hosts do the same.

mod needed;

use alloc::boxed::Box;

use postern_engine::{
    Account, Attempt, Breach, Case, Context, EngineKey, Handled, Identifier, Input, Ledger,
    Outcome, Tenant, WriteBackHealth, Written, alias,
};
use postern_protocol::{AttemptId, Problem, ProblemKind, Timestamp};

use self::needed::Then;
pub use self::needed::{
    AttemptNeeded, BreachNeeded, HealthNeeded, LedgerNeeded, PersonNeeded, RecordNeeded,
    RegistrationNeeded,
};
use crate::{
    Asker, Heard, Judgement, Kept, Moment, Named, Need, Receipt, Reply, Request, Round,
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
    /// Whether the hearing has read the record of the key, or the record is this request's own.
    is_recalled: bool,
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

    /// Keeps the attempt, and the key of its beginning.
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
        let Some(identifier) = &self.0.identifier else {
            return 0;
        };
        let alias = alias(self.0.around.keys.first, self.0.tenant, identifier);
        self.0.ledger.value.failures_under(alias, now)
    }

    /// The receipt of the request, if it has an idempotency key.
    pub const fn receipt(&self) -> Option<&Receipt> {
        self.0.receipt.as_ref()
    }

    /// Judges, or says what else the hearing needs first.
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
        // A judgement without changes leaves no record, so the same request is judged again the
        // next time. But if the key already has an answer, the host repeats that answer.
        if judgement.is_changing() {
            return Hearing::Over(Heard::Judged(judgement));
        }
        self.0.recall(Then::Settle(judgement))
    }
}
