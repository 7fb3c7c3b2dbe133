//! Tests of an attempt whose time is up, and of a lock that is over: the judge decides.

use std::time::Duration;

use super::*;

fn locked(until: Timestamp) -> Attempt {
    attempt(Step::Locked { until })
}

#[test]
fn a_clock_of_this_device_ends_nothing_that_the_judge_goes_on_with() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::TimeIsUp);
    assert_eq!(play.sent(), Some("look"));
    assert_eq!(play.wizard.busy(), None, "the person goes on meanwhile");
    play.reply(enter_code(Method::Email));
    assert!(matches!(play.wizard.screen(), Screen::Code(_)));
    play.event(Event::TimeIsUp);
    assert_eq!(play.sent(), Some("look"), "each time anew");
    play.reply(ended());
    assert_eq!(play.wizard.screen(), Screen::Ended(EndReason::Expired));
    assert_eq!(play.visited().as_deref(), Some("over"));
    assert!(!play.closes(), "a reload finds it again");
}

#[test]
fn where_the_judge_does_not_answer_this_device_ends_the_attempt() {
    for failure in [Failure::Lost, Failure::Service] {
        let mut play = Play::at(enter_code(Method::Email));
        play.event(Event::TimeIsUp).answer(Err(failure));
        assert_eq!(play.wizard.screen(), Screen::Ended(EndReason::Expired));
        assert_eq!(play.wizard.trouble(), None);
    }
    for kind in [
        ProblemKind::Internal,
        ProblemKind::TooManyRequests { retry_at: NOW },
        ProblemKind::AttemptUnknown,
    ] {
        let mut play = Play::at(enter_code(Method::Email));
        play.event(Event::TimeIsUp)
            .answer(Err(Failure::Problem(Problem::new(kind))));
        assert_eq!(play.wizard.screen(), Screen::Ended(EndReason::Expired));
        assert_eq!(play.wizard.trouble(), None);
    }
    // The wizard also sends no request if one is already lost.
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::Submitted(Form::Code("12345678".into())))
        .answer(Err(Failure::Lost))
        .event(Event::TimeIsUp);
    assert_eq!(play.wizard.screen(), Screen::Ended(EndReason::Expired));
    assert_eq!(play.wizard.flight(), Flight::Landed);
}

#[test]
fn what_is_under_way_when_the_time_is_up_is_answered() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::Submitted(Form::Code("12345678".into())))
        .event(Event::TimeIsUp);
    assert_eq!(play.sent(), None);
    play.reply(choose(2));
    assert!(matches!(play.wizard.screen(), Screen::Method(_)));
}

#[test]
fn what_is_sent_while_the_end_is_asked_about_is_sent() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::TimeIsUp)
        .event(Event::Submitted(Form::Code("12345678".into())))
        .reply(choose(2));
    assert!(matches!(play.wizard.screen(), Screen::Method(_)));
}

#[test]
fn a_lock_that_was_lifted_is_over_when_the_page_is_loaded_or_looked_at_again() {
    let until = NOW + Duration::from_hours(24);
    for event in [opened(true), Event::Woke, Event::Restored] {
        let mut play = Play::at(locked(until));
        play.event(event);
        assert_eq!(play.sent(), Some("look"));
        play.reply(locked(until));
        assert_eq!(play.wizard.screen(), Screen::Locked(until), "it stands");
        play.event(Event::Woke).reply(locked(NOW));
        assert_eq!(play.wizard.screen(), Screen::Identify);
        assert_eq!(play.wizard.identifier(), "ada@example.org");
        assert!(
            matches!(
                play.effects.as_slice(),
                [Effect::Forget, Effect::Correct(Place::Identify)]
            ),
            "nothing of the attempt is left: {:?}",
            play.effects
        );
    }
}

#[test]
fn a_locked_attempt_that_the_service_no_longer_has_is_over_without_a_word() {
    let until = NOW + Duration::from_hours(24);
    let unknown = || Err(Failure::Problem(Problem::new(ProblemKind::AttemptUnknown)));
    let mut play = Play::at(locked(until));
    play.event(Event::Woke).answer(unknown());
    assert_eq!(play.wizard.screen(), Screen::Identify);
    assert_eq!(play.wizard.identifier(), "ada@example.org");
    assert_eq!(play.wizard.trouble(), None);
    // The page reports a message to the administrators that could not be sent.
    let mut play = Play::at(locked(until));
    play.event(Event::AskedForHelp).answer(unknown());
    assert_eq!(play.wizard.screen(), Screen::Locked(until));
    assert_eq!(
        play.wizard.trouble(),
        Some(&Trouble::Judged(ProblemKind::AttemptUnknown))
    );
}

#[test]
fn help_that_was_asked_for_is_told_of_although_the_lock_is_over() {
    let mut play = Play::at(locked(NOW + Duration::from_hours(24)));
    let mut helped = locked(NOW);
    helped.notices = vec![Notice::HelpRequested];
    play.event(Event::AskedForHelp).reply(helped);
    assert_eq!(play.wizard.screen(), Screen::Locked(NOW));
    assert_eq!(play.wizard.notices(), [Notice::HelpRequested]);
}

#[test]
fn a_look_that_finds_the_method_locked_tells_so_beside_the_others() {
    let closed = vec![Notice::MethodLocked { until: NOW }];
    for event in [opened(true), Event::Woke, Event::WaitOver] {
        let mut play = Play::at(enter_code(Method::Email));
        let mut others = choose(1);
        others.notices.clone_from(&closed);
        play.event(event).reply(others);
        assert!(matches!(play.wizard.screen(), Screen::Method(_)));
        assert_eq!(play.wizard.notices(), closed);
        // This holds until the person chooses one of them.
        play.event(Event::Woke).reply(choose(1));
        assert_eq!(play.wizard.notices(), closed);
        play.event(Event::Submitted(Form::Method(Some(Method::MobileSms))));
        assert!(play.wizard.notices().is_empty());
    }
}
