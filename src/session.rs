//! The session runs the effects of the wizard's state machine and returns the answers to it. Only
//! this file spawns tasks.
//!
//! Results re-enter through [`Session::dispatch`]; no code reads a signal after an `await`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use postern_flow::PlanTable;
use postern_flow::reset::{DoneBefore, Effect, Event, Failure, Reply, Request, Wizard};
use postern_kit::browser;
use postern_protocol::{ProblemKind, Purpose, SupportCode, Timestamp};

use crate::backend::{Answer, Backend, Credentials, Envelope};
use crate::config::Config;
use crate::words::Words;
use crate::work::Work;
use postern_protocol::decimal;

/// The name of the file of numbering plans, as `FILE`.
mod plans {
    include!(concat!(env!("OUT_DIR"), "/plans_generated.rs"));
}

/// The separator between the attempt's id and its token in the tab's storage.
const SEPARATOR: &str = " ";

/// The maximum number of proofs of work for one request: the first can be too old, the second too
/// light, and the third is harder.
const WORK_TRIES: u8 = 3;

/// The wizard's state as a signal. It is behind a pointer, so that a read copies nothing.
pub(crate) type State = RwSignal<Rc<Wizard>, LocalStorage>;

/// The session of one wizard.
pub(crate) struct Session {
    backend: Backend,
    config: Config,
    words: Words,
    wizard: State,
    work: Rc<Work>,
    support_code: SupportCode,
    credentials: RefCell<Option<Credentials>>,
    /// The last request that the person waits for, so that the session can send it again unchanged.
    last: RefCell<Option<Rc<SentRequest>>>,
    /// Whether the numbering plans are loading or have loaded.
    plans_asked: Cell<bool>,
    alive: Cell<bool>,
}

/// A request as the session sent it.
struct SentRequest {
    number: u32,
    request: Request,
    once: RefCell<Once>,
}

/// The data that makes the service execute a request only once: a repeated request sends both
/// again.
struct Once {
    key: String,
    /// The proof of work, for the first request.
    work: Option<String>,
}

impl Once {
    fn with(work: Option<String>) -> Self {
        let key = browser::random_guid().to_string();
        Self { key, work }
    }
}

impl Session {
    /// A session that uses this backend and updates this signal.
    pub(crate) fn new(backend: Backend, config: Config, words: Words, wizard: State) -> Rc<Self> {
        let work = Work::new(backend.clone(), &config.assets);
        Rc::new(Self {
            backend,
            words,
            wizard,
            work,
            support_code: SupportCode(browser::random_guid()),
            credentials: RefCell::default(),
            last: RefCell::default(),
            plans_asked: Cell::new(false),
            alive: Cell::new(true),
            config,
        })
    }

    /// The code at the foot of the page, until an attempt supplies its own.
    pub(crate) fn support_code(&self) -> SupportCode {
        self.support_code
    }

    /// The configuration from the page.
    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// Begins, and continues the attempt that this tab stores, if there is one.
    pub(crate) fn open(self: &Rc<Self>) {
        let remembered = self.remembered();
        let resume = remembered.is_some();
        *self.credentials.borrow_mut() = remembered;
        if !resume && self.config.owns_page {
            browser::history_visit("identify", true);
        }
        let done_before = browser::session_read(&self.done_key())
            .as_deref()
            .and_then(done_before);
        self.dispatch(Event::Opened {
            resume,
            done_before,
        });
        let this = self.clone();
        browser::spawn(async move {
            browser::idle().await;
            this.fetch_plans();
        });
    }

    /// The page returned from the back-forward cache: continues with the attempt that the tab now
    /// stores, which can be another one.
    pub(crate) fn restored(self: &Rc<Self>) {
        self.work.renew();
        let remembered = self.remembered();
        if remembered.is_some() && !self.holds(remembered.as_ref()) {
            *self.credentials.borrow_mut() = remembered;
            self.dispatch(Event::Opened {
                resume: true,
                done_before: None,
            });
        } else {
            self.dispatch(Event::Restored);
        }
    }

    /// Fetches the numbering plans once. Without them the page can check less of a number, and no
    /// step waits for them.
    fn fetch_plans(self: &Rc<Self>) {
        if !self.alive.get() || self.plans_asked.replace(true) {
            return;
        }
        let this = self.clone();
        browser::spawn(async move {
            let url = [&this.config.assets, plans::FILE].concat();
            let plans = browser::fetch_bytes(&url).await.and_then(PlanTable::new);
            match plans {
                Some(plans) => this.dispatch(Event::PlansArrived(plans)),
                None => this.plans_asked.set(false),
            }
        });
    }

    /// The person has touched the page: starts the proof of work.
    pub(crate) fn touched(&self) {
        let _ready = self.work.begin();
    }

    /// Stops the session: it returns no more results.
    pub(crate) fn close(&self) {
        self.alive.set(false);
    }

    /// Passes an event to the state machine and runs the resulting effects.
    pub(crate) fn dispatch(self: &Rc<Self>, event: Event) {
        if !self.alive.get() {
            return;
        }
        let effects = self
            .wizard
            .try_update(|wizard| Wizard::update(wizard, event))
            .unwrap_or_default();
        for effect in effects {
            self.run(effect);
        }
    }

    fn run(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Send { number, request } => {
                let once = RefCell::new(Once::with(None));
                let sent = Rc::new(SentRequest {
                    number,
                    request,
                    once,
                });
                *self.last.borrow_mut() = Some(sent.clone());
                self.send(sent);
            }
            Effect::SendAgain { number } => {
                let last = self.last.borrow().clone();
                if let Some(sent) = last.filter(|sent| sent.number == number) {
                    self.send(sent);
                }
            }
            Effect::LookIn { milliseconds } => {
                let this = self.clone();
                browser::spawn(async move {
                    browser::wait(milliseconds).await;
                    this.dispatch(Event::WaitOver);
                });
            }
            Effect::FetchPlans => self.fetch_plans(),
            Effect::Close => self.clear(),
            Effect::Forget => {
                self.clear();
                *self.credentials.borrow_mut() = None;
            }
            Effect::TellOf(DoneBefore { at, purpose }) => {
                let line = [&*decimal(at.seconds()), SEPARATOR, &decimal(purpose as u8)].concat();
                browser::session_write(&self.done_key(), &line);
            }
            Effect::Renew => self.renew(),
            Effect::Visit(place) => self.visit(&place.name(), false),
            Effect::Correct(place) => self.visit(&place.name(), true),
        }
    }

    /// Reloads our own page if there is a newer build. The session does not reload a portal's page.
    pub(crate) fn renew(&self) {
        if self.config.owns_page {
            browser::reload_if_stale();
        }
    }

    fn visit(&self, name: &str, replace: bool) {
        if self.config.owns_page && browser::history_place().as_deref() != Some(name) {
            browser::history_visit(name, replace);
        }
    }

    fn send(self: &Rc<Self>, sent: Rc<SentRequest>) {
        let this = self.clone();
        let credentials = self.credentials.borrow().clone();
        let locale = untrack(|| self.words.language().tag);
        browser::spawn(async move {
            let result = this.ask(&sent, credentials.as_ref(), locale).await;
            let is_last = this
                .last
                .borrow()
                .as_ref()
                .is_some_and(|last| last.number == sent.number);
            let result = result.map(|answer| {
                let Answer {
                    attempt,
                    credentials,
                } = answer;
                // An answer to a request that a newer one replaced must not start an attempt.
                if let Some(credentials) = credentials.filter(|_| is_last) {
                    this.remember(credentials);
                }
                Reply { attempt }
            });
            let done = !matches!(result, Err(Failure::Lost | Failure::Service));
            if done && is_last {
                // A password or a code in the request must not outlive its use.
                *this.last.borrow_mut() = None;
            }
            this.dispatch(Event::Answered {
                number: sent.number,
                result,
                now: browser::now(),
            });
        });
    }

    async fn ask(
        self: &Rc<Self>,
        sent: &SentRequest,
        credentials: Option<&Credentials>,
        locale: &str,
    ) -> Result<Answer, Failure> {
        let starts = matches!(sent.request, Request::Start { .. });
        if starts && sent.once.borrow().work.is_none() {
            let work = self.work.take().await?;
            sent.once.borrow_mut().work = work;
        }
        let mut tries = WORK_TRIES;
        loop {
            tries -= 1;
            match self.ask_once(sent, credentials, locale).await {
                Err(Failure::Problem(problem))
                    if starts && tries > 0 && matches!(problem.kind, ProblemKind::WorkRefused) =>
                {
                    // The proof was too old after a long stay on the page, or too light after wrong
                    // tries: make another one without a message.
                    let work = self.work.take().await?;
                    *sent.once.borrow_mut() = Once::with(work);
                }
                result => return result,
            }
        }
    }

    async fn ask_once(
        &self,
        sent: &SentRequest,
        credentials: Option<&Credentials>,
        locale: &str,
    ) -> Result<Answer, Failure> {
        let (key, work) = {
            let once = sent.once.borrow();
            (once.key.clone(), once.work.clone())
        };
        let envelope = Envelope {
            credentials,
            idempotency_key: &key,
            locale,
            support_code: self.support_code,
            work,
            tenant: self.config.tenant.as_deref(),
            via: self.config.via.as_deref(),
        };
        self.backend.ask(&sent.request, envelope).await
    }

    /// Keeps the credentials of a first answer for the lifetime of the tab.
    fn remember(&self, credentials: Credentials) {
        let line = [&*credentials.id.to_string(), SEPARATOR, &credentials.token].concat();
        browser::session_write(&self.storage_key(), &line);
        browser::session_remove(&self.done_key());
        *self.credentials.borrow_mut() = Some(credentials);
    }

    /// The stored credentials, if they are valid.
    fn remembered(&self) -> Option<Credentials> {
        browser::session_read(&self.storage_key())
            .as_deref()
            .and_then(credentials)
    }

    /// Whether this session has the same attempt open.
    fn holds(&self, other: Option<&Credentials>) -> bool {
        let own = self.credentials.borrow();
        own.as_ref().map(|own| own.id) == other.map(|other| other.id)
    }

    /// Removes the attempt from the tab's storage, unless the tab now stores another one.
    fn clear(&self) {
        if self.holds(self.remembered().as_ref()) {
            browser::session_remove(&self.storage_key());
        }
    }

    /// The storage key of the earlier result in this tab.
    fn done_key(&self) -> String {
        [&self.storage_key(), ".done"].concat()
    }

    /// The storage key of the attempt. A token is valid only for the service that issued it, so a
    /// service of another origin has its own key. So has each organisation: its page does not
    /// continue another's attempt.
    fn storage_key(&self) -> String {
        let origin = browser::other_origin(&self.config.api);
        let mark = if origin.is_empty() { "" } else { " " };
        let tenant = self.config.tenant.as_deref().unwrap_or_default();
        let at = if tenant.is_empty() { "" } else { "@" };
        ["postern.", &self.config.name, at, tenant, mark, &origin].concat()
    }
}

/// Parses the earlier result of this tab, if it is valid.
fn done_before(line: &str) -> Option<DoneBefore> {
    let (at, purpose) = line.split_once(SEPARATOR)?;
    let purpose = [Purpose::Reset, Purpose::Unlock]
        .into_iter()
        .find(|known| decimal(*known as u8) == purpose)?;
    let at = Timestamp::from_seconds(at.parse().ok()?);
    Some(DoneBefore { at, purpose })
}

/// Parses the stored credentials, if they are valid.
fn credentials(line: &str) -> Option<Credentials> {
    let (id, token) = line.split_once(SEPARATOR)?;
    Some(Credentials {
        id: postern_protocol::AttemptId(id.parse().ok()?),
        token: token.to_owned(),
    })
}
