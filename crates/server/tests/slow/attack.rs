//! An attack of bodies that do not arrive, and its results.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use postern_peers::process::until;
use tokio::task::JoinSet;

/// An attack of slow bodies, as its client sees it. It continues as long as this value exists.
#[derive(Default)]
pub(super) struct Attack {
    bodies: JoinSet<()>,
    counted: Arc<Counted>,
}

/// The bodies in progress, those that were cut off because there were too many, and those with any
/// other answer.
#[derive(Default)]
struct Counted {
    settled: AtomicBool,
    held: AtomicUsize,
    cut_off: AtomicUsize,
    otherwise: AtomicUsize,
}

impl Attack {
    /// Sends a body, and a new one each time the server gave up the last for its slowness, or to
    /// make room for an honest one. The end of a connection also counts as cut off.
    pub(super) fn send<F>(&mut self, send: impl Fn() -> F + Send + 'static)
    where
        F: Future<Output = Option<u16>> + Send,
    {
        let counted = self.counted.clone();
        self.bodies.spawn(async move {
            loop {
                counted.held.fetch_add(1, Ordering::SeqCst);
                let status = send().await;
                counted.held.fetch_sub(1, Ordering::SeqCst);
                let ended = match status {
                    Some(408) => continue,
                    Some(503) | None if counted.settled.load(Ordering::SeqCst) => continue,
                    Some(503) | None => &counted.cut_off,
                    Some(_) => &counted.otherwise,
                };
                ended.fetch_add(1, Ordering::SeqCst);
                return;
            }
        });
    }

    /// Waits until the permitted number of bodies is in progress, and all others have ended.
    pub(super) async fn holds(&self, held: usize) {
        let counted = &self.counted;
        until("as many bodies as may be are on their way", async || {
            let now = counted.held.load(Ordering::SeqCst);
            let gone = counted.cut_off.load(Ordering::SeqCst);
            (now == held && gone == self.bodies.len() - held).then_some(())
        })
        .await;
        counted.settled.store(true, Ordering::SeqCst);
        assert_eq!(counted.otherwise.load(Ordering::SeqCst), 0);
    }
}
