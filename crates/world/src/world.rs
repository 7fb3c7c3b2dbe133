//! All data of a host in one value, and one function that handles requests.
//!
//! What a server does in a transaction happens here in one borrow: the world stores attempt,
//! ledger, audit and outbox before it writes to the directory.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use postern_engine::audit::AuditEvent;
use postern_engine::dice::Dice;
use postern_engine::ledger::Entry;
use postern_engine::{
    Attempt, CallEnd, CallId, Command, Digest, EngineKey, Identifier, Input, Ledger, SubjectKey,
    Tenant, WriteBackHealth, subject_key,
};
use postern_host::work::{self, Hardness, Solved};
use postern_host::{
    Answer, Asker, Hearing, Keyring, Need, Operation, Request, Round, Surroundings,
};
use postern_protocol as protocol;
use postern_protocol::password::BannedList;
use postern_protocol::work::Challenge;
use postern_protocol::{AttemptId, Problem, ProblemKind, Timestamp};
use serde::{Deserialize, Serialize};

use crate::idempotency::Remembered;
use crate::{Breaches, CallStatus, Directory, Outbox};

/// How long the world keeps an attempt that is over, so that an open page can say what happened.
const ATTEMPT_KEPT: Duration = Duration::from_hours(24);

/// A host in memory. Functions get the time and the randomness as arguments.
///
/// ```
/// use postern_engine::account::Account;
/// use postern_host::{Answer, Operation, Request};
/// use postern_world::{Message, World};
/// use postern_engine::command::MailContent;
/// use postern_engine::{EngineKey, Policy, Tenant};
/// use postern_protocol::{
///     Guid, Method, Proof, SetPassword, StartAttempt, StartMethod, Step, SupportCode, Timestamp, TypedSecret, Via,
/// };
///
/// let mut world = World::new(EngineKey::new([1; 32]));
/// world.tenants.push(Tenant { policy: Some(Policy::default()), ..Tenant::new("contoso.example", "Contoso") });
/// let mut ada = Account::new("ada", "ada@contoso.example");
/// ada.person.alternate_emails.push("ada@home.example".into());
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
    pub(crate) key: EngineKey,
    /// Every tenant.
    pub tenants: Vec<Tenant>,
    /// Every account, and its password.
    pub directory: Directory,
    /// The health of write-back, for the checks on arrival.
    pub write_back: WriteBackHealth,
    /// The passwords that count as breached.
    pub breaches: Breaches,
    /// The sent messages.
    pub outbox: Outbox,
    /// Whether an attempt needs a solved challenge.
    pub asks_work: bool,
    pub(crate) attempts: BTreeMap<AttemptId, Stored>,
    pub(crate) ledgers: BTreeMap<SubjectKey, Ledger>,
    pub(crate) audit: Vec<AuditEvent>,
    pub(crate) remembered: Remembered,
    pub(crate) burnt: BTreeMap<String, Timestamp>,
    #[serde(skip)]
    pub(crate) watcher: Option<Watcher>,
    #[serde(skip)]
    pub(crate) reader: Option<Reader>,
}

/// The empty list, for requests that judge no password.
pub(crate) static NONE_BANNED: BannedList = BannedList::EMPTY;

type Watcher = Box<dyn FnMut(&Command)>;
type Reader = Box<dyn FnMut(Need)>;

/// An attempt, and the digest of the token that opens it.
#[derive(Deserialize, Serialize)]
pub(crate) struct Stored {
    pub(crate) attempt: Attempt,
    pub(crate) token: Digest,
}

/// The time and the randomness of a call.
pub(crate) struct Tick {
    pub(crate) now: Timestamp,
    pub(crate) dice: Dice,
    /// What the hearings of this call have read.
    pub(crate) reads: Vec<Need>,
}

impl Tick {
    const fn new(now: Timestamp, seed: [u8; 32]) -> Self {
        Self {
            now,
            dice: Dice::new(seed),
            reads: Vec::new(),
        }
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
            reader: None,
        }
    }

    /// The deployment's secret. Answers to questions are registered with it.
    pub const fn key(&self) -> &EngineKey {
        &self.key
    }

    /// All audit events, oldest first.
    pub fn audit(&self) -> &[AuditEvent] {
        &self.audit
    }

    /// An attempt in its stored form.
    pub fn attempt(&self, id: AttemptId) -> Option<&Attempt> {
        self.attempts.get(&id).map(|kept| &kept.attempt)
    }

    /// The ledger of a subject.
    pub fn ledger(&self, subject: &SubjectKey) -> Option<&Ledger> {
        self.ledgers.get(subject)
    }

    /// Adds an entry to the ledger of this identifier: a lock, for example, so that the account
    /// begins locked.
    pub fn record(&mut self, identifier: &str, entry: &Entry, now: Timestamp) {
        let Ok((identifier, tenant)) = Identifier::locate(identifier, None, &self.tenants) else {
            return;
        };
        let account = self.directory.find(tenant.id(), &identifier);
        let id = account.map(|account| &account.person.id);
        let subject = subject_key(&self.key, Some(tenant), id, &identifier);
        self.ledgers.entry(subject).or_default().apply(entry, now);
    }

    /// Passes every command to `watcher` before the world runs it: the demo displays them, and a
    /// test compares them with its expectation.
    pub fn watch(&mut self, watcher: impl FnMut(&Command) + 'static) {
        self.watcher = Some(Box::new(watcher));
    }

    /// Passes everything that a hearing reads to `reader`, in order. Another host has to read the
    /// same.
    pub fn watch_reads(&mut self, reader: impl FnMut(Need) + 'static) {
        self.reader = Some(Box::new(reader));
    }

    /// Handles a request, with 256 fresh random bits.
    ///
    /// # Errors
    ///
    /// What the API answers with a problem.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a request is sent once, and its secrets go with it"
    )]
    pub fn call(
        &mut self,
        request: Request,
        now: Timestamp,
        seed: [u8; 32],
    ) -> Result<Answer, Problem> {
        let mut tick = Tick::new(now, seed);
        let solved = self.solved(&request, now)?;
        let asker = Asker {
            portal: None,
            solved: solved.as_ref(),
        };
        for round in [Round::First, Round::Again] {
            let hearing = Hearing::of_request(self.around(&request), &request, asker, round);
            let heard = self.hear(hearing, &mut tick);
            if let Some(reply) = self.settle(heard, &mut tick) {
                return reply.answer(&self.key);
            }
        }
        Err(Problem::new(ProblemKind::Internal))
    }

    /// A new challenge, made from 256 fresh random bits.
    pub fn issue_challenge(&self, now: Timestamp, seed: [u8; 32]) -> Challenge {
        let seed = Tick::new(now, seed).dice.bytes();
        work::issue(&self.key, Hardness::default(), now, seed)
    }

    /// What a page may know about the tenant with this domain.
    pub fn public_tenant(&self, domain: &str) -> Option<protocol::Tenant> {
        let mut tenants = self.tenants.iter();
        let tenant = tenants.find(|tenant| tenant.has_domain(domain))?;
        Some(tenant.public(domain))
    }

    /// Ends a call that rings. Returns its attempt, if that still waits for the call.
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
        let waiting = |kept: &Stored| kept.attempt.call() == Some(call);
        let id = *self.attempts.iter().find(|(_, kept)| waiting(kept))?.0;
        self.happened(
            id,
            Input::CallEnded { call, end },
            &mut Tick::new(now, seed),
        );
        Some(id)
    }

    /// Ends attempts whose time is over, and forgets attempts that have been over for a day.
    pub fn sweep(&mut self, now: Timestamp, seed: [u8; 32]) {
        let is_due = |kept: &Stored| {
            let case = kept.attempt.case();
            !kept.attempt.is_over() && case.is_some_and(|case| now >= case.expires_at())
        };
        let due: Vec<AttemptId> = self
            .attempts
            .iter()
            .filter(|(_, kept)| is_due(kept))
            .map(|(id, _)| *id)
            .collect();
        let mut tick = Tick::new(now, seed);
        for id in due {
            self.happened(id, Input::Expire, &mut tick);
        }
        self.attempts.retain(|_, kept| {
            let case = kept.attempt.case();
            case.is_some_and(|case| now < case.expires_at() + ATTEMPT_KEPT)
        });
        self.burnt.retain(|_, expires_at| now < *expires_at);
    }

    /// Handles an event of an attempt. No client waits for an answer.
    fn happened(&mut self, id: AttemptId, input: Input, tick: &mut Tick) {
        let hearing = Hearing::of_event(self.surroundings(&NONE_BANNED), id, input);
        let heard = self.hear(hearing, tick);
        self.settle(heard, tick);
    }

    /// The proof of work of a request that begins an attempt, if the world requires one. It is
    /// verified only if the identifier is valid, so that a person who has mistyped need not solve
    /// another challenge.
    fn solved(&self, request: &Request, now: Timestamp) -> Result<Option<Solved>, Problem> {
        let Operation::StartAttempt(start) = &request.operation else {
            return Ok(None);
        };
        let page = start.tenant.as_deref();
        Identifier::locate(&start.identifier, page, &self.tenants).map_err(Problem::new)?;
        if !self.asks_work {
            return Ok(None);
        }
        let work = start.work.as_ref();
        match work.map(|work| work::verify(work, &self.key, now)) {
            Some(Ok(solved)) => Ok(Some(solved)),
            Some(Err(_)) | None => Err(Problem::new(ProblemKind::WorkRefused)),
        }
    }

    fn around(&self, request: &Request) -> Surroundings<'_> {
        // The list is built when the first password comes: few people who open a page get that far.
        self.surroundings(if matches!(request.operation, Operation::SetPassword(..)) {
            BannedList::global()
        } else {
            &NONE_BANNED
        })
    }

    pub(crate) fn surroundings<'a>(&'a self, banned: &'a BannedList) -> Surroundings<'a> {
        Surroundings {
            tenants: &self.tenants,
            keys: Keyring {
                first: &self.key,
                others: &[],
            },
            banned,
            asks_breaches: true,
        }
    }
}
