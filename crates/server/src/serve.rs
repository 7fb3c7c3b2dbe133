//! The service from start to end: opens what it needs, answers requests until it receives the order
//! to stop, and finishes the work in progress.

mod upkeep;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use anyhow::Context;
use arc_swap::{ArcSwap, ArcSwapOption};
use postern_letters::Writer;
use postern_protocol::password::BannedList;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{field, info, warn};

use self::upkeep::warn_of_certificate;
use crate::breached::Breaches;
use crate::clock::Clock;
use crate::delivery::{self, Carriers, Delivery};
use crate::directory::Directories;
use crate::http::{self, Service, Site, Tls, Work};
use crate::judge::Judge;
use crate::keys::Keys;
use crate::metrics;
use crate::outbox::Outbox;
use crate::population::Populations;
use crate::pressure::Pressure;
use crate::registrations::Registrations;
use crate::settings::Settings;
use crate::store::{Lane, SqlStore};
use crate::uncarried::Uncarried;

/// The options of a service.
pub struct Options {
    /// The address to listen on.
    pub listen: SocketAddr,
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
    pub fn new(keys: impl Into<Keys>, settings: Settings) -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
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

/// Starts a service over an open store.
///
/// # Errors
///
/// When a part that the service needs is missing or fails.
pub async fn start(
    store: Arc<SqlStore>,
    directories: Directories,
    options: Options,
) -> anyhow::Result<Running> {
    // All TLS in this process uses ring, unless another provider was installed before.
    let _said_before = rustls::crypto::ring::default_provider().install_default();
    let site = site(&options)?;
    let tls = options.http.tls.clone().map(Tls::open).transpose()?;
    if let Some(files) = &options.http.tls {
        warn_of_certificate(files, &options.settings.host, &options.clock);
    }
    begin_metrics();

    let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
    let carriers = Arc::new(ArcSwap::from_pointee(carriers(&options)?));
    let writer = Arc::new(Writer::new());
    let judge = Arc::new(judge(&store, directories, &options, &tasks)?);
    let delivery = Arc::new(Delivery {
        store: store.clone(),
        attempts: store.clone(),
        failed_calls: judge.clone(),
        outbox: judge.outbox.clone(),
        settings: judge.settings.clone(),
        clock: judge.clock.clone(),
        carriers: carriers.clone(),
        writer: writer.clone(),
        last_mail_took: Mutex::default(),
    });
    store.begin_with_first().await?;
    for lane in Lane::ALL {
        tasks.spawn(delivery.clone().run(lane, stop.clone()));
    }
    let certificate = options.http.tls.clone();
    upkeep::begin(&judge, &store, options.sweeps, certificate, &stop).await;

    let listener = bind(options.listen).await?;
    let address = listener.local_addr()?;
    let numbers = numbers_listener(&options.http).await?;
    let metrics_address = numbers.as_ref().map(TcpListener::local_addr).transpose()?;
    let (clock, load) = (options.clock, judge.load.clone());
    let work = Work::new(&options.keys, options.asks_work, clock, load);
    let service = Arc::new(Service {
        judge: judge.clone(),
        work: Arc::new(work),
        store: store.clone(),
        site,
        carriers: carriers.clone(),
        writer,
        settings: options.http.clone(),
    });
    let serve = |listener, router, tls| {
        let (settings, stop) = (options.http.clone(), stop.clone());
        tasks.spawn(http::listen::serve(listener, router, tls, settings, stop));
    };
    let router = http::router(service.clone(), options.uncarried.pages.clone());
    if let Some(listener) = numbers {
        serve(listener, http::numbers(service), None);
    }
    if let Some(tls) = &tls {
        tasks.spawn(tls.clone().watch(stop.clone()));
    }
    serve(listener, router, tls.clone());
    info!(%address, metrics = metrics_address.map(field::display), "listening");
    Ok(Running {
        address,
        base_path: options.http.base_path,
        metrics_address,
        judge,
        tls,
        store,
        uncarried: options.uncarried,
        carriers,
        stop,
        tasks,
    })
}

/// The wizard's files: those of a folder, or those in the program.
fn site(options: &Options) -> anyhow::Result<Site> {
    let base_path = &options.http.base_path;
    let site = match &options.site {
        Some(directory) => Site::read(directory, base_path)?,
        None => Site::embedded(base_path)?,
    };
    if !site.has_wizard() {
        warn!("this program contains no wizard: it serves only the API");
    }
    Ok(site)
}

/// Gives every counter its labels, so that each is there from the start.
fn begin_metrics() {
    metrics::recorder();
    metrics::problems(http::problem_names());
    metrics::violations(http::directives());
}

fn carriers(options: &Options) -> anyhow::Result<Carriers> {
    let (settings, uncarried) = (&options.delivery, &options.uncarried.carrier);
    Carriers::new(settings, uncarried, &options.settings.host, &options.clock)
}

/// The judge of a service.
fn judge(
    store: &Arc<SqlStore>,
    directories: Directories,
    options: &Options,
    tasks: &TaskTracker,
) -> anyhow::Result<Judge> {
    let keys = &options.keys;
    Ok(Judge {
        store: store.clone(),
        counts: store.clone(),
        directories,
        registrations: Registrations::new(store.clone(), keys),
        breaches: ArcSwapOption::new(breaches(&options.settings)?),
        settings: Arc::new(ArcSwap::from_pointee(options.settings.clone())),
        clock: options.clock.clone(),
        outbox: Arc::new(Outbox::new(keys)),
        pressure: Pressure::new(keys),
        populations: Populations::new(keys),
        keys: keys.clone(),
        banned: BannedList::global(),
        load: Arc::default(),
        tasks: tasks.clone(),
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

/// The client of the service for breached passwords.
fn breaches(settings: &Settings) -> anyhow::Result<Option<Arc<Breaches>>> {
    let breaches = settings.breached_passwords.as_ref().map(Breaches::new);
    let breaches = breaches.transpose();
    breaches.context("the service for breached passwords cannot be used as configured")
}
