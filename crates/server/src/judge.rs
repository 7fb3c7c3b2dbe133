//! What every request goes through: load, judge, change everything in one transaction, run what
//! cannot wait, answer.
//!
//! Nothing of an attempt is kept in the process, so that the next request may go to another one.

mod caller;
mod failure;
mod help;
mod input;
mod ordered;
mod receipt;
mod subject;
mod weigh;

use std::sync::Arc;
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use postern_engine::command::RenewAnswers;
use postern_engine::host::{ANSWER_LIFE, Answer, Receipt, Reply, Request};
use postern_engine::states::WRITE_BACK_PATIENCE;
use postern_engine::work::Solved;
use postern_engine::{
    Attempt, Breach, CallEnd, CallId, Case, Command, Context, EngineKey, Input, Outcome,
    Population, Tenant, WriteBackHealth, Written,
};
use postern_protocol::password::BannedList;
use postern_protocol::{AttemptId, ProblemKind, Timestamp};
use subtle::ConstantTimeEq;
use tokio_util::task::TaskTracker;
use tracing::{Instrument, Span, error, field, warn};

pub use self::caller::{Caller, WorkDone};
pub(crate) use self::failure::NotDone;
use self::failure::Unanswered;
use self::input::input;
use self::ordered::Ordered;
use self::receipt::receipt;
use crate::breached::Breaches;
use crate::clock::Clock;
use crate::directory::Directory;
use crate::keys::Keys;
use crate::load::Load;
use crate::metrics;
use crate::outbox::Outbox;
use crate::population::Populations;
use crate::pressure::Pressure;
use crate::random;
use crate::settings::Settings;
use crate::store::{
    AttemptChange, Changes, Commit, Kept, Lane, Recorded, ReplyChange, Store, Versioned,
};

/// How long an attempt that is over is kept, so that a page left open can say what happened.
const ATTEMPT_KEPT: Duration = Duration::from_hours(24);

/// How long a person waits for answers to be kept in a newer form: their gate is passed without it.
const RENEWAL_PATIENCE: Duration = Duration::from_secs(3);

/// How often a request is judged again because others were taken before it. Each time one of them
/// is done for good, so this many at once on one attempt or one subject all get their answer.
const JUDGEMENTS_MAX: usize = 100;

/// How long a key is taken by a request that is still being done: longer than a write to a
/// directory is waited for. Where a process died in the middle of one, a client that asks again
/// under that key waits for as long.
const KEY_TAKEN: Duration = Duration::from_secs(90);

/// The judge with all that he needs.
pub struct Judge {
    /// Where attempts are.
    pub store: Arc<dyn Store>,
    /// Where accounts are.
    pub directory: Arc<dyn Directory>,
    /// Tenants and their policies, as they are configured now.
    pub settings: Arc<ArcSwap<Settings>>,
    /// The time.
    pub clock: Clock,
    /// The deployment's keys. An attempt keeps the one that it was begun with.
    pub keys: Keys,
    /// What waits to leave.
    pub outbox: Arc<Outbox>,
    /// What the people of each tenant have on file.
    pub(crate) populations: Populations,
    /// The banned passwords that every tenant has.
    pub banned: &'static BannedList,
    /// The service that knows breached ones, if one is configured.
    pub(crate) breaches: ArcSwapOption<Breaches>,
    /// Work that was taken lately.
    pub(crate) load: Arc<Load>,
    /// Proofs that failed lately.
    pub(crate) pressure: Pressure,
    /// Requests that have begun are finished, even when no client waits for them any more.
    pub tasks: TaskTracker,
}

/// A judgement that was taken.
struct Judged {
    reply: Reply,
    /// What cannot wait, and stands last among the commands; and what it is judged by how that
    /// went.
    direct: Option<(Command, Kept)>,
}

impl Judge {
    /// Answers a request. It is finished even if the client disconnects meanwhile.
    ///
    /// # Errors
    ///
    /// What the API answers with a problem.
    pub(crate) async fn call(
        self: &Arc<Self>,
        request: Request,
        caller: Caller,
    ) -> Result<Answer, NotDone> {
        let this = self.clone();
        let answer = async move { Box::pin(this.answer(&request, &caller)).await };
        let task = self.tasks.spawn(answer.in_current_span());
        task.await.unwrap_or_else(|error| {
            error!(%error, "a request broke");
            Err(ProblemKind::Internal.into())
        })
    }

    /// Word of a call: what telephony says goes to the attempt that waits for it, if any does.
    ///
    /// # Errors
    ///
    /// When the store does not do what it is there for.
    pub async fn call_ended(&self, call: CallId, end: CallEnd) -> anyhow::Result<()> {
        let Some(id) = self.store.attempt_of_call(call).await? else {
            return Ok(());
        };
        self.happened(id, || Input::CallEnded { call, end }).await
    }

    /// Reads what was counted of the tenants' people, and counts them where it is time to.
    pub async fn renew_populations(&self) {
        let settings = self.settings.load_full();
        let places = (&*self.store, &*self.directory);
        let renewed =
            self.populations
                .renew(&settings.tenants, places, self.keys.first(), &self.clock);
        renewed.await;
    }

    /// Ends attempts whose time is over, so many at most; tells how many it was.
    ///
    /// # Errors
    ///
    /// When the store does not do what it is there for.
    pub async fn sweep(&self, limit: i64) -> anyhow::Result<usize> {
        let ended = self.store.ended(self.clock.now(), limit).await?;
        for id in &ended {
            self.happened(*id, || Input::Expire).await?;
        }
        Ok(ended.len())
    }

    /// Something happened to an attempt, and no client waits for an answer.
    async fn happened(&self, id: AttemptId, input: impl Fn() -> Input) -> anyhow::Result<()> {
        for _ in 0..JUDGEMENTS_MAX {
            let Some(kept) = self.store.attempt(id).await? else {
                return Ok(());
            };
            match self
                .judge(Some(kept), input(), None, &Caller::default())
                .await
            {
                Ok(_) | Err(Unanswered::Problem(_) | Unanswered::TooLight(_)) => return Ok(()),
                Err(Unanswered::Conflict) => {}
                Err(Unanswered::Broken(error)) => return Err(error),
            }
        }
        anyhow::bail!("attempt {id} never stood still")
    }

    async fn answer(&self, request: &Request, caller: &Caller) -> Result<Answer, NotDone> {
        for _ in 0..JUDGEMENTS_MAX {
            match Box::pin(self.answer_once(request, caller)).await {
                Ok(reply) => {
                    let key = self.key_of_reply(&reply).await;
                    return reply.answer(&key).map_err(NotDone::Problem);
                }
                Err(Unanswered::Conflict) => {}
                Err(Unanswered::Problem(kind)) => return Err(kind.into()),
                Err(Unanswered::TooLight(times)) => return Err(NotDone::TooLight(times)),
                Err(Unanswered::Broken(error)) => {
                    error!(error = format!("{error:#}"), "a request could not be done");
                    metrics::store_error(metrics::During::Request);
                    return Err(ProblemKind::Internal.into());
                }
            }
        }
        warn!("a request was judged {JUDGEMENTS_MAX} times and never taken");
        let retry_at = self.clock.now() + Duration::from_secs(1);
        Err(ProblemKind::TooManyRequests { retry_at }.into())
    }

    async fn answer_once(&self, request: &Request, caller: &Caller) -> Result<Reply, Unanswered> {
        let (portal, solved) = (caller.portal.as_deref(), caller.solved());
        let id = request.operation.attempt();
        let kept = match id {
            Some(id) => {
                let token = request.token.as_deref();
                Some(self.authorised(id, token, portal).await?)
            }
            None => None,
        };
        if let Some(case) = kept.as_ref().and_then(|kept| kept.attempt.value.case()) {
            log_as(case);
        }
        let key = kept
            .as_ref()
            .map_or(self.keys.first(), |kept| self.key(id, kept));
        let receipt = receipt(request, solved, key)?;
        let Some(input) = input(&request.operation, portal) else {
            return Err(Unanswered::Problem(ProblemKind::Malformed));
        };
        // Requests are rarely repeated, so the judge finds out whether the key is taken by taking
        // it.
        match self.judge(kept, input, receipt.as_ref(), caller).await {
            Ok(judged) => match judged.direct {
                Some((command, kept)) => self.write(command, kept, receipt.as_ref()).await,
                None => Ok(judged.reply),
            },
            Err(Unanswered::Conflict) => self.recorded(request, solved, receipt.as_ref()).await,
            Err(failure) => Err(failure),
        }
    }

    /// What was answered under that key before, if that is what was in the way.
    async fn recorded(
        &self,
        request: &Request,
        solved: Option<&Solved>,
        receipt: Option<&Receipt>,
    ) -> Result<Reply, Unanswered> {
        let Some(receipt) = receipt else {
            return Err(Unanswered::Conflict);
        };
        let nonce = solved.map(|solved| solved.nonce.as_str());
        // Another replica may have another key in front.
        let is_of = |recorded: &Recorded| {
            self.keys.iter().any(|key| {
                let fingerprint = request.operation.fingerprint(key, nonce);
                fingerprint.is_some_and(|it| *it.as_bytes() == recorded.fingerprint)
            })
        };
        match self.store.reply(receipt.key(), self.clock.now()).await? {
            None => Err(Unanswered::Conflict),
            Some(recorded) if !is_of(&recorded) => Err(Unanswered::Problem(ProblemKind::KeyReused)),
            Some(Recorded {
                reply: Some(reply), ..
            }) => Ok(reply),
            Some(Recorded { reply: None, .. }) => Err(Unanswered::Problem(ProblemKind::KeyInUse)),
        }
    }

    /// An attempt, for a client that has its token and asks from our own page or a portal of its
    /// tenant. An attempt that does not exist cannot be told from one that the token does not open.
    async fn authorised(
        &self,
        id: AttemptId,
        token: Option<&str>,
        portal: Option<&str>,
    ) -> Result<Kept, Unanswered> {
        let kept = self.store.attempt(id).await?;
        let settings = self.settings.load();
        let has_portal = |kept: &Kept, portal: &str| {
            let case = kept.attempt.value.case();
            let tenant = case.and_then(|case| settings.tenant_kept_as(case.domain()));
            tenant.is_some_and(|tenant| tenant.has_portal(portal))
        };
        let is_opened = |kept: &Kept| {
            self.keys.iter().any(|key| {
                let given = key.token_digest(token.unwrap_or_default());
                given.as_bytes().ct_eq(&kept.token).into()
            })
        };
        kept.filter(is_opened)
            .filter(|kept| portal.is_none_or(|portal| has_portal(kept, portal)))
            .ok_or(Unanswered::Problem(ProblemKind::AttemptUnknown))
    }

    /// The key that an attempt was begun with: its codes and its token are made with it.
    fn key(&self, id: Option<AttemptId>, kept: &Kept) -> &EngineKey {
        let key = id.and_then(|id| self.keys.of_attempt(id, &kept.token));
        key.unwrap_or_else(|| self.keys.first())
    }

    /// The key for the token of an answer that may be given again.
    async fn key_of_reply(&self, reply: &Reply) -> EngineKey {
        if let Reply::Started(attempt) = reply
            && self.keys.iter().nth(1).is_some()
            && let Ok(Some(kept)) = self.store.attempt(attempt.id).await
        {
            return self.key(Some(attempt.id), &kept).clone();
        }
        self.keys.first().clone()
    }

    /// Judges once, and changes all that the judgement changes.
    #[expect(
        clippy::too_many_lines,
        reason = "what is loaded, judged and changed, in the order in which it has to be"
    )]
    async fn judge(
        &self,
        kept: Option<Kept>,
        input: Input,
        receipt: Option<&Receipt>,
        caller: &Caller,
    ) -> Result<Judged, Unanswered> {
        let solved = caller.solved();
        let is_start = matches!(input, Input::Identify(_));
        let is_taken = matches!(input, Input::WrittenBack(_));
        let settings = self.settings.load_full();
        let subject = self.subject(kept, &input, &settings).await?;
        self.weigh(&subject, receipt, caller).await?;
        let before = subject.kept.as_ref().map(|kept| &kept.attempt);
        let key = match &subject.kept {
            Some(kept) => self.key(kept.attempt.value.case().map(Case::id), kept),
            None => self.keys.first(),
        };
        let write_back = match subject.tenant {
            Some(tenant) if is_start => self.directory.health(tenant).await,
            Some(_) | None => WriteBackHealth::Healthy,
        };
        let tenant = subject.tenant;
        let population = tenant.map(|tenant| self.populations.at(tenant, self.clock.now()));
        let population = population.as_deref();
        let mut context = Context {
            now: self.clock.now(),
            seed: random::bytes(),
            key,
            tenant: subject.tenant,
            account: subject.account.as_ref(),
            population: population.unwrap_or(Population::uncounted()),
            ledger: &subject.ledger.value,
            write_back,
            breach: Breach::NotFound,
            banned: self.banned,
        };
        let judged = before.map_or_else(Attempt::default, |before| before.value.clone());
        context.breach = self.breach(&judged, &input, &context, receipt).await?;
        // The service for breached passwords may have taken time.
        let now = self.clock.now();
        context.now = now;
        let Outcome {
            attempt,
            reply,
            commands,
        } = judged.handle(input, &context);

        let reply = match reply {
            Ok(attempt) if is_start => Reply::Started(attempt),
            Ok(attempt) => Reply::Attempt(attempt),
            Err(problem) => Reply::Problem(problem),
        };
        let mut ordered = Ordered::new(subject.ledger);
        for command in commands {
            ordered.take(command, now, &self.outbox)?;
        }
        let mut help = None;
        if let (Some(mail), Some(tenant)) = (ordered.help.take(), tenant) {
            let (waiting, change) = self.ask_for_help(tenant, mail, now).await?;
            ordered.outbox.extend(waiting);
            help = Some(change);
        }
        let case = attempt.case();
        if let Some(case) = case {
            log_as(case);
        }
        let was_over = before.is_some_and(|before| before.value.is_over());
        let is_changed = before.is_none_or(|before| before.value != attempt);
        let version = before.map_or(0, |before| before.version);
        let token = |case: &Case| *key.token_digest(&key.token(case.id())).as_bytes();
        let has_ordered = ordered.has_anything();
        let has_failed = ordered.has_failed;
        let renewed = ordered.renewed.take();
        let direct = ordered.direct.zip(case).map(|(command, case)| {
            let kept = Kept {
                attempt: Versioned {
                    value: attempt.clone(),
                    version: version + i64::from(is_changed),
                },
                token: token(case),
                ledger: Versioned {
                    value: ordered.ledger.value.clone(),
                    version: ordered.ledger.version + i64::from(ordered.is_counted),
                },
            };
            (command, kept)
        });
        let change = case.filter(|_| is_changed).map(|case| AttemptChange {
            id: case.id(),
            token: token(case),
            subject: case.subject_key(),
            attempt: Versioned {
                value: &attempt,
                version,
            },
            ends_at: (!attempt.is_over()).then_some(case.expires_at()),
            forget_at: case.expires_at() + ATTEMPT_KEPT,
        });
        let is_known = direct.is_none();
        let is_changing = change.is_some() || has_ordered || solved.is_some();
        // What changes nothing leaves no row, and is judged again if it is asked again. What the
        // key was answered before is answered all the same.
        if let Some(receipt) = receipt.filter(|_| !is_changing && !is_taken)
            && self.store.reply(receipt.key(), now).await?.is_some()
        {
            return Err(Unanswered::Conflict);
        }
        let receipt = receipt.filter(|_| is_changing || is_taken);
        let changes = Changes {
            attempt: change,
            ledger: case
                .filter(|_| ordered.is_counted)
                .map(|case| (case.subject_key(), ordered.ledger)),
            audit: &ordered.audit,
            outbox: ordered.outbox,
            reply: receipt.map(|receipt| ReplyChange {
                receipt,
                reply: is_known.then_some(&reply),
                is_taken,
                forget_at: now + if is_known { ANSWER_LIFE } else { KEY_TAKEN },
            }),
            burnt: solved,
            help,
        };
        self.commit(changes, now).await?;
        if let Some(tenant) = tenant.filter(|_| has_failed) {
            self.note_failure(tenant, caller.network);
        }
        if let (Some(renew), Some(tenant)) = (&renewed, tenant) {
            self.renew(tenant, renew).await;
        }
        if is_start && matches!(reply, Reply::Started(_)) {
            metrics::attempt_started();
        }
        if attempt.is_over() && !was_over {
            metrics::attempt_ended(&attempt);
        }
        Ok(Judged { reply, direct })
    }

    /// Has answers kept in the newest form. Where that cannot be done now, they are right in their
    /// older one, and it is tried again once they are given again.
    async fn renew(&self, tenant: &Tenant, renew: &RenewAnswers) {
        let done = self.directory.renew_answers(tenant, renew);
        let done = tokio::time::timeout(RENEWAL_PATIENCE, done).await;
        if let Err(error) = done.map_err(anyhow::Error::from).flatten() {
            metrics::store_error(metrics::During::Renewal);
            warn!(
                error = format!("{error:#}"),
                "answers stay in an older form: they could not be changed"
            );
        }
    }

    /// Whether the password that is being set was breached, where that is all that is still to be
    /// known of it.
    async fn breach(
        &self,
        attempt: &Attempt,
        input: &Input,
        context: &Context<'_>,
        receipt: Option<&Receipt>,
    ) -> Result<Breach, Unanswered> {
        let Some(breaches) = self.breaches.load_full() else {
            return Ok(Breach::NotFound);
        };
        let Some(password) = attempt.would_write_back(input, context) else {
            return Ok(Breach::NotFound);
        };
        // A request that was answered under the key gets the same answer, and the service for
        // breached passwords is not asked again.
        if let Some(receipt) = receipt
            && self
                .store
                .reply(receipt.key(), context.now)
                .await?
                .is_some()
        {
            return Err(Unanswered::Conflict);
        }
        Ok(breaches.look_up(&password).await)
    }

    /// Makes all changes of a judgement, and tells the carriers.
    async fn commit(&self, changes: Changes<'_>, now: Timestamp) -> Result<(), Unanswered> {
        let lanes: Vec<Lane> = changes.outbox.iter().map(|waiting| waiting.lane).collect();
        let has_work = changes.burnt.is_some();
        if changes.is_anything() {
            match self.store.commit(changes, now).await? {
                // Only now: work that was burnt before makes nothing harder for others.
                Commit::Done if has_work => self.load.began(now),
                Commit::Done => {}
                Commit::Conflict => return Err(Unanswered::Conflict),
                Commit::Burnt => {
                    metrics::work(metrics::Work::Refused);
                    return Err(Unanswered::Problem(ProblemKind::WorkRefused));
                }
            }
        }
        for lane in lanes {
            self.outbox.wake(lane);
        }
        Ok(())
    }

    /// Writes to the directory while the request waits, and judges what it says.
    async fn write(
        &self,
        command: Command,
        kept: Kept,
        receipt: Option<&Receipt>,
    ) -> Result<Reply, Unanswered> {
        let settings = self.settings.load_full();
        let case = kept.attempt.value.case();
        let tenant = case.and_then(|case| settings.tenant_kept_as(case.domain()));
        let (Some(case), Some(tenant)) = (case, tenant) else {
            return Err(Unanswered::Problem(ProblemKind::Internal));
        };
        let id = case.id();
        let written = match command {
            Command::WriteBack(write) => {
                said_in_time(self.directory.write_back(tenant, &write)).await
            }
            Command::UnlockAccount(unlock) => {
                said_in_time(self.directory.unlock(tenant, &unlock.account)).await
            }
            Command::Record(_)
            | Command::Audit(_)
            | Command::SendText(_)
            | Command::SendMail(_)
            | Command::PlaceCall(_)
            | Command::RenewAnswers(_) => Written::Unknown,
        };
        // Mostly nothing has happened to the attempt meanwhile.
        let mut kept = Some(kept);
        for _ in 0..JUDGEMENTS_MAX {
            let input = Input::WrittenBack(written);
            match self.judge(kept, input, receipt, &Caller::default()).await {
                Ok(judged) => return Ok(judged.reply),
                Err(Unanswered::Conflict) => kept = self.store.attempt(id).await?,
                Err(failure) => return Err(failure),
            }
            if kept.is_none() {
                return Err(Unanswered::Problem(ProblemKind::AttemptUnknown));
            }
        }
        Err(Unanswered::Problem(ProblemKind::OutcomeUnknown))
    }
}

/// From here on the lines of the request say whose attempt it is about.
fn log_as(case: &Case) {
    let span = Span::current();
    span.record("sid", field::display(case.id()));
    span.record("cid", field::display(case.correlation_id()));
    span.record("support_code", field::display(case.support_code()));
    span.record("short_code", field::display(case.support_code().short()));
}

/// The directory's answer, or that it did not answer in time.
async fn said_in_time(written: impl Future<Output = Written>) -> Written {
    let written = tokio::time::timeout(WRITE_BACK_PATIENCE, written).await;
    written.unwrap_or(Written::Unknown)
}
