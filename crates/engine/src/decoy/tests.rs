use alloc::collections::BTreeMap;
use alloc::format;

use super::*;
use crate::account::{Authenticator, AuthenticatorId, AuthenticatorSecret, RegisteredQuestion};
use crate::account::{TotpAlgorithm, TotpPeriod};
use crate::policy::PolicySettings;
use crate::{Account, Identifier, Tenant, offers, subject_key};

const KEY: EngineKey = EngineKey::new([3; 32]);

fn policy(gates_required: u8) -> Policy {
    let settings = PolicySettings {
        gates_required,
        methods: Method::ALL.to_vec(),
        ..PolicySettings::default()
    };
    Policy::new(settings).unwrap()
}

fn tenant(gates: u8) -> Tenant {
    Tenant {
        policy: Some(policy(gates)),
        ..Tenant::new("contoso.example", "Contoso")
    }
}

/// The data on file of the person with this number: a different share of the people has each kind.
fn person(number: u16) -> Account {
    let id = format!("person{number}");
    let mut account = Account::new(&id, &format!("{id}@contoso.example"));
    if !number.is_multiple_of(5) {
        account
            .person
            .alternate_emails
            .push("x@home.example".into());
    }
    if number.is_multiple_of(2) {
        account.person.mobile = Some(format!("+316123456{:02}", number % 100));
    }
    if number.is_multiple_of(3) {
        account.registration.authenticators.push(Authenticator {
            id: AuthenticatorId("app".into()),
            secret: AuthenticatorSecret::new(Vec::from([1; 20])),
            period: TotpPeriod::Seconds30,
            algorithm: TotpAlgorithm::Sha1,
        });
    }
    for place in 0..number % 6 {
        let text = QuestionText::Predefined(u8::try_from(1 + (number + place) % 35).unwrap());
        // Sheets do not number the questions from 1.
        let question =
            RegisteredQuestion::new(&KEY, &account.person.id, 11 + place, text, "an answer");
        account.registration.questions.extend(question);
    }
    account.person.is_administrator = number.is_multiple_of(11);
    account
}

fn people(count: u16) -> Vec<Account> {
    (0..count).map(person).collect()
}

fn decoy(number: u16) -> Decoy {
    let identifier = Identifier::parse(&format!("nobody{number}@contoso.example")).unwrap();
    Decoy::new(&subject_key(&KEY, None, None, &identifier), &KEY)
}

/// Gates and methods: the data that distinguishes attempts before any question.
fn told((gates, offers): (u8, Vec<Offer>)) -> (u8, Vec<Method>) {
    (gates, offers.iter().map(|offer| offer.method).collect())
}

#[test]
fn a_decoy_can_always_be_verified_as_often_as_is_asked() {
    for gates in [1, 2] {
        let populations = [
            Population::default(),
            Population::of(&people(100), &tenant(gates), &KEY),
        ];
        for population in &populations {
            for number in 0..200 {
                let (gates, methods) = told(decoy(number).look(&policy(gates), population));
                assert!(!methods.is_empty() && Factor::count(&methods) >= usize::from(gates));
            }
        }
    }
}

#[test]
fn decoys_look_as_often_like_this_as_people_do() {
    let (tenant, people) = (tenant(1), people(600));
    let population = Population::of(&people, &tenant, &KEY);
    let policy = policy(1);
    let (mut real, mut drawn) = (BTreeMap::<_, f64>::new(), BTreeMap::<_, f64>::new());
    for account in &people {
        let offers = offers::of_account(account, &policy, None, &population);
        let gates = standing::gates(account.person.is_administrator, &policy);
        let look = told((gates, offers));
        if Factor::count(&look.1) >= usize::from(gates) && !look.1.is_empty() {
            *real.entry(look).or_default() += 1.0;
        }
    }
    let all: f64 = real.values().sum();
    for number in 0..4_000 {
        let look = told(decoy(number).look(&policy, &population));
        *drawn.entry(look).or_default() += all / 4_000.0;
    }
    for (look, people) in &real {
        let decoys = drawn.remove(look).unwrap_or_default();
        // Three standard deviations of a draw of 4,000.
        let margin = 3.0 * (people * all / 4_000.0).sqrt() + 1.0;
        assert!(
            (people - decoys).abs() <= margin,
            "{look:?}: {people} people, {decoys} decoys"
        );
    }
    assert!(drawn.is_empty(), "no person looks like {drawn:?}");
}

#[test]
fn a_decoy_is_asked_as_many_questions_as_people_are_and_the_same_each_time() {
    let population = Population::of(&people(200), &tenant(1), &KEY);
    let mut asked = BTreeMap::<_, u16>::new();
    for number in 0..400 {
        let (_, methods) = told(decoy(number).look(&policy(1), &population));
        if methods.contains(&Method::Questions) {
            let questions = decoy(number).questions(&policy(1), &population);
            assert_eq!(questions, decoy(number).questions(&policy(1), &population));
            *asked.entry(questions.len()).or_default() += 1;
        }
    }
    assert!(asked.keys().eq(&[3, 4, 5]), "{asked:?}");
    assert!(asked.values().all(|decoys| *decoys > 30), "{asked:?}");
}

#[test]
fn a_decoy_stays_as_it_is_while_few_people_register_anything() {
    let tenant = tenant(1);
    let before = Population::of(&people(500), &tenant, &KEY);
    let after = Population::of(&people(505), &tenant, &KEY);
    let changed = (0..1_000).filter(|number| {
        told(decoy(*number).look(&policy(1), &before))
            != told(decoy(*number).look(&policy(1), &after))
    });
    assert!(changed.count() < 50);
}

#[test]
fn digits_are_shown_of_decoys_as_often_as_of_people() {
    // Half of the people have a switchboard, some a number of a block of ten, and the others a
    // number of their own.
    let numbered = |number: u16| {
        let mut account = person(number);
        let ending = match number % 10 {
            0..5 => 0,
            5..8 => 90 + number % 7,
            _ => number * 37 % 100,
        };
        account.person.office_phone = Some(format!("+3120123{:02}{ending:02}", number % 100));
        account.person.mobile = Some(format!(
            "+316{:02}1234{:02}",
            10 + number % 80,
            number * 31 % 100
        ));
        account
    };
    let accounts: Vec<Account> = (0..800).map(numbered).collect();
    let population = Population::of(&accounts, &tenant(1), &KEY);
    let policy = policy(1);
    for method in [Method::MobileSms, Method::OfficeCall] {
        let mut shown = BTreeMap::<String, [f64; 2]>::new();
        for account in &accounts {
            let offers = offers::of_account(account, &policy, None, &population);
            note(&mut shown, 0, method, offers, 1.0 / 800.0);
        }
        for number in 0..8_000 {
            let (_, offers) = decoy(number).look(&policy, &population);
            note(&mut shown, 1, method, offers, 1.0 / 8_000.0);
        }
        // The share of correct guesses of an attacker who knows how often each ending is shown.
        let rightly: f64 = shown.values().map(|[real, drawn]| real.max(*drawn)).sum();
        assert!(rightly / 2.0 < 0.54, "{method:?}: {shown:?}");
    }
}

fn note(
    shown: &mut BTreeMap<String, [f64; 2]>,
    kind: usize,
    method: Method,
    offers: Vec<Offer>,
    share: f64,
) {
    let mut offers = offers.into_iter();
    let hint = offers
        .find(|offer| offer.method == method)
        .and_then(|it| it.hint);
    shown.entry(hint.unwrap_or_default()).or_default()[kind] += share;
}

#[test]
fn decoys_differ_from_each_other_in_the_digits_of_their_numbers() {
    let mut people = people(1);
    people[0].person.mobile = Some("+31612345678".into());
    people[0].person.is_administrator = false;
    let population = Population::of(&people, &tenant(1), &KEY);
    let mut digits: Vec<String> = (0..400)
        .filter_map(|number| {
            let (_, offers) = decoy(number).look(&policy(1), &population);
            offers.into_iter().find_map(|offer| offer.hint)
        })
        .collect();
    assert!(
        digits
            .iter()
            .all(|told| told.len() == 2 && told.parse::<u8>().is_ok())
    );
    digits.sort_unstable();
    digits.dedup();
    assert!(digits.len() > 80, "{digits:?}");
}

#[test]
fn a_decoy_is_offered_a_text_and_shows_digits_as_people_do_whose_mobile_phone_is_a_fixed_line() {
    // Half of the people have a switchboard in the place of their mobile phone.
    let numbered = |number: u16| {
        let mut account = person(number);
        account.person.mobile = Some(if number.is_multiple_of(2) {
            "+31201234500".into()
        } else {
            format!("+3161234{:02}{:02}", number % 83, number * 31 % 100)
        });
        account
    };
    let accounts: Vec<Account> = (0..800).map(numbered).collect();
    let population = Population::of(&accounts, &tenant(1), &KEY);
    let policy = policy(1);
    let mut told = BTreeMap::<(bool, bool), [f64; 2]>::new();
    let mut note = |kind: usize, offers: &[Offer], share: f64| {
        let find = |method| offers.iter().find(|offer| offer.method == method);
        let call = find(Method::MobileCall).and_then(|offer| offer.hint.as_deref());
        let look = (find(Method::MobileSms).is_some(), call == Some("00"));
        told.entry(look).or_default()[kind] += share;
    };
    for account in &accounts {
        let offers = offers::of_account(account, &policy, None, &population);
        note(0, &offers, 1.0 / 800.0);
    }
    for number in 0..8_000 {
        let (_, offers) = decoy(number).look(&policy, &population);
        note(1, &offers, 1.0 / 8_000.0);
    }
    let rightly: f64 = told.values().map(|[real, drawn]| real.max(*drawn)).sum();
    assert!(rightly / 2.0 < 0.52, "{told:?}");
    assert!(told[&(false, true)][0] > 0.4, "{told:?}");
    assert!(!told.contains_key(&(false, false)), "{told:?}");
}
