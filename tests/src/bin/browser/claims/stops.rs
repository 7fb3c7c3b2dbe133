//! The steps of an attempt, and the way to each: for claims that have to hold at every step.

use super::ways;
use crate::{
    page::Page,
    people::{ADA, CHEN, DALIA, ELIF, FEMKE, PHONE_OF_ADA, PHONE_OF_CHEN, PHONE_OF_FEMKE},
    test::Trying,
};

/// A step, and a way to it.
#[derive(Clone, Copy)]
pub(super) struct Stop {
    pub(super) name: &'static str,
    /// The name of the step.
    pub(super) step: &'static str,
    /// The step that Back leads to.
    pub(super) before: &'static str,
    pub(super) reach: for<'a> fn(&'a Page) -> Trying<'a>,
}

/// Every step to which a person can come back.
pub(super) const STOPS: [Stop; 9] = [
    Stop {
        name: "the_question_why",
        step: "purpose",
        before: "identify",
        reach: |page| Box::pin(ways::to_purpose(page, ELIF)),
    },
    Stop {
        name: "the_choice_of_a_method",
        step: "method",
        before: "identify",
        reach: |page| Box::pin(ways::to_methods(page, ADA)),
    },
    Stop {
        name: "the_phone_number",
        step: "phone",
        before: "method",
        reach: |page| Box::pin(ways::to_phone(page, ADA, "mobile-sms")),
    },
    Stop {
        name: "the_code",
        step: "code",
        before: "phone",
        reach: |page| Box::pin(ways::to_code_by_text(page, ADA, PHONE_OF_ADA)),
    },
    Stop {
        name: "the_call",
        step: "call",
        before: "phone",
        reach: |page| Box::pin(ways::to_call(page, CHEN, "mobile-call", PHONE_OF_CHEN)),
    },
    Stop {
        name: "the_questions",
        step: "questions",
        before: "identify",
        reach: |page| Box::pin(ways::to_questions(page, DALIA)),
    },
    Stop {
        name: "the_second_gate",
        step: "method",
        before: "leave",
        reach: |page| Box::pin(ways::to_second_gate(page, FEMKE, PHONE_OF_FEMKE)),
    },
    Stop {
        name: "the_new_password",
        step: "password",
        before: "leave",
        reach: |page| Box::pin(ways::to_password(page, ADA)),
    },
    Stop {
        name: "the_unlocking",
        step: "unlock",
        before: "leave",
        reach: |page| Box::pin(ways::to_unlock(page, ELIF)),
    },
];
