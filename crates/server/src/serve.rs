//! The service from start to end: opens what it needs, answers requests until it receives the order
//! to stop, and finishes the work in progress.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Context;
use arc_swap::{ArcSwap, ArcSwapOption};
use postern_letters::Writer;
use postern_protocol::password::BannedList;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{error, field, info, warn};

use crate::breached::Breaches;
use crate::check::certificate::{self, Trouble};
use crate::clock::Clock;
use crate::delivery::{self, Carriers, Delivery};
use crate::directory::{Directories, Directory};
use crate::http::{self, Service, Site, Tls, Work};
use crate::judge::Judge;
use crate::keys::Keys;
use crate::load::Load;
use crate::metrics;
use crate::outbox::Outbox;
use crate::population::{self, Populations};
use crate::pressure::{self, Pressure};
use crate::registrations::Registrations;
use crate::settings::Settings;
use crate::store::{AuditLog, Lane, SqlStore, Upkeep, Walk, Walked};
use crate::uncarried::Uncarried;

/// How often the sweeper ends expired attempts, deletes rows that are no longer needed, and chains
/// the audit log.
const SWEEP_EVERY: Duration = Duration::from_secs(1);
/// Maximum rows of one batch, so that no request waits long for it.
const SWEPT_MAX: i64 = 200;
/// Batches of one kind in one sweep, before the next kind gets its turn.
const PARTS_MAX: usize = 50;

/// How often the keys are tried: another process may have exchanged the database's key.
const TRY_KEYS_EVERY: Duration = Duration::from_secs(1);

/// How often the chain of the audit log is walked from its beginning to its end.
const WALK_EVERY: Duration = Duration::from_hours(24);
/// Rows of one part of the walk, and the pause after it: a million rows in a minute and a half.
const WALKED_MAX: i64 = 1_000;
const WALK_PAUSE: Duration = Duration::from_millis(50);
/// How often a broken place is checked again: an administrator may have begun the chain anew.
const BROKEN_EVERY: Duration = Duration::from_secs(5);
/// Wait after an error of the store.
const WALK_AGAIN_AFTER: Duration = Duration::from_mins(1);

/// How often the certificate is checked for its end.
const CERTIFICATE_EVERY: Duration = Duration::from_hours(24);

/// The options of a service.
pub struct Options {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The store of the deployment.
    pub store: Arc<SqlStore>,
    /// The directories of all tenants.
    pub directories: Directories,
    /// The deployment's keys.
    pub keys: Keys,
    /// The settings that the running service uses.
    pub settings: Settings,
    /// The wizard's files, if they are not those of the program.
    pub site: Option<PathBuf>,
    /// The source of the current time.
    pub clock: Clock,
    /// Whether a proof of work is required.
    pub asks_work: bool,
    /// Whether the sweeper runs. A test that sets the clock runs the sweeper itself. Otherwise the
    /// sweeper could end the attempt between setting the clock and the next request.
    pub sweeps: bool,
    /// The carriers of mails, texts and calls.
    pub delivery: delivery::DeliverySettings,
    /// The handler of messages without a carrier.
    pub uncarried: Uncarried,
    /// The settings of the HTTP server.
    pub http: http::HttpSettings,
}

impl Options {
    /// A service on any free port of this machine, with default options.
    pub fn new(
        store: Arc<SqlStore>,
        directory: Arc<dyn Directory>,
        keys: impl Into<Keys>,
        settings: Settings,
    ) -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            store,
            directories: Directories::one(directory),
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

/// A service that answers requests.
pub struct Running {
    /// The address that the service listens on.
    pub address: SocketAddr,
    /// The path that the whole service is under. Empty at the root.
    pub base_path: String,
    /// The address of the metrics; `None` if another process has the default port.
    pub metrics_address: Option<SocketAddr>,
    /// The judge.
    pub judge: Arc<Judge>,
    /// The certificate, if the service speaks HTTPS.
    pub tls: Option<Arc<Tls>>,
    /// The store.
    pub store: Arc<SqlStore>,
    uncarried: Uncarried,
    carriers: Arc<ArcSwap<Carriers>>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Running {
    /// Checks that the accounts belong to tenants of these settings. If a tenant has another id,
    /// all of its people are unknown.
    ///
    /// # Errors
    ///
    /// The accounts without a tenant and their number. Also when the store does not answer.
    pub async fn check_tenants(&self, settings: &Settings) -> anyhow::Result<()> {
        self.store.check_tenants(&settings.tenants).await?;
        self.store.warn_of_unreached(&settings.tenants).await
    }

    /// Uses other settings from the next request and the next letter on.
    ///
    /// # Errors
    ///
    /// When a carrier or the service for breached passwords cannot be used as configured. Then
    /// nothing changes.
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

    /// Runs work beside the service. A stop of the service ends it.
    pub(crate) fn run_beside(&self, work: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            stop.run_until_cancelled(work).await;
        });
    }

    /// Takes no more requests, and waits for those in progress.
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
/// When a part that the service needs is missing or fails.
#[expect(
    clippy::too_many_lines,
    reason = "each part of a service is started once, in the order in which they need each other"
)]
pub async fn start(options: Options) -> anyhow::Result<Running> {
    let Options {
        listen,
        store,
        directories,
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
    // All TLS in this process uses ring, unless another provider was installed before.
    let _said_before = rustls::crypto::ring::default_provider().install_default();
    let site = match site {
        Some(directory) => Site::read(&directory, &http_settings.base_path)?,
        None => Site::embedded(&http_settings.base_path)?,
    };
    if !site.has_wizard() {
        warn!("this program contains no wizard: it serves only the API");
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
        counts: store.clone(),
        directories,
        registrations: Registrations::new(store.clone(), &keys),
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
        store: store.clone(),
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
    listener.with_context(|| format!("the server cannot listen at {address}"))
}

/// The listener of the metrics. If the port is not configured and another service of this machine
/// has the default port, there are no metrics.
async fn numbers_listener(settings: &http::HttpSettings) -> anyhow::Result<Option<TcpListener>> {
    let bound = bind(settings.metrics.listen).await;
    match bound.context("/metrics") {
        Err(error) if settings.metrics.listen == http::Metrics::default().listen => {
            let error = format!("{error:#}");
            warn!(
                error,
                "/metrics is not served: choose another address for it with http.metrics.listen"
            );
            Ok(None)
        }
        bound => bound.map(Some),
    }
}

/// Logs what browsers do not accept in the certificate, or soon will not.
fn warn_of_certificate(files: &http::TlsFiles, host: &str, clock: &Clock) {
    for Trouble { is_error, reason } in certificate::troubles(files, host, clock.now().seconds()) {
        if is_error {
            error!(reason, "the certificate cannot be used");
        } else {
            warn!(reason, "the certificate needs attention");
        }
    }
}

/// Logs problems of the certificate every day.
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

/// The client of the service for breached passwords.
fn breaches(settings: &Settings) -> anyhow::Result<Option<Arc<Breaches>>> {
    let breaches = settings.breached_passwords.as_ref().map(Breaches::new);
    let breaches = breaches.transpose();
    breaches.context("the service for breached passwords cannot be used as configured")
}

/// Keeps the counts of the tenants' people up to date.
async fn count(judge: Arc<Judge>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(population::READ_EVERY) => {}
        }
        if judge.counts.is_open() {
            judge.renew_populations().await;
        }
    }
}

/// Shares failed proofs with all replicas, including those of the moment before this replica
/// stopped.
async fn share(judge: Arc<Judge>, stop: CancellationToken) {
    loop {
        let is_over = tokio::select! {
            () = stop.cancelled() => true,
            () = tokio::time::sleep(pressure::SHARED_EVERY) => false,
        };
        if judge.counts.is_open() {
            judge.share_pressure().await;
        }
        if is_over {
            return;
        }
    }
}

/// Notices when another process exchanged the database's key, and when this process has the key
/// again.
async fn try_keys(store: Arc<SqlStore>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(TRY_KEYS_EVERY) => {}
        }
        if let Err(error) = store.try_keys().await {
            let error = format!("{error:#}");
            warn!(
                error,
                "the server could not check whether its keys open the database"
            );
        }
    }
}

/// Regular work that any process may do; the first one does it.
async fn sweep(judge: Arc<Judge>, store: Arc<SqlStore>, stop: CancellationToken) {
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
            warn!(
                error = format!("{error:#}"),
                "the sweep of the database failed and will be tried again"
            );
            metrics::store_error(metrics::During::Sweep);
        }
    }
}

/// Walks the chain of the audit log, so that a break is found even if no other code reads the log.
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
                    "the audit log could not be verified"
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

/// Runs a part repeatedly, until one run handles less than a full batch.
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
