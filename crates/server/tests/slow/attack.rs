//! An attack of bodies that do not come, and what becomes of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use postern_peers::process::until;
use tokio::task::JoinSet;

/// An attack of slow bodies, as its client sees it. It goes on for as long as this is there.
#[derive(Default)]
pub(super) struct Attack {
    bodies: JoinSet<()>,
    counted: Arc<Counted>,
}

/// Bodies that are on their way, that were cut off since too many were, and that were answered in
/// any other way.
#[derive(Default)]
struct Counted {
    settled: AtomicBool,
    held: AtomicUsize,
    cut_off: AtomicUsize,
    otherwise: AtomicUsize,
}

impl Attack {
    /// Sends a body, and another one as often as it was given up for its slowness, or made room for
    /// an honest one. A connection that ends was cut off, too.
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

    /// Waits until as many bodies are on their way as may be, and all others have come and gone.
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
