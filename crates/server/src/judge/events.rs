//! What happens without a request: a call ends, the time of an attempt is over, or people are
//! counted anew.

use postern_engine::{CallEnd, CallId, Input};
use postern_host::Hearing;
use postern_protocol::AttemptId;

use super::failure::Unanswered;
use super::{Caller, JUDGEMENTS_MAX, Judge};

impl Judge {
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
        let places = (&*self.counts, &*self.directory);
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
            let settings = self.settings.load_full();
            let hearing = Hearing::of_event(self.around(&settings), id, input());
            match Box::pin(self.conclude(hearing, &Caller::default())).await {
                Ok(_) | Err(Unanswered::Problem(_) | Unanswered::TooLight(_)) => return Ok(()),
                Err(Unanswered::Conflict) => {}
                Err(Unanswered::Broken(error)) => return Err(error),
            }
        }
        anyhow::bail!("attempt {id} never stood still")
    }
}
