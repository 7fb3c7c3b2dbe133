//! The store: data that must outlive a request and that replicas share.
//!
//! The store locks nothing while the judge judges. The data that the judge gets has a version. A
//! change is committed only if that version is still the latest. Of two simultaneous requests, one
//! is committed and the other is judged again, with the changes of the first. All changes of one
//! judgement are one transaction.

mod attempts;
mod backlog;
mod chain;
mod clock;
mod clue;
mod connect;
mod counts;
mod dialect;
mod entering;
mod entry;
mod help;
mod log;
mod lookup;
mod migrations;
mod outgoing;
mod pressure;
mod private;
mod refold;
mod result;
mod rotation;
mod span;
mod sql;
mod statement;
#[cfg(test)]
pub(crate) mod temporary;
mod tenants;
mod trouble;
mod upkeep;
mod vault;
mod writable;
mod writers;

pub use postern_host::{Commit, Kept, Recorded, Versioned, Versions};

pub use attempts::{AttemptChange, Attempts, Changes, ReplyChange};
pub use backlog::{Backlog, Lane, Leased, Waiting};
pub use chain::{AuditRow, Known, NotAsNoted, Verdict, Walk, Walked};
pub(crate) use clue::{Clue, EventField};
pub use counts::Counts;
pub use help::{HelpChange, HelpHour};
pub use log::AuditLog;
pub use outgoing::Outgoing;
pub use pressure::{Bucket, Poured};
pub(crate) use private::{OPEN as OPEN_TO_OTHERS, check_writable, open_to_others};
pub use result::Result;
pub(crate) use rotation::Sealed;
pub use span::{Place, Span};
pub use sql::SqlStore;
pub(crate) use statement::{Statement, row_parameters};
pub(crate) use trouble::in_words;
pub use upkeep::Upkeep;
pub use vault::WrongKey;
pub(crate) use writers::{Change, Outcome};
