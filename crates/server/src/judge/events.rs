//! Events without a request: a call ends, the time of an attempt is over, or people are counted
//! anew.

use async_trait::async_trait;
use postern_engine::{CallEnd, CallId, Input};
use postern_host::Hearing;
use postern_protocol::AttemptId;

use super::failure::Unanswered;
use super::{Caller, JUDGEMENTS_MAX, Judge};
use crate::delivery::FailedCalls;

impl Judge {
    /// Gives the end of a call to the attempt that waits for it, if there is one.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn call_ended(&self, call: CallId, end: CallEnd) -> anyhow::Result<()> {
        let Some(id) = self.store.attempt_of_call(call).await? else {
            return Ok(());
        };
        self.happened(id, || Input::CallEnded { call, end }).await
    }

    /// Reads the counts of the tenants' people, and counts those anew whose counts are too old.
    pub async fn renew_populations(&self) {
        let settings = self.settings.load_full();
        let places = (&*self.counts, &self.directories);
        let renewed =
            self.populations
                .renew(&settings.tenants, places, self.keys.first(), &self.clock);
        renewed.await;
    }

    /// Ends at most `limit` attempts whose time is over. Returns how many it ended.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn sweep(&self, limit: i64) -> anyhow::Result<usize> {
        let ended = self.store.ended(self.clock.now(), limit).await?;
        for id in &ended {
            self.happened(*id, || Input::Expire).await?;
        }
        Ok(ended.len())
    }

    /// Judges an event of an attempt. No client waits for an answer.
    async fn happened(&self, id: AttemptId, input: impl Fn() -> Input) -> anyhow::Result<()> {
        for _ in 0..JUDGEMENTS_MAX {
            let settings = self.settings.load_full();
            let hearing = Hearing::of_event(self.around(&settings), id, input());
            match Box::pin(self.conclude(hearing, &Caller::default())).await {
                Ok(_) | Err(Unanswered::Problem(_) | Unanswered::TooLight(_)) => return Ok(()),
                Err(Unanswered::Conflict) => {}
                Err(Unanswered::Broken(error)) => return Err(error),
            }
        }
        anyhow::bail!("other requests changed attempt {id} each time")
    }
}

#[async_trait]
impl FailedCalls for Judge {
    async fn call_failed(&self, call: CallId) -> anyhow::Result<()> {
        self.call_ended(call, CallEnd::Failed).await
    }
}
