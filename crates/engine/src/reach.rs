//! Whether what a person has on file is enough for the gates of their tenant's policy.

use alloc::vec::Vec;

use postern_protocol::Method;

use crate::proof::gates::Factor;
use crate::standing::{self, is_open_to};
use crate::{Account, Population, Tenant};

/// The number of gates that a person has to pass, the number that they can pass, and what is
/// missing for the others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reach {
    /// The number of gates that the policy requires of the person.
    pub gates: u8,
    /// The number of gates that the data on file can pass, `gates` at most.
    pub passed: u8,
    /// The missing data that could pass a gate.
    pub lacking: Vec<Lack>,
}

/// Data that could pass a gate if it were on file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lack {
    /// An alternate address that is not an address of the account itself.
    Email,
    /// A mobile phone that the service may call or text.
    Mobile,
    /// A mobile phone that can receive a text, if the policy allows only texts.
    Texts,
    /// An office phone that the service may call.
    Office,
    /// An authenticator.
    Authenticator,
    /// Questions: the policy asks this many.
    Questions(u8),
    /// Questions with the same words as other people's: the policy asks this many, and no other
    /// question is asked before a proof.
    SharedQuestions(u8),
}

impl Reach {
    /// The reach of a person. `None` for an account that may not be reset, whatever is on file.
    pub fn of(account: &Account, tenant: &Tenant, population: &Population) -> Option<Self> {
        if !standing::may_be_reset(account, tenant) {
            return None;
        }
        let policy = tenant.policy.as_ref()?;
        let region = tenant.default_region;
        let gates = standing::gates(account.person.is_administrator, policy);
        let allows = |method: Method| {
            policy.allows(method) && is_open_to(method, account.person.is_administrator)
        };
        let lack = |factor: Factor| match factor {
            Factor::Email => account.usable_email().is_none().then_some(Lack::Email),
            Factor::Mobile => match account.usable_mobile(region) {
                None => Some(Lack::Mobile),
                Some(number) if allows(Method::MobileCall) || number.can_receive_text() => None,
                Some(_) => Some(Lack::Texts),
            },
            Factor::Office => {
                let number = account.usable_office_phone(region);
                number.is_none().then_some(Lack::Office)
            }
            Factor::Authenticator => {
                let has_none = account.registration.authenticators.is_empty();
                has_none.then_some(Lack::Authenticator)
            }
            Factor::Questions => {
                let needed = policy.settings().questions_to_reset;
                let is_enough = |count: usize| count >= usize::from(needed);
                let asked = account
                    .registration
                    .questions
                    .iter()
                    .filter(|it| population.asks(&it.text));
                if !is_enough(account.registration.questions.len()) {
                    Some(Lack::Questions(needed))
                } else if !is_enough(asked.count()) {
                    Some(Lack::SharedQuestions(needed))
                } else {
                    None
                }
            }
        };
        let (mut passed, mut lacking) = (0_u8, Vec::new());
        for factor in Factor::ALL {
            let mut methods = Method::ALL.into_iter();
            if !methods.any(|method| Factor::of(method) == factor && allows(method)) {
                continue;
            }
            match lack(factor) {
                None => passed = passed.saturating_add(1),
                Some(lack) => lacking.push(lack),
            }
        }
        Some(Self {
            gates,
            passed: passed.min(gates),
            lacking,
        })
    }

    /// Whether the person can pass all gates.
    pub const fn is_enough(&self) -> bool {
        self.passed >= self.gates
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{
        Authenticator, AuthenticatorId, AuthenticatorSecret, Person, RegisteredQuestion,
        Registration,
    };
    use crate::policy::{Policy, PolicySettings, Scope};
    use crate::{EngineKey, account};
    use alloc::string::String;
    use alloc::vec;
    use postern_protocol::QuestionText;

    fn tenant(gates_required: u8, methods: &[Method]) -> Tenant {
        let settings = PolicySettings {
            gates_required,
            methods: methods.to_vec(),
            ..PolicySettings::default()
        };
        Tenant {
            policy: Policy::new(settings).ok(),
            ..Tenant::new("contoso.example", "Contoso")
        }
    }

    fn person(id: &str) -> Person {
        Person::new(id, "ada@contoso.example")
    }

    fn with_questions(id: &str, texts: &[&str]) -> Account {
        let key = EngineKey::new([7; 32]);
        let person = person(id);
        let questions = texts.iter().zip(1..).filter_map(|(text, number)| {
            let text = text.parse().map_or_else(
                |_| QuestionText::Custom(String::from(*text)),
                QuestionText::Predefined,
            );
            RegisteredQuestion::new(&key, &person.id, number, text, "an answer")
        });
        let questions = questions.collect();
        Account::of(
            person,
            Registration {
                questions,
                ..Registration::default()
            },
        )
    }

    fn reach(account: &Account, tenant: &Tenant) -> Option<(u8, Vec<Lack>)> {
        let key = EngineKey::new([7; 32]);
        let other = with_questions("ben", &["Where to?", "What for?", "Which?"]);
        let population = Population::of([&other, account], tenant, &key);
        let reach = Reach::of(account, tenant, &population)?;
        Some((reach.passed, reach.lacking))
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table")]
    fn what_passes_a_gate_is_counted_and_what_could_is_named() {
        use Lack::{
            Authenticator as App, Email, Mobile, Office, Questions, SharedQuestions, Texts,
        };
        use Method::{AuthenticatorCode, MobileCall, MobileSms, OfficeCall};
        let app = Authenticator {
            id: AuthenticatorId("app".into()),
            secret: AuthenticatorSecret::from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
                .expect("a secret"),
            period: account::TotpPeriod::default(),
            algorithm: account::TotpAlgorithm::default(),
        };
        let email = |address: &str| {
            Account::from(Person {
                alternate_emails: vec![address.into()],
                ..person("ada")
            })
        };
        let mobile = |number: &str| {
            Account::from(Person {
                mobile: Some(number.into()),
                ..person("ada")
            })
        };
        let landline = "+44 20 7946 0018";
        let (questions, texts) = (&[Method::Questions][..], &[MobileSms][..]);
        for (account, methods, expected) in [
            (
                person("ada").into(),
                &[Method::Email, MobileSms][..],
                (0, vec![Email, Mobile]),
            ),
            (
                email("ada@home.example"),
                &[Method::Email, MobileSms],
                (1, vec![Mobile]),
            ),
            (
                email("Ada@Contoso.example"),
                &[Method::Email],
                (0, vec![Email]),
            ),
            (mobile("+44 7912 345678"), texts, (1, vec![])),
            (mobile(landline), texts, (0, vec![Texts])),
            (mobile(landline), &[MobileSms, MobileCall], (1, vec![])),
            (mobile("+44 909 879 0000"), texts, (0, vec![Mobile])),
            (mobile(landline), &[OfficeCall], (0, vec![Office])),
            (
                person("ada").into(),
                &[Method::Email, AuthenticatorCode],
                (0, vec![Email, App]),
            ),
            (
                Account::of(
                    person("ada"),
                    Registration {
                        authenticators: vec![app],
                        ..Registration::default()
                    },
                ),
                &[Method::Email, AuthenticatorCode],
                (1, vec![Email]),
            ),
            (
                with_questions("ada", &["1", "2"]),
                questions,
                (0, vec![Questions(3)]),
            ),
            (
                with_questions("ada", &["1", "2", "3"]),
                questions,
                (1, vec![]),
            ),
            (
                with_questions("ada", &["1", "2", "Mine?"]),
                questions,
                (0, vec![SharedQuestions(3)]),
            ),
            (
                with_questions("ada", &["1", "2", "Which?"]),
                questions,
                (1, vec![]),
            ),
        ] {
            let told = reach(&account, &tenant(1, methods));
            assert_eq!(told, Some(expected), "{methods:?}");
        }
    }

    #[test]
    fn two_gates_take_two_things_and_administrators_have_no_questions() {
        let methods = [
            Method::Email,
            Method::MobileSms,
            Method::MobileCall,
            Method::Questions,
        ];
        let mut ada = with_questions("ada", &["1", "2", "3"]);
        assert_eq!(
            reach(&ada, &tenant(2, &methods)),
            Some((1, vec![Lack::Email, Lack::Mobile]))
        );
        ada.person.is_administrator = true;
        assert_eq!(
            reach(&ada, &tenant(1, &methods)),
            Some((0, vec![Lack::Email, Lack::Mobile]))
        );
        ada.person.mobile = Some("+44 7912 345678".into());
        ada.person.alternate_emails = vec!["ada@home.example".into()];
        assert_eq!(reach(&ada, &tenant(1, &methods)), Some((2, vec![])));
    }

    #[test]
    fn those_who_may_not_be_reset_lack_nothing() {
        let methods = [Method::Email];
        let unlicensed = Account::from(Person {
            is_licensed: false,
            ..person("ada")
        });
        assert_eq!(reach(&unlicensed, &tenant(1, &methods)), None);
        let mut grouped = tenant(1, &methods);
        let settings = PolicySettings {
            scope: Scope::Groups(vec!["Staff".into()]),
            ..PolicySettings::default()
        };
        grouped.policy = Policy::new(settings).ok();
        assert_eq!(reach(&person("ada").into(), &grouped), None);
        let inside = Account::from(Person {
            groups: vec!["staff".into()],
            ..person("ada")
        });
        assert_eq!(
            reach(&inside, &grouped),
            Some((0, vec![Lack::Email, Lack::Mobile]))
        );
        let without = Tenant {
            policy: None,
            ..grouped
        };
        assert_eq!(reach(&inside, &without), None);
    }
}
