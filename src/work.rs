//! The proof of work in place of a captcha: begun when the person first touches the page, done before they have typed.

use std::cell::RefCell;
use std::rc::Rc;

use postern_protocol::work::{Payload, Solution};

use crate::backend::{self, Backend};
use crate::browser::{self, Latch};
use crate::json;

/// The file that the worker runs.
const WORKER: &str = "work.js";

/// One proof, being made or ready.
pub(crate) struct Work {
    backend: Backend,
    worker_url: String,
    /// Opens when the proof is ready or cannot be made; it may be awaited while it is being made.
    begun: RefCell<Option<Latch>>,
    made: RefCell<Option<Payload>>,
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
            let (this, latch) = (self.clone(), Latch::new());
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
    pub(crate) async fn take(self: &Rc<Self>) -> Option<Payload> {
        self.begin().opened().await;
        *self.begun.borrow_mut() = None;
        self.made.take()
    }

    async fn make(&self) -> Option<Payload> {
        let challenge = self.backend.challenge().await.ok()?;
        let answer = browser::work(&self.worker_url, &backend::challenge(&challenge)).await?;
        let solution: Solution = json::from_str(&answer)?;
        Some(Payload {
            challenge,
            solution,
        })
    }
}
