//! An authenticator app in the world: when its wrong codes disable it, and who hears of it.

use super::*;

fn policy_with_an_app() -> Policy {
    let settings = PolicySettings {
        methods: vec![Method::Email, Method::AuthenticatorCode],
        gates_required: 1,
        ..PolicySettings::default()
    };
    Policy::new(settings).expect("it makes sense")
}

/// An attempt that waits for a code of an app. `None` if no app is offered.
fn asked_for_an_app(world: &mut World, identifier: &str, now: Timestamp) -> Option<Started> {
    let begun = started(world.call(Request::new(start_of(identifier)), now, [3; 32]));
    let Step::ChooseMethod(choice) = &begun.attempt.step else {
        panic!("{:?}", begun.attempt.step);
    };
    let mut offers = choice.offers.iter();
    offers.find(|offer| offer.method == Method::AuthenticatorCode)?;
    let method = StartMethod {
        method: Method::AuthenticatorCode,
        phone: None,
    };
    let app = Operation::StartMethod(begun.attempt.id, method);
    attempt(world.call(Request::new(app).with_token(&begun.token), now, [4; 32]));
    Some(begun)
}

/// The problem of each code of an app, all typed on one day. `None` for a code without a problem.
fn tried(
    world: &mut World,
    identifier: &str,
    day: u32,
    codes: &[&str],
) -> Vec<Option<ProblemKind>> {
    let now = NOW + Duration::from_hours(25) * day;
    let begun = asked_for_an_app(world, identifier, now).expect("an app is offered");
    let mut ask = |digits: &&str| {
        let request = Request::new(code(begun.attempt.id, digits));
        let answer = world.call(request.with_token(&begun.token), now, [5; 32]);
        answer.err().map(|problem| problem.kind)
    };
    codes.iter().map(&mut ask).collect()
}

const EVE: &str = "eve@contoso.example";

const SECRET: &[u8; 20] = b"12345678901234567890";

/// A person with an authenticator app.
fn eve() -> Account {
    let mut eve = Account::new("eve", EVE);
    eve.person.alternate_emails.push("eve@home.example".into());
    eve.registration.authenticators.push(Authenticator {
        id: AuthenticatorId("app".into()),
        secret: AuthenticatorSecret::new(SECRET.to_vec()),
        period: TotpPeriod::Seconds30,
        algorithm: TotpAlgorithm::Sha1,
    });
    eve
}

/// Five wrong codes: this number in a day does not lock.
const FIVE: [&str; 5] = ["000000", "000001", "000002", "000003", "000004"];

#[test]
fn the_hundredth_wrong_code_in_a_row_disables_an_authenticator_app() {
    let mut world = world();
    world.tenants[0].policy = Some(policy_with_an_app());
    world.directory.add("contoso.example", eve());
    let mut unknown = (0..).map(|number| format!("nobody{number}@contoso.example"));
    let unknown = unknown.find(|it| asked_for_an_app(&mut world, it, NOW).is_some());
    let people = [EVE.to_owned(), unknown.expect("one of them has an app")];
    let disabled = |world: &World| {
        let audit = world.audit().iter();
        audit
            .filter(|event| event.reason == Reason::AuthenticatorDisabled)
            .count()
    };
    for day in 0..20 {
        assert_eq!(disabled(&world), 0);
        let [known, unknown] = people
            .each_ref()
            .map(|it| tried(&mut world, it, day, &FIVE));
        assert_eq!(known, unknown, "day {day}");
    }
    assert_eq!(disabled(&world), 1);
    // From then on no code is right, and the page does not reveal it: a decoy's app could not be
    // disabled.
    let secret = AuthenticatorSecret::new(SECRET.to_vec());
    let later = NOW + Duration::from_hours(25) * 21;
    let (algorithm, period) = (TotpAlgorithm::Sha1, TotpPeriod::Seconds30);
    let right = totp::code_at(&secret, algorithm, period, later);
    let [known, unknown] = people
        .each_ref()
        .map(|it| tried(&mut world, it, 21, &[&right]));
    assert_eq!(known, unknown);
    assert!(
        matches!(known[..], [Some(ProblemKind::CodeWrong { .. })]),
        "{known:?}"
    );
}

#[test]
fn a_person_whose_app_was_disabled_is_told_by_mail_with_a_lock_and_after_a_proof() {
    let mut world = world();
    world.tenants[0].policy = Some(policy_with_an_app());
    world.directory.add("contoso.example", eve());
    let mails = |world: &World| -> Vec<bool> {
        let deliveries = world.outbox.deliveries().iter();
        let mails = deliveries.filter_map(|delivery| match &delivery.message {
            Message::Mail(mail) => Some(mail.is_app_disabled),
            Message::Text(_) | Message::Call(..) => None,
        });
        mails.collect()
    };
    tried(&mut world, EVE, 0, &FIVE);
    let reset = |world: &mut World, day: u32| {
        let now = NOW + Duration::from_hours(25) * day;
        let begun = started(world.call(Request::new(start_of(EVE)), now, [7; 32]));
        let id = begun.attempt.id;
        let ask = |world: &mut World, operation| {
            let request = Request::new(operation).with_token(&begun.token);
            attempt(world.call(request, now, [8; 32]))
        };
        ask(world, email(id));
        let digits = last_code(world);
        ask(world, code(id, &digits));
        ask(world, password(id, "three boats, no sail"));
    };
    reset(&mut world, 1);
    assert_eq!(mails(&world), [false, false]);
    for day in 2..21 {
        tried(&mut world, EVE, day, &FIVE);
    }
    reset(&mut world, 21);
    assert_eq!(mails(&world), [false, false, false, true]);
    let six: Vec<&str> = FIVE.into_iter().chain(["000005"]).collect();
    assert_eq!(tried(&mut world, EVE, 22, &six).last(), Some(&None));
    assert_eq!(mails(&world).last(), Some(&true));
}
