//! The proof of work in place of a captcha: begun when the person first touches the page, done before they have typed.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use crate::backend::Backend;
use crate::browser;
use crate::json::Writer;

/// The file that the worker runs.
const WORKER: &str = "work.js";

/// One proof, being made or ready.
pub(crate) struct Work {
    backend: Backend,
    worker_url: String,
    /// Opens when the proof is ready or cannot be made; it may be awaited while it is being made.
    begun: RefCell<Option<Latch>>,
    /// The challenge with its solution, as JSON.
    made: RefCell<Option<String>>,
}

impl Work {
    /// Nothing begun yet.
    pub(crate) fn new(backend: Backend, assets: &str) -> Rc<Self> {
        let worker_url = [assets, WORKER].concat();
        Rc::new(Self {
            backend,
            worker_url,
            begun: RefCell::default(),
            made: RefCell::default(),
        })
    }

    /// Begins, unless it has begun. What it gives is open once it is done.
    pub(crate) fn begin(self: &Rc<Self>) -> Latch {
        let mut begun = self.begun.borrow_mut();
        let latch = begun.get_or_insert_with(|| {
            let (this, latch) = (self.clone(), Latch::default());
            let done = latch.clone();
            browser::spawn(async move {
                let made = this.make().await;
                *this.made.borrow_mut() = made;
                done.open();
            });
            latch
        });
        latch.clone()
    }

    /// The proof, once it is ready; `None` where none could be made. It is good for one request.
    pub(crate) async fn take(self: &Rc<Self>) -> Option<String> {
        self.begin().opened().await;
        *self.begun.borrow_mut() = None;
        self.made.take()
    }

    async fn make(&self) -> Option<String> {
        let challenge = self.backend.challenge().await.ok()?;
        let solution = browser::work(&self.worker_url, &challenge).await?;
        let proof = Writer::new()
            .json("challenge", &challenge)
            .json("solution", &solution);
        Some(proof.finish())
    }
}

/// Opens once, for as many as wait for it. A handle: clones are the same one.
#[derive(Clone, Default)]
pub(crate) struct Latch(Rc<RefCell<Waiting>>);

#[derive(Default)]
struct Waiting {
    is_open: bool,
    wakers: Vec<Waker>,
}

impl Latch {
    /// Lets everybody go on.
    pub(crate) fn open(&self) {
        let wakers = {
            let mut waiting = self.0.borrow_mut();
            waiting.is_open = true;
            std::mem::take(&mut waiting.wakers)
        };
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Waits until it is open.
    pub(crate) async fn opened(self) {
        poll_fn(|context| {
            let mut waiting = self.0.borrow_mut();
            if waiting.is_open {
                return Poll::Ready(());
            }
            waiting.wakers.push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
