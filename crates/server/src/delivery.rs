//! Carries what waits in the outbox: takes it on lease, tries again where a carrier fails, and gives up at its deadline.

mod mailbox;

use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use async_trait::async_trait;
use postern_engine::CallEnd;
use postern_engine::audit::AuditEvent;
use postern_protocol::Timestamp;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::judge::Judge;
use crate::letter::{Letter, Writer};
use crate::outbox::Parcel;
use crate::random;
use crate::store::{Lane, Leased};

pub use mailbox::{Delivered, Mailbox};

/// How many letters a carrier has in hand at once that does not say otherwise.
const PLACES: usize = 16;

/// How long a parcel is nobody else's. Whoever dies meanwhile has it carried again after that.
const LEASE: Duration = Duration::from_mins(1);

/// How long a carrier may take.
const CARRY_WITHIN: Duration = Duration::from_secs(30);

/// How long until somebody looks again without having been told: what was postponed, or put there by another process.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The first wait after a failure, and the longest: a code works for five minutes, and has to arrive well before.
const RETRY_AFTER: Duration = Duration::from_secs(2);
const RETRY_AFTER_MAX: Duration = Duration::from_secs(30);

/// Why a carrier did not carry.
pub(crate) enum NotCarried {
    /// It could not now, and is asked again until the deadline.
    Yet(anyhow::Error),
    /// Whoever it is for is refused for good.
    Ever(anyhow::Error),
}

impl From<anyhow::Error> for NotCarried {
    fn from(error: anyhow::Error) -> Self {
        Self::Yet(error)
    }
}

/// Carries letters of one kind or of all.
#[async_trait]
pub(crate) trait Carrier: Send + Sync {
    /// Once it is with those who bring it there. An error holds nothing of whom it is for and what it says.
    async fn carry(&self, letter: Letter) -> Result<(), NotCarried>;

    /// How many letters it may have in hand at once.
    fn places(&self) -> usize {
        PLACES
    }
}

/// Who carries what.
pub(crate) struct Carriers {
    pub(crate) mail: Arc<dyn Carrier>,
    pub(crate) texts: Arc<dyn Carrier>,
    pub(crate) calls: Arc<dyn Carrier>,
}

impl Carriers {
    fn of(&self, lane: Lane) -> &dyn Carrier {
        match lane {
            Lane::Mail => &*self.mail,
            Lane::Text => &*self.texts,
            Lane::Call => &*self.calls,
        }
    }
}

/// Carries until it is told to stop, and then finishes what it has in hand.
pub(crate) struct Delivery {
    pub(crate) judge: Arc<Judge>,
    pub(crate) carriers: Carriers,
    pub(crate) writer: Arc<Writer>,
}

impl Delivery {
    /// Serves a lane. As soon as a place is free the next parcel gets it, however slow the others are.
    pub(crate) async fn run(self: Arc<Self>, lane: Lane, stop: CancellationToken) {
        let places = self.carriers.of(lane).places().max(1);
        let mut carrying = JoinSet::new();
        while !stop.is_cancelled() {
            while carrying.try_join_next().is_some() {}
            for leased in self.take(lane, places - carrying.len()).await {
                carrying.spawn(self.clone().deliver(leased));
            }
            let is_full = carrying.len() == places;
            tokio::select! {
                Some(_) = carrying.join_next(), if is_full => {}
                () = self.judge.outbox.woken(lane) => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = stop.cancelled() => {}
            }
        }
        while carrying.join_next().await.is_some() {}
    }

    /// Takes what is due, so much at most.
    async fn take(&self, lane: Lane, places: usize) -> Vec<Leased> {
        let Ok(limit @ 1..) = i64::try_from(places) else {
            return Vec::new();
        };
        let now = self.judge.clock.now();
        let leased = self.judge.store.lease(lane, now, now + LEASE, limit).await;
        leased.unwrap_or_else(|error| {
            warn!(error = format!("{error:#}"), "the outbox cannot be read");
            Vec::new()
        })
    }

    async fn deliver(self: Arc<Self>, leased: Leased) {
        if let Err(error) = self.deliver_or_keep(&leased).await {
            warn!(
                parcel = leased.id,
                error = format!("{error:#}"),
                "what became of a parcel cannot be kept"
            );
        }
    }

    async fn deliver_or_keep(&self, leased: &Leased) -> anyhow::Result<()> {
        let (id, now) = (leased.id, self.judge.clock.now());
        let parcel = match self.judge.outbox.open(&leased.sealed) {
            Ok(parcel) => parcel,
            Err(error) => return self.give_up(leased, None, error).await,
        };
        if now >= leased.deadline {
            let error = anyhow!("its deadline is over");
            return self.give_up(leased, Some(&parcel), error).await;
        }
        let carrier = self.carriers.of(parcel.lane());
        let done = tokio::time::timeout(CARRY_WITHIN, carrier.carry(self.letter(&parcel))).await;
        match done.unwrap_or_else(|_| Err(anyhow!("the carrier did not answer").into())) {
            Ok(()) => {
                info!(parcel = id, "a parcel was carried");
                self.judge.store.discharge(id, &[]).await
            }
            Err(NotCarried::Ever(error)) => self.give_up(leased, Some(&parcel), error).await,
            Err(NotCarried::Yet(error)) => {
                let error = format!("{error:#}");
                warn!(parcel = id, error, "a parcel has to wait");
                self.judge.store.postpone(id, retry_at(leased, now)).await
            }
        }
    }

    /// Tries no more, and says so in the audit log. Whoever waits for a call need not wait any longer.
    async fn give_up(
        &self,
        leased: &Leased,
        parcel: Option<&Parcel>,
        why: anyhow::Error,
    ) -> anyhow::Result<()> {
        let (id, error) = (leased.id, format!("{why:#}"));
        warn!(parcel = id, error, "a parcel was given up");
        let kept = match leased.attempt {
            Some(attempt) => self.judge.store.attempt(attempt).await?,
            None => None,
        };
        let case = kept.as_ref().and_then(|kept| kept.attempt.value.case());
        let now = self.judge.clock.now();
        let method = parcel.and_then(Parcel::method);
        let event = case.map(|case| AuditEvent::undelivered(case, method, now));
        self.judge.store.discharge(id, event.as_slice()).await?;
        match parcel {
            Some(Parcel::Call(call)) => self.judge.call_ended(call.id, CallEnd::Failed).await,
            Some(Parcel::Text(_) | Parcel::Mail(_)) | None => Ok(()),
        }
    }

    fn letter(&self, parcel: &Parcel) -> Letter {
        let settings = self.judge.settings.load();
        match parcel {
            Parcel::Text(text) => Letter::Text(self.writer.text(text, &settings.host)),
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
