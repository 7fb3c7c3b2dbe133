//! What a judgement changes: all of it in one transaction, before anything is run or answered.

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

/// How long an attempt that is over is kept, so that a page left open can say what happened.
const ATTEMPT_KEPT: Duration = Duration::from_hours(24);

/// How long an idempotency key stays taken by a request that is still being done. It is longer than
/// a write to a directory may take. If the process dies during that write, a client that asks again
/// under the key waits for as long.
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
    /// Whether the idempotency key was taken before, by this request.
    pub(crate) is_taken: bool,
    pub(crate) solved: Option<Solved>,
    pub(crate) now: Timestamp,
}

/// All that a judgement changes. The host makes all of these changes or none.
#[derive(Default)]
pub struct Changes {
    /// The attempt as it is now; `None` if it is as it was.
    pub attempt: Option<AttemptChange>,
    /// The ledger of its subject as it is now, with the version that was judged.
    pub ledger: Option<(SubjectKey, Versioned<Ledger>)>,
    /// What happened, oldest first.
    pub audit: Vec<AuditEvent>,
    /// What has to leave.
    pub outbox: Vec<Dispatch>,
    /// A mail to administrators. A host may leave it out where there were too many.
    pub help: Option<Mail>,
    /// What is recorded of the idempotency key.
    pub record: Option<RecordChange>,
    /// The proof of work that is taken.
    pub burnt: Option<Solved>,
    /// What cannot wait: the host does it once the other changes are made, and gives what the
    /// directory says to [`Hearing::of_writing`](crate::Hearing::of_writing).
    pub direct: Option<Direct>,
    /// Answers that are kept in a newer form afterwards, if that can be done.
    pub renewed: Option<RenewAnswers>,
    /// Whether a proof was wrong.
    pub has_failed: bool,
    /// Whether an attempt has begun.
    pub has_begun: bool,
    /// Whether the attempt has ended.
    pub has_ended: bool,
}

/// An attempt as it is now.
pub struct AttemptChange {
    /// Its id.
    pub id: AttemptId,
    /// The digest of the token that opens it.
    pub token: [u8; 32],
    /// Names the ledger of its subject.
    pub subject: SubjectKey,
    /// The attempt, and the version that was judged.
    pub attempt: Versioned<Attempt>,
    /// When it ends by itself; `None` if it is over.
    pub ends_at: Option<Timestamp>,
    /// When it need not be kept any longer.
    pub forget_at: Timestamp,
}

/// What is recorded of an idempotency key.
pub struct RecordChange {
    /// The key, and what tells its request from others.
    pub receipt: Receipt,
    /// What is answered; `None` if that is not known yet.
    pub reply: Option<Reply>,
    /// Whether the key was taken before, by this request.
    pub is_taken: bool,
    /// When the record may be forgotten.
    pub forget_at: Timestamp,
}

/// Something that has to leave.
pub enum Dispatch {
    /// A text.
    Text(Text),
    /// A mail; to no one, if it is a decoy's.
    Mail(Mail),
    /// A call.
    Call(Call),
}

/// What the host does while the request waits, and what it is judged by then.
pub struct Direct {
    /// [`Command::WriteBack`] or [`Command::UnlockAccount`].
    pub command: Command,
    /// The attempt as it is then, but for the versions.
    kept: Kept,
    /// The receipt of the request, whose key is taken by now.
    pub receipt: Option<Receipt>,
}

impl Judgement {
    /// What the judge has ordered, in that order.
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

    /// The idempotency key that the changes take, if they take one.
    pub fn taken_key(&self) -> Option<&str> {
        let receipt = self.receipt.as_ref();
        let receipt = receipt.filter(|_| !self.is_taken && self.is_recorded());
        receipt.map(Receipt::key)
    }

    /// The proof of work that the changes burn, if they burn one.
    pub const fn solved(&self) -> Option<&Solved> {
        self.solved.as_ref()
    }

    /// Whether anything is changed by it, but for what is recorded of the idempotency key.
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

    /// Whether the reply is recorded under the idempotency key. What could not be judged is judged
    /// anew when the same request comes again.
    fn is_recorded(&self) -> bool {
        let is_judged = match &self.reply {
            Reply::Problem(problem) => problem.kind != ProblemKind::BreachServiceUnreachable,
            Reply::Started(_) | Reply::Attempt(_) => true,
        };
        self.is_taken || (self.is_changing() && is_judged)
    }

    /// The reply, and what has to be changed before it is given.
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
    /// Adds what is changed outside of the attempt and its ledger.
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
