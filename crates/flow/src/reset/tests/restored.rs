//! Tests of the back-forward cache: the wizard checks everything again that was true when the
//! person left the page.

use std::time::Duration;

use postern_protocol::{Refusal, Refused};

use super::*;

/// The number of the request that the wizard sends again, if there is one.
fn sent_again(play: &Play) -> Option<u32> {
    match play.effects.as_slice() {
        [Effect::SendAgain { number }] => Some(*number),
        _ => None,
    }
}

fn under_way(play: &Play) -> u32 {
    let Flight::Away { number, .. } = play.wizard.flight() else {
        panic!("nothing is in flight")
    };
    number
}

#[test]
fn out_of_the_back_forward_cache_an_attempt_that_is_done_shows_nothing() {
    let mut play = Play::at(done());
    play.event(Event::Restored);
    assert_eq!(play.wizard.screen(), Screen::Identify);
    assert!(play.wizard.attempt().is_none());
}

#[test]
fn what_was_refused_locked_or_has_ended_is_told_again_until_one_begins_anew() {
    let refused = Step::Refused(Refused {
        refusal: Refusal::NotLicensed,
        at: NOW,
    });
    let reason = EndReason::Expired;
    let until = NOW + Duration::from_hours(24);
    for step in [refused, Step::Locked { until }, Step::Ended { reason }] {
        let mut play = Play::at(attempt(step.clone()));
        let told = play.wizard.screen();
        assert!(!play.closes(), "a reload finds it again");
        play.event(Event::Restored);
        if play.sent().is_some() {
            play.reply(attempt(step));
        }
        assert_eq!(play.wizard.screen(), told);
        play.event(Event::StartedOver);
        assert!(matches!(
            play.effects.as_slice(),
            [Effect::Forget, Effect::Visit(Place::Identify)]
        ));
    }
}

#[test]
fn an_attempt_that_is_open_is_looked_at_and_stays_where_it_was() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::OtherMethod).event(Event::Restored);
    assert_eq!(play.sent(), Some("look"));
    assert_eq!(
        play.wizard.busy(),
        None,
        "the person does not wait for a look"
    );
    play.reply(enter_code(Method::Email));
    assert!(matches!(play.wizard.screen(), Screen::Method(_)));
}

#[test]
fn an_attempt_that_ended_meanwhile_has_ended_here() {
    for reason in [
        EndReason::Expired,
        EndReason::Cancelled,
        EndReason::Superseded,
    ] {
        let mut play = Play::at(enter_code(Method::Email));
        play.event(Event::Restored)
            .reply(attempt(Step::Ended { reason }));
        assert_eq!(play.wizard.screen(), Screen::Ended(reason));
    }
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::Restored)
        .answer(Err(Failure::Problem(Problem::new(
            ProblemKind::AttemptUnknown,
        ))));
    assert_eq!(play.wizard.screen(), Screen::Ended(EndReason::Expired));
}

#[test]
fn what_was_under_way_is_asked_for_again_and_answered_once() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::Submitted(Form::Code("12345678".into())));
    let number = under_way(&play);
    play.event(Event::Restored);
    assert_eq!(sent_again(&play), Some(number));
    assert!(play.wizard.busy().is_some(), "it is still waited for");
    play.reply(choose(2));
    let late = Event::Answered {
        number,
        result: Ok(Reply {
            attempt: enter_code(Method::Email),
        }),
        now: NOW,
    };
    play.event(late);
    assert!(matches!(play.wizard.screen(), Screen::Method(_)));
}

#[test]
fn who_was_beginning_goes_on_beginning() {
    let mut play = Play::new();
    play.event(Event::Submitted(Form::Identify("ada@example.org".into())));
    let number = under_way(&play);
    play.event(Event::Restored);
    assert_eq!(sent_again(&play), Some(number));
    play.reply(choose(1));
    assert!(matches!(play.wizard.screen(), Screen::Method(_)));
}

#[test]
fn an_attempt_that_was_being_looked_up_is_looked_up_again() {
    let mut play = Play::new();
    play.event(opened(true));
    let number = under_way(&play);
    play.event(Event::Restored);
    assert_eq!(sent_again(&play), Some(number));
    play.reply(enter_code(Method::Email));
    assert!(matches!(play.wizard.screen(), Screen::Code(_)));
}

#[test]
fn a_connection_that_was_lost_is_tried_again_and_not_called_lost() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::Submitted(Form::Code("12345678".into())));
    let number = under_way(&play);
    play.answer(Err(Failure::Lost)).event(Event::Restored);
    assert_eq!(sent_again(&play), Some(number));
    assert_eq!(play.wizard.trouble(), None);
}

#[test]
fn a_look_that_was_under_way_is_begun_anew() {
    let mut play = Play::at(await_call());
    play.event(Event::WaitOver);
    let number = under_way(&play);
    play.event(Event::Restored);
    assert_eq!(play.sent(), Some("look"));
    assert_ne!(under_way(&play), number);
}

#[test]
fn another_attempt_of_the_tab_takes_the_place_of_the_one_that_was_left() {
    let mut play = Play::at(enter_phone());
    play.event(Event::Submitted(Form::Phone("+31612345678".into())))
        .reply(enter_code(Method::MobileSms));
    play.event(opened(true));
    assert_eq!(play.wizard.screen(), Screen::Resuming);
    assert_eq!(play.wizard.phone(), "", "nothing of the other is shown");
    play.reply(choose(1));
    assert!(matches!(play.wizard.screen(), Screen::Method(_)));
    assert!(
        matches!(play.effects.as_slice(), [.., Effect::Correct(_)]),
        "the place in the history is the same"
    );
}
