//! The proof of work replaces a captcha: it starts when the person first touches the page, and is
//! done before they have typed.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use postern_flow::reset::Failure;
use postern_kit::browser;
use postern_protocol::json::{self, Raw};
use postern_protocol::work::Payload;

use crate::backend::Backend;

/// The script of the worker.
const WORKER: &str = "work.js";

/// One proof, in progress or ready.
pub(crate) struct Work {
    backend: Backend,
    worker_url: String,
    /// Opens when the proof is ready or has failed; tasks can wait for it during the work.
    begun: RefCell<Option<Latch>>,
}

impl Work {
    /// Work that has not begun.
    pub(crate) fn new(backend: Backend, assets: &str) -> Rc<Self> {
        let worker_url = [assets, WORKER].concat();
        Rc::new(Self {
            backend,
            worker_url,
            begun: RefCell::default(),
        })
    }

    /// Starts the work unless it has started. The returned latch opens when it is done.
    pub(crate) fn begin(self: &Rc<Self>) -> Latch {
        let mut begun = self.begun.borrow_mut();
        let latch = begun.get_or_insert_with(|| {
            let (this, latch) = (self.clone(), Latch::default());
            let done = latch.clone();
            browser::spawn(async move {
                done.open(this.make().await);
            });
            latch
        });
        latch.clone()
    }

    /// The proof, as soon as it is ready; `None` if this browser could not make one. It is valid
    /// for one request.
    ///
    /// # Errors
    /// If the service gave no challenge: the request would fail as well, only later.
    pub(crate) async fn take(self: &Rc<Self>) -> Result<Option<String>, Failure> {
        // If the work failed before the person sent anything, a new try can succeed now.
        self.forget(Latch::has_failed);
        let latch = self.begin();
        let made = latch.opened().await;
        self.forget(|begun| begun.is(&latch));
        made
    }

    /// Starts unfinished work again: a worker that was suspended with its page may never answer.
    pub(crate) fn renew(self: &Rc<Self>) {
        if self.forget(|begun| !begun.is_open()) {
            let _ready = self.begin();
        }
    }

    /// Discards the started work if it matches; returns whether it did.
    fn forget(&self, is_meant: impl Fn(&Latch) -> bool) -> bool {
        self.begun
            .borrow_mut()
            .take_if(|begun| is_meant(begun))
            .is_some()
    }

    async fn make(&self) -> Result<Option<String>, Failure> {
        let challenge = self.backend.challenge().await?;
        let Some(solution) = browser::work(&self.worker_url, &challenge).await else {
            return Ok(None);
        };
        Ok(Some(json::to_string(&Payload {
            challenge: Raw(&challenge),
            solution: Raw(&solution),
        })))
    }
}

/// The result of the work: the challenge with its solution, as JSON.
type Made = Result<Option<String>, Failure>;

/// Opens once, with the proof if there is one. A handle: clones are the same latch.
#[derive(Clone, Default)]
pub(crate) struct Latch(Rc<RefCell<Waiting>>);

#[derive(Default)]
struct Waiting {
    is_open: bool,
    /// The result, until a task takes it.
    made: Option<Made>,
    wakers: Vec<Waker>,
}

impl Latch {
    /// Lets all waiting tasks continue.
    fn open(&self, made: Made) {
        let wakers = {
            let mut waiting = self.0.borrow_mut();
            waiting.is_open = true;
            waiting.made = Some(made);
            std::mem::take(&mut waiting.wakers)
        };
        wakers.into_iter().for_each(Waker::wake);
    }

    fn is_open(&self) -> bool {
        self.0.borrow().is_open
    }

    fn has_failed(&self) -> bool {
        matches!(self.0.borrow().made, Some(Err(_)))
    }

    fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Waits until the latch is open; the first waiter gets the proof.
    async fn opened(&self) -> Made {
        poll_fn(|context| {
            let mut waiting = self.0.borrow_mut();
            if waiting.is_open {
                return Poll::Ready(waiting.made.take().unwrap_or(Ok(None)));
            }
            waiting.wakers.push(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}
