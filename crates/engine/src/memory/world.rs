//! Everything a host has, in one value, and one function that takes requests.
//!
//! What a server does in a transaction happens here in one borrow: attempt, ledger, audit and
//! outbox are stored before the directory is written to.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use postern_protocol as protocol;
use postern_protocol::password::BannedList;
use postern_protocol::work::Payload;
use postern_protocol::{AttemptId, Problem, ProblemKind, StartAttempt, Timestamp};
use serde::{Deserialize, Serialize};

use super::idempotency::Remembered;
use super::{Breaches, CallStatus, Directory, Message, Outbox};
use crate::audit::AuditEvent;
use crate::dice::Dice;
use crate::host::{Answer, Operation, Receipt, Reply, Request};
use crate::key::Digest;
use crate::ledger::Entry;
use crate::work::{self, Hardness};
use crate::{
    Account, Attempt, Breach, CallEnd, CallId, Case, Command, Context, EngineKey, Identifier,
    Identify, Input, Ledger, Population, SubjectKey, Tenant, WriteBackHealth, Written, subject_key,
};

/// Audit events kept.
const AUDIT_MAX: usize = 1_000;

/// How long an attempt that is over is kept, so that a page left open can say what happened.
const ATTEMPT_KEPT: Duration = Duration::from_hours(24);

/// A host in memory. Time and randomness are arguments of everything that needs them.
///
/// ```
/// use postern_engine::account::Account;
/// use postern_engine::host::{Answer, Operation, Request};
/// use postern_engine::memory::{Message, World};
/// use postern_engine::command::MailContent;
/// use postern_engine::{EngineKey, Policy, Tenant};
/// use postern_protocol::{
///     Guid, Method, Proof, SetPassword, StartAttempt, StartMethod, Step, SupportCode, Timestamp, TypedSecret, Via,
/// };
///
/// let mut world = World::new(EngineKey::new([1; 32]));
/// world.tenants.push(Tenant { policy: Some(Policy::default()), ..Tenant::new("contoso.example", "Contoso") });
/// let mut ada = Account::new("ada", "ada@contoso.example");
/// ada.alternate_emails.push("ada@home.example".into());
/// world.directory.add("contoso.example", ada);
///
/// let now = Timestamp::from_seconds(1_700_000_000);
/// let start = Operation::StartAttempt(StartAttempt {
///     identifier: "ada@contoso.example".into(),
///     tenant: None,
///     locale: "en".into(),
///     support_code: SupportCode(Guid::from_random(1)),
///     work: None,
///     via: Via::default(),
/// });
/// let Ok(Answer::Started(started)) = world.call(Request::new(start), now, [1; 32]) else { panic!() };
/// let (id, token) = (started.attempt.id, started.token);
///
/// let email = StartMethod { method: Method::Email, phone: None };
/// let request = Request::new(Operation::StartMethod(id, email)).with_token(&token);
/// world.call(request, now, [2; 32]).expect("ada has a mailbox at home");
///
/// let Some(Message::Mail(mail)) = world.outbox.deliveries().last().map(|it| &it.message) else { panic!() };
/// let MailContent::Code { code, .. } = &mail.content else { panic!() };
/// let proof = Proof::Code(TypedSecret::new(code.reveal().into()));
/// let request = Request::new(Operation::Prove(id, proof)).with_token(&token);
/// world.call(request, now, [3; 32]).expect("it is the code");
///
/// let password = SetPassword { password: TypedSecret::new("three boats, no sail".into()) };
/// let request = Request::new(Operation::SetPassword(id, password)).with_token(&token);
/// let Ok(Answer::Attempt(attempt)) = world.call(request, now, [4; 32]) else { panic!() };
/// assert!(matches!(attempt.step, Step::Done(_)));
/// ```
#[derive(Deserialize, Serialize)]
pub struct World {
    key: EngineKey,
    /// Every tenant.
    pub tenants: Vec<Tenant>,
    /// Every account, and its password.
    pub directory: Directory,
    /// How write-back is doing, as the checks on arrival see it.
    pub write_back: WriteBackHealth,
    /// The passwords that are known to be breached.
    pub breaches: Breaches,
    /// What has left.
    pub outbox: Outbox,
    /// Whether a solved challenge is asked before an attempt.
    pub asks_work: bool,
    attempts: BTreeMap<AttemptId, Kept>,
    ledgers: BTreeMap<SubjectKey, Ledger>,
    audit: Vec<AuditEvent>,
    remembered: Remembered,
    burnt: BTreeMap<String, Timestamp>,
    #[serde(skip)]
    watcher: Option<Watcher>,
}

type Watcher = Box<dyn FnMut(&Command)>;

/// An attempt, and the digest of the token that opens it.
#[derive(Deserialize, Serialize)]
struct Kept {
    attempt: Attempt,
    token: Digest,
}

/// The moment, and its randomness.
struct Moment {
    now: Timestamp,
    dice: Dice,
}

impl Moment {
    const fn new(now: Timestamp, seed: [u8; 32]) -> Self {
        let dice = Dice::new(seed);
        Self { now, dice }
    }
}

impl World {
    /// A world without tenants.
    pub fn new(key: EngineKey) -> Self {
        Self {
            key,
            tenants: Vec::new(),
            directory: Directory::default(),
            write_back: WriteBackHealth::Healthy,
            breaches: Breaches::default(),
            outbox: Outbox::default(),
            asks_work: false,
            attempts: BTreeMap::new(),
            ledgers: BTreeMap::new(),
            audit: Vec::new(),
            remembered: Remembered::default(),
            burnt: BTreeMap::new(),
            watcher: None,
        }
    }

    /// The deployment's secret: answers to questions are registered with it.
    pub const fn key(&self) -> &EngineKey {
        &self.key
    }

    /// What happened, oldest first.
    pub fn audit(&self) -> &[AuditEvent] {
        &self.audit
    }

    /// An attempt, as it is kept.
    pub fn attempt(&self, id: AttemptId) -> Option<&Attempt> {
        self.attempts.get(&id).map(|kept| &kept.attempt)
    }

    /// What is remembered of a subject.
    pub fn ledger(&self, subject: &SubjectKey) -> Option<&Ledger> {
        self.ledgers.get(subject)
    }

    /// Adds an entry to the ledger of that identifier: a lock, for example, so that the account is
    /// found locked.
    pub fn record(&mut self, identifier: &str, entry: &Entry, now: Timestamp) {
        let Ok((identifier, tenant)) = Identifier::locate(identifier, None, &self.tenants) else {
            return;
        };
        let (_, subject) = self.find(&identifier, tenant);
        self.ledgers.entry(subject).or_default().apply(entry, now);
    }

    /// Shows every command to `watcher` before it is run: what a demo tells of, and what a test
    /// expects.
    pub fn watch(&mut self, watcher: impl FnMut(&Command) + 'static) {
        self.watcher = Some(Box::new(watcher));
    }

    /// Takes a request, with 256 fresh random bits.
    ///
    /// # Errors
    ///
    /// What the API answers with a problem.
    pub fn call(
        &mut self,
        request: Request,
        now: Timestamp,
        seed: [u8; 32],
    ) -> Result<Answer, Problem> {
        let mut moment = Moment::new(now, seed);
        let Request {
            operation,
            token,
            idempotency_key,
        } = request;
        let attempt = operation.attempt();
        if let Some(id) = attempt {
            self.authorise(id, token.as_deref())?;
        }
        let fingerprint = operation.fingerprint(&self.key, operation.nonce());
        let receipt = match (idempotency_key, fingerprint) {
            (Some(key), Some(fingerprint)) => {
                Some(Receipt::new(attempt, &key, fingerprint).map_err(Problem::new)?)
            }
            (Some(_) | None, _) => None,
        };
        if let Some(receipt) = &receipt
            && let Some(reply) = self.remembered.recall(receipt, now).map_err(Problem::new)?
        {
            return reply.answer(&self.key);
        }
        let reply = match operation {
            Operation::IssueChallenge => {
                let seed = moment.dice.bytes();
                let challenge = work::issue(&self.key, Hardness::default(), now, seed);
                return Ok(Answer::Challenge(challenge));
            }
            Operation::LookUpTenant(domain) => {
                return self
                    .tenant(&domain)
                    .map(|tenant| Answer::Tenant(tenant.public(&domain)))
                    .ok_or(Problem::new(ProblemKind::AttemptUnknown));
            }
            Operation::StartAttempt(start) => self.start(&start, &mut moment),
            Operation::Look(id) => self.go_on(id, Input::Look, &mut moment),
            Operation::ChoosePurpose(id, body) => {
                self.go_on(id, Input::ChoosePurpose(body.purpose), &mut moment)
            }
            Operation::StartMethod(id, body) => {
                let (method, phone) = (body.method, body.phone);
                self.go_on(id, Input::StartMethod { method, phone }, &mut moment)
            }
            Operation::Prove(id, proof) => self.go_on(id, Input::Prove(proof), &mut moment),
            Operation::SetPassword(id, body) => {
                self.go_on(id, Input::SetPassword(body), &mut moment)
            }
            Operation::Unlock(id) => self.go_on(id, Input::Unlock, &mut moment),
            Operation::AskForHelp(id) => self.go_on(id, Input::AskForHelp, &mut moment),
            Operation::Cancel(id) => self.go_on(id, Input::Cancel, &mut moment),
        };
        if let Some(receipt) = receipt {
            self.remembered.remember(&receipt, reply.clone(), now);
        }
        reply.answer(&self.key)
    }

    /// A call that rings ends. Gives the attempt it was for, if that still waits for it.
    pub fn end_call(
        &mut self,
        call: CallId,
        end: CallEnd,
        now: Timestamp,
        seed: [u8; 32],
    ) -> Option<AttemptId> {
        let status = match end {
            CallEnd::KeyPressed => CallStatus::Answered,
            CallEnd::NoAnswer | CallEnd::Failed => CallStatus::Missed,
        };
        if !self.outbox.hang_up(call, status) {
            return None;
        }
        let waiting = |kept: &Kept| kept.attempt.call() == Some(call);
        let id = *self.attempts.iter().find(|(_, kept)| waiting(kept))?.0;
        let mut moment = Moment::new(now, seed);
        self.go_on(id, Input::CallEnded { call, end }, &mut moment);
        Some(id)
    }

    /// Ends what has run out, and forgets what has been over for a day.
    pub fn sweep(&mut self, now: Timestamp, seed: [u8; 32]) {
        let is_due = |kept: &Kept| {
            let case = kept.attempt.case();
            !kept.attempt.is_over() && case.is_some_and(|case| now >= case.expires_at())
        };
        let due: Vec<AttemptId> = self
            .attempts
            .iter()
            .filter(|(_, kept)| is_due(kept))
            .map(|(id, _)| *id)
            .collect();
        let mut moment = Moment::new(now, seed);
        for id in due {
            self.go_on(id, Input::Expire, &mut moment);
        }
        self.attempts.retain(|_, kept| {
            let case = kept.attempt.case();
            case.is_some_and(|case| now < case.expires_at() + ATTEMPT_KEPT)
        });
        self.burnt.retain(|_, expires_at| now < *expires_at);
    }

    fn start(&mut self, start: &StartAttempt, moment: &mut Moment) -> Reply {
        // Before the work is taken: who has mistyped solves nothing again.
        let page = start.tenant.as_deref();
        if let Err(kind) = Identifier::locate(&start.identifier, page, &self.tenants) {
            return Reply::Problem(Problem::new(kind));
        }
        if self.asks_work && !self.take_work(start.work.as_ref(), moment.now) {
            return Reply::Problem(Problem::new(ProblemKind::WorkRefused));
        }
        let input = Input::Identify(Identify::from(start));
        match self.run(Attempt::default(), input, moment) {
            Ok(attempt) => Reply::Started(attempt),
            Err(problem) => Reply::Problem(problem),
        }
    }

    fn go_on(&mut self, id: AttemptId, input: Input, moment: &mut Moment) -> Reply {
        let Some(attempt) = self.attempt(id).cloned() else {
            return Reply::Problem(Problem::new(ProblemKind::AttemptUnknown));
        };
        match self.run(attempt, input, moment) {
            Ok(attempt) => Reply::Attempt(attempt),
            Err(problem) => Reply::Problem(problem),
        }
    }

    /// What every host does: load, judge, store, run, and judge what came of it.
    fn run(
        &mut self,
        attempt: Attempt,
        input: Input,
        moment: &mut Moment,
    ) -> Result<protocol::Attempt, Problem> {
        let (tenant, account, subject) = self.load(&attempt, &input);
        let unwritten = Ledger::default();
        let population = tenant.map(|tenant| {
            let people = self.directory.of(tenant.domain());
            Population::of(people, tenant, &self.key)
        });
        let population = population.unwrap_or_default();
        // Made when the first password comes: few who open a page get as far.
        let banned = if matches!(input, Input::SetPassword(_)) {
            BannedList::global()
        } else {
            &BannedList::EMPTY
        };
        let mut context = Context {
            now: moment.now,
            seed: moment.dice.bytes(),
            key: &self.key,
            tenant,
            account,
            population: &population,
            ledger: subject
                .and_then(|subject| self.ledgers.get(&subject))
                .unwrap_or(&unwritten),
            write_back: self.write_back,
            breach: Breach::NotFound,
            banned,
        };
        if let Some(password) = attempt.would_write_back(&input, &context) {
            context.breach = self.breaches.look_up(&password);
        }
        let outcome = attempt.handle(input, &context);
        let attempt = outcome.attempt;
        if let Some(case) = attempt.case() {
            let token = self.key.token_digest(&self.key.token(case.id()));
            let (id, attempt) = (case.id(), attempt.clone());
            self.attempts.insert(id, Kept { attempt, token });
        }
        let mut reply = outcome.reply;
        for command in outcome.commands {
            let subject = attempt.case().map(Case::subject_key);
            if let Some(written) = self.obey(command, subject, moment) {
                reply = self.run(attempt.clone(), Input::WrittenBack(written), moment);
            }
        }
        reply
    }

    /// What the context of a call needs.
    fn load(
        &self,
        attempt: &Attempt,
        input: &Input,
    ) -> (Option<&Tenant>, Option<&Account>, Option<SubjectKey>) {
        if let Some(case) = attempt.case() {
            let account = case.account().filter(|_| input.needs_account());
            return (
                self.tenant_kept_as(case.domain()),
                account.and_then(|id| self.directory.account(id)),
                Some(case.subject_key().clone()),
            );
        }
        let Input::Identify(identify) = input else {
            return (None, None, None);
        };
        let page = identify.tenant.as_deref();
        let located = Identifier::locate(&identify.identifier, page, &self.tenants);
        let Ok((identifier, tenant)) = located else {
            return (None, None, None);
        };
        let (account, subject) = self.find(&identifier, tenant);
        (Some(tenant), account, Some(subject))
    }

    fn find(&self, identifier: &Identifier, tenant: &Tenant) -> (Option<&Account>, SubjectKey) {
        let account = self.directory.find(tenant.id(), identifier);
        let subject = subject_key(&self.key, Some(tenant), account, identifier);
        (account, subject)
    }

    /// Runs a command. Gives what the directory says, if it was asked and answers.
    fn obey(
        &mut self,
        command: Command,
        subject: Option<&SubjectKey>,
        moment: &mut Moment,
    ) -> Option<Written> {
        if let Some(watcher) = &mut self.watcher {
            watcher(&command);
        }
        let now = moment.now;
        match command {
            Command::Record(entry) => {
                let ledger = self.ledgers.entry(subject?.clone()).or_default();
                ledger.apply(&entry, now);
            }
            Command::Audit(event) => {
                self.audit.push(event);
                let excess = self.audit.len().saturating_sub(AUDIT_MAX);
                self.audit.drain(..excess);
            }
            Command::SendText(text) => self.outbox.put(Message::Text(text), now),
            Command::SendMail(mail) if mail.to.is_empty() => {}
            Command::SendMail(mail) => self.outbox.put(Message::Mail(mail), now),
            Command::PlaceCall(call) => {
                self.outbox
                    .put(Message::Call(call, CallStatus::Ringing), now);
            }
            Command::RenewAnswers(renew) => self.directory.renew_answers(&renew),
            Command::WriteBack(write) => {
                let salt = moment.dice.bytes();
                let password = write.password.reveal();
                return self.directory.write_back(&write.account, password, salt);
            }
            Command::UnlockAccount(unlock) => return self.directory.unlock(&unlock.account),
        }
        None
    }

    fn tenant_kept_as(&self, name: &str) -> Option<&Tenant> {
        let mut tenants = self.tenants.iter();
        tenants.find(|tenant| tenant.is_kept_as(name))
    }

    fn tenant(&self, domain: &str) -> Option<&Tenant> {
        self.tenants.iter().find(|tenant| tenant.has_domain(domain))
    }

    /// There is no telling an attempt that is not there from one that the token does not open.
    fn authorise(&self, id: AttemptId, token: Option<&str>) -> Result<(), Problem> {
        let given = self.key.token_digest(token.unwrap_or_default());
        match self.attempts.get(&id) {
            Some(kept) if kept.token == given => Ok(()),
            Some(_) | None => Err(Problem::new(ProblemKind::AttemptUnknown)),
        }
    }

    /// Whether work was done, and not taken before.
    fn take_work(&mut self, payload: Option<&Payload>, now: Timestamp) -> bool {
        let Some(Ok(solved)) = payload.map(|payload| work::verify(payload, &self.key, now)) else {
            return false;
        };
        self.burnt.insert(solved.nonce, solved.expires_at).is_none()
    }
}
