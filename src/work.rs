//! The proof of work in place of a captcha: begun when the person first touches the page, done before they have typed.

use std::cell::RefCell;
use std::rc::Rc;

use crate::backend::Backend;
use crate::browser::{self, Latch};
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
