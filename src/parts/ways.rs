//! The alternatives to a proof: another method, or the administrator. A page shows them once: below
//! the step, or beside the warning before the last try.

use postern_flow::reset::{Event, Wizard};
use postern_kit::element::{Element, View, el, live, when};
use postern_kit::parts::button::quiet;

use super::help::contact;
use crate::desk::Desk;
use crate::words::{Words, message};

/// The button for another method at this gate.
pub(crate) fn other_method(desk: Desk) -> Element {
    quiet(message(Words::code_other_method), move || {
        desk.dispatch(Event::OtherMethod);
    })
}

/// The alternatives below a proof: another method, or the administrator if there is no other
/// method.
pub(crate) fn ways_out(desk: Desk) -> Element {
    let others = move || {
        let wizard = desk.wizard();
        (!stands_at_warning(&wizard)).then(|| wizard.has_other_methods())
    };
    let way = move || {
        others().map(|others| {
            if others {
                other_method(desk)
            } else {
                contact(desk)
            }
        })
    };
    el("div").class("postern-ways-out").child(live(others, way))
}

/// The contact below the questions before a proof: the administrator, if there is no other method.
pub(crate) fn contact_if_alone(desk: Desk) -> View {
    let is_alone = move || {
        let wizard = desk.wizard();
        !(wizard.has_other_methods() || stands_at_warning(&wizard))
    };
    when(is_alone, move || contact(desk))
}

/// The alternatives beside a last try, while there is one: the help contacts and the other methods.
/// They are in the same place as the warning.
pub(crate) fn instead(desk: Desk, is_last: fn(&Wizard) -> bool) -> View {
    let ways = move || {
        let other = desk.wizard().has_other_methods();
        el("div")
            .class("postern-ways-out")
            .child(contact(desk))
            .child(other.then(|| other_method(desk)))
    };
    when(move || is_last(&desk.wizard()), ways)
}

fn stands_at_warning(wizard: &Wizard) -> bool {
    wizard.is_last_try() || wizard.is_last_warning()
}
