//! What somebody is shown whom nobody knows, or whose refusal is concealed.
//!
//! Derived from the subject by HMAC: the same each time, as an account's data would be, and not to be told from it. A
//! decoy has no destination, no secret and no answer, so that nothing is ever sent and no proof is ever right.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use postern_phone::{NumberType, PhoneNumber, Region};
use postern_protocol::{Method, Offer, QuestionText};

use crate::dice::Dice;
use crate::gates::Factor;
use crate::offers::is_open_to;
use crate::{EngineKey, Policy, SubjectKey, mask};

/// One in that many looks like an administrator, where the policy asks one gate of everybody else: two gates would
/// otherwise tell that there is such an account.
const ADMINISTRATOR_ODDS: u8 = 8;

/// One in that many factors is left out, as people leave things out of what they register.
const LEFT_OUT_ODDS: u8 = 4;

/// Where people have their other mailbox.
const MAIL_DOMAINS: [&str; 6] = [
    "gmail.com",
    "outlook.com",
    "hotmail.com",
    "icloud.com",
    "yahoo.com",
    "proton.me",
];

/// Letters that names begin with.
const LETTERS: &[u8; 20] = b"abcdefghijklmnoprstv";

/// Calling codes for a tenant without a default region.
const CALLING_CODES: [u16; 6] = [1, 31, 32, 33, 44, 49];

/// Lengths of national numbers, the commonest first.
const NATIONAL_LENGTHS: [usize; 8] = [9, 10, 8, 11, 7, 6, 5, 4];

/// Questions that a decoy seems to have registered: as many as anybody can.
const QUESTIONS_REGISTERED: usize = 5;

/// How many predefined questions there are.
const QUESTIONS_PREDEFINED: u8 = 35;

/// An account that is not there.
pub(crate) struct Decoy {
    dice: Dice,
}

impl Decoy {
    /// That of a subject: always the same.
    pub(crate) fn new(subject: &SubjectKey, key: &EngineKey) -> Self {
        let seed = key.digest("decoy", &[subject.as_str().as_bytes()]);
        Self {
            dice: Dice::new(*seed.as_bytes()),
        }
    }

    /// How many gates it has, and the methods that it seems to have.
    pub(crate) fn look(mut self, policy: &Policy, region: Option<Region>) -> (u8, Vec<Offer>) {
        let open_to = |is_administrator: bool| -> Vec<Method> {
            Method::ALL
                .into_iter()
                .filter(|method| policy.allows(*method) && is_open_to(*method, is_administrator))
                .collect()
        };
        let administrator_gates = 2;
        let as_administrator = open_to(true);
        let is_administrator = self.dice.below(ADMINISTRATOR_ODDS) == 0
            && Factor::count(&as_administrator) >= administrator_gates;
        let (gates, mut methods) = if is_administrator {
            (administrator_gates, as_administrator)
        } else {
            (
                usize::from(policy.settings().gates_required),
                open_to(false),
            )
        };
        for factor in Factor::ALL {
            let is_left_out = self.dice.below(LEFT_OUT_ODDS) == 0;
            if is_left_out && Factor::count(&methods) > gates {
                methods.retain(|method| Factor::of(*method) != factor);
            }
        }
        let hints = Factor::ALL.map(|factor| {
            let is_offered = methods.iter().any(|method| Factor::of(*method) == factor);
            let hint = is_offered.then(|| self.hint(factor, region)).flatten();
            (factor, hint)
        });
        let offers = methods
            .into_iter()
            .map(|method| {
                let hint = hints
                    .iter()
                    .find(|(factor, _)| *factor == Factor::of(method));
                let hint = hint.and_then(|(_, hint)| hint.clone());
                Offer { method, hint }
            })
            .collect();
        (u8::try_from(gates).unwrap_or(1), offers)
    }

    /// The questions that it seems to have registered.
    pub(crate) fn questions(mut self) -> Vec<(u16, QuestionText)> {
        let numbers: Vec<u8> = (1..=QUESTIONS_PREDEFINED).collect();
        self.dice
            .pick(&numbers, QUESTIONS_REGISTERED)
            .into_iter()
            .map(|number| (u16::from(number), QuestionText::Predefined(number)))
            .collect()
    }

    /// What is said of where it leads; the same for a text to a phone as for a call to it.
    fn hint(&mut self, factor: Factor, region: Option<Region>) -> Option<String> {
        match factor {
            Factor::Email => Some(mask::email(&self.address())),
            Factor::Mobile => self.number(region, NumberType::Mobile).map(mask::phone),
            Factor::Office => self.number(region, NumberType::FixedLine).map(mask::phone),
            Factor::Authenticator | Factor::Questions => None,
        }
    }

    fn address(&mut self) -> String {
        let mut letter = || char::from(LETTERS[usize::from(self.dice.below(20))]);
        let (first, second) = (letter(), letter());
        let domain = MAIL_DOMAINS[usize::from(self.dice.below(6))];
        // Only what the mask leaves is ever seen.
        format!("{first}{second}--@{domain}")
    }

    /// A number that the plan of the region, or of a common calling code, has for such phones: its length is seen.
    fn number(&mut self, region: Option<Region>, kind: NumberType) -> Option<PhoneNumber> {
        let calling_code = match region.and_then(Region::calling_code) {
            Some(code) => code,
            None => CALLING_CODES[usize::from(self.dice.below(6))],
        };
        let turn = usize::from(self.dice.below(9));
        let digits = self.dice.digits(32);
        let mut any = None;
        for length in NATIONAL_LENGTHS {
            for index in 0..9 {
                let first = 1 + (turn + index) % 9;
                let rest = digits.get(2 * index..2 * index + length - 1)?;
                let number = format!("+{calling_code}{first}{rest}").parse();
                // A length that one number cannot have no number of the plan can have.
                let Ok(number): Result<PhoneNumber, _> = number else {
                    break;
                };
                if number.types().contains(kind) {
                    return Some(number);
                }
                // Nobody is offered one that is not called or texted.
                if number.refused_as().is_none() {
                    any = any.or(Some(number));
                }
            }
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::PolicySettings;
    use crate::{Identifier, subject_key};

    fn looks(region: &str) -> Vec<(u8, Vec<Offer>)> {
        let key = EngineKey::new([3; 32]);
        let settings = PolicySettings {
            methods: Method::ALL.to_vec(),
            ..PolicySettings::default()
        };
        let policy = Policy::new(settings).unwrap();
        (0..200)
            .map(|number| {
                let identifier = Identifier::parse(&format!("nobody{number}@x.example")).unwrap();
                let subject = subject_key(&key, None, None, &identifier);
                Decoy::new(&subject, &key).look(&policy, Region::parse(region))
            })
            .collect()
    }

    #[test]
    fn a_decoy_can_always_be_verified_as_often_as_is_asked() {
        for (gates, offers) in looks("NL") {
            let methods: Vec<Method> = offers.iter().map(|offer| offer.method).collect();
            assert!(Factor::count(&methods) >= usize::from(gates));
            if gates == 2 {
                assert!(!methods.contains(&Method::Questions));
            }
        }
    }

    #[test]
    fn a_decoys_number_is_as_long_as_those_of_its_region() {
        for (region, hidden) in [
            ("NL", "+31 •• •• •• •"),
            ("US", "+1 ••• ••• ••"),
            ("FR", "+33 •• •• •• •"),
            ("DK", "+45 •••• ••"),
        ] {
            for (_, offers) in looks(region) {
                for offer in offers {
                    if offer.method == Method::MobileSms {
                        let hint = offer.hint.unwrap();
                        assert!(hint.starts_with(hidden), "{region}: {hint}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_decoy_has_a_number_in_every_region_and_never_one_that_is_not_called_or_texted() {
        let key = EngineKey::new([3; 32]);
        for number in 0..20 {
            let identifier = Identifier::parse(&format!("nobody{number}@x.example")).unwrap();
            let subject = subject_key(&key, None, None, &identifier);
            for region in Region::all().map(Some).chain([None]) {
                for kind in [NumberType::Mobile, NumberType::FixedLine] {
                    let number = Decoy::new(&subject, &key).number(region, kind);
                    let number = number.unwrap_or_else(|| panic!("none in {region:?}"));
                    assert_eq!(number.refused_as(), None, "{region:?}: {number:?}");
                }
            }
        }
    }

    #[test]
    fn decoys_differ_from_each_other() {
        let looks = looks("NL");
        let of = |gates| looks.iter().filter(|(of, _)| *of == gates).count();
        assert!(of(1) > of(2) && of(2) > 0);
        let mut addresses: Vec<_> = looks
            .iter()
            .flat_map(|(_, offers)| offers)
            .filter(|offer| offer.method == Method::Email)
            .collect();
        addresses.sort_unstable_by(|one, other| one.hint.cmp(&other.hint));
        addresses.dedup();
        assert!(addresses.len() > 100);
    }
}
