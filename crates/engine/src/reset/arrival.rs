//! The checks on arrival, in the reference's order. Each check has its own refusal.
//!
//! They run before any gate, so that no person proves who they are only to be refused afterwards.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use postern_protocol::{
    AttemptId, CorrelationId, Guid, Method, Offer, ProblemKind, Purpose, Refusal, STATE_LENGTH_MAX,
    Via,
};

use crate::account::PasswordSource;
use crate::audit::{Blocked, Concealed, Reason};
use crate::decoy::Decoy;
use crate::ledger::{Counter, Lock};
use crate::page::Page;
use crate::policy::LockScope;
use crate::proof::gates::{Factor, GateProgress};
use crate::proof::{Claim, MatchedNumbers, locks};
use crate::reset::next::Next;
use crate::reset::states::{Locked, Refused, State};
use crate::reset::steps::choosing_method;
use crate::standing::{can_be_written, gates, may_reset, policy_of};
use crate::tenant::Disclosure;
use crate::turn::Turn;
use crate::{
    Account, Attempt, Case, Context, Identifier, Identify, Open, Policy, Subject, Tenant,
    WriteBackHealth, alias, offers, subject_key,
};

/// The longest language tag that is kept (RFC 5646 section 4.4.1).
const LOCALE_LENGTH_MAX: usize = 35;

/// Handles the first input: a person says who they are.
pub(crate) fn identify(request: &Identify, turn: &mut Turn<'_>) -> Next {
    let state = request.via.state.as_deref().unwrap_or_default();
    if state.chars().count() > STATE_LENGTH_MAX {
        return Next::but(Attempt::Arriving, ProblemKind::Malformed);
    }
    // The host has found the tenant, so the list has at most this one.
    let tenants = turn.tenant().map(core::slice::from_ref);
    let located = Identifier::locate(
        &request.identifier,
        request.tenant.as_deref(),
        tenants.unwrap_or_default(),
    );
    let identifier = match located {
        Ok((identifier, _)) => identifier,
        Err(problem) => return Next::but(Attempt::Arriving, problem),
    };
    let admission = admit(turn);
    let mut case = open(request, &identifier, &admission, turn);
    turn.count_under(&case.claim);
    turn.audit(&case.claim, Reason::SubmittedIdentifier);
    let is_account = turn.policy().settings().lock == LockScope::Account;
    if let Some(lock) = turn.seen().lock(turn.now()).filter(|_| is_account) {
        return Locked::begin(case, lock, turn).into();
    }
    if turn.left(Counter::Reset) == 0 {
        let lock = turn.lock(Blocked::Resets);
        return Locked::begin(case, lock, turn).into();
    }
    if turn.left_to_account(Counter::Reset) == 0 {
        // Attempts under other identifiers of the account do not show this lock: the engine accepts
        // no proof in them any more.
        turn.bar(Blocked::Resets);
    }
    // A decoy is made for every identifier, so that the time it takes does not tell which
    // identifiers need one.
    let decoy = Decoy::new(&case.claim.subject_key, turn.key());
    let decoy = decoy.look(turn.policy(), turn.context().population);
    let decoy = core::hint::black_box(decoy);
    let (gates, offers) = match admission {
        Admission::Welcome { gates, offers, .. } => (gates, offers),
        Admission::Refused(refusal) => return Refused::begin(case, refusal, turn).into(),
        Admission::Decoy(_) => decoy,
    };
    case.claim.gates = GateProgress::new(gates);
    case.claim.offers = offers;
    // Where a lock closes one method, those that are open may be too few for the gates.
    if let Some(lock) = locks::on_all(&case.claim, turn) {
        return Locked::begin(case, lock, turn).into();
    }
    if case.asks_purpose {
        Open::new(case, State::ChoosingPurpose).into()
    } else {
        choosing_method::begin(case, turn).into()
    }
}

/// Checks again whether the account may be reset, just before the reset: things may have changed
/// since the person arrived.
///
/// # Errors
///
/// The reason why the account may not be reset.
pub(crate) fn readmit<'a>(
    case: &Case,
    turn: &mut Turn<'a>,
) -> Result<(&'a Tenant, &'a Account), TurnedAway> {
    let (Some(tenant), Some(account)) = (turn.tenant(), turn.account_of(&case.claim)) else {
        return Err(TurnedAway::Refused(Refusal::AccountNotEnabled));
    };
    let standing = policy_of(tenant)
        .and_then(|policy| may_reset(account, policy))
        .and_then(|()| can_be_written(tenant, account));
    if let Err(refusal) = standing {
        return Err(TurnedAway::Refused(refusal));
    }
    if turn.left_to_account(Counter::Reset) == 0 {
        return Err(TurnedAway::Locked(turn.lock(Blocked::Resets)));
    }
    Ok((tenant, account))
}

/// Why a person who has proved who they are cannot go on.
pub(crate) enum TurnedAway {
    /// The account may no longer be reset.
    Refused(Refusal),
    /// The account was reset too often.
    Locked(Lock),
}

impl TurnedAway {
    pub(crate) fn end(self, case: Case, turn: &mut Turn<'_>) -> Next {
        match self {
            Self::Refused(refusal) => Refused::begin(case, refusal, turn).into(),
            Self::Locked(lock) => Locked::begin(case, lock, turn).into(),
        }
    }
}

/// The result of the checks.
enum Admission {
    /// The account can be verified.
    Welcome {
        gates: u8,
        offers: Vec<Offer>,
        on_premises: bool,
    },
    /// The account cannot be reset, and the person is told why.
    Refused(Refusal),
    /// There is no account, or its refusal is concealed.
    Decoy(Concealed),
}

fn admit(turn: &Turn<'_>) -> Admission {
    let context = turn.context();
    let Some(tenant) = context.tenant else {
        return Admission::Decoy(Concealed::UnknownTenant);
    };
    let checked = policy_of(tenant).map(|policy| {
        context
            .account
            .map(|account| verify(account, tenant, policy, context))
    });
    let refusal = match checked {
        Ok(Some(Ok((gates, offers)))) => {
            let source = context
                .account
                .map(|account| account.person.password_source);
            let on_premises = source == Some(PasswordSource::OnPremises);
            return Admission::Welcome {
                gates,
                offers,
                on_premises,
            };
        }
        Ok(None) => return Admission::Decoy(Concealed::UnknownIdentifier),
        // A refusal that is true of the whole tenant is shown to people without an account too.
        Err(refusal) | Ok(Some(Err(refusal))) => refusal,
    };
    match tenant.disclosure {
        Disclosure::Explain => Admission::Refused(refusal),
        Disclosure::Conceal if context.account.is_none() => {
            Admission::Decoy(Concealed::UnknownIdentifier)
        }
        Disclosure::Conceal => Admission::Decoy(Concealed::Refusal(refusal)),
    }
}

/// The number of gates, and the methods on offer.
fn verify(
    account: &Account,
    tenant: &Tenant,
    policy: &Policy,
    context: &Context<'_>,
) -> Result<(u8, Vec<Offer>), Refusal> {
    may_reset(account, policy)?;
    let gates = gates(account.person.is_administrator, policy);
    let offers = offers::of_account(account, policy, tenant.default_region, context.population);
    let methods: Vec<Method> = offers.iter().map(|offer| offer.method).collect();
    if methods.is_empty() {
        return Err(Refusal::CouldNotVerify);
    }
    if Factor::count(&methods) < usize::from(gates) {
        return Err(Refusal::NotProperlyConfigured);
    }
    can_be_written(tenant, account)?;
    is_healthy(account, context.write_back)?;
    Ok((gates, offers))
}

fn is_healthy(account: &Account, health: WriteBackHealth) -> Result<(), Refusal> {
    match (account.person.password_source, health) {
        (PasswordSource::OnPremises, WriteBackHealth::Misconfigured) => {
            Err(Refusal::OnPremisesAdminAction)
        }
        (PasswordSource::OnPremises, WriteBackHealth::Unreachable) => {
            Err(Refusal::OnPremisesConnectivity)
        }
        (PasswordSource::OnPremises, WriteBackHealth::Healthy)
        | (PasswordSource::Cloud | PasswordSource::Elsewhere, _) => Ok(()),
    }
}

/// Opens the case of an attempt, before the number of gates and the methods are known.
fn open(
    request: &Identify,
    identifier: &Identifier,
    admission: &Admission,
    turn: &mut Turn<'_>,
) -> Case {
    let context = turn.context();
    let account = context.account;
    let subject = match admission {
        Admission::Decoy(concealed) => Subject::Decoy(*concealed),
        Admission::Welcome { .. } | Admission::Refused(_) => match account {
            Some(account) => Subject::Account {
                id: account.person.id.clone(),
                on_premises: matches!(
                    admission,
                    Admission::Welcome {
                        on_premises: true,
                        ..
                    }
                ),
            },
            None => Subject::Decoy(Concealed::UnknownIdentifier),
        },
    };
    let domain = context
        .tenant
        .map_or_else(|| identifier.domain(), |it| Some(it.id()));
    let policy = turn.policy().settings();
    let gates = GateProgress::new(policy.gates_required);
    let asks_purpose = policy.separate_unlock;
    let expires_at = context.now + turn.policy().session();
    let id = account.map(|account| &account.person.id);
    let claim = Claim {
        id: AttemptId(Guid::from_random(turn.dice.bits())),
        correlation_id: CorrelationId(Guid::from_random(turn.dice.bits())),
        support_code: request.support_code,
        domain: domain.unwrap_or_default().to_owned(),
        identifier: identifier.as_typed().to_owned(),
        locale: locale(&request.locale),
        subject,
        subject_key: subject_key(context.key, context.tenant, id, identifier),
        alias: alias(context.key, context.tenant, identifier),
        purpose: Purpose::Reset,
        gates,
        offers: Vec::new(),
        matched: MatchedNumbers::default(),
        wrong_numbers: Vec::new(),
        questions: Vec::new(),
        last_method: None,
        page: page(request, context.tenant),
        expires_at,
    };
    Case {
        claim,
        asks_purpose,
        help_requested_at: None,
        return_to: return_to(&request.via, context.tenant),
        created_at: context.now,
        writes: 0,
    }
}

/// The address to which the person goes at the end, with the `state` that goes back there. Only an
/// address that the tenant lists is used.
fn return_to(via: &Via, tenant: Option<&Tenant>) -> Option<String> {
    let address = via.return_to.as_ref();
    let address = address.filter(|address| tenant.is_some_and(|it| it.returns_to(address)))?;
    let Some(state) = &via.state else {
        return Some(address.clone());
    };
    let start = format!("{address}?");
    let length = start.len();
    let mut query = form_urlencoded::Serializer::for_suffix(start, length);
    Some(query.append_pair("state", state).finish())
}

/// The page that the person is on. A portal counts only if the tenant lists it.
fn page(request: &Identify, tenant: Option<&Tenant>) -> Page {
    let listed = |origin: &Option<String>| {
        let origin = origin.as_ref();
        origin
            .filter(|origin| tenant.is_some_and(|it| it.has_portal(origin)))
            .cloned()
    };
    let framed = || listed(&request.via.portal).map(Page::Framed);
    let portals = listed(&request.page).map(Page::Portals);
    portals.or_else(framed).unwrap_or_default()
}

/// A language tag: the characters of the sent text that a tag can have, up to the limit.
fn locale(sent: &str) -> String {
    sent.chars()
        .filter(|character| character.is_ascii_alphanumeric() || *character == '-')
        .take(LOCALE_LENGTH_MAX)
        .collect()
}
