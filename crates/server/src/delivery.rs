//! Carries what waits in the outbox: takes it on lease, tries again where a carrier fails, and gives up at its deadline.

mod mailbox;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use postern_protocol::Timestamp;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::clock::Clock;
use crate::letter::{Letter, Writer};
use crate::metrics::{self, Parcelled};
use crate::outbox::{Outbox, Parcel};
use crate::random;
use crate::store::{Leased, Store};

pub use mailbox::{Delivered, Mailbox};

/// How many parcels are taken at once, by one process.
const LEASED_MAX: i64 = 64;

/// How long a parcel is nobody else's. Whoever dies meanwhile has it carried again after that.
const LEASE: Duration = Duration::from_mins(1);

/// How long a carrier may take.
const CARRY_WITHIN: Duration = Duration::from_secs(30);

/// How long until somebody looks again without having been told: what was postponed, or put there by another process.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The first wait after a failure, and the longest: a code works for five minutes, and has to arrive well before.
const RETRY_AFTER: Duration = Duration::from_secs(2);
const RETRY_AFTER_MAX: Duration = Duration::from_secs(30);

/// Carries letters of one kind or of all.
#[async_trait]
pub(crate) trait Carrier: Send + Sync {
    /// Once it is with those who bring it there. An error is tried again until the deadline.
    async fn carry(&self, letter: Letter) -> anyhow::Result<()>;
}

/// Carries until it is told to stop, and then finishes what it has in hand.
pub(crate) struct Delivery {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) carrier: Arc<dyn Carrier>,
    pub(crate) clock: Clock,
    pub(crate) writer: Writer,
    /// What a text message is bound to.
    pub(crate) host: String,
}

impl Delivery {
    pub(crate) async fn run(self: Arc<Self>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.round().await {
                Ok(0) => {
                    tokio::select! {
                        () = self.outbox.woken() => {}
                        () = tokio::time::sleep(LOOK_EVERY) => {}
                        () = stop.cancelled() => {}
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    warn!(error = format!("{error:#}"), "the outbox cannot be read");
                    metrics::store_error("outbox");
                    tokio::time::sleep(LOOK_EVERY).await;
                }
            }
        }
    }

    /// Carries what is due; tells how much it was.
    async fn round(self: &Arc<Self>) -> anyhow::Result<usize> {
        let now = self.clock.now();
        let leased = self.store.lease(now, now + LEASE, LEASED_MAX).await?;
        let taken = leased.len();
        let mut carrying = JoinSet::new();
        for leased in leased {
            let this = self.clone();
            carrying.spawn(async move {
                let id = leased.id;
                if let Err(error) = this.deliver(leased).await {
                    warn!(
                        parcel = id,
                        error = format!("{error:#}"),
                        "what became of a parcel cannot be kept"
                    );
                }
            });
        }
        while carrying.join_next().await.is_some() {}
        Ok(taken)
    }

    async fn deliver(&self, leased: Leased) -> anyhow::Result<()> {
        let now = self.clock.now();
        if now >= leased.deadline {
            warn!(
                parcel = leased.id,
                "a parcel was given up: its deadline is over"
            );
            metrics::parcel("unopened", Parcelled::GivenUp);
            return self.store.discharge(leased.id, &[]).await;
        }
        let (kind, letter) = match self.outbox.open(&leased.sealed) {
            Ok(parcel) => (parcel.kind(), self.letter(&parcel)),
            Err(error) => {
                warn!(
                    parcel = leased.id,
                    error = format!("{error:#}"),
                    "a parcel cannot be opened"
                );
                metrics::parcel("unopened", Parcelled::GivenUp);
                return self.store.discharge(leased.id, &[]).await;
            }
        };
        let carried = tokio::time::timeout(CARRY_WITHIN, self.carrier.carry(letter)).await;
        let outcome = match &carried {
            Ok(Ok(())) => Parcelled::Carried,
            Ok(Err(_)) | Err(_) => Parcelled::Postponed,
        };
        metrics::parcel(kind, outcome);
        match carried {
            Ok(Ok(())) => {
                info!(parcel = leased.id, "a parcel was carried");
                self.store.discharge(leased.id, &[]).await
            }
            Ok(Err(error)) => {
                warn!(
                    parcel = leased.id,
                    error = format!("{error:#}"),
                    "a parcel has to wait"
                );
                self.store.postpone(leased.id, retry_at(&leased, now)).await
            }
            Err(_) => {
                warn!(parcel = leased.id, "a carrier did not answer");
                self.store.postpone(leased.id, retry_at(&leased, now)).await
            }
        }
    }

    fn letter(&self, parcel: &Parcel) -> Letter {
        match parcel {
            Parcel::Text(text) => Letter::Text(self.writer.text(text, &self.host)),
            Parcel::Mail(mail) => {
                let to = mail.to.first().map_or("", String::as_str);
                Letter::Mail(self.writer.mail(to, mail))
            }
            Parcel::Call(call) => Letter::Call(self.writer.call(call)),
        }
    }
}

/// Twice as long after each failure, a part of it by chance so that not all come back at once, and never after the deadline.
fn retry_at(leased: &Leased, now: Timestamp) -> Timestamp {
    let doublings = u32::try_from(leased.tries.clamp(1, 8) - 1).unwrap_or_default();
    let longest = (RETRY_AFTER * 2_u32.pow(doublings)).min(RETRY_AFTER_MAX);
    let [chance] = random::bytes::<1>();
    let wait = longest.mul_f64(0.5 + f64::from(chance) / 512.0);
    (now + wait.max(Duration::from_secs(1))).min(leased.deadline)
}
