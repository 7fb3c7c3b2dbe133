//! The done screen: the change, the time from which it applies, the notified addresses, and the
//! link to sign in. There is no automatic sign-in.

use postern_kit::element::{View, el};
use postern_kit::text::Text;
use postern_protocol::{Done as Outcome, Purpose};

use crate::desk::Desk;
use crate::parts::step::step_screen;
use crate::words::{Words, message};

pub(super) fn done(desk: Desk, step: Outcome) -> View {
    let words = desk.words();
    let wizard = desk.wizard_now();
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
    // Each address is on its own line, left to right in every language.
    let told = (!step.notified.is_empty()).then(|| {
        let places = step.notified.iter();
        let places = places.map(|place| el("li").child(el("bdi").text(place)));
        el("div")
            .class("postern-places")
            .child(el("p").say(message(Words::done_notified)))
            .child(el("ul").child(places.collect::<View>()))
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
    step_screen(desk, "done", message(title), Some(Text::of(lead)), asked)
}
