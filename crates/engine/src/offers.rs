//! The methods that can verify an account: enabled by the policy, and with data on file.
//!
//! The engine finds them once, on arrival, and keeps them in the attempt, so that looking at the
//! step needs no directory.

use alloc::string::String;
use alloc::vec::Vec;

use postern_phone::{PhoneNumber, Region};
use postern_protocol::{Method, Offer};

use crate::standing::is_open_to;
use crate::{Account, Policy, Population, mask};

/// The methods on offer for an account, in the order in which the page offers them.
pub(crate) fn of_account(
    account: &Account,
    policy: &Policy,
    region: Option<Region>,
    population: &Population,
) -> Vec<Offer> {
    Method::ALL
        .into_iter()
        .filter(|method| {
            policy.allows(*method) && is_open_to(*method, account.person.is_administrator)
        })
        .filter_map(|method| {
            let hint = hint(method, account, policy, region, population)?;
            Some(Offer {
                method,
                hint: hint.text(),
            })
        })
        .collect()
}

/// The number that a method reaches.
pub(crate) fn number_on_file(
    method: Method,
    account: &Account,
    region: Option<Region>,
) -> Option<PhoneNumber> {
    match method {
        Method::MobileSms => account.textable_mobile(region),
        Method::MobileCall => account.usable_mobile(region),
        Method::OfficeCall => account.usable_office_phone(region),
        Method::Email | Method::Questions | Method::AuthenticatorCode => None,
    }
}

/// The hint about the destination of a method.
enum Hint {
    Destination(String),
    Nothing,
}

impl Hint {
    fn text(self) -> Option<String> {
        match self {
            Self::Destination(text) => Some(text),
            Self::Nothing => None,
        }
    }
}

/// `None` if the account has no data on file for the method.
fn hint(
    method: Method,
    account: &Account,
    policy: &Policy,
    region: Option<Region>,
    population: &Population,
) -> Option<Hint> {
    match method {
        Method::Email => account.usable_email().map(|_| Hint::Nothing),
        Method::MobileSms | Method::MobileCall | Method::OfficeCall => {
            number_on_file(method, account, region)
                .map(|number| Hint::Destination(mask::last_digits(number)))
        }
        // A disabled authenticator is offered as before: a decoy has no authenticator that could be
        // disabled, so a missing offer would reveal an account.
        Method::AuthenticatorCode => {
            (!account.registration.authenticators.is_empty()).then_some(Hint::Nothing)
        }
        Method::Questions => {
            let needed = usize::from(policy.settings().questions_to_reset);
            let questions = account.registration.questions.iter();
            let asked = questions.filter(|question| population.asks(&question.text));
            (asked.count() >= needed).then_some(Hint::Nothing)
        }
    }
}
