//! Tests that drive the wizard by events alone: the screens, the requests, and where Back leads.

use postern_protocol::{
    Attempt, AttemptId, AwaitCall, ChooseMethod, CodeLength, CorrelationId, Done, EndReason,
    EnterCode, EnterPhone, Gates, Guid, Help, Method, Notice, Offer, Problem, ProblemKind, Purpose,
    Step, SupportCode, Timestamp,
};

use super::{
    Effect, Event, Failure, Flight, Form, Place, Reply, Screen, Trouble, TypedTrouble, Wizard,
};

mod codes;
mod over;
mod phones;
mod restored;
mod shown;
mod travel;

const NOW: Timestamp = Timestamp::from_seconds(1_000);

fn offers() -> Vec<Offer> {
    [Method::Email, Method::MobileSms]
        .map(|method| Offer { method, hint: None })
        .to_vec()
}

fn attempt(step: Step) -> Attempt {
    Attempt {
        id: AttemptId(Guid::from_random(1)),
        correlation_id: CorrelationId(Guid::from_random(2)),
        support_code: SupportCode(Guid::from_random(3)),
        tenant_name: None,
        default_region: Some("NL".into()),
        identifier: "ada@example.org".into(),
        purpose: Purpose::Reset,
        asks_purpose: false,
        now: NOW,
        expires_at: Timestamp::from_seconds(1_900),
        gates: Gates {
            required: 2,
            passed: 0,
        },
        step,
        locked_until: None,
        help: Help::default(),
        notices: Vec::new(),
    }
}

fn choose(gate: u8) -> Attempt {
    let mut attempt = attempt(Step::ChooseMethod(ChooseMethod {
        gate,
        offers: offers(),
    }));
    attempt.gates.passed = gate - 1;
    attempt
}

fn enter_phone() -> Attempt {
    attempt(Step::EnterPhone(EnterPhone {
        gate: 1,
        offers: offers(),
        method: Method::MobileSms,
        hint: "42".into(),
        tries_left: 6,
    }))
}

fn enter_code(method: Method) -> Attempt {
    attempt(Step::EnterCode(EnterCode {
        gate: 1,
        offers: offers(),
        method,
        hint: None,
        length: CodeLength::DEFAULT,
        tries_left: 5,
        is_spent: false,
        expires_at: Some(Timestamp::from_seconds(1_300)),
        resend_at: Some(Timestamp::from_seconds(1_030)),
    }))
}

fn done() -> Attempt {
    attempt(Step::Done(Done {
        at: NOW,
        effective_in_minutes: 0,
        notified: Vec::new(),
        sign_in_url: None,
    }))
}

fn ended() -> Attempt {
    let reason = EndReason::Expired;
    attempt(Step::Ended { reason })
}

fn opened(resume: bool) -> Event {
    Event::Opened {
        resume,
        done_before: None,
    }
}

/// The wizard, and its effects so far.
struct Play {
    wizard: Wizard,
    effects: Vec<Effect>,
}

impl Play {
    fn new() -> Self {
        Self {
            wizard: Wizard::default(),
            effects: Vec::new(),
        }
    }

    fn at(attempt: Attempt) -> Self {
        let mut play = Self::new();
        play.event(Event::Submitted(Form::Identify("ada@example.org".into())));
        play.reply(attempt);
        play
    }

    fn event(&mut self, event: Event) -> &mut Self {
        self.effects = self.wizard.handle(event);
        self
    }

    fn answer(&mut self, result: Result<Reply, Failure>) -> &mut Self {
        let Flight::Away { number, .. } = self.wizard.flight() else {
            panic!("nothing is in flight")
        };
        self.event(Event::Answered {
            number,
            result,
            now: NOW,
        })
    }

    fn reply(&mut self, attempt: Attempt) -> &mut Self {
        self.answer(Ok(Reply { attempt }))
    }

    fn problem(&mut self, kind: ProblemKind, attempt: Attempt) -> &mut Self {
        self.answer(Err(Failure::Problem(Problem {
            kind,
            attempt: Some(Box::new(attempt)),
        })))
    }

    fn sent(&self) -> Option<&'static str> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Send { request, .. } => Some(request.name()),
            Effect::SendAgain { .. } => Some("again"),
            Effect::LookIn { .. }
            | Effect::FetchPlans
            | Effect::Close
            | Effect::Forget
            | Effect::TellOf(_)
            | Effect::Renew
            | Effect::Visit(_)
            | Effect::Correct(_) => None,
        })
    }

    fn visited(&self) -> Option<String> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Visit(place) => Some(place.name()),
            Effect::Send { .. }
            | Effect::SendAgain { .. }
            | Effect::LookIn { .. }
            | Effect::FetchPlans
            | Effect::Close
            | Effect::Forget
            | Effect::TellOf(_)
            | Effect::Renew
            | Effect::Correct(_) => None,
        })
    }

    fn closes(&self) -> bool {
        self.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Close))
    }

    fn waits(&self) -> bool {
        self.effects.iter().any(|effect| {
            matches!(
                effect,
                Effect::LookIn {
                    milliseconds: 2_000
                }
            )
        })
    }
}

#[test]
fn an_empty_identifier_is_explained_and_nothing_is_sent() {
    let mut play = Play::new();
    play.event(Event::Submitted(Form::Identify("  ".into())));
    assert_eq!(play.sent(), None);
    assert_eq!(
        play.wizard.trouble(),
        Some(&Trouble::Typed(TypedTrouble::IdentifierEmpty))
    );
}

#[test]
fn a_second_press_while_the_first_is_under_way_sends_nothing() {
    let mut play = Play::new();
    play.event(Event::Submitted(Form::Identify("ada".into())));
    assert_eq!(play.sent(), Some("start"));
    play.event(Event::Submitted(Form::Identify("ada".into())));
    assert_eq!(play.sent(), None);
}

#[test]
fn an_answer_that_is_not_current_changes_nothing() {
    let mut play = Play::at(choose(1));
    play.event(Event::Submitted(Form::Method(Some(Method::Email))));
    play.event(Event::Answered {
        number: u32::MAX,
        result: Ok(Reply { attempt: done() }),
        now: NOW,
    });
    assert!(matches!(play.wizard.screen(), Screen::Method(_)));
}

#[test]
fn a_lost_answer_is_asked_for_again_as_it_was() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::Submitted(Form::Code("12345678".into())));
    let Flight::Away { number, .. } = play.wizard.flight() else {
        panic!("sent")
    };
    play.answer(Err(Failure::Lost));
    assert_eq!(play.wizard.trouble(), Some(&Trouble::Lost));
    play.event(Event::Retried);
    assert!(
        matches!(play.effects.as_slice(), [Effect::SendAgain { number: again }] if *again == number)
    );
}

#[test]
fn a_lost_answer_is_asked_for_again_by_itself_once_the_connection_is_back() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::Submitted(Form::Code("12345678".into())));
    play.answer(Err(Failure::Lost));
    play.event(Event::Woke);
    assert!(matches!(
        play.effects.as_slice(),
        [Effect::SendAgain { .. }]
    ));
    assert_eq!(play.wizard.trouble(), None);
}

#[test]
fn an_answer_that_is_none_has_the_page_looked_for_anew() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::Submitted(Form::Code("12345678".into())));
    play.answer(Err(Failure::Service));
    assert!(matches!(play.effects.as_slice(), [Effect::Renew]));
    assert_eq!(play.wizard.trouble(), Some(&Trouble::Service));
}

#[test]
fn a_problem_leaves_the_step_and_says_what_is_wrong() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::Submitted(Form::Code("12345678".into())));
    play.problem(
        ProblemKind::CodeWrong { tries_left: 4 },
        enter_code(Method::Email),
    );
    assert!(matches!(play.wizard.screen(), Screen::Code(_)));
    assert_eq!(
        play.wizard.trouble(),
        Some(&Trouble::Judged(ProblemKind::CodeWrong { tries_left: 4 }))
    );
    let turn = play.wizard.turn();
    play.event(Event::Submitted(Form::Code("12345678".into())));
    play.problem(
        ProblemKind::CodeWrong { tries_left: 4 },
        enter_code(Method::Email),
    );
    assert_ne!(play.wizard.turn(), turn, "the same words are said again");
}

#[test]
fn nothing_of_an_attempt_that_is_done_is_kept_or_gone_back_to() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::Submitted(Form::Code("12345678".into())))
        .reply(done());
    assert!(play.closes());
    assert!(!play.wizard.can_go_back());
    play.event(Event::HistoryMoved(Some("code-1-email".into())));
    assert_eq!(play.wizard.screen(), Screen::Identify);
    assert_eq!(play.wizard.identifier(), "");
}

#[test]
fn resume_goes_to_the_judges_step_and_corrects_the_history() {
    let mut play = Play::new();
    play.event(opened(true));
    assert_eq!(play.sent(), Some("look"));
    assert_eq!(play.wizard.screen(), Screen::Resuming);
    play.reply(enter_code(Method::Email));
    assert!(matches!(play.wizard.screen(), Screen::Code(_)));
    assert!(
        matches!(
            play.effects.as_slice(),
            [Effect::FetchPlans, Effect::Correct(Place::Code { .. })]
        ),
        "and a phone can be chosen there"
    );
    assert_eq!(play.wizard.identifier(), "ada@example.org");
}

#[test]
fn an_attempt_that_is_gone_begins_anew_after_a_reload_and_has_ended_in_mid_course() {
    let gone = || Err(Failure::Problem(Problem::new(ProblemKind::AttemptUnknown)));
    let mut play = Play::new();
    play.event(opened(true)).answer(gone());
    assert_eq!(play.wizard.screen(), Screen::Identify);
    assert_eq!(play.wizard.trouble(), None);

    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::Submitted(Form::Code("12345678".into())))
        .answer(gone());
    assert_eq!(play.wizard.screen(), Screen::Ended(EndReason::Expired));
}

fn await_call() -> Attempt {
    attempt(Step::AwaitCall(AwaitCall {
        gate: 1,
        offers: offers(),
        method: Method::MobileCall,
        hint: "42".into(),
        called_at: NOW,
        retry_at: Timestamp::from_seconds(1_010),
        failed: false,
    }))
}

#[test]
fn while_a_call_rings_the_judge_is_asked_every_two_seconds() {
    let mut play = Play::at(await_call());
    for _ in 0..3 {
        assert!(play.waits());
        play.event(Event::WaitOver);
        assert_eq!(play.sent(), Some("look"));
        play.reply(await_call());
    }
    play.event(Event::WaitOver).answer(Err(Failure::Lost));
    assert!(play.waits(), "a lost look is no trouble of the person's");
    assert_eq!(play.wizard.trouble(), None);
}

#[test]
fn coming_back_to_the_page_looks_at_once_and_begins_no_second_wait() {
    let mut play = Play::at(await_call());
    assert!(play.waits());
    for _ in 0..3 {
        play.event(Event::Woke);
        assert_eq!(play.sent(), Some("look"));
        play.reply(await_call());
        assert!(!play.waits());
    }
    play.event(Event::WaitOver).reply(await_call());
    assert!(play.waits());
}

#[test]
fn with_an_attempt_that_is_over_help_can_still_be_asked_for() {
    let mut play = Play::at(done());
    play.event(Event::AskedForHelp);
    assert_eq!(play.sent(), Some("ask-for-help"));
    play.problem(ProblemKind::Internal, done());
    assert_eq!(
        play.wizard.trouble(),
        Some(&Trouble::Judged(ProblemKind::Internal)),
        "what could not be done is said"
    );
    assert!(matches!(play.wizard.screen(), Screen::Done(_)));
}

#[test]
fn when_the_time_is_up_nothing_is_left_to_go_back_to() {
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::TimeIsUp).reply(ended());
    assert_eq!(play.wizard.screen(), Screen::Ended(EndReason::Expired));
    assert!(!play.wizard.can_go_back());
}

#[test]
fn a_gate_is_shown_open_only_while_it_leads_somewhere() {
    let mut play = Play::at(choose(2));
    assert_eq!(play.wizard.gates().map(|gates| gates.passed), Some(1));
    play.event(Event::TimeIsUp).reply(ended());
    assert_eq!(play.wizard.gates(), None);
}

#[test]
fn a_notice_is_said_until_the_next_thing_is_asked() {
    let mut with_notice = enter_code(Method::MobileSms);
    with_notice.notices = vec![Notice::ExtensionStripped("123".into())];
    let mut play = Play::at(enter_phone());
    play.event(Event::Submitted(Form::Phone("+31612345678 x123".into())))
        .reply(with_notice);
    assert_eq!(
        play.wizard.notices(),
        [Notice::ExtensionStripped("123".into())]
    );
    play.event(Event::Submitted(Form::Code("12345678".into())));
    assert!(play.wizard.notices().is_empty());
}

#[test]
fn a_notice_is_of_the_place_that_it_was_said_at() {
    let mut sent_again = enter_code(Method::Email);
    sent_again.notices = vec![Notice::CodeSentAgain];
    let mut play = Play::at(enter_code(Method::Email));
    play.event(Event::Submitted(Form::Resend)).reply(sent_again);
    play.event(Event::Woke).reply(enter_code(Method::Email));
    assert_eq!(play.wizard.notices(), [Notice::CodeSentAgain]);
    play.event(Event::TimeIsUp).reply(ended());
    assert!(play.wizard.notices().is_empty());
}
