//! Statistics about what the people of an organisation have on file. Decoys are drawn from them.
//!
//! A host counts the population once a day and keeps the result, so that a decoy looks the same
//! from one request to the next.

mod frequencies;
mod questions;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use postern_protocol::{Method, QuestionText};
use serde::{Deserialize, Serialize};

use self::frequencies::{Drawn, Frequencies, share};
use self::questions::Questions;
pub(crate) use self::questions::any as any_questions;
use crate::dice::Dice;
use crate::proof::gates::Factor;
use crate::standing::{self, is_open_to};
use crate::{Account, EngineKey, Policy, Tenant, mask};

/// The maximum number of people in a count. In a larger organisation, the key draws this many.
const PEOPLE_MAX: usize = 1 << 15;

/// Statistics about the people who may reset: what they have on file, and which questions they
/// have.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Population {
    profiles: Vec<(Profile, u32)>,
    questions: Questions,
    /// The shown digits of mobile phones, and of office phones.
    endings: [Frequencies<String>; 2],
    /// The shown digits of mobile phones that cannot receive a text.
    textless_endings: Frequencies<String>,
}

/// What one person has on file, as far as the offered methods reveal it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) struct Profile {
    is_administrator: bool,
    /// Mailbox, mobile phone, office phone, authenticator.
    on_file: [bool; 4],
    /// Whether the mobile phone cannot receive a text.
    is_textless: bool,
    questions: u8,
}

impl Profile {
    /// The profile of an account, without the questions: which of them can be asked is known only
    /// after the count of all people.
    fn of(account: &Account, tenant: &Tenant) -> Self {
        let region = tenant.default_region;
        let mobile = account.usable_mobile(region);
        Self {
            is_administrator: account.person.is_administrator,
            on_file: [
                account.usable_email().is_some(),
                mobile.is_some(),
                account.usable_office_phone(region).is_some(),
                !account.registration.authenticators.is_empty(),
            ],
            is_textless: mobile.is_some() && account.textable_mobile(region).is_none(),
            questions: 0,
        }
    }

    /// The number of registered questions that can be asked.
    pub(crate) const fn questions(self) -> u8 {
        self.questions
    }

    /// Whether the page offers a method to a person with this profile.
    pub(crate) fn offers(self, method: Method, policy: &Policy) -> bool {
        let [email, mobile, office, authenticator] = self.on_file;
        let is_on_file = match method {
            Method::Email => email,
            Method::MobileSms => mobile && !self.is_textless,
            Method::MobileCall => mobile,
            Method::OfficeCall => office,
            Method::AuthenticatorCode => authenticator,
            Method::Questions => self.questions >= policy.settings().questions_to_reset,
        };
        is_on_file && policy.allows(method) && is_open_to(method, self.is_administrator)
    }

    /// The number of gates of a person with this profile.
    pub(crate) fn gates(self, policy: &Policy) -> u8 {
        standing::gates(self.is_administrator, policy)
    }

    /// Whether this profile is enough for verification.
    fn is_enough(self, policy: &Policy) -> bool {
        let has = |factor| {
            let mut methods = Method::ALL.into_iter();
            methods.any(|method| Factor::of(method) == factor && self.offers(method, policy))
        };
        let factors = Factor::ALL.into_iter().filter(|factor| has(*factor));
        factors.count() >= usize::from(self.gates(policy).max(1))
    }
}

/// A population before the first count.
static UNCOUNTED: Population = Population {
    profiles: Vec::new(),
    questions: Questions::none(),
    endings: [Frequencies::none(), Frequencies::none()],
    textless_endings: Frequencies::none(),
};

impl Population {
    /// A population before the first count.
    pub fn uncounted() -> &'static Self {
        &UNCOUNTED
    }

    /// The statistics of the people of a tenant who may reset now.
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

    /// The profile at this place among the accounts that can be verified. The place is a fraction
    /// from 0 to 1, in units of [`u64::MAX`]. `None` if there are no such accounts.
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

    /// The shown digits of the phone of a factor, for a decoy with this profile. `None` if the draw
    /// gives no ending that several people have.
    pub(crate) fn ending(
        &self,
        factor: Factor,
        profile: Option<Profile>,
        place: u64,
    ) -> Option<&str> {
        let [mobile, office] = &self.endings;
        let endings = match factor {
            Factor::Mobile if profile.is_some_and(|it| it.is_textless) => &self.textless_endings,
            Factor::Mobile => mobile,
            Factor::Office => office,
            Factor::Email | Factor::Authenticator | Factor::Questions => return None,
        };
        match endings.at(place, |_| false)? {
            Drawn::Common(ending) => Some(ending),
            Drawn::Alone => None,
        }
    }

    /// Whether a question may be asked before a proof: only a question that a decoy can have too.
    pub(crate) fn asks(&self, text: &QuestionText) -> bool {
        self.questions.asks(text)
    }

    /// The questions of a decoy that has registered `count` of them. `None` if no person has
    /// registered that many.
    pub(crate) fn questions(&self, count: u8, dice: &mut Dice) -> Option<Vec<QuestionText>> {
        self.questions.draw(count, dice)
    }
}

/// Counts people one by one.
#[derive(Default)]
pub struct Census {
    /// The sample, by a keyed digest of the account: the same people from one day to the next.
    people: BTreeMap<[u8; 32], Sample>,
}

struct Sample {
    profile: Profile,
    endings: [Option<String>; 2],
    questions: Vec<QuestionText>,
}

impl Sample {
    fn mobile(&self) -> Option<&String> {
        let [mobile, _] = &self.endings;
        mobile.as_ref().filter(|_| !self.profile.is_textless)
    }

    fn textless_mobile(&self) -> Option<&String> {
        let [mobile, _] = &self.endings;
        mobile.as_ref().filter(|_| self.profile.is_textless)
    }

    fn office(&self) -> Option<&String> {
        let [_, office] = &self.endings;
        office.as_ref()
    }
}

impl Census {
    /// Counts an account of a tenant, if it may be reset.
    pub fn count(&mut self, account: &Account, tenant: &Tenant, key: &EngineKey) {
        if !standing::may_be_reset(account, tenant) {
            return;
        }
        let digest = key.lasting_digest("population", &[account.person.id.as_str().as_bytes()]);
        let questions = account
            .registration
            .questions
            .iter()
            .take(usize::from(u8::MAX));
        let person = Sample {
            profile: Profile::of(account, tenant),
            endings: endings(account, tenant),
            questions: questions.map(|question| question.text.clone()).collect(),
        };
        self.people.insert(*digest.as_bytes(), person);
        if self.people.len() > PEOPLE_MAX {
            self.people.pop_last();
        }
    }

    /// The statistics of all counted people.
    pub fn finish(self) -> Population {
        let people = self.people.values();
        let lists: Vec<&[QuestionText]> = people.map(|person| &*person.questions).collect();
        let questions = Questions::of(&lists);
        let mut profiles: BTreeMap<Profile, u32> = BTreeMap::new();
        for person in self.people.values() {
            let asked = questions.asked(&person.questions).count();
            let profile = Profile {
                questions: u8::try_from(asked).unwrap_or(u8::MAX),
                ..person.profile
            };
            *profiles.entry(profile).or_default() += 1;
        }
        let endings = |of: fn(&Sample) -> Option<&String>| {
            let people = self.people.values();
            Frequencies::of(people.filter_map(of).cloned(), usize::MAX)
        };
        Population {
            profiles: profiles.into_iter().collect(),
            questions,
            endings: [endings(Sample::mobile), endings(Sample::office)],
            textless_endings: endings(Sample::textless_mobile),
        }
    }
}

/// The shown digits of a person's mobile phone and of their office phone.
fn endings(account: &Account, tenant: &Tenant) -> [Option<String>; 2] {
    let region = tenant.default_region;
    let numbers = [
        account.usable_mobile(region),
        account.usable_office_phone(region),
    ];
    numbers.map(|number| number.map(mask::last_digits))
}
