//! The service asks some of the questions that the person registered. All answers have to be right.
//!
//! The selection stays until the person answers it wrongly, so that a person cannot restart until
//! they get questions they know.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;

use postern_protocol::{Answer, Method, ProblemKind, Question, QuestionText};

use crate::account::AccountId;
use crate::answer::Given;
use crate::command::{Command, RenewAnswers};
use crate::decoy::Decoy;
use crate::states::AnsweringQuestions;
use crate::turn::{Next, Turn};
use crate::{Case, Open, locks, passage};

impl AnsweringQuestions {
    /// Asks the questions of the case. If it has none yet, this picks them.
    pub(crate) fn begin(mut case: Case, turn: &mut Turn<'_>) -> Open {
        let registered = registered(&case, turn);
        let is_stale = |id: &u16| registered.iter().all(|(known, _)| known != id);
        if case.questions.is_empty() || case.questions.iter().any(is_stale) {
            case.questions = pick(&registered, &[], turn);
        }
        ask(case, &registered)
    }

    /// Checks the answers.
    pub(crate) fn prove(self, case: Case, answers: &[Answer], turn: &mut Turn<'_>) -> Next {
        const METHOD: Method = Method::Questions;
        let Some(given) = self.given(&case, answers, turn) else {
            return Next::but(Open::new(case, self), ProblemKind::AnswersIncomplete);
        };
        let on_file = turn
            .account_of(&case)
            .map_or(&[][..], |account| &account.registration.questions);
        let needed = usize::from(turn.policy().settings().questions_to_reset);
        let are_enough = given.len() >= needed;
        // The engine compares every answer, so that the time does not reveal which one was wrong.
        let are_right = given
            .iter()
            .fold(are_enough && case.is_known(), |right, (id, given)| {
                let is_right = on_file
                    .iter()
                    .any(|question| (question.id == *id) && given.is(&question.answer));
                right & is_right
            });
        let renewed: Vec<_> = given
            .iter()
            .filter_map(|(id, given)| {
                let question = on_file.iter().find(|question| question.id == *id)?;
                Some((*id, given.renewed(&question.answer)?))
            })
            .collect();
        let is_hidden = locks::hidden(&case, METHOD, turn).is_some();
        if are_right && !is_hidden {
            if let Some(account) = case.account()
                && !renewed.is_empty()
            {
                turn.order(Command::RenewAnswers(RenewAnswers {
                    account: account.clone(),
                    answers: renewed,
                }));
            }
            return passage::pass(case, METHOD, turn);
        }
        if let Err(lock) = passage::fail(&case, METHOD, turn) {
            return passage::lock_out(Open::new(case, self), lock, turn);
        }
        let tries_left = turn.tries_left(passage::tries(METHOD, turn));
        Next::but(
            ask_others(case, turn),
            ProblemKind::AnswersWrong { tries_left },
        )
    }

    /// The answer to each asked question, in the form for comparison. `None` unless each question
    /// was answered exactly once.
    fn given(&self, case: &Case, answers: &[Answer], turn: &Turn<'_>) -> Option<Vec<(u16, Given)>> {
        let unknown = AccountId(case.subject_key.as_str().to_owned());
        let account = case.account().unwrap_or(&unknown);
        self.questions
            .iter()
            .map(|question| {
                let mut matching = answers
                    .iter()
                    .filter(|answer| answer.question == question.id);
                let (Some(answer), None) = (matching.next(), matching.next()) else {
                    return None;
                };
                let typed = answer.answer.reveal();
                let id = registered_id(case, question, turn);
                Some((id, Given::new(turn.key(), account, id, typed)?))
            })
            .collect()
    }
}

fn ask(case: Case, registered: &[(u16, QuestionText)]) -> Open {
    let asked = |id: &u16| {
        let (id, text) = registered.iter().find(|(known, _)| known == id)?;
        Some(Question {
            id: *id,
            text: text.clone(),
        })
    };
    let questions = case.questions.iter().filter_map(asked).collect();
    Open::new(case, AnsweringQuestions { questions })
}

/// The number of a question in the directory; for a decoy, the number on the page. The question is
/// found by its text, because the questions that can be asked, and so their numbers on the page,
/// may have changed since.
fn registered_id(case: &Case, asked: &Question, turn: &Turn<'_>) -> u16 {
    let account = turn.account_of(case);
    let mut on_file = account
        .into_iter()
        .flat_map(|it| &it.registration.questions);
    let question = on_file.find(|question| question.text == asked.text);
    question.map_or(asked.id, |question| question.id)
}

fn ask_others(mut case: Case, turn: &mut Turn<'_>) -> Open {
    let registered = registered(&case, turn);
    case.questions = pick(&registered, &case.questions, turn);
    ask(case, &registered)
}

/// The questions that the person, or the decoy, has registered and that can be asked. They are
/// numbered from 1, whatever their numbers in the directory.
fn registered(case: &Case, turn: &Turn<'_>) -> Vec<(u16, QuestionText)> {
    let population = turn.context().population;
    let questions: Vec<QuestionText> = match turn.account_of(case) {
        Some(account) => {
            let texts = account
                .registration
                .questions
                .iter()
                .map(|question| &question.text);
            texts
                .filter(|text| population.asks(text))
                .cloned()
                .collect()
        }
        None => Decoy::new(&case.subject_key, turn.key()).questions(turn.policy(), population),
    };
    (1..).zip(questions).collect()
}

/// A random selection, with as many questions as the policy requires. If there are others, not all
/// questions are the same as before.
fn pick(registered: &[(u16, QuestionText)], before: &[u16], turn: &mut Turn<'_>) -> Vec<u16> {
    let needed = usize::from(turn.policy().settings().questions_to_reset);
    let ids: Vec<u16> = registered.iter().map(|(id, _)| *id).collect();
    let mut picked = turn.dice.pick(&ids, needed);
    if picked.iter().all(|id| before.contains(id)) {
        let others: Vec<u16> = ids.into_iter().filter(|id| !picked.contains(id)).collect();
        if let (Some(other), Some(last)) = (turn.dice.pick(&others, 1).pop(), picked.last_mut()) {
            *last = other;
        }
    }
    picked
}
