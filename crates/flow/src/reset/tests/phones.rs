//! Tests of typed phone numbers: what the wizard finds wrong with them, with and without the
//! numbering plans.

use postern_phone::ParseError;
use postern_protocol::{ChooseMethod, Method, Offer, RefusedNumberType, Step};

use super::{
    Effect, Event, Form, Play, Trouble, TypedTrouble, choose, enter_code, enter_phone, opened,
};
use crate::plans::PlanTable;
use crate::reset::Request;

#[test]
fn a_national_number_is_taken_after_going_back_to_the_phone_too() {
    let mut play = Play::at(enter_code(Method::MobileSms));
    play.event(Event::Back)
        .event(Event::Submitted(Form::Phone("06 12345678".into())));
    assert_eq!(play.sent(), Some("start-method"));
}

#[test]
fn the_plans_are_fetched_once_a_phone_can_be_chosen() {
    let fetches = |play: &Play| {
        let mut effects = play.effects.iter();
        effects.any(|effect| matches!(effect, Effect::FetchPlans))
    };
    let mut by_mail_alone = choose(1);
    by_mail_alone.step = Step::ChooseMethod(ChooseMethod {
        gate: 1,
        offers: vec![Offer {
            method: Method::Email,
            hint: None,
        }],
    });
    assert!(!fetches(&Play::at(by_mail_alone)));
    let mut play = Play::at(choose(1));
    assert!(fetches(&play));
    play.event(Event::PlansArrived(plans()));
    play.event(Event::Submitted(Form::Method(Some(Method::MobileSms))))
        .reply(enter_phone());
    assert!(!fetches(&play), "they are here");
}

#[test]
fn until_the_plans_are_here_only_the_shape_of_a_number_is_checked() {
    let mut play = Play::at(enter_phone());
    play.event(Event::Submitted(Form::Phone("+31 6 FLOWERS".into())));
    assert_eq!(play.sent(), None);
    play.event(Event::Submitted(Form::Phone("+31 6".into())));
    assert_eq!(play.sent(), Some("start-method"));

    let mut play = Play::at(enter_phone());
    play.event(Event::PlansArrived(plans()));
    play.event(Event::Submitted(Form::Phone("+31 6".into())));
    assert_eq!(play.sent(), None);
    assert!(matches!(
        play.wizard.trouble(),
        Some(Trouble::Typed(TypedTrouble::Phone(
            ParseError::TooShort { .. }
        )))
    ));
}

#[test]
fn with_the_plans_a_number_that_costs_extra_is_not_even_sent() {
    let mut play = Play::at(enter_phone());
    play.event(Event::PlansArrived(plans()))
        .event(Event::Submitted(Form::Phone("0900 123456".into())));
    assert_eq!(play.sent(), None);
    assert_eq!(
        play.wizard.trouble(),
        Some(&Trouble::Typed(TypedTrouble::PhoneNotAllowed(
            RefusedNumberType::PremiumRate
        )))
    );
    play.event(Event::Submitted(Form::Phone("06 12345678".into())));
    assert_eq!(play.sent(), Some("start-method"));
}

#[test]
fn the_plans_stay_when_everything_else_begins_anew() {
    let mut play = Play::at(enter_phone());
    play.event(Event::PlansArrived(plans()))
        .event(Event::StartedOver);
    assert!(play.wizard.plans.is_some());
}

#[test]
fn a_file_that_holds_no_plans_is_none() {
    assert!(PlanTable::new(b"<!doctype html>".to_vec()).is_none());
}

fn plans() -> PlanTable {
    PlanTable::new(postern_phone::TABLE.to_vec()).expect("the table of this build")
}

#[test]
fn another_code_after_a_reload_needs_no_number_typed_again() {
    let mut play = Play::new();
    play.event(opened(true))
        .reply(enter_code(Method::MobileSms));
    play.event(Event::Submitted(Form::Resend));
    let Some(Effect::Send {
        request: Request::StartMethod(start),
        ..
    }) = play.effects.first()
    else {
        panic!("a code is asked for");
    };
    assert_eq!(
        (start.method, start.phone.as_deref()),
        (Method::MobileSms, None)
    );
}
