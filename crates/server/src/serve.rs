//! The service from start to end: opens what it needs, answers until it is told to stop, and finishes what it has begun.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use arc_swap::ArcSwap;
use postern_engine::EngineKey;
use postern_protocol::password::BannedList;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{info, warn};

use crate::clock::Clock;
use crate::delivery::{Delivery, Mailbox};
use crate::directory::Directory;
use crate::http::{self, Service, Site, Tls, Work};
use crate::judge::Judge;
use crate::letter::Writer;
use crate::metrics;
use crate::outbox::Outbox;
use crate::settings::Settings;
use crate::store::{SqlStore, Store};

/// How often attempts are ended whose time is over, rows forgotten that nobody needs, and the audit log chained.
const SWEEP_EVERY: Duration = Duration::from_secs(1);
const SWEPT_MAX: i64 = 200;

/// What a service is started with.
pub struct Options {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where everything is kept.
    pub store: Arc<SqlStore>,
    /// Where accounts are.
    pub directory: Arc<dyn Directory>,
    /// The deployment's secret.
    pub key: EngineKey,
    /// Tenants and what every request needs to know.
    pub settings: Settings,
    /// The wizard's files, if they are not those of the program.
    pub site: Option<PathBuf>,
    /// The time.
    pub clock: Clock,
    /// Whether a proof of work is asked.
    pub asks_work: bool,
    /// How HTTP is spoken.
    pub http: http::Settings,
}

/// A service that answers.
pub struct Running {
    /// Where.
    pub address: SocketAddr,
    /// The judge.
    pub judge: Arc<Judge>,
    /// What was sent to nobody, in development.
    pub mailbox: Arc<Mailbox>,
    /// The certificate, where HTTPS is spoken.
    pub tls: Option<Arc<Tls>>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Running {
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
pub async fn start(options: Options) -> anyhow::Result<Running> {
    let Options {
        listen,
        store,
        directory,
        key,
        settings,
        site,
        clock,
        asks_work,
        http: http_settings,
    } = options;
    let site = match site {
        Some(directory) => Site::read(&directory)?,
        None => Site::embedded()?,
    };
    if !site.has_wizard() {
        warn!("there is no wizard in this program: only the API is served");
    }

    let tls = http_settings.tls.clone().map(Tls::open).transpose()?;
    metrics::recorder();

    let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
    let outbox = Arc::new(Outbox::new(&key));
    let mailbox = Arc::new(Mailbox::new(clock.clone()));
    let delivery = Arc::new(Delivery {
        store: store.clone(),
        outbox: outbox.clone(),
        carrier: mailbox.clone(),
        clock: clock.clone(),
        writer: Writer::new(),
        host: settings.host.clone(),
    });
    let work = Work::new(&key, http::Difficulty::default(), asks_work, clock.clone());
    let judge = Arc::new(Judge {
        store: store.clone(),
        directory,
        settings: Arc::new(ArcSwap::from_pointee(settings)),
        clock,
        key,
        outbox,
        banned: BannedList::global(),
        tasks: tasks.clone(),
    });
    tasks.spawn(delivery.run(stop.clone()));
    tasks.spawn(sweep(judge.clone(), store.clone(), stop.clone()));

    let listener = TcpListener::bind(listen).await;
    let listener = listener.with_context(|| format!("{listen} cannot be listened to"))?;
    let address = listener.local_addr()?;
    let router = http::router(Arc::new(Service {
        judge: judge.clone(),
        work,
        store,
        site,
        mailbox: Some(mailbox.clone()),
        settings: http_settings.clone(),
    }));
    if let Some(tls) = &tls {
        tasks.spawn(tls.clone().watch(stop.clone()));
    }
    tasks.spawn(http::listen::serve(
        listener,
        router,
        tls.clone(),
        http_settings,
        stop.clone(),
    ));
    info!(%address, "listening");
    Ok(Running {
        address,
        judge,
        mailbox,
        tls,
        stop,
        tasks,
    })
}

/// What has to be done now and then, by whichever process comes first.
async fn sweep(judge: Arc<Judge>, store: Arc<dyn Store>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(SWEEP_EVERY) => {}
        }
        metrics::recorder().run_upkeep();
        let swept = async {
            judge.sweep(SWEPT_MAX).await?;
            store.chain(SWEPT_MAX).await?;
            store.prune(judge.clock.now(), SWEPT_MAX).await
        };
        if let Err(error) = swept.await {
            warn!(error = format!("{error:#}"), "sweeping failed");
            metrics::store_error("sweep");
        }
    }
}
