//! Makes the changes of a judgement in one transaction, and afterwards runs the command that cannot
//! wait.

use std::time::Duration;

use postern_engine::command::RenewAnswers;
use postern_engine::states::WRITE_BACK_PATIENCE;
use postern_engine::{Case, Command, Tenant, Written};
use postern_host::{
    Changes, Commit, Direct, Dispatch, Heard, Hearing, Judgement, Kept, RecordChange, Reply,
    Versions,
};
use postern_protocol::{ProblemKind, Timestamp};
use tracing::warn;

use super::failure::Unanswered;
use super::hear::log_as;
use super::{Caller, JUDGEMENTS_MAX, Judge};
use crate::metrics;
use crate::store::{self, AttemptChange, Lane, ReplyChange, Versioned, Waiting};

/// How long a person waits while the directory stores answers in a newer form. The gate is passed
/// without it.
const RENEWAL_PATIENCE: Duration = Duration::from_secs(3);

impl Judge {
    /// Makes the changes of a judgement. Returns the reply, and the command that cannot wait.
    pub(super) async fn settle(
        &self,
        judgement: Judgement,
        caller: &Caller,
    ) -> Result<(Reply, Option<(Direct, Kept)>), Unanswered> {
        let (settings, now) = (self.settings.load_full(), judgement.now());
        let case = judgement.case();
        let tenant = case.and_then(|case| settings.tenant_kept_as(case.domain()));
        if let Some(case) = case.filter(|_| judgement.is_beginning()) {
            log_as(case);
        }
        let (reply, mut changes) = judgement.settle();
        let versions = self.make(&mut changes, tenant, now).await?;
        if let Some(tenant) = tenant {
            if changes.has_failed {
                self.note_failure(tenant, caller.network);
            }
            if let Some(renew) = &changes.renewed {
                self.renew(tenant, renew).await;
            }
        }
        if changes.has_begun {
            metrics::attempt_started();
        }
        if let Some(change) = changes.attempt.filter(|_| changes.has_ended) {
            metrics::attempt_ended(&change.attempt.value);
        }
        let direct = changes.direct.map(|direct| {
            let kept = direct.kept(versions);
            (direct, kept)
        });
        Ok((reply, direct))
    }

    /// Makes all changes of a judgement, and wakes the carriers.
    async fn make(
        &self,
        changes: &mut Changes,
        tenant: Option<&Tenant>,
        now: Timestamp,
    ) -> Result<Versions, Unanswered> {
        let mut outbox = self.sealed(std::mem::take(&mut changes.outbox))?;
        let mut help = None;
        if let (Some(mail), Some(tenant)) = (changes.help.take(), tenant) {
            let (waiting, change) = self.ask_for_help(tenant, mail, now).await?;
            outbox.extend(waiting);
            help = Some(change);
        }
        let lanes: Vec<Lane> = outbox.iter().map(|waiting| waiting.lane).collect();
        let attempt = changes.attempt.as_ref().map(|change| AttemptChange {
            id: change.id,
            token: change.token,
            subject: &change.subject,
            attempt: Versioned {
                value: &change.attempt.value,
                version: change.attempt.version,
            },
            ends_at: change.ends_at,
            forget_at: change.forget_at,
        });
        let ledger = changes.ledger.as_ref();
        let stored = store::Changes {
            attempt,
            ledger: ledger.map(|(subject, ledger)| (subject, ledger.clone())),
            audit: &changes.audit,
            outbox,
            reply: changes.record.as_ref().map(reply_change),
            burnt: changes.burnt.as_ref(),
            help,
        };
        let mut versions = Versions::default();
        if stored.is_anything() {
            match self.store.commit(stored, now).await? {
                Commit::Done(now) => versions = now,
                Commit::Conflict => return Err(Unanswered::Conflict),
                Commit::Burnt => {
                    metrics::work(metrics::Work::Refused);
                    return Err(Unanswered::Problem(ProblemKind::WorkRefused));
                }
            }
        }
        // Only now: work that was burnt before makes nothing harder for others.
        if changes.burnt.is_some() {
            self.load.began(now);
        }
        for lane in lanes {
            self.outbox.wake(lane);
        }
        Ok(versions)
    }

    /// The messages to send, in the form in which the store keeps them.
    fn sealed(&self, outbox: Vec<Dispatch>) -> anyhow::Result<Vec<Waiting>> {
        let mut sealed = Vec::new();
        for dispatch in outbox {
            match dispatch {
                Dispatch::Text(text) => sealed.push(self.outbox.text(text)?),
                Dispatch::Mail(mail) => sealed.extend(self.outbox.mails(mail)?),
                Dispatch::Call(call) => sealed.push(self.outbox.call(call)?),
            }
        }
        Ok(sealed)
    }

    /// Keeps answers in the newest form. If that fails, the answers stay valid
    /// in their older form, and the judge tries again when the person gives them again.
    async fn renew(&self, tenant: &Tenant, renew: &RenewAnswers) {
        let done = self.registrations.renew_answers(tenant, renew);
        let done = tokio::time::timeout(RENEWAL_PATIENCE, done).await;
        if let Err(error) = done.map_err(anyhow::Error::from).flatten() {
            metrics::store_error(metrics::During::Renewal);
            warn!(
                error = format!("{error:#}"),
                "the answers of a person could not be renewed, and stay valid in their older form"
            );
        }
    }

    /// Writes to the directory while the request waits, and judges what the directory says.
    pub(super) async fn write(&self, direct: Direct, kept: Kept) -> Result<Reply, Unanswered> {
        let settings = self.settings.load_full();
        let Direct {
            command, receipt, ..
        } = direct;
        let case = kept.attempt.value.case();
        let tenant = case.and_then(|case| settings.tenant_kept_as(case.domain()));
        let (Some(id), Some(tenant)) = (case.map(Case::id), tenant) else {
            return Err(Unanswered::Problem(ProblemKind::Internal));
        };
        let written = self.written(tenant, &command).await;
        let caller = Caller::default();
        // Usually nothing has happened to the attempt meanwhile.
        let mut next = Some(kept);
        for _ in 0..JUDGEMENTS_MAX {
            let Some(kept) = next else {
                return Err(Unanswered::Problem(ProblemKind::AttemptUnknown));
            };
            let around = self.around(&settings);
            let hearing = Hearing::of_writing(around, kept, written, receipt.clone());
            let judgement = match self.hear(hearing, &caller).await? {
                Heard::Judged(judgement) => judgement,
                Heard::Answered(reply) => return Ok(*reply),
            };
            match self.settle(*judgement, &caller).await {
                Ok((reply, _)) => return Ok(reply),
                Err(Unanswered::Conflict) => next = self.store.attempt(id).await?,
                Err(failure) => return Err(failure),
            }
        }
        Err(Unanswered::Problem(ProblemKind::OutcomeUnknown))
    }

    /// The directory's result of a command that cannot wait, or [`Written::Unknown`] if it did not
    /// answer in time.
    async fn written(&self, tenant: &Tenant, command: &Command) -> Written {
        let directory = self.directories.of(tenant);
        match command {
            Command::WriteBack(write) => in_time(directory.write_back(tenant, write)).await,
            Command::UnlockAccount(unlock) => {
                in_time(directory.unlock(tenant, &unlock.account)).await
            }
            Command::Record(_)
            | Command::Audit(_)
            | Command::SendText(_)
            | Command::SendMail(_)
            | Command::PlaceCall(_)
            | Command::RenewAnswers(_) => Written::Unknown,
        }
    }
}

fn reply_change(record: &RecordChange) -> ReplyChange<'_> {
    ReplyChange {
        receipt: &record.receipt,
        reply: record.reply.as_ref(),
        is_taken: record.is_taken,
        forget_at: record.forget_at,
    }
}

async fn in_time(written: impl Future<Output = Written>) -> Written {
    let written = tokio::time::timeout(WRITE_BACK_PATIENCE, written).await;
    written.unwrap_or(Written::Unknown)
}
