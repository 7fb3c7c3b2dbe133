//! Tests of the content beside the screen itself, and of the steps that the wizard skips.

use std::collections::BTreeSet;

use postern_protocol::{
    AnswerQuestions, Attempt, ChooseMethod, ChoosePassword, Method, Notice, Offer, ProblemKind,
    Purpose, Refusal, Refused, Step, Timestamp, password::PasswordRules,
};

use super::{
    Effect, Event, Form, NOW, Place, Play, Screen, attempt, await_call, choose, done, ended,
    enter_code, enter_phone, opened,
};
use crate::reset::{DoneBefore, Failure, Request, Trouble};

const BEFORE: DoneBefore = DoneBefore {
    at: NOW,
    purpose: Purpose::Reset,
};

fn refused() -> Attempt {
    attempt(Step::Refused(Refused {
        refusal: Refusal::OnPremisesConnectivity,
        at: NOW,
    }))
}

/// A gate with this method only.
fn only(method: Method) -> Attempt {
    attempt(Step::ChooseMethod(ChooseMethod {
        gate: 1,
        offers: vec![Offer { method, hint: None }],
    }))
}

fn questions() -> Attempt {
    attempt(Step::AnswerQuestions(AnswerQuestions {
        gate: 1,
        offers: vec![Offer {
            method: Method::Questions,
            hint: None,
        }],
        questions: Vec::new(),
        tries_left: 6,
    }))
}

/// The index of a step among all steps.
const fn place_of(step: &Step) -> usize {
    match step {
        Step::ChoosePurpose => 0,
        Step::ChooseMethod(_) => 1,
        Step::EnterPhone(_) => 2,
        Step::EnterCode(_) => 3,
        Step::AwaitCall(_) => 4,
        Step::AnswerQuestions(_) => 5,
        Step::ChoosePassword(_) => 6,
        Step::ConfirmUnlock => 7,
        Step::WritingBack => 8,
        Step::Done(_) => 9,
        Step::Refused(_) => 10,
        Step::Locked { .. } => 11,
        Step::Ended { .. } => 12,
    }
}

#[test]
fn every_step_from_the_second_on_says_whose_account_it_is() {
    let mut play = Play::new();
    assert_eq!(play.wizard.account(), None);
    let choose_password = Step::ChoosePassword(ChoosePassword {
        rules: PasswordRules::default(),
        directory_rules: false,
        outcome_unknown: false,
    });
    let may_be_changed = [
        attempt(Step::ChoosePurpose),
        choose(1),
        enter_phone(),
        enter_code(Method::Email),
        await_call(),
        questions(),
        attempt(choose_password),
        attempt(Step::ConfirmUnlock),
        refused(),
        attempt(Step::Locked {
            until: Timestamp::from_seconds(2_000),
        }),
    ];
    let may_not = [attempt(Step::WritingBack), done()];
    let mut missing: BTreeSet<usize> = (0..=place_of(&ended().step)).collect();
    let told = [(may_be_changed.as_slice(), true), (&may_not, false)];
    for (attempts, may_change) in told {
        for attempt in attempts {
            play = Play::at(attempt.clone());
            assert_eq!(
                play.wizard.account(),
                Some(("ada@example.org", may_change)),
                "{:?}",
                play.wizard.screen()
            );
            missing.remove(&place_of(&attempt.step));
        }
    }
    play = Play::at(ended());
    assert_eq!(
        play.wizard.account(),
        None,
        "nothing of it is shown any more"
    );
    missing.remove(&place_of(&ended().step));
    assert!(missing.is_empty(), "steps without a claim: {missing:?}");
    play = Play::at(choose(1));
    play.event(Event::Back);
    assert_eq!(
        play.wizard.account(),
        None,
        "the first step has it in its field"
    );
    play.event(Event::TimeIsUp).reply(ended());
    assert_eq!(
        play.wizard.account(),
        None,
        "nothing of it is shown any more"
    );
}

#[test]
fn whose_account_it_is_is_said_as_the_judge_has_read_it() {
    let mut play = Play::new();
    // The text contains the end of an isolate and then an override.
    let typed = "mailto:ada\u{2069}\u{202e}@example.org";
    play.event(Event::Submitted(Form::Identify(typed.into())));
    assert_eq!(play.wizard.identifier(), typed);
    play.reply(choose(1));
    assert_eq!(play.wizard.account(), Some(("ada@example.org", true)));
    assert_eq!(play.wizard.identifier(), "ada@example.org");
}

#[test]
fn change_leads_where_back_leads_in_the_end() {
    let mut play = Play::at(enter_code(Method::MobileSms));
    play.event(Event::OtherAccount);
    assert_eq!(play.visited().as_deref(), Some("identify"));
    assert_eq!(play.wizard.identifier(), "ada@example.org");
    let mut play = Play::at(choose(2));
    play.event(Event::OtherAccount);
    assert_eq!(play.wizard.screen(), Screen::Leave);
    let mut play = Play::at(refused());
    play.event(Event::OtherAccount);
    assert_eq!(play.wizard.screen(), Screen::Identify);
}

#[test]
fn what_may_pass_is_tried_again_with_the_same_name() {
    let mut play = Play::new();
    play.event(opened(true)).reply(refused());
    play.event(Event::TriedAgain);
    assert!(play.effects.iter().any(|effect| matches!(
        effect,
        Effect::Send { request: Request::Start { identifier }, .. } if identifier == "ada@example.org"
    )));
}

#[test]
fn a_choice_of_one_is_gone_over_and_back_leads_past_it() {
    for method in [
        Method::Questions,
        Method::AuthenticatorCode,
        Method::MobileSms,
    ] {
        let play = Play::at(only(method));
        assert_eq!(play.sent(), Some("start-method"), "{method:?}");
        assert_eq!(play.wizard.screen(), Screen::Identify, "nothing flashes by");
    }
    let mut play = Play::at(only(Method::Questions));
    play.reply(questions());
    assert_eq!(play.visited().as_deref(), Some("questions-1"));
    play.event(Event::Back);
    assert_eq!(play.wizard.screen(), Screen::Identify);
}

#[test]
fn what_is_said_at_a_choice_that_is_gone_over_is_said_behind_it() {
    let locked = Notice::MethodLocked { until: NOW };
    let telling = |mut attempt: Attempt, notices: &[Notice]| {
        attempt.notices = notices.to_vec();
        attempt
    };
    let stripped = Notice::ExtensionStripped("12".into());
    for (at_choice, behind, said) in [
        (vec![], vec![], vec![]),
        (vec![locked.clone()], vec![], vec![locked.clone()]),
        (vec![], vec![stripped.clone()], vec![stripped.clone()]),
        // The page shows only the newest notice.
        (vec![locked], vec![stripped.clone()], vec![stripped]),
    ] {
        let mut play = Play::new();
        play.event(opened(true))
            .reply(telling(only(Method::Questions), &at_choice));
        assert_eq!(play.sent(), Some("start-method"));
        play.reply(telling(questions(), &behind));
        assert!(matches!(play.wizard.screen(), Screen::Questions(_)));
        assert_eq!(play.wizard.notices(), said);
        // The notice appears there only.
        play.event(Event::Woke).reply(questions());
        assert_eq!(play.wizard.notices(), said);
        play.event(Event::Submitted(Form::Answers(vec![(1, "Paris".into())])))
            .reply(choose(2));
        assert!(play.wizard.notices().is_empty());
    }
}

#[test]
fn a_mail_goes_out_only_when_it_is_asked_for() {
    let play = Play::at(only(Method::Email));
    assert_eq!(play.sent(), None);
    assert_eq!(play.visited().as_deref(), Some("method-1"));
}

#[test]
fn a_judge_that_offers_the_only_method_again_is_not_asked_for_ever() {
    let mut play = Play::at(only(Method::Questions));
    play.reply(only(Method::Questions));
    assert_eq!(play.sent(), None);
    assert!(matches!(play.wizard.screen(), Screen::Method(_)));
}

#[test]
fn what_is_wrong_is_said_alone() {
    let mut with_notice = enter_code(Method::MobileSms);
    with_notice.notices = vec![Notice::ExtensionStripped("123".into())];
    let mut play = Play::at(with_notice.clone());
    play.event(Event::Submitted(Form::Code("1".into())));
    assert!(play.wizard.notices().is_empty());
    let mut play = Play::at(enter_code(Method::MobileSms));
    play.event(Event::Submitted(Form::Code("12345678".into())))
        .problem(ProblemKind::CodeWrong { tries_left: 4 }, with_notice);
    assert!(play.wizard.notices().is_empty());
}

/// The same step with this number of wrong proofs until the lock.
fn with_tries_left(mut attempt: Attempt, left: u8) -> Attempt {
    if let Step::EnterPhone(step) = &mut attempt.step {
        step.tries_left = left;
    } else if let Step::EnterCode(step) = &mut attempt.step {
        step.tries_left = left;
    } else if let Step::AnswerQuestions(step) = &mut attempt.step {
        step.tries_left = left;
    }
    attempt
}

#[test]
fn the_last_try_is_warned_of_unless_the_problem_does() {
    let wrong = |tries_left| {
        [
            (enter_phone(), ProblemKind::PhoneMismatch { tries_left }),
            (
                enter_code(Method::Email),
                ProblemKind::CodeWrong { tries_left },
            ),
            (
                enter_code(Method::Email),
                ProblemKind::CodeSpent { tries_left },
            ),
            (questions(), ProblemKind::AnswersWrong { tries_left }),
        ]
    };
    for (step, problem) in wrong(1) {
        let last = with_tries_left(step.clone(), 1);
        assert!(!Play::at(with_tries_left(step, 2)).wizard.is_last_try());
        let mut play = Play::at(last.clone());
        assert!(play.wizard.is_last_try());
        // If the problem does not mention the last try, the notice does.
        play.event(Event::Submitted(Form::Method(None)));
        assert!(play.wizard.trouble().is_some() && play.wizard.is_last_try());
        play.event(Event::Submitted(Form::Unlock))
            .problem(problem, last);
        assert!(play.wizard.is_last_warning() && !play.wizard.is_last_try());
    }
    for (step, problem) in wrong(2) {
        let mut play = Play::at(step.clone());
        play.event(Event::Submitted(Form::Unlock))
            .problem(problem, with_tries_left(step, 2));
        assert!(!play.wizard.is_last_warning() && !play.wizard.is_last_try());
    }
}

#[test]
fn the_last_warning_stays_where_help_is_asked_for_beside_it() {
    let warned = |tries_left| {
        let mut play = Play::at(enter_code(Method::Email));
        play.event(Event::Submitted(Form::Code("12345678".into())))
            .problem(
                ProblemKind::CodeWrong { tries_left },
                with_tries_left(enter_code(Method::Email), tries_left),
            );
        play
    };
    let mut play = warned(1);
    let turn = play.wizard.turn();
    play.event(Event::AskedForHelp);
    assert!(play.wizard.is_last_warning(), "its button is pressed there");
    let mut helped = with_tries_left(enter_code(Method::Email), 1);
    helped.notices = vec![Notice::HelpRequested];
    play.reply(helped);
    assert!(play.wizard.is_last_warning());
    assert_eq!(play.wizard.turn(), turn, "it is not told again");
    // The failure to send replaces the problem, and then the notice warns.
    let mut play = warned(1);
    play.event(Event::AskedForHelp).answer(Err(Failure::Lost));
    assert_eq!(play.wizard.trouble(), Some(&Trouble::Lost));
    assert!(play.wizard.is_last_try());
    // Any other problem disappears, as with every request.
    let mut play = warned(2);
    play.event(Event::AskedForHelp);
    assert_eq!(play.wizard.trouble(), None);
}

#[test]
fn what_was_done_is_told_until_another_attempt_begins() {
    let mut play = Play::at(done());
    let told = play
        .effects
        .iter()
        .any(|effect| matches!(effect, Effect::TellOf(before) if *before == BEFORE));
    assert!(told);
    assert_eq!(play.wizard.done_before(), None, "the page itself says so");
    play.event(Event::Restored);
    assert_eq!(play.wizard.done_before(), Some(BEFORE));
    let mut play = Play::new();
    play.event(Event::Opened {
        resume: false,
        done_before: Some(BEFORE),
    });
    assert_eq!(play.wizard.done_before(), Some(BEFORE));
    play.event(Event::Submitted(Form::Identify("ada@example.org".into())))
        .reply(choose(1));
    play.event(Event::StartedOver);
    assert_eq!(play.wizard.done_before(), None);
}

#[test]
fn a_helpdesk_is_told_which_end_it_was() {
    assert_eq!(Play::at(refused()).wizard.page_name(), "refused");
    assert_eq!(Play::at(done()).wizard.page_name(), "done");
    assert_eq!(
        Play::at(enter_code(Method::Email)).wizard.page_name(),
        "code-1-email"
    );
    assert_eq!(Play::new().wizard.page_name(), Place::Identify.name());
}

#[test]
fn a_lock_that_one_goes_on_in_spite_of_is_told_once_with_the_tries_that_are_left() {
    let until = Timestamp::from_seconds(90_000);
    let locked = |step: Attempt, left| {
        let mut attempt = with_tries_left(step, left);
        attempt.locked_until = Some(until);
        attempt
    };
    for (step, left, told) in [
        (enter_code(Method::Email), 4, 4),
        (enter_code(Method::MobileSms), 1, 1),
        (enter_phone(), 1, 1),
        (choose(2), 0, 0),
        (await_call(), 0, 0),
    ] {
        let play = Play::at(locked(step.clone(), left));
        assert_eq!(play.wizard.lock(), Some((until, told)));
        assert!(!play.wizard.is_lock_told());
        assert_eq!(Play::at(step).wizard.lock(), None);
    }
    let says = [
        (ProblemKind::CodeWrong { tries_left: 3 }, true),
        (ProblemKind::MethodLocked { until }, true),
        (ProblemKind::CodeSuperseded, false),
    ];
    for (problem, is_told) in says {
        let step = locked(enter_code(Method::Email), 3);
        let mut play = Play::at(step.clone());
        play.event(Event::Submitted(Form::Code("12345678".into())))
            .problem(problem, step);
        assert_eq!(play.wizard.is_lock_told(), is_told);
    }
    // The person can request another code, so this is not a last try.
    let spent = locked(enter_code(Method::Email), 0);
    let mut play = Play::at(spent.clone());
    play.event(Event::Submitted(Form::Code("12345678".into())))
        .problem(ProblemKind::CodeSpent { tries_left: 0 }, spent);
    assert!(!play.wizard.is_last_warning() && !play.wizard.is_lock_told());
}
