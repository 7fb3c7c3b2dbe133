//! The regular work beside the requests. Any replica may do it.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tracing::{error, warn};

use crate::check::certificate::{self, Trouble};
use crate::clock::Clock;
use crate::http;
use crate::judge::Judge;
use crate::metrics;
use crate::population;
use crate::pressure;
use crate::store::{AuditLog, SqlStore, Upkeep, Walk, Walked};

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

/// Begins the regular work. Returns once the first counts of the tenants' people, and of failed
/// proofs, are there.
pub(super) async fn begin(
    judge: &Arc<Judge>,
    store: &Arc<SqlStore>,
    sweeps: bool,
    certificate: Option<http::TlsFiles>,
    stop: &CancellationToken,
) {
    let tasks = &judge.tasks;
    tasks.spawn(try_keys(store.clone(), stop.clone()));
    if sweeps {
        tasks.spawn(sweep(judge.clone(), store.clone(), stop.clone()));
    }
    tasks.spawn(walk(store.clone(), stop.clone()));
    if let Some(files) = certificate {
        tasks.spawn(watch_certificate(files, judge.clone(), stop.clone()));
    }
    judge.renew_populations().await;
    tasks.spawn(count(judge.clone(), stop.clone()));
    judge.share_pressure().await;
    tasks.spawn(share(judge.clone(), stop.clone()));
}

/// Logs what browsers do not accept in the certificate, or soon will not.
pub(super) fn warn_of_certificate(files: &http::TlsFiles, host: &str, clock: &Clock) {
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
