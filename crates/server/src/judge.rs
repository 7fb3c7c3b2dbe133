//! The path of every request: load, judge, make all changes in one transaction, run the command
//! that cannot wait, and answer.
//!
//! The process keeps no data of an attempt, so that the next request may go to another process.

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
use crate::directory::Directories;
use crate::keys::Keys;
use crate::load::Load;
use crate::metrics;
use crate::outbox::Outbox;
use crate::population::Populations;
use crate::pressure::Pressure;
use crate::registrations::Registrations;
use crate::settings::Settings;
use crate::store::{Attempts, Counts};

/// How often a request is judged again after conflicts with other requests. In each round at least
/// one of them is finished, so this many requests at the same time on one attempt or one subject
/// all get their answer.
const JUDGEMENTS_MAX: usize = 100;

/// The judge, with everything it needs.
pub struct Judge {
    /// Where attempts are.
    pub store: Arc<dyn Attempts>,
    /// The counts that all replicas share.
    pub(crate) counts: Arc<dyn Counts>,
    /// What is known about people.
    pub directories: Directories,
    /// What people registered.
    pub registrations: Registrations,
    /// The tenants and their policies, as configured now.
    pub settings: Arc<ArcSwap<Settings>>,
    /// The clock of the service.
    pub clock: Clock,
    /// The deployment's keys. An attempt keeps the key of its beginning.
    pub keys: Keys,
    /// The messages and calls that wait to be sent.
    pub outbox: Arc<Outbox>,
    /// The statistics of what each tenant's people have on file.
    pub(crate) populations: Populations,
    /// The banned passwords that apply to every tenant.
    pub banned: &'static BannedList,
    /// The service for breached passwords, if one is configured.
    pub(crate) breaches: ArcSwapOption<Breaches>,
    /// The recently accepted proofs of work.
    pub(crate) load: Arc<Load>,
    /// The recently failed proofs.
    pub(crate) pressure: Pressure,
    /// The tasks of the requests. A request that has begun is finished even if its client
    /// disconnects.
    pub tasks: TaskTracker,
}

impl Judge {
    /// Answers a request. The judge finishes it even if the client disconnects meanwhile.
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
            error!(%error, "the task of a request ended without an answer");
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
                    error!(error = format!("{error:#}"), "a request failed");
                    metrics::store_error(metrics::During::Request);
                    return Err(ProblemKind::Internal.into());
                }
            }
        }
        warn!("other requests changed the data of a request {JUDGEMENTS_MAX} times");
        let retry_at = self.clock.now() + Duration::from_secs(1);
        Err(ProblemKind::TooManyRequests { retry_at }.into())
    }

    /// Takes a hearing to its end: reads, judges, changes, and writes to the directory.
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

    /// The key for the token of a reply. An earlier key may have begun the attempt of a repeated
    /// reply.
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
