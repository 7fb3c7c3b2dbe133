//! What every request goes through: load, judge, change everything in one transaction, run what
//! cannot wait, answer.
//!
//! Nothing of an attempt is kept in the process, so that the next request may go to another one.

mod caller;
mod events;
mod failure;
mod hear;
mod help;
mod settle;
mod weigh;

use std::sync::Arc;
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use postern_engine::EngineKey;
use postern_host::{Answer, Heard, Hearing, Reply, Request, Round};
use postern_protocol::ProblemKind;
use postern_protocol::password::BannedList;
use tokio_util::task::TaskTracker;
use tracing::{Instrument, error, warn};

pub use self::caller::{Caller, WorkDone};
pub(crate) use self::failure::NotDone;
use self::failure::Unanswered;
use crate::breached::Breaches;
use crate::clock::Clock;
use crate::directory::Directory;
use crate::keys::Keys;
use crate::load::Load;
use crate::metrics;
use crate::outbox::Outbox;
use crate::population::Populations;
use crate::pressure::Pressure;
use crate::settings::Settings;
use crate::store::{Attempts, Counts};

/// How often a request is judged again because others were taken before it. Each time one of them
/// is done for good, so this many at once on one attempt or one subject all get their answer.
const JUDGEMENTS_MAX: usize = 100;

/// The judge with all that he needs.
pub struct Judge {
    /// Where attempts are.
    pub store: Arc<dyn Attempts>,
    /// The counts that all replicas share.
    pub(crate) counts: Arc<dyn Counts>,
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

    async fn answer(&self, request: &Request, caller: &Caller) -> Result<Answer, NotDone> {
        let mut round = Round::First;
        for _ in 0..JUDGEMENTS_MAX {
            let settings = self.settings.load_full();
            let around = self.around(&settings);
            let hearing = Hearing::of_request(around, request, caller.asker(), round);
            match Box::pin(self.conclude(hearing, caller)).await {
                Ok(reply) => {
                    let key = self.key_of_reply(&reply).await;
                    return reply.answer(&key).map_err(NotDone::Problem);
                }
                Err(Unanswered::Conflict) => round = Round::Again,
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

    /// Hears something to its end: reads, judges, changes, and writes to the directory.
    async fn conclude(&self, hearing: Hearing<'_>, caller: &Caller) -> Result<Reply, Unanswered> {
        let judgement = match self.hear(hearing, caller).await? {
            Heard::Judged(judgement) => judgement,
            Heard::Answered(reply) => return Ok(*reply),
        };
        match self.settle(*judgement, caller).await? {
            (reply, None) => Ok(reply),
            (_, Some((direct, kept))) => self.write(direct, kept).await,
        }
    }

    /// The key for the token of an answer that may be given again.
    async fn key_of_reply(&self, reply: &Reply) -> EngineKey {
        let keys = self.keys.ring();
        if let Reply::Started(attempt) = reply
            && !keys.others.is_empty()
            && let Ok(Some(kept)) = self.store.attempt(attempt.id).await
            && let Some(key) = keys.of_attempt(attempt.id, &kept.token)
        {
            return key.clone();
        }
        keys.first.clone()
    }
}
