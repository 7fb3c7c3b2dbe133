//! The store: data that must outlive a request and that replicas share.
//!
//! The store locks nothing while the judge judges. The data that the judge gets has a version. A
//! change is committed only if that version is still the latest. Of two simultaneous requests, one
//! is committed and the other is judged again, with the changes of the first. All changes of one
//! judgement are one transaction.

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
pub use postern_host::{Commit, Kept, Recorded, Versioned, Versions};
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
    /// The new state of the attempt.
    pub attempt: Option<AttemptChange<'a>>,
    /// The new counters.
    pub ledger: Option<(&'a SubjectKey, Versioned<Ledger>)>,
    /// The events for the audit log.
    pub audit: &'a [AuditEvent],
    /// The messages to carry.
    pub outbox: Vec<Waiting>,
    /// The answer to the request.
    pub reply: Option<ReplyChange<'a>>,
    /// The proof of work that the request used up.
    pub burnt: Option<&'a Solved>,
    /// The new count of people who ask for help.
    pub help: Option<HelpChange>,
}

impl Changes<'_> {
    /// Whether there is any change.
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

/// The new state of an attempt.
pub struct AttemptChange<'a> {
    /// Its id.
    pub id: AttemptId,
    /// The digest that recognises its token.
    pub token: [u8; 32],
    /// The subject of the attempt.
    pub subject: &'a SubjectKey,
    /// The attempt, and the version that was judged.
    pub attempt: Versioned<&'a Attempt>,
    /// When it expires; `None` if it has ended.
    pub ends_at: Option<Timestamp>,
    /// When it may be deleted.
    pub forget_at: Timestamp,
}

/// The answer to a request with an idempotency key.
pub struct ReplyChange<'a> {
    /// The key and the request.
    pub receipt: &'a Receipt,
    /// The answer; `None` if it is not known yet.
    pub reply: Option<&'a Reply>,
    /// Whether this request reserved the key before.
    pub is_taken: bool,
    /// When the key may be deleted.
    pub forget_at: Timestamp,
}

/// A lane of the outbox. Each lane has its own carrier, so that a failing carrier delays no other
/// lane.
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

    /// The name of the lane in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Text => "text",
            Self::Call => "call",
        }
    }
}

/// A sealed message that waits to be carried.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The lane that it waits in.
    pub lane: Lane,
    /// The attempt that ordered it, if one did.
    pub attempt: Option<AttemptId>,
    /// The id of the tenant that it belongs to.
    pub tenant: String,
    /// The message, sealed with the first key.
    pub sealed: Vec<u8>,
    /// The moment from which the message is useless.
    pub deadline: Timestamp,
}

/// A row that was leased from the outbox.
#[derive(Clone, Debug)]
pub struct Leased {
    /// The number of the row.
    pub id: i64,
    /// The attempt that ordered it, if known.
    pub attempt: Option<AttemptId>,
    /// The sealed message.
    pub sealed: Vec<u8>,
    /// The number of earlier tries.
    pub tries: i64,
    /// The moment from which the message is useless.
    pub deadline: Timestamp,
}

/// The backlog of the outbox.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Backlog {
    /// The number of waiting messages.
    pub waiting: i64,
    /// Since when the message that has waited longest for its carrier has waited; `None` if none
    /// waits. Messages that a recipient's server has deferred do not count.
    pub waiting_since: Option<Timestamp>,
}

/// A row of the audit log, as it is kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AuditRow {
    /// The number of the row. Deleted rows and failed transactions leave gaps.
    pub id: i64,
    /// The event, as JSON.
    pub event: String,
    /// The position in the chain, counted from 1; `None` until the row is chained.
    pub position: Option<i64>,
    /// The hash over this row and all rows before it.
    pub hash: Option<Vec<u8>>,
}

/// The result of verifying the chain of the audit log.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Verdict {
    /// The number of rows that are correctly chained.
    pub chained: i64,
    /// The number of rows that were written a moment ago and are not chained yet.
    pub unchained: i64,
    /// The first position where a row was changed, removed or inserted.
    pub broken_at: Option<i64>,
    /// How a whole chain differs from the noted position.
    pub noted: Option<NotAsNoted>,
    /// Position and hash of the last correctly chained row.
    pub last: Option<(i64, Vec<u8>)>,
    /// The position before the beginning of the chain. The row there and those before it were
    /// deleted, or are outside of the chain.
    pub first: i64,
}

/// How a chain differs from what was noted elsewhere.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NotAsNoted {
    /// It ends before the noted position.
    Shorter,
    /// It has another hash at that position.
    OtherHash,
}

/// A position of the audit log's chain that was noted elsewhere.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Known {
    /// The position.
    pub position: i64,
    /// The hash at that position, if it was noted too.
    pub digest: Option<Vec<u8>>,
}

impl Verdict {
    /// Whether every row is present and unchanged, and the noted position matches.
    pub const fn is_whole(&self) -> bool {
        self.broken_at.is_none() && self.noted.is_none()
    }
}

/// A store. All its methods take moments as arguments, so it needs no clock.
#[async_trait]
pub trait Store: Send + Sync {
    /// Whether the keys opened the store at the last try.
    fn is_open(&self) -> bool;

    /// Tries whether the keys open the store. They do not after another process exchanged its key.
    async fn try_keys(&self) -> Result<bool>;

    /// The time of the store's own clock, in milliseconds since 1970; `None` if it uses our clock.
    async fn clock(&self) -> Result<Option<i64>>;

    /// The latest counts of a tenant's people, sealed, each with the moment from which it is valid:
    /// the present count, and a future one.
    async fn populations(&self, tenant: &str) -> Result<Vec<(Timestamp, Vec<u8>)>>;

    /// Stores a count, unless another process has stored one for the same moment. Deletes counts
    /// that are no longer valid.
    async fn keep_population(
        &self,
        tenant: &str,
        valid_from: Timestamp,
        sealed: Vec<u8>,
    ) -> Result<()>;

    /// Reads an attempt.
    async fn attempt(&self, id: AttemptId) -> Result<Option<Kept>>;

    /// The counters of a subject.
    async fn ledger(&self, subject: &SubjectKey) -> Result<Versioned<Ledger>>;

    /// The current hour of a tenant's requests for help, if there is one.
    async fn help_hour(&self, tenant: &str) -> Result<Option<HelpHour>>;

    /// The hours that began at or before a moment, with their tenants, at most `limit`.
    async fn help_hours(&self, begun_by: Timestamp, limit: i64) -> Result<Vec<(String, HelpHour)>>;

    /// Adds failures to buckets. Each bucket holds at most what leaks in `holds`. The names must be
    /// sorted, so that two processes do not wait for each other.
    async fn pour(&self, poured: &[Poured], now: Timestamp, holds: Duration) -> Result<()>;

    /// The buckets that will not be empty before a moment, the fullest first, at most `limit`.
    async fn fuller_than(&self, moment: Timestamp, limit: i64) -> Result<Vec<Bucket>>;

    /// The record of an idempotency key, unless it may be deleted by now.
    async fn reply(&self, key: &str, now: Timestamp) -> Result<Option<Recorded>>;

    /// Commits all changes or none.
    async fn commit(&self, changes: Changes<'_>, now: Timestamp) -> Result<Commit>;

    /// The attempt that waits for a call.
    async fn attempt_of_call(&self, call: CallId) -> Result<Option<AttemptId>>;

    /// Attempts that have expired without being told.
    async fn ended(&self, now: Timestamp, limit: i64) -> Result<Vec<AttemptId>>;

    /// Leases due rows from a lane of the outbox, so that no other process takes them before
    /// `until`.
    async fn lease(
        &self,
        lane: Lane,
        now: Timestamp,
        until: Timestamp,
        limit: i64,
    ) -> Result<Vec<Leased>>;

    /// Removes leased rows that were carried.
    async fn discharge(&self, ids: &[i64]) -> Result<()>;

    /// Gives up a leased row and records that.
    async fn give_up(&self, id: i64, audit: &[AuditEvent]) -> Result<()>;

    /// Postpones a leased row, either because the recipient's server deferred it, or because its
    /// carrier failed.
    async fn postpone(&self, id: i64, due_at: Timestamp, is_deferred: bool) -> Result<()>;

    /// The backlog of the whole outbox.
    async fn backlog(&self) -> Result<Backlog>;

    /// The backlog of each lane and tenant that has one.
    async fn backlogs(&self) -> Result<Vec<(String, String, Backlog)>>;

    /// Deletes rows that may be deleted, at most `limit` in each table. Returns their number.
    async fn prune(&self, now: Timestamp, limit: i64) -> Result<u64>;

    /// Chains rows of the audit log that are not chained yet, oldest first, at most `limit`.
    /// Returns their number.
    async fn chain(&self, limit: i64) -> Result<u64>;

    /// Rows of the audit log after a number, oldest first.
    async fn audit(&self, after: i64, limit: i64) -> Result<Vec<AuditRow>>;

    /// Verifies the chain of the audit log from its beginning to its end, and a noted position.
    async fn verify_audit(&self, known: Option<&Known>) -> Result<Verdict>;

    /// Begins the chain of the audit log anew after all existing rows, and records why.
    async fn begin_audit_anew(&self, event: &AuditEvent) -> Result<()>;

    /// Deletes rows of the audit log from before a moment, from the beginning of the chain, at most
    /// `limit`. Returns their number.
    async fn forget_audit(&self, before: Timestamp, limit: i64) -> Result<u64>;
}
