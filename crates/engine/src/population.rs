//! What the people of an organisation have on file, in numbers: what those are drawn from who are not there.
//!
//! A host counts it once a day and keeps it, so that a decoy looks the same from one request to the next.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use postern_protocol::{Method, QuestionText};
use serde::{Deserialize, Serialize};

use crate::gates::Factor;
use crate::offers::is_open_to;
use crate::{Account, EngineKey, Policy, Tenant, arrival};

/// Lists of questions kept of each length: enough that hardly any account has a list that no decoy has.
const LISTS_MAX: usize = 200;

/// How much the people who may reset have on file, and what they are asked.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Population {
    profiles: Vec<(Profile, u32)>,
    lists: Vec<Vec<QuestionText>>,
}

/// What one person has on file, as far as it can be told from the methods that are offered.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) struct Profile {
    is_administrator: bool,
    /// Mailbox, mobile phone, office phone, authenticator.
    on_file: [bool; 4],
    questions: u8,
}

impl Profile {
    fn of(account: &Account, tenant: &Tenant) -> Self {
        let region = tenant.default_region;
        Self {
            is_administrator: account.is_administrator,
            on_file: [
                account.usable_email().is_some(),
                account.usable_mobile(region).is_some(),
                account.usable_office_phone(region).is_some(),
                !account.authenticators.is_empty(),
            ],
            questions: u8::try_from(account.questions.len()).unwrap_or(u8::MAX),
        }
    }

    /// How many questions were registered.
    pub(crate) const fn questions(self) -> u8 {
        self.questions
    }

    /// Whether a method is offered.
    pub(crate) fn offers(self, method: Method, policy: &Policy) -> bool {
        let [email, mobile, office, authenticator] = self.on_file;
        let is_on_file = match Factor::of(method) {
            Factor::Email => email,
            Factor::Mobile => mobile,
            Factor::Office => office,
            Factor::Authenticator => authenticator,
            Factor::Questions => self.questions >= policy.settings().questions_to_reset,
        };
        is_on_file && policy.allows(method) && is_open_to(method, self.is_administrator)
    }

    /// How many gates are asked.
    pub(crate) fn gates(self, policy: &Policy) -> u8 {
        arrival::gates(self.is_administrator, policy)
    }

    /// Whether it is enough to be verified by.
    fn is_enough(self, policy: &Policy) -> bool {
        let has = |factor| {
            let mut methods = Method::ALL.into_iter();
            methods.any(|method| Factor::of(method) == factor && self.offers(method, policy))
        };
        let factors = Factor::ALL.into_iter().filter(|factor| has(*factor));
        factors.count() >= usize::from(self.gates(policy).max(1))
    }
}

/// A population that has not been counted.
static UNCOUNTED: Population = Population {
    profiles: Vec::new(),
    lists: Vec::new(),
};

impl Population {
    /// A population that has not been counted.
    pub fn uncounted() -> &'static Self {
        &UNCOUNTED
    }

    /// The people of a tenant who may reset now.
    pub fn of<'a>(
        accounts: impl IntoIterator<Item = &'a Account>,
        tenant: &Tenant,
        key: &EngineKey,
    ) -> Self {
        let mut census = Census::default();
        for account in accounts {
            census.count(account, tenant, key);
        }
        census.finish()
    }

    /// What the account at that place has on file, among the accounts that can be verified. The place is from 0 to 1 as
    /// a part of [`u64::MAX`]; `None` where there are no such accounts.
    pub(crate) fn at(&self, place: u64, policy: &Policy) -> Option<Profile> {
        let verified = || {
            let profiles = self.profiles.iter();
            profiles.filter(|(profile, _)| profile.is_enough(policy))
        };
        let all: u64 = verified().map(|(_, people)| u64::from(*people)).sum();
        let mut place = share(place, all);
        for (profile, people) in verified() {
            match place.checked_sub(u64::from(*people)) {
                Some(rest) => place = rest,
                None => return Some(*profile),
            }
        }
        None
    }

    /// The questions of an account that has registered so many; `None` where no account has.
    pub(crate) fn questions(&self, count: u8, place: u64) -> Option<&[QuestionText]> {
        let of_that_length = || {
            let lists = self.lists.iter();
            lists.filter(|list| list.len() == usize::from(count))
        };
        let lists = u64::try_from(of_that_length().count()).ok()?;
        let place = usize::try_from(share(place, lists)).ok()?;
        of_that_length().nth(place).map(Vec::as_slice)
    }
}

/// That part of a number.
fn share(place: u64, of: u64) -> u64 {
    let part = (u128::from(place) * u128::from(of)) >> u64::BITS;
    u64::try_from(part).unwrap_or(u64::MAX)
}

/// Counts people, one after the other.
#[derive(Default)]
pub struct Census {
    profiles: BTreeMap<Profile, u32>,
    /// By a keyed digest of whose they are: the same people from one day to the next.
    lists: BTreeMap<u8, BTreeMap<[u8; 32], Vec<QuestionText>>>,
}

impl Census {
    /// Counts a person of a tenant, if they may reset.
    pub fn count(&mut self, account: &Account, tenant: &Tenant, key: &EngineKey) {
        if !arrival::may_be_reset(account, tenant) {
            return;
        }
        let profile = Profile::of(account, tenant);
        *self.profiles.entry(profile).or_default() += 1;
        if profile.questions == 0 {
            return;
        }
        let digest = key.lasting_digest("population", &[account.id.as_str().as_bytes()]);
        let lists = self.lists.entry(profile.questions).or_default();
        let questions = account.questions.iter().take(usize::from(u8::MAX));
        let questions = questions.map(|question| question.text.clone());
        lists.insert(*digest.as_bytes(), questions.collect());
        if lists.len() > LISTS_MAX {
            lists.pop_last();
        }
    }

    /// What was counted.
    pub fn finish(self) -> Population {
        let lists = self.lists.into_values().flat_map(BTreeMap::into_values);
        Population {
            profiles: self.profiles.into_iter().collect(),
            lists: lists.collect(),
        }
    }
}
