//! The changes of a judgement. The host makes all of them in one transaction, before it runs or
//! answers anything.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::time::Duration;

use postern_engine::audit::AuditEvent;
use postern_engine::command::{Call, Mail, MailContent, RenewAnswers, Text};
use postern_engine::ledger::Entry;
use postern_engine::{Attempt, Case, Command, Ledger, SubjectKey};
use postern_protocol::{AttemptId, ProblemKind, Timestamp};

use crate::work::Solved;
use crate::{ANSWER_LIFE, Kept, Receipt, Reply, Versioned, Versions};

/// How long the host keeps an attempt that is over, so that an open page can say what happened.
const ATTEMPT_KEPT: Duration = Duration::from_hours(24);

/// How long an idempotency key stays reserved for a request in progress. It is longer than a write
/// to a directory may take. If the process dies during that write, a client that repeats the
/// request under the key has to wait this long.
const KEY_TAKEN: Duration = Duration::from_secs(90);

/// What a hearing has come to.
pub enum Heard {
    /// A judgement. The host makes its changes, and gives its reply.
    Judged(Box<Judgement>),
    /// There is nothing to judge: this is answered.
    Answered(Box<Reply>),
}

/// What was judged, and what has to be done about it.
pub struct Judgement {
    pub(crate) attempt: Versioned<Attempt>,
    pub(crate) was_over: bool,
    pub(crate) is_changed: bool,
    pub(crate) token: Option<[u8; 32]>,
    pub(crate) ledger: Versioned<Ledger>,
    pub(crate) reply: Reply,
    pub(crate) commands: Vec<Command>,
    pub(crate) receipt: Option<Receipt>,
    /// Whether this request has already taken the idempotency key.
    pub(crate) is_taken: bool,
    pub(crate) solved: Option<Solved>,
    pub(crate) now: Timestamp,
}

/// All changes of a judgement. The host makes all of them or none.
#[derive(Default)]
pub struct Changes {
    /// The new state of the attempt. `None` if it has not changed.
    pub attempt: Option<AttemptChange>,
    /// The new state of the subject's ledger, with the version that was judged.
    pub ledger: Option<(SubjectKey, Versioned<Ledger>)>,
    /// The audit events, oldest first.
    pub audit: Vec<AuditEvent>,
    /// The messages and calls to send.
    pub outbox: Vec<Dispatch>,
    /// A mail to administrators. A host may leave it out if there were too many.
    pub help: Option<Mail>,
    /// The new record of the idempotency key.
    pub record: Option<RecordChange>,
    /// The proof of work that the host has to burn.
    pub burnt: Option<Solved>,
    /// A command that cannot wait. The host runs it after the other changes, and gives the
    /// directory's result to [`Hearing::of_writing`](crate::Hearing::of_writing).
    pub direct: Option<Direct>,
    /// Answers that the host keeps in a newer form afterwards, if it can.
    pub renewed: Option<RenewAnswers>,
    /// Whether a proof was wrong.
    pub has_failed: bool,
    /// Whether an attempt has begun.
    pub has_begun: bool,
    /// Whether the attempt has ended.
    pub has_ended: bool,
}

/// The new state of an attempt.
pub struct AttemptChange {
    /// The id of the attempt.
    pub id: AttemptId,
    /// The digest of the token that opens the attempt.
    pub token: [u8; 32],
    /// The name of the subject's ledger.
    pub subject: SubjectKey,
    /// The attempt, with the version that was judged.
    pub attempt: Versioned<Attempt>,
    /// When the attempt ends by itself. `None` if it is over.
    pub ends_at: Option<Timestamp>,
    /// When the host may forget the attempt.
    pub forget_at: Timestamp,
}

/// The new record of an idempotency key.
pub struct RecordChange {
    /// The key, and the fingerprint of its request.
    pub receipt: Receipt,
    /// The answer. `None` if it is not known yet.
    pub reply: Option<Reply>,
    /// Whether this request has already taken the key.
    pub is_taken: bool,
    /// When the host may forget the record.
    pub forget_at: Timestamp,
}

/// A message or a call to send.
pub enum Dispatch {
    /// A text.
    Text(Text),
    /// A mail. A decoy's mail has no recipient.
    Mail(Mail),
    /// A call.
    Call(Call),
}

/// A command that the host runs while the request waits, with the data for the judgement of its
/// result.
pub struct Direct {
    /// [`Command::WriteBack`] or [`Command::UnlockAccount`].
    pub command: Command,
    /// The attempt as it is then, but for the versions.
    kept: Kept,
    /// The receipt of the request, whose key is taken by now.
    pub receipt: Option<Receipt>,
}

impl Judgement {
    /// The commands of the judge, in their order.
    pub fn commands(&self) -> &[Command] {
        &self.commands
    }

    /// The attempt's case, if the person has said who they are.
    pub fn case(&self) -> Option<&Case> {
        self.attempt.value.case()
    }

    /// The moment of the judgement.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Whether an attempt has begun.
    pub const fn is_beginning(&self) -> bool {
        matches!(self.reply, Reply::Started(_))
    }

    /// The idempotency key that the changes take, if there is one.
    pub fn taken_key(&self) -> Option<&str> {
        let receipt = self.receipt.as_ref();
        let receipt = receipt.filter(|_| !self.is_taken && self.is_recorded());
        receipt.map(Receipt::key)
    }

    /// The proof of work that the changes burn, if there is one.
    pub const fn solved(&self) -> Option<&Solved> {
        self.solved.as_ref()
    }

    /// Whether the judgement changes anything, apart from the record of the idempotency key.
    pub(crate) fn is_changing(&self) -> bool {
        let is_durable = |command: &Command| match command {
            Command::Record(_)
            | Command::Audit(_)
            | Command::SendText(_)
            | Command::SendMail(_)
            | Command::PlaceCall(_) => true,
            Command::RenewAnswers(_) | Command::WriteBack(_) | Command::UnlockAccount(_) => false,
        };
        self.is_changed || self.solved.is_some() || self.commands.iter().any(is_durable)
    }

    /// Whether the reply is recorded under the idempotency key. A request that could not be judged
    /// is judged again when it is repeated.
    fn is_recorded(&self) -> bool {
        let is_judged = match &self.reply {
            Reply::Problem(problem) => problem.kind != ProblemKind::BreachServiceUnreachable,
            Reply::Started(_) | Reply::Attempt(_) => true,
        };
        self.is_taken || (self.is_changing() && is_judged)
    }

    /// The reply, and the changes that the host has to make before it answers.
    pub fn settle(mut self) -> (Reply, Changes) {
        let is_recorded = self.is_recorded();
        let mut changes = Changes {
            burnt: self.solved.take(),
            has_begun: self.is_beginning(),
            has_ended: self.attempt.value.is_over() && !self.was_over,
            ..Changes::default()
        };
        let mut ledger = self.ledger;
        let (mut is_counted, mut direct) = (false, None);
        for command in self.commands {
            match command {
                Command::Record(entry) => {
                    changes.has_failed |= is_failure(&entry);
                    ledger.value.apply(&entry, self.now);
                    is_counted = true;
                }
                Command::WriteBack(_) | Command::UnlockAccount(_) => direct = Some(command),
                command @ (Command::Audit(_)
                | Command::SendText(_)
                | Command::SendMail(_)
                | Command::PlaceCall(_)
                | Command::RenewAnswers(_)) => changes.order(command),
            }
        }
        let attempt = self.attempt;
        if let (Some(case), Some(token)) = (attempt.value.case(), self.token) {
            changes.direct = direct.map(|command| Direct {
                command,
                kept: Kept {
                    attempt: attempt.clone(),
                    token,
                    ledger: ledger.clone(),
                },
                receipt: self.receipt.clone(),
            });
            let subject = case.subject_key();
            changes.ledger = is_counted.then(|| (subject.clone(), ledger));
            changes.attempt = self.is_changed.then(|| AttemptChange {
                id: case.id(),
                token,
                subject: subject.clone(),
                ends_at: (!attempt.value.is_over()).then_some(case.expires_at()),
                forget_at: case.expires_at() + ATTEMPT_KEPT,
                attempt: attempt.clone(),
            });
        }
        let is_known = changes.direct.is_none();
        let receipt = self.receipt.filter(|_| is_recorded);
        changes.record = receipt.map(|receipt| RecordChange {
            receipt,
            reply: is_known.then(|| self.reply.clone()),
            is_taken: self.is_taken,
            forget_at: self.now + if is_known { ANSWER_LIFE } else { KEY_TAKEN },
        });
        (self.reply, changes)
    }
}

impl Changes {
    /// Adds the changes outside of the attempt and its ledger.
    fn order(&mut self, command: Command) {
        match command {
            Command::Audit(event) => self.audit.push(event),
            Command::SendText(text) => self.outbox.push(Dispatch::Text(text)),
            Command::SendMail(mail) if matches!(mail.content, MailContent::HelpRequest(_)) => {
                self.help = Some(mail);
            }
            Command::SendMail(mail) => self.outbox.push(Dispatch::Mail(mail)),
            Command::PlaceCall(call) => self.outbox.push(Dispatch::Call(call)),
            Command::RenewAnswers(renew) => self.renewed = Some(renew),
            Command::Record(_) | Command::WriteBack(_) | Command::UnlockAccount(_) => {}
        }
    }
}

impl Direct {
    /// The attempt as the host keeps it once the changes are made, with the versions that it then
    /// has.
    pub fn kept(&self, versions: Versions) -> Kept {
        let mut kept = self.kept.clone();
        kept.attempt.version = versions.attempt.unwrap_or(kept.attempt.version);
        kept.ledger.version = versions.ledger.unwrap_or(kept.ledger.version);
        kept
    }
}

fn is_failure(entry: &Entry) -> bool {
    matches!(entry, Entry::Count { counter, .. } if counter.is_of_failures())
}
