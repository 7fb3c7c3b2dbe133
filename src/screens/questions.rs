//! The questions screen asks all security questions on one page, because a single answer proves
//! nothing.

use postern_flow::reset::Form;
use postern_kit::element::{Element, View, el};
use postern_kit::parts::button::submit;
use postern_kit::parts::field::{Field, Kind};
use postern_kit::parts::form::form;
use postern_kit::text::Text;
use postern_protocol::AnswerQuestions;

use crate::desk::Desk;
use crate::messages::{answer_field, question};
use crate::parts::step::step_screen;
use crate::parts::ways::ways_out;
use crate::words::{Words, message};

pub(super) fn questions(desk: Desk, step: AnswerQuestions) -> View {
    let words = desk.words();
    let inputs: Vec<(u16, Element)> = step
        .questions
        .iter()
        .map(|asked| (asked.id, el("input")))
        .collect();
    let fields: View = step
        .questions
        .into_iter()
        .zip(&inputs)
        .map(|(asked, (id, input))| {
            let text = asked.text;
            let field = Field {
                name: &answer_field(*id),
                label: Text::of(move || question(words, &text)),
                kind: Kind::ANSWER,
                value: "",
                explained_by_lead: false,
            };
            field.view(desk, input)
        })
        .collect();
    let read = move || {
        Form::Answers(
            inputs
                .iter()
                .map(|(id, input)| (*id, input.value()))
                .collect(),
        )
    };
    let form = form(move || desk.submit(read()))
        .child(fields)
        .child(submit(
            desk,
            message(Words::wizard_continue),
            message(Words::questions_checking),
        ));
    step_screen(
        desk,
        "questions",
        message(Words::questions_title),
        Some(message(Words::questions_hint)),
        [form, ways_out(desk)],
    )
}
