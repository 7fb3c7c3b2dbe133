//! The attempt: the state that it is in, as a store keeps it.

mod parts;
mod stored;

use serde::{Deserialize, Serialize};

use crate::states::State;
use crate::{CallId, Case};

/// One try at getting back in, from identifier to end.
///
/// Give it what happens ([`Input`](crate::Input)) and what is known at that moment
/// ([`Context`](crate::Context)); it gives itself back as it is then, what to answer, and what to
/// do. In JSON it is what a store keeps: it holds no password, code or answer.
///
/// ```
/// use postern_engine::command::{Command, MailContent};
/// use postern_engine::ledger::Ledger;
/// use postern_engine::{
///     Attempt, Breach, Context, EngineKey, Handled, Identify, Input, Policy, Population, Tenant, WriteBackHealth,
/// };
/// use postern_protocol::password::BannedList;
/// use postern_protocol::{Guid, Method, Step, SupportCode, Timestamp, Via};
///
/// let tenant = Tenant { policy: Some(Policy::default()), ..Tenant::new("contoso.example", "Contoso") };
/// let context = Context {
///     now: Timestamp::from_seconds(1_700_000_000),
///     seed: [1; 32],
///     key: &EngineKey::new([2; 32]),
///     tenant: Some(&tenant),
///     account: None,
///     population: Population::uncounted(),
///     ledger: &Ledger::default(),
///     write_back: WriteBackHealth::Healthy,
///     breach: Some(Breach::NotFound),
///     banned: &BannedList::EMPTY,
/// };
/// let identify = Input::Identify(Identify {
///     identifier: "nobody@contoso.example".into(),
///     tenant: None,
///     locale: "en".into(),
///     support_code: SupportCode(Guid::from_random(3)),
///     via: Via::default(),
///     page: None,
/// });
/// let Handled::Done(outcome) = Attempt::default().handle(&identify, &context) else { panic!("no password is set") };
///
/// // No account has this identifier. The answer does not show that: methods are offered as for an account.
/// let Ok(seen) = outcome.reply else { panic!("an identifier is no problem") };
/// let Step::ChooseMethod(choice) = seen.step else { panic!("the first gate is there") };
/// let start = Input::StartMethod { method: choice.offers[0].method, phone: None };
/// let Handled::Done(outcome) = outcome.attempt.handle(&start, &context) else { panic!("no password is set") };
/// assert!(outcome.reply.is_ok());
/// let leads_nowhere = |command: &Command| match command {
///     Command::SendMail(mail) => mail.to.is_empty(),
///     command => !matches!(command, Command::SendText(_) | Command::PlaceCall(_)),
/// };
/// assert!(outcome.commands.iter().all(leads_nowhere));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::large_enum_variant,
    reason = "an attempt arrives with its first input and is open from then on"
)]
pub enum Attempt {
    /// The person has not said who they are. Where every attempt begins; there is nothing to store.
    #[default]
    Arriving,
    /// The person has said who they are.
    Open(Open),
}

/// An attempt whose person has said who they are.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Open {
    pub(crate) case: Case,
    pub(crate) at: State,
}

impl Attempt {
    /// The attempt from the moment on that the person has said who they are.
    pub const fn open(&self) -> Option<&Open> {
        match self {
            Self::Arriving => None,
            Self::Open(open) => Some(open),
        }
    }

    /// What every state knows.
    pub fn case(&self) -> Option<&Case> {
        self.open().map(Open::case)
    }

    /// Whether nothing but looking (and, of some, asking for help) is left.
    pub fn is_over(&self) -> bool {
        self.open().is_some_and(Open::is_over)
    }

    /// The call whose key press would pass the gate: the one under way, or the one before while a
    /// number is typed.
    pub fn call(&self) -> Option<CallId> {
        self.open()?.call()
    }
}

impl From<Open> for Attempt {
    fn from(open: Open) -> Self {
        Self::Open(open)
    }
}

impl Open {
    pub(crate) fn new(case: Case, at: impl Into<State>) -> Self {
        let at = at.into();
        Self { case, at }
    }

    /// What every state knows.
    pub const fn case(&self) -> &Case {
        &self.case
    }

    /// The state that it is in.
    pub const fn state(&self) -> &State {
        &self.at
    }
}
