//! The attempt: the state that it is in, in the form in which a store keeps it.

mod parts;
mod stored;

use serde::{Deserialize, Serialize};

use crate::reset::states::State;
use crate::{CallId, Case};

/// One try to get back into an account, from the identifier to the end.
///
/// Its input is what happens ([`Input`](crate::Input)) and what is known at that moment
/// ([`Context`](crate::Context)). Its output is the new attempt, the reply, and the commands for
/// the host. A store keeps it as JSON: it contains no password, code or answer.
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
    /// The person has not said who they are. Every attempt begins in this state. There is nothing
    /// to store yet.
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
    /// The open attempt, once the person has said who they are.
    pub const fn open(&self) -> Option<&Open> {
        match self {
            Self::Arriving => None,
            Self::Open(open) => Some(open),
        }
    }

    /// The data that every state has.
    pub fn case(&self) -> Option<&Case> {
        self.open().map(Open::case)
    }

    /// Whether the attempt is over: it then accepts only looking and, in some states, asking for
    /// help.
    pub fn is_over(&self) -> bool {
        self.open().is_some_and(Open::is_over)
    }

    /// The call whose key press would pass the gate: the current call, or the last call while the
    /// person types a number.
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

    /// The data that every state has.
    pub const fn case(&self) -> &Case {
        &self.case
    }

    /// The state that the attempt is in.
    pub const fn state(&self) -> &State {
        &self.at
    }
}
