//! What the service shows for an identifier without an account, or for an account whose refusal it
//! conceals.
//!
//! A decoy is derived from the subject by HMAC, so it is the same each time, as an account's data
//! would be. It is drawn from what the tenant's people have on file, so that an attacker cannot
//! distinguish it from their data. A decoy has no destination, no secret and no answer: no message
//! for it is delivered, and no proof is ever right.

use alloc::string::String;
use alloc::vec::Vec;

use postern_protocol::{Method, Offer, QuestionText};

use crate::dice::Dice;
use crate::population::{Profile, any_questions};
use crate::proof::gates::Factor;
use crate::standing::{self, is_open_to};
use crate::{EngineKey, Policy, Population, SubjectKey, mask};

/// Used while no population is counted: one decoy in this many looks like an administrator.
const ADMINISTRATOR_ODDS: u8 = 8;

/// Used while no population is counted: one factor in this many is left out.
const LEFT_OUT_ODDS: u8 = 4;

/// Used while no population is counted: the number of questions of a decoy, which is the most that
/// a person can register.
const QUESTIONS_REGISTERED: u8 = 5;

/// An imitation of an account that does not exist.
pub(crate) struct Decoy {
    dice: Dice,
    /// The position among the people of the tenant. It selects the profile.
    place: u64,
    mobile: Ending,
    office: Ending,
}

/// The digits of a number that the page shows.
struct Ending {
    /// The position among the endings of the tenant's people.
    place: u64,
    /// The digits to show if the population has no ending at this position.
    own: String,
}

impl Ending {
    fn new(dice: &mut Dice) -> Self {
        Self {
            place: u64::from_be_bytes(dice.bytes()),
            own: dice.digits(mask::DIGITS_SHOWN),
        }
    }

    fn shown(&self, factor: Factor, profile: Option<Profile>, population: &Population) -> String {
        let drawn = population.ending(factor, profile, self.place);
        drawn.unwrap_or(&self.own).into()
    }
}

impl Decoy {
    /// The decoy of a subject. It is always the same.
    pub(crate) fn new(subject: &SubjectKey, key: &EngineKey) -> Self {
        let seed = key.lasting_digest("decoy", &[subject.as_str().as_bytes()]);
        let mut dice = Dice::new(*seed.as_bytes());
        Self {
            place: u64::from_be_bytes(dice.bytes()),
            mobile: Ending::new(&mut dice),
            office: Ending::new(&mut dice),
            dice,
        }
    }

    /// The number of gates of the decoy, and the methods that it seems to have.
    pub(crate) fn look(mut self, policy: &Policy, population: &Population) -> (u8, Vec<Offer>) {
        let profile = population.at(self.place, policy);
        let (gates, methods) = match profile {
            Some(profile) => {
                let methods = Method::ALL.into_iter();
                let offered = methods.filter(|method| profile.offers(*method, policy));
                (profile.gates(policy), offered.collect())
            }
            None => self.guess(policy),
        };
        let offers = methods.into_iter().map(|method| Offer {
            method,
            hint: self.hint(method, profile, population),
        });
        (gates, offers.collect())
    }

    /// The questions that the decoy seems to have registered.
    pub(crate) fn questions(
        mut self,
        policy: &Policy,
        population: &Population,
    ) -> Vec<QuestionText> {
        let profile = population.at(self.place, policy);
        let count = profile.map_or(QUESTIONS_REGISTERED, Profile::questions);
        let drawn = population.questions(count, &mut self.dice);
        drawn.unwrap_or_else(|| any_questions(count, &mut self.dice))
    }

    /// Used while no population is counted: all methods that the policy allows, without the factors
    /// that people often do not have.
    fn guess(&mut self, policy: &Policy) -> (u8, Vec<Method>) {
        let open_to = |is_administrator: bool| -> Vec<Method> {
            Method::ALL
                .into_iter()
                .filter(|method| policy.allows(*method) && is_open_to(*method, is_administrator))
                .collect()
        };
        let as_administrator = open_to(true);
        let is_administrator = self.dice.below(ADMINISTRATOR_ODDS) == 0
            && Factor::count(&as_administrator) >= usize::from(standing::gates(true, policy));
        let gates = standing::gates(is_administrator, policy);
        let mut methods = open_to(is_administrator);
        for factor in Factor::ALL {
            let is_left_out = self.dice.below(LEFT_OUT_ODDS) == 0;
            if is_left_out && Factor::count(&methods) > usize::from(gates) {
                methods.retain(|method| Factor::of(*method) != factor);
            }
        }
        (gates, methods)
    }

    /// The hint about the destination of a method. A text to a phone and a call to it have the same
    /// hint.
    fn hint(
        &self,
        method: Method,
        profile: Option<Profile>,
        population: &Population,
    ) -> Option<String> {
        let factor = Factor::of(method);
        match factor {
            Factor::Mobile => Some(self.mobile.shown(factor, profile, population)),
            Factor::Office => Some(self.office.shown(factor, profile, population)),
            Factor::Email | Factor::Authenticator | Factor::Questions => None,
        }
    }
}

#[cfg(test)]
#[path = "decoy/tests.rs"]
mod tests;
