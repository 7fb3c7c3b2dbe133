//! Which methods can verify an account: enabled by policy, and on file.
//!
//! Found once, on arrival, and kept in the attempt, so that looking where one is needs no
//! directory.

use alloc::string::String;
use alloc::vec::Vec;

use postern_phone::{PhoneNumber, Region};
use postern_protocol::{Method, Offer};

use crate::standing::is_open_to;
use crate::{Account, Policy, Population, mask};

/// What can be offered to an account, in the order in which methods are offered.
pub(crate) fn of_account(
    account: &Account,
    policy: &Policy,
    region: Option<Region>,
    population: &Population,
) -> Vec<Offer> {
    Method::ALL
        .into_iter()
        .filter(|method| policy.allows(*method) && is_open_to(*method, account.is_administrator))
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

/// What is said of where a method leads.
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

/// `None` if nothing is on file for the method.
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
        // One that is taken no more is offered as before: a person who is not there could not lose
        // one.
        Method::AuthenticatorCode => (!account.authenticators.is_empty()).then_some(Hint::Nothing),
        Method::Questions => {
            let needed = usize::from(policy.settings().questions_to_reset);
            let questions = account.questions.iter();
            let asked = questions.filter(|question| population.asks(&question.text));
            (asked.count() >= needed).then_some(Hint::Nothing)
        }
    }
}
