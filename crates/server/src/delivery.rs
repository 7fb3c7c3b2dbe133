//! Carries parcels from the outbox: leases them, retries when a carrier fails, and gives up at
//! their deadline.

mod carrier;
pub(crate) mod client;
mod gateway;
mod gsm;
mod smtp;
mod telephony;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, anyhow};
use arc_swap::ArcSwap;
use async_trait::async_trait;
use jiff::tz::TimeZone;
use postern_engine::CallId;
use postern_engine::audit::AuditEvent;
use postern_letters::{Letter, Occasion, Writer};
use postern_protocol::{Method, Timestamp};
use serde::Deserialize;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval, sleep, sleep_until};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, Span, error, error_span, field, info, warn};

use crate::clock::Clock;
use crate::metrics::{self, Parcelled};
use crate::outbox::{Outbox, Parcel};
use crate::random;
use crate::settings;
use crate::store::{Attempts, Lane, Leased, Outgoing};

pub(crate) use carrier::{CARRY_WITHIN, Carrier, NotCarried, carry_within};
pub use gateway::{Authentication, Gateway, Kannel, Method as GatewayMethod, TextSettings, Twilio};
pub use smtp::{Encryption, MailSettings};
pub use telephony::{CallSettings, Telephony};

use gateway::Texts;
use smtp::Smtp;

/// Lease on an outbox row. If the process dies, another replica may send the row after this.
const LEASE: Duration = Duration::from_mins(1);

/// How often a lane looks for parcels without a wake-up: for postponed parcels, and for those that
/// another process added.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Minimum time between two requests to the store for due parcels, and between two reports of
/// carried ones. Under load one request serves many messages, and no message waits longer for it
/// than this.
const ASK_EVERY: Duration = Duration::from_millis(10);

/// The first wait after a failure, and the longest wait. A code is valid for five minutes, and must
/// arrive well before that.
const RETRY_AFTER: Duration = Duration::from_secs(2);
const RETRY_AFTER_MAX: Duration = Duration::from_secs(30);

/// How long a process waits before it tries again to open a parcel that it has no key for. Another
/// process may have the key.
const UNOPENED_RETRY_AFTER: Duration = Duration::from_mins(1);

/// The carriers of mails, texts and calls.
///
/// Regardless of the configured timeouts, one try to carry a letter takes at most 30 seconds. After
/// that it is retried.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DeliverySettings {
    /// The mail server. None by default.
    #[serde(default)]
    pub mail: Option<MailSettings>,
    /// The gateway for texts. None by default.
    #[serde(default)]
    pub texts: Option<TextSettings>,
    /// The telephony API that places calls. None by default.
    #[serde(default)]
    pub calls: Option<CallSettings>,
}

impl DeliverySettings {
    /// The settings that cannot be used, each with the keys of its table. Finds what can be found
    /// without a connection to a carrier. `host` is the host of the wizard's own address.
    pub fn check(&self, host: &str) -> Vec<(Vec<&'static str>, anyhow::Error)> {
        let mail = self.mail.as_ref().and_then(|it| smtp::check(it).err());
        let texts = self.texts.as_ref().and_then(|it| {
            let error = Texts::new(it).err()?;
            Some((vec!["delivery", "texts", it.key()], error))
        });
        let calls = self
            .calls
            .as_ref()
            .and_then(|it| Telephony::new(it, host).err());
        let mail = mail.map(|error| (vec!["delivery", "mail"], error));
        let calls = calls.map(|error| (vec!["delivery", "calls"], error));
        mail.into_iter().chain(texts).chain(calls).collect()
    }

    /// Tries a connection to every configured carrier. Returns the results by key. Sends no
    /// message.
    pub(crate) async fn try_connections(
        &self,
        host: &str,
    ) -> Vec<(&'static str, anyhow::Result<()>)> {
        let mut tried = Vec::new();
        if let Some(settings) = &self.mail {
            let at = format!("{}:{}", settings.host, settings.port());
            let tried_mail = async { Smtp::new(settings, Clock::System)?.try_connection().await };
            tried.push(("delivery.mail", tried_mail.await.context(at)));
        }
        if let Some(settings) = &self.texts {
            let tried_texts = async { Texts::new(settings)?.try_connection().await };
            tried.push(("delivery.texts", tried_texts.await));
        }
        if let Some(settings) = &self.calls {
            let tried_calls = async { Telephony::new(settings, host)?.try_connection().await };
            tried.push(("delivery.calls", tried_calls.await));
        }
        tried
    }

    /// Whether a method's messages have a carrier. A method without messages always works.
    pub const fn carries(&self, method: Method) -> bool {
        match method {
            Method::Email => self.mail.is_some(),
            Method::MobileSms => self.texts.is_some(),
            Method::MobileCall | Method::OfficeCall => self.calls.is_some(),
            Method::Questions | Method::AuthenticatorCode => true,
        }
    }
}

/// The carriers in use, one for each lane.
pub(crate) struct Carriers {
    pub(crate) mail: Arc<dyn Carrier>,
    pub(crate) texts: Arc<dyn Carrier>,
    pub(crate) calls: Arc<dyn Carrier>,
    /// The telephony API that sends us requests during a call, if calls are configured.
    pub(crate) telephony: Option<Arc<Telephony>>,
}

impl Carriers {
    /// Builds the configured carriers. `uncarried` serves the lanes without one. `host` is the host
    /// of the wizard's own address.
    pub(crate) fn new(
        settings: &DeliverySettings,
        uncarried: &Arc<dyn Carrier>,
        host: &str,
        clock: &Clock,
    ) -> anyhow::Result<Self> {
        let (mut mail, mut texts, mut calls): (
            Arc<dyn Carrier>,
            Arc<dyn Carrier>,
            Arc<dyn Carrier>,
        ) = (uncarried.clone(), uncarried.clone(), uncarried.clone());
        let mut telephony = None;
        if let Some(settings) = &settings.mail {
            let smtp = Smtp::new(settings, clock.clone());
            mail = Arc::new(smtp.context("the mail server cannot be used as configured")?);
        }
        if let Some(settings) = &settings.texts {
            let gateway = Texts::new(settings);
            texts =
                Arc::new(gateway.context("the gateway for texts cannot be used as configured")?);
        }
        if let Some(settings) = &settings.calls {
            let placing = Telephony::new(settings, host);
            let placing =
                Arc::new(placing.context("the telephony API cannot be used as configured")?);
            calls = placing.clone();
            telephony = Some(placing);
        }
        Ok(Self {
            mail,
            texts,
            calls,
            telephony,
        })
    }

    fn of(&self, lane: Lane) -> &dyn Carrier {
        match lane {
            Lane::Mail => &*self.mail,
            Lane::Text => &*self.texts,
            Lane::Call => &*self.calls,
        }
    }
}

/// The listener for calls that could not be placed.
#[async_trait]
pub(crate) trait FailedCalls: Send + Sync {
    /// No carrier could place a call.
    async fn call_failed(&self, call: CallId) -> anyhow::Result<()>;
}

/// Carries parcels until it receives the order to stop, and then finishes those in progress.
pub(crate) struct Delivery {
    /// The rows of the outbox in the database.
    pub(crate) store: Arc<dyn Outgoing>,
    /// The attempts that ordered the parcels.
    pub(crate) attempts: Arc<dyn Attempts>,
    pub(crate) failed_calls: Arc<dyn FailedCalls>,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) settings: Arc<ArcSwap<settings::Settings>>,
    pub(crate) clock: Clock,
    pub(crate) carriers: Arc<ArcSwap<Carriers>>,
    pub(crate) writer: Arc<Writer>,
    /// How long the last carried mail took. A parcel without a recipient takes the same time.
    pub(crate) last_mail_took: Mutex<Duration>,
}

impl Delivery {
    /// Serves a lane. Starts the next parcel as soon as a place is free, however slow the others
    /// are.
    pub(crate) async fn run(self: Arc<Self>, lane: Lane, stop: CancellationToken) {
        let mut carrying = JoinSet::new();
        let mut carried = Vec::new();
        let mut look = interval(LOOK_EVERY);
        let mut may_wait = false;
        let (mut take_from, mut discharge_from) = (Instant::now(), Instant::now());
        while !stop.is_cancelled() {
            let places = self.carriers.load().of(lane).places().max(1);
            let free = places.saturating_sub(carrying.len());
            tokio::select! {
                () = self.outbox.woken(lane), if !may_wait => may_wait = true,
                _ = look.tick() => may_wait = true,
                () = sleep_until(take_from), if may_wait && free > 0 => {
                    let taken = self.take(lane, free).await;
                    may_wait = taken.len() == free;
                    for leased in taken {
                        carrying.spawn(self.clone().deliver(leased));
                    }
                    take_from = Instant::now() + ASK_EVERY;
                }
                Some(done) = carrying.join_next() => carried.extend(done.ok().flatten()),
                () = sleep_until(discharge_from), if !carried.is_empty() => {
                    self.discharge(&mut carried).await;
                    let is_done = carried.is_empty();
                    discharge_from = Instant::now() + if is_done { ASK_EVERY } else { LOOK_EVERY };
                }
                () = stop.cancelled() => {}
            }
        }
        while let Some(done) = carrying.join_next().await {
            carried.extend(done.ok().flatten());
        }
        self.discharge(&mut carried).await;
    }

    /// Removes all carried parcels from the outbox in one request. If the store fails, this is
    /// tried again, since the parcels would otherwise be carried twice.
    async fn discharge(&self, carried: &mut Vec<i64>) {
        match self.store.discharge(carried).await {
            Ok(()) => carried.clear(),
            Err(error) => {
                let parcels = carried.len();
                let error = format!("{error:#}");
                warn!(
                    parcels,
                    error,
                    "the server could not remove delivered messages from the outbox, and tries again"
                );
                metrics::store_error(metrics::During::Outbox);
            }
        }
    }

    /// Leases due parcels, at most `places`.
    async fn take(&self, lane: Lane, places: usize) -> Vec<Leased> {
        let Ok(limit @ 1..) = i64::try_from(places) else {
            return Vec::new();
        };
        if !self.store.is_open() {
            return Vec::new();
        }
        let now = self.clock.now();
        let leased = self.store.lease(lane, now, now + LEASE, limit).await;
        leased.unwrap_or_else(|error| {
            warn!(
                error = format!("{error:#}"),
                "the server could not read the outbox"
            );
            metrics::store_error(metrics::During::Outbox);
            Vec::new()
        })
    }

    /// Tries to deliver a parcel. Returns its id if it was carried.
    async fn deliver(self: Arc<Self>, leased: Leased) -> Option<i64> {
        let opened = self.outbox.open(&leased.sealed);
        let span = span_of(&leased, opened.as_ref().ok());
        let delivered = self
            .deliver_or_keep(&leased, opened)
            .instrument(span.clone());
        delivered.await.unwrap_or_else(|error| {
            let error = format!("{error:#}");
            span.in_scope(|| warn!(error, "the outcome of a delivery could not be recorded"));
            None
        })
    }

    async fn deliver_or_keep(
        &self,
        leased: &Leased,
        opened: anyhow::Result<Parcel>,
    ) -> anyhow::Result<Option<i64>> {
        let now = self.clock.now();
        let Ok(parcel) = opened else {
            return self.keep_unopened(leased, now).await;
        };
        if now >= leased.deadline {
            metrics::parcel(parcel.kind(), Parcelled::GivenUp);
            let error = anyhow!("its deadline has passed");
            return self.give_up(leased, &parcel, error).await;
        }
        if parcel.has_no_recipient() {
            let took = *self
                .last_mail_took
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            sleep(took).await;
            return Ok(Some(leased.id));
        }
        let carriers = self.carriers.load_full();
        let carrier = carriers.of(parcel.lane());
        let begun = Instant::now();
        let letter = self.letter(leased, &parcel, now);
        let done = carry_within(CARRY_WITHIN, carrier, letter).await;
        let outcome = match &done {
            Ok(()) => Parcelled::Carried,
            Err(NotCarried::Ever(_)) => Parcelled::GivenUp,
            Err(NotCarried::Yet(_) | NotCarried::Deferred(_)) => Parcelled::Postponed,
        };
        metrics::parcel(parcel.kind(), outcome);
        match done {
            Ok(()) => {
                if parcel.lane() == Lane::Mail {
                    let mut last = self
                        .last_mail_took
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner);
                    *last = begun.elapsed();
                }
                info!("the carrier accepted a message");
                Ok(Some(leased.id))
            }
            Err(NotCarried::Ever(error)) => self.give_up(leased, &parcel, error).await,
            Err(NotCarried::Yet(error)) => self.put_by(leased, now, false, error).await,
            Err(NotCarried::Deferred(error)) => self.put_by(leased, now, true, error).await,
        }
    }

    /// Keeps a parcel that was sealed with a missing key, since an administrator may add the key
    /// again. Logs this once; the readiness check reports it too.
    async fn keep_unopened(&self, leased: &Leased, now: Timestamp) -> anyhow::Result<Option<i64>> {
        if !self.store.try_keys().await? {
            // The parcel is left to processes that have the key.
            let postponed = self.store.postpone(leased.id, now, false);
            return postponed.await.map(|()| None);
        }
        metrics::parcel("unopened", Parcelled::Postponed);
        if self.outbox.keep_unopened(leased.id) {
            error!(
                "a message in the outbox is sealed with a key that is not configured: it and others like it stay there until you add \
                 that key"
            );
        }
        let due_at = now + UNOPENED_RETRY_AFTER;
        let postponed = self.store.postpone(leased.id, due_at, true);
        postponed.await.map(|()| None)
    }

    async fn put_by(
        &self,
        leased: &Leased,
        now: Timestamp,
        is_deferred: bool,
        why: anyhow::Error,
    ) -> anyhow::Result<Option<i64>> {
        let error = format!("{why:#}");
        warn!(
            error,
            is_deferred, "a message was not delivered and will be tried again"
        );
        let due_at = retry_at(leased, now);
        let postponed = self.store.postpone(leased.id, due_at, is_deferred);
        postponed.await.map(|()| None)
    }

    /// Gives up a parcel, and records that in the audit log. If the parcel is a call, the page that
    /// waits for it learns that it has ended.
    async fn give_up(
        &self,
        leased: &Leased,
        parcel: &Parcel,
        why: anyhow::Error,
    ) -> anyhow::Result<Option<i64>> {
        let error = format!("{why:#}");
        warn!(error, "the server gave up a message");
        let kept = match leased.attempt {
            Some(attempt) => self.attempts.attempt(attempt).await?,
            None => None,
        };
        let case = kept.as_ref().and_then(|kept| kept.attempt.value.case());
        let now = self.clock.now();
        let event = case.map(|case| AuditEvent::undelivered(case, parcel.method(), now));
        let given_up = self.store.give_up(leased.id, event.as_slice());
        given_up.await?;
        if let Parcel::Call(call) = parcel {
            self.failed_calls.call_failed(call.id).await?;
        }
        Ok(None)
    }

    fn letter(&self, leased: &Leased, parcel: &Parcel, now: Timestamp) -> Letter {
        let settings = self.settings.load();
        let reference = || self.outbox.reference(leased);
        match parcel {
            Parcel::Text(text) => Letter::Text(self.writer.text(text, &settings.host, now)),
            Parcel::Mail(mail) => {
                let to = mail.to.first().map_or("", String::as_str);
                let occasion = occasion(&settings, &mail.letterhead.tenant, now);
                Letter::Mail(self.writer.mail(reference(), to, mail, &occasion))
            }
            Parcel::Digest(digest) => {
                let occasion = occasion(&settings, &digest.tenant, now);
                let about = postern_letters::Digest {
                    tenant_name: &digest.tenant_name,
                    more: u32::try_from(digest.more).unwrap_or_default(),
                    since: digest.since,
                    until: digest.until,
                };
                let (to, locale) = (&digest.to, &digest.locale);
                Letter::Mail(
                    self.writer
                        .digest(reference(), to, locale, &about, &occasion),
                )
            }
            Parcel::Call(call) => Letter::Call(self.writer.call(call)),
        }
    }
}

/// The time and the tenant that a letter is written for.
fn occasion<'a>(settings: &'a settings::Settings, tenant: &str, now: Timestamp) -> Occasion<'a> {
    let tenant = settings.tenant_kept_as(tenant);
    let zone = tenant.and_then(|tenant| tenant.time_zone.as_deref());
    Occasion {
        now,
        // The configuration accepts only known time zones.
        zone: zone
            .and_then(|name| TimeZone::get(name).ok())
            .unwrap_or(TimeZone::UTC),
        contact: tenant.and_then(|tenant| tenant.help_url.as_deref()),
    }
}

/// The fields of log lines about a parcel: the attempt that it belongs to, if known.
fn span_of(leased: &Leased, parcel: Option<&Parcel>) -> Span {
    let span = error_span!(
        "parcel",
        parcel = leased.id,
        kind = parcel.map(Parcel::kind),
        sid = field::Empty,
        cid = field::Empty,
        support_code = field::Empty,
        short_code = field::Empty,
    );
    if let Some(attempt) = leased.attempt {
        span.record("sid", field::display(attempt));
    }
    if let Some(letterhead) = parcel.and_then(Parcel::letterhead) {
        span.record("cid", field::display(letterhead.correlation_id));
        span.record("support_code", field::display(letterhead.support_code));
        span.record(
            "short_code",
            field::display(letterhead.support_code.short()),
        );
    }
    span
}

/// The wait doubles after each failure. Half of it is random, so that retries do not come at the
/// same time. It never goes past the deadline.
fn retry_at(leased: &Leased, now: Timestamp) -> Timestamp {
    let doublings = u32::try_from(leased.tries.clamp(1, 8) - 1).unwrap_or_default();
    let longest = (RETRY_AFTER * 2_u32.pow(doublings)).min(RETRY_AFTER_MAX);
    let [chance] = random::bytes::<1>();
    let wait = longest.mul_f64(0.5 + f64::from(chance) / 512.0);
    (now + wait.max(Duration::from_secs(1))).min(leased.deadline)
}
