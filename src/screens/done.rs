//! Done: what was changed, when it takes effect, who was told, and where to sign in. No automatic sign-in.

use leptos::prelude::*;
use postern_protocol::{Done as Outcome, Purpose};

use crate::app::Desk;
use crate::browser;
use crate::parts::element::{View, el};
use crate::parts::step::step as framed;
use crate::parts::text::{Text, message};
use crate::words::Words;

pub(super) fn done(desk: Desk, step: Outcome) -> View {
    let words = desk.words();
    let wizard = untrack(|| desk.wizard());
    let unlocked = wizard
        .attempt()
        .is_some_and(|attempt| attempt.purpose == Purpose::Unlock);
    let minutes = u32::from(step.effective_in_minutes);
    let title = if unlocked {
        Words::done_unlock_title
    } else {
        Words::done_reset_title
    };
    let lead = move || match (unlocked, minutes) {
        (false, 0) => words.done_reset_now(),
        (false, minutes) => words.done_reset_soon(minutes),
        (true, 0) => words.done_unlock_now(),
        (true, minutes) => words.done_unlock_soon(minutes),
    };
    // Addresses and numbers stand left to right, each by itself, in every language's list.
    let notified: Vec<String> = step
        .notified
        .iter()
        .map(|place| ["\u{2066}", place, "\u{2069}"].concat())
        .collect();
    let told = (!notified.is_empty()).then(|| {
        let told =
            move || words.done_notified(&browser::format_list(words.language().tag, &notified));
        el("p").say(Text::of(told))
    });
    let devices = (!unlocked).then(|| el("p").say(message(Words::done_devices)));
    let way_out = match step.sign_in_url {
        Some(url) => {
            let link = el("a")
                .class("postern-button")
                .attr("href", &url)
                .say(message(Words::done_sign_in));
            el("p").class("postern-submit").child(link)
        }
        None => el("p").say(message(Words::done_close)),
    };
    let asked = [told, devices, Some(way_out)]
        .into_iter()
        .flatten()
        .collect::<View>();
    framed(desk, "done", message(title), Some(Text::of(lead)), asked)
}
