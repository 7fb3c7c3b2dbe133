//! Where everything is kept that has to outlive a request, and that replicas share.
//!
//! Nothing is locked while the judge judges: what he is told has a version, and a change to it is
//! taken only if that version is still the last. Of two requests at once, one is taken and the
//! other judged again, with what the first has changed. All that one judgement changes is one
//! transaction.

mod backlog;
mod chain;
mod clock;
mod clue;
mod connect;
mod dialect;
mod entering;
mod entry;
mod help;
mod lookup;
mod migrations;
mod pressure;
mod private;
mod refold;
mod result;
mod rotation;
mod span;
mod sql;
mod statement;
mod tenants;
mod trouble;
mod vault;
mod writable;
mod writers;

use std::time::Duration;

use async_trait::async_trait;
use postern_engine::audit::AuditEvent;
use postern_engine::{Attempt, CallId, Ledger, SubjectKey};
use postern_host::work::Solved;
pub use postern_host::{Commit, Kept, Recorded, Versioned};
use postern_host::{Receipt, Reply};
use postern_protocol::{AttemptId, Timestamp};

pub use chain::{Walk, Walked};
pub(crate) use clue::{Clue, EventField};
pub use help::{HelpChange, HelpHour};
pub use pressure::{Bucket, Poured};
pub(crate) use private::{OPEN as OPEN_TO_OTHERS, check_writable, open_to_others};
pub use result::Result;
pub(crate) use rotation::Sealed;
pub use span::{Place, Span};
pub use sql::SqlStore;
pub(crate) use statement::Statement;
pub(crate) use trouble::in_words;
pub use vault::WrongKey;
pub(crate) use writers::{Change, Outcome};

/// All that one judgement changes.
#[derive(Default)]
pub struct Changes<'a> {
    /// The attempt as it is now.
    pub attempt: Option<AttemptChange<'a>>,
    /// What is counted now.
    pub ledger: Option<(&'a SubjectKey, Versioned<Ledger>)>,
    /// What happened.
    pub audit: &'a [AuditEvent],
    /// What has to leave.
    pub outbox: Vec<Waiting>,
    /// What the request is answered.
    pub reply: Option<ReplyChange<'a>>,
    /// Work that was taken for it.
    pub burnt: Option<&'a Solved>,
    /// What is counted now of those who ask for help.
    pub help: Option<HelpChange>,
}

impl Changes<'_> {
    /// Whether there is anything to change at all.
    pub fn is_anything(&self) -> bool {
        self.attempt.is_some()
            || self.ledger.is_some()
            || !self.audit.is_empty()
            || !self.outbox.is_empty()
            || self.reply.is_some()
            || self.burnt.is_some()
            || self.help.is_some()
    }
}

/// An attempt as it is now.
pub struct AttemptChange<'a> {
    /// Its id.
    pub id: AttemptId,
    /// What its token is recognised by.
    pub token: [u8; 32],
    /// Whose it is.
    pub subject: &'a SubjectKey,
    /// It, and the version that was judged.
    pub attempt: Versioned<&'a Attempt>,
    /// When it ends by itself; `None` if it is over.
    pub ends_at: Option<Timestamp>,
    /// When it need not be kept any longer.
    pub forget_at: Timestamp,
}

/// An answer to an idempotency key.
pub struct ReplyChange<'a> {
    /// The key and the request.
    pub receipt: &'a Receipt,
    /// What is answered; `None` if that is not known yet.
    pub reply: Option<&'a Reply>,
    /// Whether the key was taken before, by this request.
    pub is_taken: bool,
    /// When the key may be forgotten.
    pub forget_at: Timestamp,
}

/// A lane of the outbox. Each has carriers of its own, so that one that is down holds up no other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lane {
    /// Mails, through the mail server.
    Mail,
    /// Text messages.
    Text,
    /// Calls, through the telephony service.
    Call,
}

impl Lane {
    /// Every lane.
    pub const ALL: [Self; 3] = [Self::Mail, Self::Text, Self::Call];

    /// As the store has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Text => "text",
            Self::Call => "call",
        }
    }
}

/// Something sealed that has to leave.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Where it waits.
    pub lane: Lane,
    /// The attempt that has ordered it, where one has.
    pub attempt: Option<AttemptId>,
    /// The domain that names the tenant that it is of.
    pub tenant: String,
    /// The message, sealed with the first key.
    pub sealed: Vec<u8>,
    /// Later than that there is no use in it.
    pub deadline: Timestamp,
}

/// Something that was taken from the outbox to be sent.
#[derive(Clone, Debug)]
pub struct Leased {
    /// The number of the row.
    pub id: i64,
    /// The attempt that has ordered it, where that is known.
    pub attempt: Option<AttemptId>,
    /// It, sealed.
    pub sealed: Vec<u8>,
    /// How often it was tried before.
    pub tries: i64,
    /// Later than that there is no use in it.
    pub deadline: Timestamp,
}

/// How much waits to leave.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Backlog {
    /// How many.
    pub waiting: i64,
    /// Since when the one has waited that has waited longest for its carrier; `None` if nothing
    /// does. What those whom it is for have deferred does not count.
    pub waiting_since: Option<Timestamp>,
}

/// A row of the audit log, as it is kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AuditRow {
    /// Its number; rows that were removed leave gaps, and so do transactions that failed.
    pub id: i64,
    /// What happened, as JSON.
    pub event: String,
    /// Its place in the chain, from 1 on; `None` until it is chained.
    pub position: Option<i64>,
    /// The hash over it and all before it.
    pub hash: Option<Vec<u8>>,
}

/// What became of walking the chain of the audit log.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Verdict {
    /// Rows that are in the chain where they belong.
    pub chained: i64,
    /// Rows that were written a moment ago and are not chained yet.
    pub unchained: i64,
    /// The first place where something was changed, removed or put in: a position in the chain.
    pub broken_at: Option<i64>,
    /// What is not as it was noted, of a chain that is whole.
    pub noted: Option<NotAsNoted>,
    /// The last row that is in the chain where it belongs: its position and hash.
    pub last: Option<(i64, Vec<u8>)>,
    /// The position that the chain begins behind: what stands there and before was forgotten, or is
    /// outside of the chain.
    pub first: i64,
}

/// How a chain is another one than was noted elsewhere.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NotAsNoted {
    /// It ends before that position.
    Shorter,
    /// It has another hash there.
    OtherHash,
}

/// A place in the chain of the audit log that was noted elsewhere.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Known {
    /// The position.
    pub position: i64,
    /// The hash there, if it was noted too.
    pub digest: Option<Vec<u8>>,
}

impl Verdict {
    /// Whether every row is there and as it was written, and as it was noted.
    pub const fn is_whole(&self) -> bool {
        self.broken_at.is_none() && self.noted.is_none()
    }
}

/// A store. All its moments are arguments; it has no clock of its own.
#[async_trait]
pub trait Store: Send + Sync {
    /// Whether the keys opened it when they were tried last.
    fn is_open(&self) -> bool;

    /// Tries whether the keys open it: they do no more once its key was exchanged without this
    /// process.
    async fn try_keys(&self) -> Result<bool>;

    /// The time that its own clock has, in milliseconds since 1970; `None` if it has none but ours.
    async fn clock(&self) -> Result<Option<i64>>;

    /// What was counted of a tenant's people last, sealed, and from when on it is gone by: the
    /// present count, and one that is to come.
    async fn populations(&self, tenant: &str) -> Result<Vec<(Timestamp, Vec<u8>)>>;

    /// Keeps a count, unless another process has counted for the same moment, and forgets those
    /// that are over.
    async fn keep_population(
        &self,
        tenant: &str,
        valid_from: Timestamp,
        sealed: Vec<u8>,
    ) -> Result<()>;

    /// An attempt.
    async fn attempt(&self, id: AttemptId) -> Result<Option<Kept>>;

    /// What is counted of a subject.
    async fn ledger(&self, subject: &SubjectKey) -> Result<Versioned<Ledger>>;

    /// The hour in which people of a tenant ask for help, if there is one.
    async fn help_hour(&self, tenant: &str) -> Result<Option<HelpHour>>;

    /// Such hours that began at that moment or before, so many at most, by their tenants.
    async fn help_hours(&self, begun_by: Timestamp, limit: i64) -> Result<Vec<(String, HelpHour)>>;

    /// Puts what failed into buckets, each of which holds what leaks in `holds` at most. The names
    /// are sorted, so that two processes at once do not wait for each other.
    async fn pour(&self, poured: &[Poured], now: Timestamp, holds: Duration) -> Result<()>;

    /// The buckets that will not be empty until that moment, the fullest first, so many at most.
    async fn fuller_than(&self, moment: Timestamp, limit: i64) -> Result<Vec<Bucket>>;

    /// What an idempotency key was answered, unless that may be forgotten by now.
    async fn reply(&self, key: &str, now: Timestamp) -> Result<Option<Recorded>>;

    /// Changes everything, or nothing.
    async fn commit(&self, changes: Changes<'_>, now: Timestamp) -> Result<Commit>;

    /// The attempt that waits for a call.
    async fn attempt_of_call(&self, call: CallId) -> Result<Option<AttemptId>>;

    /// Attempts whose time is over, though they were not told.
    async fn ended(&self, now: Timestamp, limit: i64) -> Result<Vec<AttemptId>>;

    /// Takes what is due from a lane of the outbox, so that no other process takes it before
    /// `until`.
    async fn lease(
        &self,
        lane: Lane,
        now: Timestamp,
        until: Timestamp,
        limit: i64,
    ) -> Result<Vec<Leased>>;

    /// What was leased has left.
    async fn discharge(&self, ids: &[i64]) -> Result<()>;

    /// What was leased is given up, and that is recorded.
    async fn give_up(&self, id: i64, audit: &[AuditEvent]) -> Result<()>;

    /// What was leased is to be tried again: because those whom it is for have deferred it, or its
    /// carrier did not carry.
    async fn postpone(&self, id: i64, due_at: Timestamp, is_deferred: bool) -> Result<()>;

    /// How much waits to leave.
    async fn backlog(&self) -> Result<Backlog>;

    /// The same for each lane and tenant that something waits in or for.
    async fn backlogs(&self) -> Result<Vec<(String, String, Backlog)>>;

    /// Forgets what may be forgotten, in each table so many rows at most; tells how many it was.
    async fn prune(&self, now: Timestamp, limit: i64) -> Result<u64>;

    /// Rows of the audit log that are not chained yet, oldest first, and the end of the chain.
    async fn chain(&self, limit: i64) -> Result<u64>;

    /// Rows of the audit log after that one, oldest first.
    async fn audit(&self, after: i64, limit: i64) -> Result<Vec<AuditRow>>;

    /// Walks the chain of the audit log from its beginning to its end, past a place that was noted.
    async fn verify_audit(&self, known: Option<&Known>) -> Result<Verdict>;

    /// Lets the chain of the audit log begin anew behind all rows that there are, and records why.
    async fn begin_audit_anew(&self, event: &AuditEvent) -> Result<()>;

    /// Forgets rows of the audit log from before that moment, so many at most, from the beginning
    /// of the chain; tells how many it was.
    async fn forget_audit(&self, before: Timestamp, limit: i64) -> Result<u64>;
}
