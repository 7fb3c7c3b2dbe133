//! Tries the services that a configuration names. Each gets one finding, whether it works or not.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

use super::certificate;
use super::finding::{Finding, Severity, at_key, finding};
use crate::breached::Breaches;
use crate::clock::Clock;
use crate::config::Config;
use crate::directory::BuiltIn;
use crate::store::{SqlStore, check_writable, in_words};

/// How long a service may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// How far two clocks may be apart. Codes of authenticator apps and the promises of a replica
/// depend on them.
const SKEW_SECONDS_MAX: f64 = 2.0;

/// Tries everything. `migrates` says whether the start of the server brings the tables up to date.
pub(super) async fn findings(config: &Config, migrates: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let database = config.database();
    let url = database.reveal();
    let tried = async {
        check_writable(url)?;
        let Some(store) = within(SqlStore::look(url, config.keys())).await? else {
            let told =
                "store.url: the database does not exist yet: the server creates it at its start";
            findings.push(at_key(config, Severity::Warning, told.to_owned()));
            return Ok(());
        };
        let store = Arc::new(store);
        let found = of_store(config, store.clone(), migrates, &mut findings).await;
        store.close().await;
        found
    };
    if let Err(error) = tried.await {
        let told = format!("{:#}", in_words(url, error));
        findings.push(at_key(config, Severity::Error, told));
    }
    let settings = config.settings();
    let delivery = config.delivery();
    for (key, tried) in delivery.try_connections(&settings.host).await {
        findings.push(outcome(config, key, tried));
    }
    if let Some(breached) = &settings.breached_passwords {
        let tried = match Breaches::new(breached) {
            Ok(breaches) => within(breaches.try_connection()).await,
            Err(error) => Err(error),
        };
        findings.push(outcome(config, "breached-passwords.url", tried));
    }
    for (key, address) in [
        ("listen", *config.listen.as_ref()),
        ("http.metrics.listen", config.http().metrics.listen),
    ] {
        findings.extend(of_port(config, key, address));
    }
    if let Some(files) = config.http().tls {
        let now = Clock::System.now().seconds();
        let troubles = certificate::troubles(&files, &settings.host, now);
        if troubles.is_empty() {
            findings.push(outcome(config, "http.tls", Ok(())));
        }
        findings.extend(troubles.into_iter().map(|trouble| {
            let severity = if trouble.is_error {
                Severity::Error
            } else {
                Severity::Warning
            };
            at_key(config, severity, trouble.reason)
        }));
    }
    findings
}

/// The problem that keeps the server from listening on an address.
fn of_port(config: &Config, key: &str, address: SocketAddr) -> Option<Finding> {
    let error = TcpListener::bind(address).err()?;
    Some(if error.kind() == ErrorKind::AddrInUse {
        let told = format!(
            "{key}: {address} is in use: by this service if it runs already, otherwise choose another port"
        );
        at_key(config, Severity::Warning, told)
    } else {
        let told = format!(
            "{key}: the server cannot listen at {address}: {}",
            error.kind()
        );
        at_key(config, Severity::Error, told)
    })
}

async fn within<T>(tried: impl Future<Output = Result<T>>) -> Result<T> {
    let done = tokio::time::timeout(PATIENCE, tried).await;
    done.unwrap_or_else(|_| Err(anyhow!("no answer in {} seconds", PATIENCE.as_secs())))
}

fn outcome(config: &Config, key: &str, tried: Result<()>) -> Finding {
    match tried {
        Ok(()) => at_key(config, Severity::Ok, format!("{key}: it works")),
        Err(error) => at_key(config, Severity::Error, format!("{key}: {error:#}")),
    }
}

/// Checks the database. Stops at the first problem that makes further questions useless.
async fn of_store(
    config: &Config,
    store: Arc<SqlStore>,
    migrates: bool,
    findings: &mut Vec<Finding>,
) -> Result<()> {
    store.check_not_newer().await.context("store.url")?;
    store
        .check_writable(config.database().reveal(), migrates)
        .await?;
    findings.push(outcome(config, "store.url", Ok(())));
    let skew = store.seconds_ahead().await.context("store.url")?;
    if skew.abs() > SKEW_SECONDS_MAX {
        let (seconds, side) = (skew.abs(), if skew > 0.0 { "behind" } else { "ahead of" });
        findings.push(finding(
            Severity::Error,
            format!("the clock of this machine is {seconds:.1} seconds {side} the database's: set both by NTP"),
            None,
        ));
    }
    let missing = store.missing_migrations().await.context("store.url")?.len();
    if missing > 0 {
        findings.push(finding(
            Severity::Warning,
            format!("the database lacks {missing} migrations: the server applies them at its start, and so does `migrate`"),
            config.place("store.url"),
        ));
        return Ok(());
    }
    let tenants = config.settings().tenants;
    if let Err(error) = store.check_tenants(&tenants).await {
        let told = format!("{:#}", in_words(config.database().reveal(), error));
        let told = format!("tenants: {told}");
        findings.push(finding(Severity::Error, told, None));
    }
    for it in store.unreached(&tenants).await.context("store.url")? {
        let place = config.place_of_domains(it.index);
        findings.push(finding(Severity::Warning, it.to_string(), place));
    }
    let accounts = BuiltIn::new(store, config.keys());
    for (index, tenant) in tenants.iter().enumerate() {
        let groups = accounts.empty_scope(tenant).await.context("store.url")?;
        let place = config.place_of_scope(index);
        let groups = groups.iter();
        findings.extend(groups.map(|it| finding(Severity::Warning, it.to_string(), place)));
    }
    Ok(())
}
