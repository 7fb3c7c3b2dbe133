//! The waiting screen: the judge looks up the attempt, or the directory writes. It has one sentence
//! and no spinner.

use postern_flow::reset::Flight;
use postern_kit::element::{Element, View, el};
use postern_kit::text::Text;

use crate::desk::Desk;
use crate::parts::step::step_screen;
use crate::words::{Words, message};

/// The judge looks up an attempt from before the page was loaded.
pub(super) fn resuming(desk: Desk) -> View {
    let words = desk.words();
    let working = Text::of(move || match desk.wizard().flight() {
        Flight::Lost { .. } => String::new(),
        Flight::Landed | Flight::Away { .. } => words.wizard_working(),
    });
    step_screen(
        desk,
        "resuming",
        message(Words::wizard_title),
        None,
        waiting(working),
    )
}

/// The directory writes the change.
pub(super) fn writing_back(desk: Desk) -> View {
    step_screen(
        desk,
        "writing-back",
        message(Words::password_title),
        None,
        waiting(message(Words::password_setting)),
    )
}

fn waiting(sentence: Text) -> Element {
    el("p")
        .class("postern-lead")
        .attr("role", "status")
        .say(sentence)
}
