//! One call of [`Attempt::handle`](crate::Attempt::handle): what it may read, and what it has
//! ordered so far.
//!
//! What is recorded is applied to a copy of the ledger at once, so that later judgements of the
//! same call count it.

use alloc::borrow::{Cow, ToOwned};
use alloc::vec::Vec;
use core::mem;

use postern_phone::Region;
use postern_protocol::password::NewPassword;
use postern_protocol::{Notice, ProblemKind, SupportCode, Timestamp};

use crate::audit::{Activity, AuditEvent, AuditResult, Blocked, Reason};
use crate::code::LiveCode;
use crate::command::{Command, Letterhead};
use crate::dice::Dice;
use crate::ledger::{Counter, Entry, Ledger, Lock, Retirement};
use crate::{Account, Alias, Attempt, Case, Context, EngineKey, Policy, Tenant};

/// Where an input has led, before it is told.
pub(crate) struct Next {
    pub(crate) attempt: Attempt,
    pub(crate) problem: Option<ProblemKind>,
}

impl Next {
    /// The input was not done.
    pub(crate) fn but(attempt: impl Into<Attempt>, problem: ProblemKind) -> Self {
        Self {
            attempt: attempt.into(),
            problem: Some(problem),
        }
    }
}

impl<T: Into<Attempt>> From<T> for Next {
    fn from(attempt: T) -> Self {
        Self {
            attempt: attempt.into(),
            problem: None,
        }
    }
}

/// The call.
pub(crate) struct Turn<'a> {
    context: &'a Context<'a>,
    policy: Cow<'a, Policy>,
    pub(crate) dice: Dice,
    ledger: Ledger,
    /// The identifier under which is counted, with the support code of its attempt.
    counted_under: Option<(Alias, SupportCode)>,
    commands: Vec<Command>,
    notices: Vec<Notice>,
    /// The password that the breach service has to be asked about first.
    asked_about: Option<NewPassword>,
}

impl<'a> Turn<'a> {
    pub(crate) fn new(context: &'a Context<'a>) -> Self {
        let policy = context.tenant.and_then(|tenant| tenant.policy.as_ref());
        Self {
            context,
            policy: policy.map_or_else(|| Cow::Owned(Policy::default()), Cow::Borrowed),
            dice: Dice::new(context.seed),
            ledger: context.ledger.clone(),
            counted_under: None,
            commands: Vec::new(),
            notices: Vec::new(),
            asked_about: None,
        }
    }

    /// The input cannot be judged before the host has asked the breach service about this password.
    pub(crate) fn ask_about(&mut self, password: NewPassword) {
        self.asked_about = Some(password);
    }

    /// The password that the breach service has to be asked about first, if there is one.
    pub(crate) const fn take_question(&mut self) -> Option<NewPassword> {
        self.asked_about.take()
    }

    pub(crate) const fn context(&self) -> &'a Context<'a> {
        self.context
    }

    pub(crate) const fn now(&self) -> Timestamp {
        self.context.now
    }

    pub(crate) const fn key(&self) -> &'a EngineKey {
        self.context.key
    }

    pub(crate) const fn tenant(&self) -> Option<&'a Tenant> {
        self.context.tenant
    }

    pub(crate) fn region(&self) -> Option<Region> {
        self.context.tenant.and_then(|tenant| tenant.default_region)
    }

    /// The account of a case; `None` for a decoy, whatever account the host has loaded.
    pub(crate) fn account_of(&self, case: &Case) -> Option<&'a Account> {
        let id = case.account()?;
        self.context.account.filter(|account| account.id == *id)
    }

    /// The tenant's policy; the default one where there is no tenant or no policy, for decoys.
    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(crate) const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Adds to the ledger, here and in the store.
    pub(crate) fn record(&mut self, entry: Entry) {
        self.ledger.apply(&entry, self.context.now);
        self.commands.push(Command::Record(entry));
    }

    /// The code that an attempt was waiting for works no longer. It is still recognised for a
    /// while.
    pub(crate) fn retire_code(&mut self, code: Option<&LiveCode>, why: Retirement) {
        if let Some(code) = code {
            let is_over = self.context.now >= code.expires_at;
            self.record(Entry::RetireCode {
                digest: code.digest,
                why: if is_over { Retirement::Expired } else { why },
            });
        }
    }

    /// From here on is counted what is done in that attempt.
    pub(crate) const fn count_under(&mut self, case: &Case) {
        self.counted_under = Some((case.alias, case.support_code));
    }

    /// What may be shown under the identifier that was typed: another of the same person's tells
    /// nothing by it.
    pub(crate) fn seen(&self) -> Cow<'_, Ledger> {
        match self.counted_under {
            Some((alias, _)) => Cow::Owned(self.ledger.seen_under(alias)),
            None => Cow::Borrowed(&self.ledger),
        }
    }

    /// What a counter still lets through under the identifier that was typed: what may be shown.
    pub(crate) fn left(&self, counter: Counter) -> u8 {
        self.left_in(counter, &self.seen())
    }

    /// What it still lets through of the account, under whichever identifier.
    pub(crate) fn left_to_account(&self, counter: Counter) -> u8 {
        self.left_in(counter, &self.ledger)
    }

    fn left_in(&self, counter: Counter, ledger: &Ledger) -> u8 {
        let limit = self.policy.settings().throttles.limit(counter);
        limit.left(counter, ledger, self.context.now)
    }

    /// When a counter lets one more through, if that is not now.
    pub(crate) fn opens_at(&self, counter: Counter) -> Option<Timestamp> {
        let limit = self.policy.settings().throttles.limit(counter);
        let opens_at = limit.opens_at(counter, &self.seen(), self.context.now);
        opens_at.filter(|at| self.context.now < *at)
    }

    /// Counts something.
    pub(crate) fn count(&mut self, counter: Counter) {
        let alias = self.counted_under.map(|(alias, _)| alias);
        self.record(Entry::Count { counter, alias });
    }

    /// Counts a wrong try.
    ///
    /// # Errors
    ///
    /// The lock that it brings about when it is one more than a limit.
    pub(crate) fn fail(&mut self, tries: &[Counter], blocked: Blocked) -> Result<(), Lock> {
        let is_within = tries.iter().all(|counter| self.left(*counter) > 0);
        let is_within_account = tries
            .iter()
            .all(|counter| self.left_to_account(*counter) > 0);
        for counter in tries {
            self.count(*counter);
        }
        if !is_within {
            return Err(self.lock(blocked));
        }
        if !is_within_account {
            // Under no identifier is it told; under none is a proof right any more.
            self.bar(blocked);
        }
        Ok(())
    }

    /// Wrong tries until the lock, the one that locks among them: with 1, the next wrong one locks.
    pub(crate) fn tries_left(&self, tries: &[Counter]) -> u8 {
        let left = tries.iter().map(|counter| self.left(*counter)).min();
        left.unwrap_or(0).saturating_add(1)
    }

    /// Locks the subject from now on: the lock ends that long after the last try that counted.
    pub(crate) fn lock(&mut self, blocked: Blocked) -> Lock {
        let lock = Lock {
            until: self.context.now + self.policy.settings().throttles.lock(),
            blocked,
            since: self.context.now,
            support_code: self.counted_under.map(|(_, support_code)| support_code),
            alias: self.counted_under.map(|(alias, _)| alias),
            is_ended_elsewhere: false,
        };
        self.record(Entry::Lock(lock));
        lock
    }

    /// Locks the account by what was tried under several identifiers together.
    pub(crate) fn bar(&mut self, blocked: Blocked) {
        let hidden = Some(Alias::default());
        let is_hidden = |lock: Lock| lock.alias == hidden && lock.blocked == blocked;
        if self.ledger.locks(self.context.now).any(is_hidden) {
            return;
        }
        self.record(Entry::Lock(Lock {
            until: self.context.now + self.policy.settings().throttles.lock(),
            blocked,
            since: self.context.now,
            support_code: self.counted_under.map(|(_, support_code)| support_code),
            alias: hidden,
            is_ended_elsewhere: false,
        }));
    }

    pub(crate) fn order(&mut self, command: Command) {
        self.commands.push(command);
    }

    pub(crate) fn notice(&mut self, notice: Notice) {
        self.notices.push(notice);
    }

    /// Audits a step of the flow that went well.
    pub(crate) fn audit(&mut self, case: &Case, reason: Reason) {
        self.audit_as(case, Activity::FlowProgress, reason, AuditResult::Success);
    }

    /// Audits a step of the flow that did not.
    pub(crate) fn audit_failure(&mut self, case: &Case, reason: Reason) {
        self.audit_as(case, Activity::FlowProgress, reason, AuditResult::Failure);
    }

    pub(crate) fn audit_as(
        &mut self,
        case: &Case,
        activity: Activity,
        reason: Reason,
        result: AuditResult,
    ) {
        let event = AuditEvent::new(case, activity, reason, result, self.context.now);
        self.commands.push(Command::Audit(event));
    }

    /// What stands around a message of a case.
    pub(crate) fn letterhead(&self, case: &Case) -> Letterhead {
        let tenant_name = self.context.tenant.map(|tenant| tenant.name.as_str());
        Letterhead {
            tenant: case.domain.clone(),
            tenant_name: tenant_name.unwrap_or_default().to_owned(),
            locale: case.locale.clone(),
            identifier: case.identifier.clone(),
            attempt: case.id,
            correlation_id: case.correlation_id,
            support_code: case.support_code,
        }
    }

    /// What was ordered.
    pub(crate) fn into_commands(self) -> Vec<Command> {
        self.commands
    }

    /// What is told beside the step, once.
    pub(crate) fn take_notices(&mut self) -> Vec<Notice> {
        mem::take(&mut self.notices)
    }

    /// Whether anything was ordered.
    pub(crate) const fn has_ordered(&self) -> bool {
        !self.commands.is_empty()
    }
}
