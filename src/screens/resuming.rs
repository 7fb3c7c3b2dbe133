//! Waiting for the judge: where we were, or whether the directory has written. One sentence, no
//! spinner.

use crate::desk::Desk;
use crate::parts::element::{Element, View, el};
use crate::parts::step::step as framed;
use crate::parts::text::{Text, message};
use crate::wizard::Flight;
use crate::words::Words;

/// An attempt from before the page was loaded is being looked up.
pub(super) fn resuming(desk: Desk) -> View {
    let words = desk.words();
    let working = Text::of(move || match desk.wizard().flight() {
        Flight::Lost { .. } => String::new(),
        Flight::Landed | Flight::Away { .. } => words.wizard_working(),
    });
    framed(
        desk,
        "resuming",
        message(Words::wizard_title),
        None,
        waiting(working),
    )
}

/// The directory is being written to.
pub(super) fn writing_back(desk: Desk) -> View {
    framed(
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
