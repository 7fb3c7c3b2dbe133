//! One input: what is known, and the commands so far.
//!
//! A recorded entry is applied at once to a copy of the ledger, so that later checks of the same
//! call count it.

use alloc::borrow::{Cow, ToOwned};
use alloc::vec::Vec;
use core::mem;

use postern_phone::Region;
use postern_protocol::password::NewPassword;
use postern_protocol::{Notice, SupportCode, Timestamp};

use crate::audit::{Activity, AuditEvent, AuditResult, Blocked, Reason};
use crate::code::LiveCode;
use crate::command::{Command, Letterhead};
use crate::dice::Dice;
use crate::ledger::{Counter, Entry, Ledger, Lock, Retirement};
use crate::proof::Claim;
use crate::{Account, Alias, Context, EngineKey, Policy, Tenant};

/// The state of one call.
pub(crate) struct Turn<'a> {
    context: &'a Context<'a>,
    policy: Cow<'a, Policy>,
    pub(crate) dice: Dice,
    ledger: Ledger,
    /// The identifier for new counts, and the support code of its claim.
    counted_under: Option<(Alias, SupportCode)>,
    commands: Vec<Command>,
    notices: Vec<Notice>,
    /// The password that the host has to ask the breach service about first.
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

    /// Notes that the engine cannot handle the input before the host has asked the breach service
    /// about this password.
    pub(crate) fn ask_about(&mut self, password: NewPassword) {
        self.asked_about = Some(password);
    }

    /// Takes the password that the host has to ask the breach service about first, if there is one.
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

    /// The account of a claim. `None` for a decoy, whatever account the host has loaded.
    pub(crate) fn account_of(&self, claim: &Claim) -> Option<&'a Account> {
        let id = claim.account()?;
        self.context
            .account
            .filter(|account| account.person.id == *id)
    }

    /// The tenant's policy. For decoys without a tenant or policy, the default one.
    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(crate) const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Adds an entry to this copy of the ledger, and orders the host to add it to the store.
    pub(crate) fn record(&mut self, entry: Entry) {
        self.ledger.apply(&entry, self.context.now);
        self.commands.push(Command::Record(entry));
    }

    /// Retires the code that an attempt was waiting for. The code is still recognised for a while.
    pub(crate) fn retire_code(&mut self, code: Option<&LiveCode>, why: Retirement) {
        if let Some(code) = code {
            let is_over = self.context.now >= code.expires_at;
            self.record(Entry::RetireCode {
                digest: code.digest,
                why: if is_over { Retirement::Expired } else { why },
            });
        }
    }

    /// Sets the claim for all later counts.
    pub(crate) const fn count_under(&mut self, claim: &Claim) {
        self.counted_under = Some((claim.alias, claim.support_code));
    }

    /// The part of the ledger that the page may show under the typed identifier: it reveals nothing
    /// about another identifier of the same person.
    pub(crate) fn seen(&self) -> Cow<'_, Ledger> {
        match self.counted_under {
            Some((alias, _)) => Cow::Owned(self.ledger.seen_under(alias)),
            None => Cow::Borrowed(&self.ledger),
        }
    }

    /// The number that a counter still allows under the typed identifier: the number that the page
    /// may show.
    pub(crate) fn left(&self, counter: Counter) -> u8 {
        self.left_in(counter, &self.seen())
    }

    /// The number that a counter still allows to the account, under all identifiers together.
    pub(crate) fn left_to_account(&self, counter: Counter) -> u8 {
        self.left_in(counter, &self.ledger)
    }

    fn left_in(&self, counter: Counter, ledger: &Ledger) -> u8 {
        let limit = self.policy.settings().throttles.limit(counter);
        limit.left(counter, ledger, self.context.now)
    }

    /// When a counter allows one more, if that is not now.
    pub(crate) fn opens_at(&self, counter: Counter) -> Option<Timestamp> {
        let limit = self.policy.settings().throttles.limit(counter);
        let opens_at = limit.opens_at(counter, &self.seen(), self.context.now);
        opens_at.filter(|at| self.context.now < *at)
    }

    /// Adds one to a counter.
    pub(crate) fn count(&mut self, counter: Counter) {
        let alias = self.counted_under.map(|(alias, _)| alias);
        self.record(Entry::Count { counter, alias });
    }

    /// Counts a wrong try.
    ///
    /// # Errors
    ///
    /// The lock that the try causes if it exceeds a limit.
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
            // The account's limit is exceeded, but not this identifier's. The page shows this lock
            // under no identifier, and from now on no proof is right under any.
            self.bar(blocked);
        }
        Ok(())
    }

    /// The number of wrong tries until the lock, including the one that locks. With 1, the next
    /// wrong try locks.
    pub(crate) fn tries_left(&self, tries: &[Counter]) -> u8 {
        let left = tries.iter().map(|counter| self.left(*counter)).min();
        left.unwrap_or(0).saturating_add(1)
    }

    /// Locks the subject from now on. The lock's time starts at the last try that counted.
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

    /// Locks the account because of tries under several identifiers together.
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

    /// Audits a successful step of the flow.
    pub(crate) fn audit(&mut self, claim: &Claim, reason: Reason) {
        self.audit_as(claim, Activity::FlowProgress, reason, AuditResult::Success);
    }

    /// Audits a failed step of the flow.
    pub(crate) fn audit_failure(&mut self, claim: &Claim, reason: Reason) {
        self.audit_as(claim, Activity::FlowProgress, reason, AuditResult::Failure);
    }

    pub(crate) fn audit_as(
        &mut self,
        claim: &Claim,
        activity: Activity,
        reason: Reason,
        result: AuditResult,
    ) {
        let event = AuditEvent::new(claim, activity, reason, result, self.context.now);
        self.commands.push(Command::Audit(event));
    }

    /// The data around the content of a message.
    pub(crate) fn letterhead(&self, claim: &Claim) -> Letterhead {
        let tenant_name = self.context.tenant.map(|tenant| tenant.name.as_str());
        Letterhead {
            tenant: claim.domain.clone(),
            tenant_name: tenant_name.unwrap_or_default().to_owned(),
            locale: claim.locale.clone(),
            identifier: claim.identifier.clone(),
            attempt: claim.id,
            correlation_id: claim.correlation_id,
            support_code: claim.support_code,
        }
    }

    /// The ordered commands.
    pub(crate) fn into_commands(self) -> Vec<Command> {
        self.commands
    }

    /// Takes the notices that the reply shows once, next to the step.
    pub(crate) fn take_notices(&mut self) -> Vec<Notice> {
        mem::take(&mut self.notices)
    }

    /// Whether there are any commands.
    pub(crate) const fn has_ordered(&self) -> bool {
        !self.commands.is_empty()
    }
}
