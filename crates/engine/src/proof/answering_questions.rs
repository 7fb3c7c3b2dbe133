//! The service asks some of the questions that the person registered. All answers have to be right.
//!
//! The selection stays until the person answers it wrongly, so that a person cannot restart until
//! they get questions they know.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;

use postern_protocol::{Answer, Method, ProblemKind, Question, QuestionText};

use super::claim::Claim;
use super::progress::Progress;
use super::proving::{AnsweringQuestions, Proving};
use super::{locks, tries};
use crate::account::AccountId;
use crate::answer::Given;
use crate::command::{Command, RenewAnswers};
use crate::decoy::Decoy;
use crate::turn::Turn;

impl AnsweringQuestions {
    /// Asks the questions of the claim. If it has none yet, this picks them.
    pub(crate) fn begin(claim: &mut Claim, turn: &mut Turn<'_>) -> Self {
        let registered = registered(claim, turn);
        let is_stale = |id: &u16| registered.iter().all(|(known, _)| known != id);
        if claim.questions.is_empty() || claim.questions.iter().any(is_stale) {
            claim.questions = pick(&registered, &[], turn);
        }
        ask(claim, &registered)
    }

    /// Checks the answers.
    pub(crate) fn prove(
        self,
        claim: &mut Claim,
        answers: &[Answer],
        turn: &mut Turn<'_>,
    ) -> Progress {
        const METHOD: Method = Method::Questions;
        let Some(given) = self.given(claim, answers, turn) else {
            return Progress::but(Proving::from(self), ProblemKind::AnswersIncomplete);
        };
        let on_file = turn
            .account_of(claim)
            .map_or(&[][..], |account| &account.registration.questions);
        let needed = usize::from(turn.policy().settings().questions_to_reset);
        let are_enough = given.len() >= needed;
        // The engine compares every answer, so that the time does not reveal which one was wrong.
        let are_right = given
            .iter()
            .fold(are_enough && claim.is_known(), |right, (id, given)| {
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
        let is_hidden = locks::hidden(claim, METHOD, turn).is_some();
        if are_right && !is_hidden {
            if let Some(account) = claim.account()
                && !renewed.is_empty()
            {
                turn.order(Command::RenewAnswers(RenewAnswers {
                    account: account.clone(),
                    answers: renewed,
                }));
            }
            return tries::pass(claim, METHOD, turn);
        }
        if let Err(lock) = tries::fail(claim, METHOD, turn) {
            return tries::lock_out(claim, Some(&self.into()), lock, turn);
        }
        let tries_left = turn.tries_left(tries::tries(METHOD, turn));
        let others = Proving::from(ask_others(claim, turn));
        Progress::but(others, ProblemKind::AnswersWrong { tries_left })
    }

    /// The answer to each asked question, in the form for comparison. `None` unless each question
    /// was answered exactly once.
    fn given(
        &self,
        claim: &Claim,
        answers: &[Answer],
        turn: &Turn<'_>,
    ) -> Option<Vec<(u16, Given)>> {
        let unknown = AccountId(claim.subject_key.as_str().to_owned());
        let account = claim.account().unwrap_or(&unknown);
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
                let id = registered_id(claim, question, turn);
                Some((id, Given::new(turn.key(), account, id, typed)?))
            })
            .collect()
    }
}

fn ask(claim: &Claim, registered: &[(u16, QuestionText)]) -> AnsweringQuestions {
    let asked = |id: &u16| {
        let (id, text) = registered.iter().find(|(known, _)| known == id)?;
        Some(Question {
            id: *id,
            text: text.clone(),
        })
    };
    let questions = claim.questions.iter().filter_map(asked).collect();
    AnsweringQuestions { questions }
}

/// The number of a question in the directory; for a decoy, the number on the page. The question is
/// found by its text, because the questions that can be asked, and so their numbers on the page,
/// may have changed since.
fn registered_id(claim: &Claim, asked: &Question, turn: &Turn<'_>) -> u16 {
    let account = turn.account_of(claim);
    let mut on_file = account
        .into_iter()
        .flat_map(|it| &it.registration.questions);
    let question = on_file.find(|question| question.text == asked.text);
    question.map_or(asked.id, |question| question.id)
}

fn ask_others(claim: &mut Claim, turn: &mut Turn<'_>) -> AnsweringQuestions {
    let registered = registered(claim, turn);
    claim.questions = pick(&registered, &claim.questions, turn);
    ask(claim, &registered)
}

/// The questions that the person, or the decoy, has registered and that can be asked. They are
/// numbered from 1, whatever their numbers in the directory.
fn registered(claim: &Claim, turn: &Turn<'_>) -> Vec<(u16, QuestionText)> {
    let population = turn.context().population;
    let questions: Vec<QuestionText> = match turn.account_of(claim) {
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
        None => Decoy::new(&claim.subject_key, turn.key()).questions(turn.policy(), population),
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
