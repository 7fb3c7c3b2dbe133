//! What a hearing knows so far, and its judgement.

use alloc::boxed::Box;

use postern_engine::{
    Account, Attempt, Breach, Context, EngineKey, Handled, Identifier, Input, Ledger, Outcome,
    Tenant, WriteBackHealth, alias,
};
use postern_protocol::Timestamp;
use postern_protocol::password::NewPassword;

use crate::{
    Asker, Judgement, Kept, Moment, Receipt, Reply, Request, Round, Surroundings, Versioned,
};

/// What a hearing knows so far.
pub(crate) struct Facts<'a> {
    pub(crate) around: Surroundings<'a>,
    pub(crate) input: Input,
    pub(crate) request: Option<(&'a Request, Asker<'a>)>,
    pub(crate) round: Round,
    pub(crate) kept: Option<Kept>,
    pub(crate) key: &'a EngineKey,
    pub(crate) tenant: Option<&'a Tenant>,
    pub(crate) account: Option<Account>,
    pub(crate) identifier: Option<Identifier>,
    pub(crate) ledger: Versioned<Ledger>,
    pub(crate) write_back: WriteBackHealth,
    pub(crate) breach: Option<Breach>,
    pub(crate) receipt: Option<Receipt>,
    /// Whether the hearing has read the record of the key, or the record is this request's own.
    pub(crate) is_recalled: bool,
}

/// What the engine says about the facts.
pub(crate) enum Judged {
    /// The judgement is there.
    Done(Box<Judgement>),
    /// The engine first needs to know whether this password is a breached one.
    NeedsBreach(NewPassword),
}

impl<'a> Facts<'a> {
    pub(crate) fn new(around: Surroundings<'a>, input: Input) -> Box<Self> {
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
    pub(crate) fn keep(&mut self, kept: Kept) {
        if let Some(case) = kept.attempt.value.case() {
            self.tenant = self.around.tenant_kept_as(case.domain());
            let own = self.around.keys.of_attempt(case.id(), &kept.token);
            self.key = own.unwrap_or(self.key);
        }
        self.ledger = kept.ledger.clone();
        self.kept = Some(kept);
    }

    pub(crate) fn nonce(&self) -> Option<&'a str> {
        let (_, asker) = self.request?;
        asker.solved.map(|solved| solved.nonce.as_str())
    }

    /// The number of wrong tries in a day under the typed identifier.
    pub(crate) fn failures(&self, now: Timestamp) -> usize {
        let Some(identifier) = &self.identifier else {
            return 0;
        };
        let alias = alias(self.around.keys.first, self.tenant, identifier);
        self.ledger.value.failures_under(alias, now)
    }

    /// Judges the input by the facts.
    pub(crate) fn judge(&mut self, moment: &Moment<'_>) -> Judged {
        let asks = self.around.asks_breaches;
        let context = Context {
            now: moment.now,
            seed: moment.seed,
            key: self.key,
            tenant: self.tenant,
            account: self.account.as_ref(),
            population: moment.population,
            ledger: &self.ledger.value,
            write_back: self.write_back,
            breach: self.breach.or((!asks).then_some(Breach::NotFound)),
            banned: self.around.banned,
        };
        let kept = self.kept.as_ref().map(|kept| &kept.attempt);
        let arriving = Attempt::default();
        let before = kept.map_or(&arriving, |kept| &kept.value);
        let outcome = match before.handle(&self.input, &context) {
            Handled::Done(outcome) => outcome,
            Handled::NeedsBreach(password) => return Judged::NeedsBreach(password),
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
        let is_own = matches!(self.input, Input::WrittenBack(_));
        let case = attempt.case();
        Judged::Done(Box::new(Judgement {
            was_over: before.is_over(),
            is_changed: case.is_some() && *before != attempt,
            token: case.map(|case| {
                let token = self.key.token(case.id());
                *self.key.token_digest(&token).as_bytes()
            }),
            attempt: Versioned {
                version: kept.map_or(0, |kept| kept.version),
                value: attempt,
            },
            ledger: core::mem::take(&mut self.ledger),
            reply,
            commands,
            receipt: self.receipt.clone(),
            is_taken: is_own,
            solved: self.request.and_then(|(_, asker)| asker.solved.cloned()),
            now: moment.now,
        }))
    }
}
