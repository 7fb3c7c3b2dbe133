//! The problems of a step, above its heading, with what the person can do about them.

use postern_flow::reset::{Event, Flight, Trouble, Wizard};
use postern_kit::element::{View, when};
use postern_kit::parts::button::quiet;
use postern_kit::parts::summary::Summary;
use postern_protocol::ProblemKind;

use super::ways::instead;
use crate::desk::Desk;
use crate::words::{Words, message};

/// The summary, while there are problems.
pub(crate) fn summary(desk: Desk) -> View {
    let words = desk.words();
    let title = move || {
        if matches!(desk.wizard().trouble(), Some(Trouble::Lost)) {
            words.lost_title()
        } else {
            words.summary_title()
        }
    };
    let can_retry = move || matches!(desk.wizard().flight(), Flight::Lost { .. });
    let retry = move || {
        quiet(message(Words::lost_retry), move || {
            desk.dispatch(Event::Retried);
        })
    };
    Summary {
        title,
        name: move || of_portal(desk),
        below: move || {
            [
                when(can_retry, retry),
                instead(desk, Wizard::is_last_warning),
            ]
            .into()
        },
    }
    .view(desk)
}

/// The wire name of the problem that the portal's page receives: `embed/element.js` reads it.
fn of_portal(desk: Desk) -> Option<&'static str> {
    match desk.wizard().trouble() {
        Some(Trouble::Judged(ProblemKind::OrganisationOther { .. })) => Some("organisation-other"),
        Some(Trouble::Judged(ProblemKind::PortalNotListed)) => Some("portal-not-listed"),
        Some(_) | None => None,
    }
}
