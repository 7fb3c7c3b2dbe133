//! How much work an attempt costs. It is more if proofs have failed lately: under its identifier,
//! in its tenant, or from its network.

use postern_engine::Tenant;
use postern_host::Ready;
use tracing::warn;

use super::failure::Unanswered;
use super::{Caller, Judge};
use crate::metrics;
use crate::pressure::{Network, Times, times_of_failures};

impl Judge {
    /// How many times as hard an attempt from this network is, whatever its identifier.
    pub(crate) fn times_from(&self, network: Option<Network>) -> Times {
        let times = self.pressure.times_from(network, self.clock.now());
        let difficulty = self.settings.load().difficulty;
        Times {
            others: difficulty.times_of_pressure(times),
            ..Times::ONCE
        }
    }

    /// Notes that a proof failed in this tenant, from this network.
    pub(super) fn note_failure(&self, tenant: &Tenant, network: Option<Network>) {
        let an_hour = self.settings.load().difficulty.failures_per_hour();
        self.pressure
            .failed(tenant.id(), network, an_hour, self.clock.now());
    }

    /// Writes the failures of this replica to the store, and reads those of the others.
    pub(crate) async fn share_pressure(&self) {
        let shared = self.pressure.share(&*self.counts, self.clock.now());
        if let Err(error) = shared.await {
            let error = format!("{error:#}");
            warn!(
                error,
                "the server could not share its count of failed proofs with other replicas"
            );
            metrics::store_error(metrics::During::Pressure);
        }
    }

    /// Checks that the work is as hard as an attempt of this subject requires now: harder if proofs
    /// have failed lately. An account and a decoy make no difference.
    pub(super) async fn weigh(&self, ready: &Ready<'_>, caller: &Caller) -> Result<(), Unanswered> {
        let (Some(work), true, Some(tenant)) = (&caller.work, ready.is_beginning(), ready.tenant())
        else {
            return Ok(());
        };
        let now = self.clock.now();
        let difficulty = self.settings.load().difficulty;
        let tenants = self.pressure.times_for(tenant.id(), now);
        let networks = self.pressure.times_from(caller.network, now);
        let times = Times {
            others: difficulty.times_of_pressure(tenants.max(networks)),
            own: times_of_failures(ready.failures(now)),
        };
        if work.iterations >= difficulty.iterations(times.all()) {
            return Ok(());
        }
        // If the key already has an answer, the host repeats that answer.
        if let Some(receipt) = ready.receipt()
            && self.store.reply(receipt.key(), now).await?.is_some()
        {
            return Err(Unanswered::Conflict);
        }
        metrics::work(metrics::Work::TooLight);
        Err(Unanswered::TooLight(times))
    }
}
