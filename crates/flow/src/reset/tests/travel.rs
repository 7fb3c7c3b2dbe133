//! Tests of Back, of other places, and of the browser's history.

use postern_protocol::Method;

use super::{Event, Form, Play, Screen, choose, enter_code, enter_phone};

#[test]
fn each_step_is_a_place_in_the_history() {
    let mut play = Play::at(choose(1));
    assert_eq!(play.visited().as_deref(), Some("method-1"));
    play.event(Event::Submitted(Form::Method(Some(Method::MobileSms))))
        .reply(enter_phone());
    assert_eq!(play.visited().as_deref(), Some("phone-1-mobile-sms"));
    play.event(Event::Submitted(Form::Phone("+31612345678".into())))
        .reply(enter_code(Method::MobileSms));
    assert_eq!(play.visited().as_deref(), Some("code-1-mobile-sms"));
}

#[test]
fn back_goes_through_every_place_and_keeps_what_was_typed() {
    let mut play = Play::at(enter_phone());
    play.event(Event::Submitted(Form::Phone("+31612345678".into())))
        .reply(enter_code(Method::MobileSms));
    let mut places = Vec::new();
    while play.wizard.can_go_back() {
        play.event(Event::Back);
        places.extend(play.visited());
    }
    assert_eq!(places, ["phone-1-mobile-sms", "method-1", "identify"]);
    assert_eq!(play.wizard.phone(), "+31612345678");
    assert_eq!(play.wizard.identifier(), "ada@example.org");
}

#[test]
fn choosing_the_method_that_is_under_way_goes_there_without_sending_again() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::OtherMethod)
        .event(Event::Submitted(Form::Method(Some(Method::Email))));
    assert_eq!(play.sent(), None);
    assert_eq!(play.visited().as_deref(), Some("code-1-email"));
}

#[test]
fn the_browsers_own_back_and_forward_lead_to_the_same_places() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::HistoryMoved(Some("method-1".into())));
    assert!(matches!(play.wizard.screen(), Screen::Method(_)));
    assert!(play.effects.is_empty(), "the history is there already");
    play.event(Event::HistoryMoved(Some("code-1-email".into())));
    assert!(matches!(play.wizard.screen(), Screen::Code(_)));
}

#[test]
fn behind_a_passed_gate_back_asks_before_it_throws_a_proof_away() {
    let mut play = Play::at(choose(2));
    play.event(Event::HistoryMoved(Some("code-1-email".into())));
    assert_eq!(play.wizard.screen(), Screen::Leave);
    play.event(Event::Stayed);
    assert!(matches!(play.wizard.screen(), Screen::Method(_)));
    play.event(Event::Back).event(Event::StartedOver);
    assert_eq!(play.sent(), Some("cancel"));
    assert_eq!(play.wizard.screen(), Screen::Identify);
}
