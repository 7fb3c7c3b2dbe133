//! The service from start to end: opens what it needs, answers until it is told to stop, and
//! finishes what it has begun.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Context;
use arc_swap::{ArcSwap, ArcSwapOption};
use postern_protocol::password::BannedList;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{error, field, info, warn};

use crate::breached::Breaches;
use crate::check::certificate::{self, Trouble};
use crate::clock::Clock;
use crate::delivery::{self, Carriers, Delivery};
use crate::directory::Directory;
use crate::http::{self, Service, Site, Tls, Work};
use crate::judge::Judge;
use crate::keys::Keys;
use crate::letter::Writer;
use crate::load::Load;
use crate::metrics;
use crate::outbox::Outbox;
use crate::population::{self, Populations};
use crate::pressure::{self, Pressure};
use crate::settings::Settings;
use crate::store::{Lane, SqlStore, Store, Walk, Walked};
use crate::uncarried::Uncarried;

/// How often attempts are ended whose time is over, rows forgotten that are not needed, and the
/// audit log chained.
const SWEEP_EVERY: Duration = Duration::from_secs(1);
/// Rows at once, so that no request waits long for them.
const SWEPT_MAX: i64 = 200;
/// Batches of one kind in one sweep, before the next kind gets its turn.
const PARTS_MAX: usize = 50;

/// How often the keys are tried: the database may have another by now.
const TRY_KEYS_EVERY: Duration = Duration::from_secs(1);

/// How often the chain of the audit log is walked from its beginning to its end.
const WALK_EVERY: Duration = Duration::from_hours(24);
/// Rows of it at once, and how long until the next ones: a million in a minute and a half.
const WALKED_MAX: i64 = 1_000;
const WALK_PAUSE: Duration = Duration::from_millis(50);
/// How often the place of a break is looked at again: a chain that was begun anew is whole.
const BROKEN_EVERY: Duration = Duration::from_secs(5);
/// How long until a store that did not answer is asked again.
const WALK_AGAIN_AFTER: Duration = Duration::from_mins(1);

/// How often the certificate is looked at, to say when it ends.
const CERTIFICATE_EVERY: Duration = Duration::from_hours(24);

/// What a service is started with.
pub struct Options {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where everything is kept.
    pub store: Arc<SqlStore>,
    /// Where accounts are.
    pub directory: Arc<dyn Directory>,
    /// The deployment's keys.
    pub keys: Keys,
    /// Tenants and what every request needs to know.
    pub settings: Settings,
    /// The wizard's files, if they are not those of the program.
    pub site: Option<PathBuf>,
    /// The time.
    pub clock: Clock,
    /// Whether a proof of work is asked.
    pub asks_work: bool,
    /// Whether the sweeper runs. A test that sets the clock calls it itself, since between the
    /// moment that the test sets and its request the sweeper may end the attempt.
    pub sweeps: bool,
    /// Who carries mails, texts and calls.
    pub delivery: delivery::DeliverySettings,
    /// What becomes of what none of them carries.
    pub uncarried: Uncarried,
    /// How HTTP is spoken.
    pub http: http::HttpSettings,
}

impl Options {
    /// At any free port of this machine, with everything else as it is by default.
    pub fn new(
        store: Arc<SqlStore>,
        directory: Arc<dyn Directory>,
        keys: impl Into<Keys>,
        settings: Settings,
    ) -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            store,
            directory,
            keys: keys.into(),
            settings,
            site: None,
            clock: Clock::System,
            asks_work: true,
            sweeps: true,
            delivery: delivery::DeliverySettings::default(),
            uncarried: Uncarried::default(),
            http: http::HttpSettings {
                metrics: http::Metrics {
                    listen: (Ipv4Addr::LOCALHOST, 0).into(),
                    ..http::Metrics::default()
                },
                ..http::HttpSettings::default()
            },
        }
    }
}

/// A service that answers.
pub struct Running {
    /// The address that it listens on.
    pub address: SocketAddr,
    /// The path that all of it is under; empty where it has the host to itself.
    pub base_path: String,
    /// Where its numbers are; `None` if the default port is taken by another process.
    pub metrics_address: Option<SocketAddr>,
    /// The judge.
    pub judge: Arc<Judge>,
    /// The certificate, where HTTPS is spoken.
    pub tls: Option<Arc<Tls>>,
    store: Arc<SqlStore>,
    uncarried: Uncarried,
    carriers: Arc<ArcSwap<Carriers>>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Running {
    /// Whether the accounts are those of other settings: people of a tenant with another id would
    /// all be unknown.
    ///
    /// # Errors
    ///
    /// Which accounts are no tenant's, and how many; and when the store does not answer.
    pub async fn check_tenants(&self, settings: &Settings) -> anyhow::Result<()> {
        self.store.check_tenants(&settings.tenants).await?;
        self.store.warn_of_unreached(&settings.tenants).await
    }

    /// Goes by other settings from the next request and the next letter on.
    ///
    /// # Errors
    ///
    /// When a carrier or the service for breached passwords cannot be used as it is configured.
    /// Nothing is changed then.
    pub fn reload(
        &self,
        settings: Settings,
        delivery: &delivery::DeliverySettings,
    ) -> anyhow::Result<()> {
        let clock = &self.judge.clock;
        let carriers = Carriers::new(delivery, &self.uncarried.carrier, &settings.host, clock)?;
        let breaches = breaches(&settings)?;
        self.carriers.store(Arc::new(carriers));
        self.judge.breaches.store(breaches);
        self.judge.settings.store(Arc::new(settings));
        Ok(())
    }

    /// Takes no more requests, and waits until those that were begun are answered and done.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

/// Starts a service.
///
/// # Errors
///
/// When something that it needs is not there.
#[expect(
    clippy::too_many_lines,
    reason = "each part of a service is started once, in the order in which they need each other"
)]
pub async fn start(options: Options) -> anyhow::Result<Running> {
    let Options {
        listen,
        store,
        directory,
        keys,
        settings,
        site,
        clock,
        asks_work,
        sweeps,
        delivery,
        uncarried,
        http: http_settings,
    } = options;
    // What speaks TLS anywhere in this process speaks it with ring, unless another provider was
    // installed before.
    let _said_before = rustls::crypto::ring::default_provider().install_default();
    let site = match site {
        Some(directory) => Site::read(&directory, &http_settings.base_path)?,
        None => Site::embedded(&http_settings.base_path)?,
    };
    if !site.has_wizard() {
        warn!("there is no wizard in this program: only the API is served");
    }

    let tls = http_settings.tls.clone().map(Tls::open).transpose()?;
    if let Some(files) = &http_settings.tls {
        warn_of_certificate(files, &settings.host, &clock);
    }
    metrics::recorder();
    metrics::problems(http::problem_names());
    metrics::violations(http::directives());

    let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
    let outbox = Arc::new(Outbox::new(&keys));
    let carriers = Carriers::new(&delivery, &uncarried.carrier, &settings.host, &clock)?;
    let carriers = Arc::new(ArcSwap::from_pointee(carriers));
    let writer = Arc::new(Writer::new());
    let load = Arc::new(Load::default());
    let work = Work::new(&keys, asks_work, clock.clone(), load.clone());
    let breaches = breaches(&settings)?;
    let populations = Populations::new(&keys);
    let judge = Arc::new(Judge {
        store: store.clone(),
        directory,
        settings: Arc::new(ArcSwap::from_pointee(settings)),
        clock,
        outbox,
        pressure: Pressure::new(&keys),
        keys,
        populations,
        banned: BannedList::global(),
        breaches: ArcSwapOption::new(breaches),
        load,
        tasks: tasks.clone(),
    });
    let delivery = Arc::new(Delivery {
        judge: judge.clone(),
        carriers: carriers.clone(),
        writer: writer.clone(),
        last_mail_took: Mutex::default(),
    });
    store.begin_with_first().await?;
    tasks.spawn(try_keys(store.clone(), stop.clone()));
    for lane in Lane::ALL {
        tasks.spawn(delivery.clone().run(lane, stop.clone()));
    }
    if sweeps {
        tasks.spawn(sweep(judge.clone(), store.clone(), stop.clone()));
    }
    tasks.spawn(walk(store.clone(), stop.clone()));
    judge.renew_populations().await;
    tasks.spawn(count(judge.clone(), stop.clone()));
    judge.share_pressure().await;
    tasks.spawn(share(judge.clone(), stop.clone()));

    let base_path = http_settings.base_path.clone();
    let listener = bind(listen).await?;
    let address = listener.local_addr()?;
    let numbers = numbers_listener(&http_settings).await?;
    let metrics_address = numbers.as_ref().map(TcpListener::local_addr).transpose()?;
    let service = Arc::new(Service {
        judge: judge.clone(),
        work: Arc::new(work),
        store: store.clone(),
        site,
        carriers: carriers.clone(),
        writer,
        settings: http_settings.clone(),
    });
    let router = http::router(service.clone(), uncarried.pages.clone());
    if let Some(listener) = numbers {
        tasks.spawn(http::listen::serve(
            listener,
            http::numbers(service),
            None,
            http_settings.clone(),
            stop.clone(),
        ));
    }
    if let Some(tls) = &tls {
        tasks.spawn(tls.clone().watch(stop.clone()));
    }
    if let Some(files) = http_settings.tls.clone() {
        tasks.spawn(watch_certificate(files, judge.clone(), stop.clone()));
    }
    tasks.spawn(http::listen::serve(
        listener,
        router,
        tls.clone(),
        http_settings,
        stop.clone(),
    ));
    info!(%address, metrics = metrics_address.map(field::display), "listening");
    Ok(Running {
        address,
        base_path,
        metrics_address,
        judge,
        tls,
        store,
        uncarried,
        carriers,
        stop,
        tasks,
    })
}

async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(address).await;
    listener.with_context(|| format!("{address} cannot be listened to"))
}

/// Where the numbers are. Where nothing is said of it, a second service of this machine goes
/// without: the first has the port.
async fn numbers_listener(settings: &http::HttpSettings) -> anyhow::Result<Option<TcpListener>> {
    let bound = bind(settings.metrics.listen).await;
    match bound.context("/metrics") {
        Err(error) if settings.metrics.listen == http::Metrics::default().listen => {
            let error = format!("{error:#}");
            warn!(
                error,
                "there is no /metrics: http.metrics.listen says where else"
            );
            Ok(None)
        }
        bound => bound.map(Some),
    }
}

/// Says what browsers do not take of the certificate, or soon will not.
fn warn_of_certificate(files: &http::TlsFiles, host: &str, clock: &Clock) {
    for Trouble { is_error, reason } in certificate::troubles(files, host, clock.now().seconds()) {
        if is_error {
            error!(reason, "the certificate cannot be used");
        } else {
            warn!(reason, "the certificate will not do");
        }
    }
}

/// Says so every day, for as long as it is so.
async fn watch_certificate(files: http::TlsFiles, judge: Arc<Judge>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(CERTIFICATE_EVERY) => {}
        }
        let host = judge.settings.load().host.clone();
        warn_of_certificate(&files, &host, &judge.clock);
    }
}

/// The service that is asked whether a password was breached.
fn breaches(settings: &Settings) -> anyhow::Result<Option<Arc<Breaches>>> {
    let breaches = settings.breached_passwords.as_ref().map(Breaches::new);
    let breaches = breaches.transpose();
    breaches.context("the service for breached passwords cannot be used as it is configured")
}

/// Keeps the counts of the tenants' people as they are to be.
async fn count(judge: Arc<Judge>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(population::READ_EVERY) => {}
        }
        if judge.store.is_open() {
            judge.renew_populations().await;
        }
    }
}

/// Has all replicas know of the proofs that fail at any of them, also of those that failed before
/// this one stopped.
async fn share(judge: Arc<Judge>, stop: CancellationToken) {
    loop {
        let is_over = tokio::select! {
            () = stop.cancelled() => true,
            () = tokio::time::sleep(pressure::SHARED_EVERY) => false,
        };
        if judge.store.is_open() {
            judge.share_pressure().await;
        }
        if is_over {
            return;
        }
    }
}

/// Notices when the key of the database was exchanged without this process, and when it has it
/// again.
async fn try_keys(store: Arc<SqlStore>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(TRY_KEYS_EVERY) => {}
        }
        if let Err(error) = store.try_keys().await {
            let error = format!("{error:#}");
            warn!(error, "whether the keys open the store is not known");
        }
    }
}

/// What has to be done now and then, by whichever process comes first.
async fn sweep(judge: Arc<Judge>, store: Arc<dyn Store>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(SWEEP_EVERY) => {}
        }
        metrics::recorder().run_upkeep();
        if !store.is_open() {
            continue;
        }
        let swept = async {
            all_parts(|| async { Ok(judge.sweep(SWEPT_MAX).await? as u64) }, &stop).await?;
            all_parts(
                || async { Ok(judge.tell_of_help(SWEPT_MAX).await? as u64) },
                &stop,
            )
            .await?;
            all_parts(|| store.chain(SWEPT_MAX), &stop).await?;
            let kept = judge.settings.load().audit_kept;
            if let Some(kept) = kept {
                let before = judge.clock.now() - kept;
                all_parts(|| store.forget_audit(before, SWEPT_MAX), &stop).await?;
            }
            all_parts(|| store.prune(judge.clock.now(), SWEPT_MAX), &stop).await
        };
        if let Err(error) = swept.await {
            warn!(error = format!("{error:#}"), "sweeping failed");
            metrics::store_error(metrics::During::Sweep);
        }
    }
}

/// Walks the chain of the audit log, so that a break in it is found though nothing else reads it.
async fn walk(store: Arc<SqlStore>, stop: CancellationToken) {
    let mut walk = Walk::default();
    loop {
        let wait = match store.walk_audit(&mut walk, WALKED_MAX).await {
            Ok(Walked::Part) => WALK_PAUSE,
            Ok(Walked::Whole) => WALK_EVERY,
            Ok(Walked::Broken | Walked::Shut) => BROKEN_EVERY,
            Err(error) => {
                warn!(
                    error = format!("{error:#}"),
                    "the audit log could not be walked"
                );
                metrics::store_error(metrics::During::Walk);
                WALK_AGAIN_AFTER
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Does a part of something again and again, until there was less to do than that.
async fn all_parts<T>(part: impl Fn() -> T, stop: &CancellationToken) -> anyhow::Result<()>
where
    T: Future<Output = anyhow::Result<u64>>,
{
    for _ in 0..PARTS_MAX {
        if part().await? < SWEPT_MAX.unsigned_abs() || stop.is_cancelled() {
            break;
        }
    }
    Ok(())
}
