//! Tests of the initial world of the demo: each persona meets the page that its line in the panel
//! promises.

use postern_host::{Answer, Operation, Request};
use postern_protocol::{
    Guid, Method, Problem, Refusal, StartAttempt, StartMethod, Started, Step, SupportCode,
    Timestamp, Via,
};
use postern_world::World;

use super::people::{self, PERSONAS};
use super::world;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

/// A new world, in which an attempt needs no proof of work.
fn new_world() -> World {
    let mut world = world::new(NOW);
    world.asks_work = false;
    world
}

/// Enters the identifier of the persona, as the panel types it.
fn start(world: &mut World, name: &str) -> Started {
    let persona = people::named(name).expect("there is such a persona");
    if let Some(health) = persona.directory {
        world.write_back = health;
    }
    let start = Operation::StartAttempt(StartAttempt {
        identifier: persona.identifier.to_owned(),
        tenant: None,
        locale: "en".to_owned(),
        support_code: SupportCode(Guid::from_random(1)),
        work: None,
        via: Via::default(),
    });
    match world.call(Request::new(start), NOW, [1; 32]) {
        Ok(Answer::Started(started)) => started,
        Ok(_) | Err(_) => panic!("{name} cannot start"),
    }
}

/// The first step of a persona, and the number of gates before it.
fn arrive(name: &str) -> (Step, u8) {
    let Started { attempt, .. } = start(&mut new_world(), name);
    (attempt.step, attempt.gates.required)
}

fn offered(step: &Step) -> Vec<Method> {
    let Step::ChooseMethod(step) = step else {
        panic!("no methods are offered at {step:?}")
    };
    step.offers.iter().map(|offer| offer.method).collect()
}

#[test]
fn each_persona_is_offered_what_its_line_says() {
    use Method::{AuthenticatorCode, Email, MobileCall, MobileSms, OfficeCall, Questions};
    let table: [(&str, u8, &[Method]); 7] = [
        ("ada", 1, &[Email, MobileSms]),
        ("bram", 2, &[MobileSms, AuthenticatorCode]),
        ("chen", 1, &[MobileCall, OfficeCall]),
        ("dalia", 1, &[Questions]),
        ("femke", 2, &[Email, MobileSms]),
        ("george", 1, &[Email, MobileSms]),
        ("hana", 1, &[AuthenticatorCode]),
    ];
    for (name, gates, methods) in table {
        let (step, required) = arrive(name);
        assert_eq!(
            (required, offered(&step).as_slice()),
            (gates, methods),
            "{name}"
        );
    }
    assert_eq!(arrive("elif").0, Step::ChoosePurpose);
}

#[test]
fn every_refusal_has_a_persona_of_its_wire_name_that_is_refused_for_it() {
    for refusal in Refusal::ALL {
        let name = serde_json::to_string(&refusal).expect("a refusal is a word");
        let (step, _) = arrive(name.trim_matches('"'));
        assert!(
            matches!(step, Step::Refused(refused) if refused.refusal == refusal),
            "{name}: {step:?}"
        );
    }
}

#[test]
fn a_locked_persona_is_locked_for_a_day() {
    let (step, _) = arrive("locked");
    assert!(
        matches!(step, Step::Locked { until } if until.since(NOW).as_secs() == 86_400),
        "{step:?}"
    );
}

#[test]
fn an_unknown_persona_is_led_on_like_a_known_one() {
    assert_eq!(
        offered(&arrive("nobody").0),
        [Method::Email, Method::MobileSms]
    );
}

#[test]
fn the_numbers_on_file_are_taken_as_the_panel_shows_them() {
    let table = [
        ("ada", Method::MobileSms),
        ("bram", Method::MobileSms),
        ("chen", Method::MobileCall),
        ("chen", Method::OfficeCall),
        ("femke", Method::MobileSms),
        ("george", Method::MobileSms),
    ];
    for (name, method) in table {
        let mut world = new_world();
        let Started { attempt, token } = start(&mut world, name);
        let identifier = people::named(name)
            .expect("there is such a persona")
            .identifier;
        let mut accounts = world.directory.accounts();
        let account = accounts
            .find(|account| account.person.identifiers[0] == identifier)
            .expect("the account is there");
        let phone = if method == Method::OfficeCall {
            account.person.office_phone.clone()
        } else {
            account.person.mobile.clone()
        };
        drop(accounts);
        let body = StartMethod { method, phone };
        let request = Request::new(Operation::StartMethod(attempt.id, body)).with_token(&token);
        let answer = world.call(request, NOW, [2; 32]);
        let step = match answer {
            Ok(Answer::Attempt(attempt)) => attempt.step,
            Ok(_) => panic!("{name}: another answer"),
            Err(Problem { kind, .. }) => panic!("{name}: {kind:?}"),
        };
        assert!(
            matches!(step, Step::EnterCode(_) | Step::AwaitCall(_)),
            "{name}: {step:?}"
        );
    }
}

#[test]
fn a_world_comes_back_from_the_tab_as_it_went() {
    let mut world = new_world();
    start(&mut world, "bram");
    let saved = serde_json::to_string(&world).expect("a world can be saved");
    let read: World = serde_json::from_str(&saved).expect("and read");
    assert_eq!(
        serde_json::to_string(&read).expect("and saved again"),
        saved
    );
}

#[test]
fn no_two_personas_have_one_name() {
    for (index, persona) in PERSONAS.iter().enumerate() {
        assert!(
            PERSONAS[..index]
                .iter()
                .all(|other| other.name != persona.name),
            "{}",
            persona.name
        );
    }
}
