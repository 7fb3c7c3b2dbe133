//! An account: the join of what the directory knows about a person and what the person registered.
//!
//! The host reads both for each call, and the engine never keeps them. The engine can compare the
//! secrets in a registration, but nothing prints them.

mod authenticator;
mod id;
mod person;
mod registration;

use alloc::string::String;
use alloc::vec::Vec;

use postern_phone::{PhoneNumber, Region};
#[cfg(feature = "stored")]
use serde::{Deserialize, Serialize};

pub use authenticator::{
    Authenticator, AuthenticatorSecret, SecretError, TotpAlgorithm, TotpPeriod,
};
pub use id::{AccountId, AuthenticatorId};
pub use person::{AccountState, PasswordSource, Person};
pub use registration::{RegisteredQuestion, Registration};

use crate::identifier::normalise;

/// An account of a tenant.
///
/// With the feature `stored`, an account can be serialised, including its secrets. Without it, a
/// host uses its own form for an account.
#[derive(Clone)]
#[cfg_attr(feature = "stored", derive(Deserialize, Serialize))]
pub struct Account {
    /// What the directory knows about the person.
    pub person: Person,
    /// What the person registered.
    pub registration: Registration,
}

/// The account of a person who registered nothing.
impl From<Person> for Account {
    fn from(person: Person) -> Self {
        Self::of(person, Registration::default())
    }
}

impl Account {
    /// An account in the cloud, licensed and enabled, without any contact data on file.
    pub fn new(id: &str, identifier: &str) -> Self {
        Person::new(id, identifier).into()
    }

    /// Joins what the directory knows about a person and what the person registered.
    pub const fn of(person: Person, registration: Registration) -> Self {
        Self {
            person,
            registration,
        }
    }

    /// The first alternate address that is not an address of the account itself: the person could
    /// not read a code in the locked mailbox.
    pub(crate) fn usable_email(&self) -> Option<&str> {
        let own: Vec<String> = self
            .person
            .identifiers
            .iter()
            .chain(&self.person.primary_email)
            .map(|address| normalise(address))
            .collect();
        self.person
            .alternate_emails
            .iter()
            .map(String::as_str)
            .find(|address| address.contains('@') && !own.contains(&normalise(address)))
    }

    /// The mobile number on file, without its extension. `None` for a number that the service may
    /// not call or text.
    pub(crate) fn usable_mobile(&self, region: Option<Region>) -> Option<PhoneNumber> {
        number(self.person.mobile.as_deref(), region)
    }

    /// The mobile number on file, if it can receive a text: a text to a fixed line would never
    /// arrive.
    pub(crate) fn textable_mobile(&self, region: Option<Region>) -> Option<PhoneNumber> {
        let mobile = self.usable_mobile(region);
        mobile.filter(|number| number.can_receive_text())
    }

    /// The office number on file, without its extension: a call cannot reach an extension. `None`
    /// for a number that the service may not call.
    pub(crate) fn usable_office_phone(&self, region: Option<Region>) -> Option<PhoneNumber> {
        number(self.person.office_phone.as_deref(), region)
    }

    /// The addresses that get a mail about a change: primary and alternate addresses, or the user
    /// principal name if the account has neither (Microsoft Entra documentation,
    /// `concept-sspr-howitworks`).
    pub(crate) fn notified_addresses(&self) -> Vec<String> {
        let mut addresses: Vec<String> = Vec::new();
        let on_file = self
            .person
            .primary_email
            .iter()
            .chain(&self.person.alternate_emails);
        for address in on_file.filter(|address| address.contains('@')) {
            if !addresses
                .iter()
                .any(|known| normalise(known) == normalise(address))
            {
                addresses.push(address.clone());
            }
        }
        if addresses.is_empty() {
            addresses.extend(
                self.person
                    .identifiers
                    .iter()
                    .find(|it| it.contains('@'))
                    .cloned(),
            );
        }
        addresses
    }
}

fn number(on_file: Option<&str>, region: Option<Region>) -> Option<PhoneNumber> {
    on_file
        .and_then(|text| postern_phone::parse(text, region).ok())
        .map(|parsed| parsed.number)
        .filter(|number| number.refused_as().is_none())
}
