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
}

impl Work {
    /// Nothing begun yet.
    pub(crate) fn new(backend: Backend, assets: &str) -> Rc<Self> {
        let worker_url = [assets, WORKER].concat();
        Rc::new(Self {
            backend,
            worker_url,
            begun: RefCell::default(),
        })
    }

    /// Begins, unless it has begun. What it gives is open once it is done.
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

    /// The proof, once it is ready; `None` where none could be made. It is good for one request.
    pub(crate) async fn take(self: &Rc<Self>) -> Option<String> {
        let latch = self.begin();
        let made = latch.opened().await;
        self.forget(|begun| begun.is(&latch));
        made
    }

    /// Begins again what is not done: a worker that was put aside with its page may never answer.
    pub(crate) fn renew(self: &Rc<Self>) {
        if self.forget(|begun| !begun.is_open()) {
            let _ready = self.begin();
        }
    }

    /// Forgets what has begun, if it is that; tells whether it was.
    fn forget(&self, is_meant: impl Fn(&Latch) -> bool) -> bool {
        self.begun
            .borrow_mut()
            .take_if(|begun| is_meant(begun))
            .is_some()
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

/// Opens once, with the proof if one could be made: the challenge with its solution, as JSON. A handle: clones are the same one.
#[derive(Clone, Default)]
pub(crate) struct Latch(Rc<RefCell<Waiting>>);

#[derive(Default)]
struct Waiting {
    is_open: bool,
    made: Option<String>,
    wakers: Vec<Waker>,
}

impl Latch {
    /// Lets everybody go on.
    fn open(&self, made: Option<String>) {
        let wakers = {
            let mut waiting = self.0.borrow_mut();
            waiting.is_open = true;
            waiting.made = made;
            std::mem::take(&mut waiting.wakers)
        };
        wakers.into_iter().for_each(Waker::wake);
    }

    fn is_open(&self) -> bool {
        self.0.borrow().is_open
    }

    fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Waits until it is open; the first to be there gets the proof.
    async fn opened(&self) -> Option<String> {
        poll_fn(|context| {
            let mut waiting = self.0.borrow_mut();
            if waiting.is_open {
                return Poll::Ready(waiting.made.take());
            }
            waiting.wakers.push(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}
