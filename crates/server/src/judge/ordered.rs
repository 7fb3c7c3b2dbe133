//! What a judgement has ordered: what is stored with the attempt, and what cannot wait.

use postern_engine::audit::AuditEvent;
use postern_engine::command::{Mail, MailContent, RenewAnswers};
use postern_engine::ledger::Entry;
use postern_engine::{Command, Ledger};
use postern_protocol::Timestamp;

use crate::outbox::Outbox;
use crate::store::{Versioned, Waiting};

/// What a judgement has ordered.
pub(super) struct Ordered {
    pub(super) ledger: Versioned<Ledger>,
    pub(super) is_counted: bool,
    /// Whether a proof was wrong.
    pub(super) has_failed: bool,
    pub(super) audit: Vec<AuditEvent>,
    pub(super) outbox: Vec<Waiting>,
    /// A mail to administrators, which may be one too many.
    pub(super) help: Option<Mail>,
    pub(super) direct: Option<Command>,
    /// What is changed afterwards, if it can be.
    pub(super) renewed: Option<RenewAnswers>,
}

impl Ordered {
    pub(super) const fn new(ledger: Versioned<Ledger>) -> Self {
        Self {
            ledger,
            is_counted: false,
            has_failed: false,
            audit: Vec::new(),
            outbox: Vec::new(),
            help: None,
            direct: None,
            renewed: None,
        }
    }

    /// Whether there is anything to be stored.
    pub(super) const fn has_anything(&self) -> bool {
        self.is_counted || !self.audit.is_empty() || !self.outbox.is_empty()
    }

    pub(super) fn take(
        &mut self,
        command: Command,
        now: Timestamp,
        outbox: &Outbox,
    ) -> anyhow::Result<()> {
        match command {
            Command::Record(entry) => {
                self.has_failed |= matches!(
                    &entry,
                    Entry::Count { counter, .. } if counter.is_of_failures()
                );
                self.ledger.value.apply(&entry, now);
                self.is_counted = true;
            }
            Command::Audit(event) => self.audit.push(event),
            Command::SendText(text) => self.outbox.push(outbox.text(text)?),
            Command::SendMail(mail) if matches!(mail.content, MailContent::HelpRequest(_)) => {
                self.help = Some(mail);
            }
            Command::SendMail(mail) => self.outbox.extend(outbox.mails(mail)?),
            Command::PlaceCall(call) => self.outbox.push(outbox.call(call)?),
            Command::RenewAnswers(renew) => self.renewed = Some(renew),
            direct @ (Command::WriteBack(_) | Command::UnlockAccount(_)) => {
                self.direct = Some(direct);
            }
        }
        Ok(())
    }
}
