//! The refused screen: the reason in the person's words, the next action, the help contacts, and
//! when it will work.

use postern_flow::reset::Event;
use postern_kit::element::{Element, View, el};
use postern_kit::parts::button::{primary, quiet};
use postern_kit::text::Text;
use postern_protocol::{Refusal, Refused as Page};

use crate::desk::Desk;
use crate::messages::refusal_title;
use crate::parts::help::{contact, contact_first, help};
use crate::parts::step::step_screen;
use crate::words::{Words, message};

pub(super) fn refused(desk: Desk, step: Page) -> View {
    let words = desk.words();
    let refusal = step.refusal;
    let what_to_do = View::from([
        el("h2").say(message(Words::refusal_what_you_can_do)),
        el("p").say(message(what_to_do(refusal))),
    ]);
    // For a temporary refusal the screen offers another try; for a permanent one, a message to the
    // administrator.
    let passes = refusal == Refusal::OnPremisesConnectivity;
    let again = passes.then(|| {
        primary(message(Words::lost_retry), move || {
            desk.dispatch(Event::TriedAgain);
        })
    });
    let way = if passes { contact } else { contact_first };
    let when = passes.then(|| {
        View::from([
            el("h2").say(message(Words::refusal_when)),
            el("p").say(message(Words::refusal_on_premises_connectivity_when)),
        ])
    });
    let detail = move || {
        let detail = detail(refusal)(words);
        match refusal.code() {
            Some(code) => words.refusal_details_line(code, &detail),
            None => detail,
        }
    };
    let details = el("details")
        .class("postern-details")
        .child(el("summary").say(message(Words::refusal_details)))
        .child(el("p").class("postern-technical").say(Text::of(detail)));
    let asked = [
        what_to_do,
        again.into(),
        who_can_help(desk, way(desk)),
        when.into(),
        details.into(),
        start_again(desk),
    ];
    step_screen(
        desk,
        "refused",
        message(refusal_title(refusal)),
        None,
        asked,
    )
}

/// The help contacts, with this way to reach them.
pub(super) fn who_can_help(desk: Desk, way: Element) -> View {
    let words = desk.words();
    let sentence = move || {
        let help = help(desk);
        if help.can_request {
            words.refusal_help_request()
        } else if help.url.is_some() {
            words.refusal_help_link()
        } else {
            words.refusal_help_ask()
        }
    };
    let title = el("h2").say(message(Words::refusal_who_can_help));
    [title, el("p").say(Text::of(sentence)), way].into()
}

/// The quiet way out of a page where no other action is possible.
pub(super) fn start_again(desk: Desk) -> View {
    let again = quiet(message(Words::wizard_start_again), move || {
        desk.dispatch(Event::StartedOver);
    });
    el("div").class("postern-ways-out").child(again).into()
}

fn what_to_do(refusal: Refusal) -> fn(Words) -> String {
    match refusal {
        Refusal::TenantDisabled => Words::refusal_tenant_disabled_do,
        Refusal::NoPolicy => Words::refusal_no_policy_do,
        Refusal::NotLicensed => Words::refusal_not_licensed_do,
        Refusal::NotInGroup => Words::refusal_not_in_group_do,
        Refusal::AccountNotEnabled => Words::refusal_account_not_enabled_do,
        Refusal::CouldNotVerify => Words::refusal_could_not_verify_do,
        Refusal::NotProperlyConfigured => Words::refusal_not_properly_configured_do,
        Refusal::ManagedElsewhere => Words::refusal_managed_elsewhere_do,
        Refusal::WriteBackNotEnabled => Words::refusal_write_back_not_enabled_do,
        Refusal::OnPremisesAdminAction => Words::refusal_on_premises_admin_action_do,
        Refusal::OnPremisesConnectivity => Words::refusal_on_premises_connectivity_do,
    }
}

/// A one-line detail that the person can read out on the phone.
fn detail(refusal: Refusal) -> fn(Words) -> String {
    match refusal {
        Refusal::TenantDisabled => Words::refusal_tenant_disabled_detail,
        Refusal::NoPolicy => Words::refusal_no_policy_detail,
        Refusal::NotLicensed => Words::refusal_not_licensed_detail,
        Refusal::NotInGroup => Words::refusal_not_in_group_detail,
        Refusal::AccountNotEnabled => Words::refusal_account_not_enabled_detail,
        Refusal::CouldNotVerify => Words::refusal_could_not_verify_detail,
        Refusal::NotProperlyConfigured => Words::refusal_not_properly_configured_detail,
        Refusal::ManagedElsewhere => Words::refusal_managed_elsewhere_detail,
        Refusal::WriteBackNotEnabled => Words::refusal_write_back_not_enabled_detail,
        Refusal::OnPremisesAdminAction => Words::refusal_on_premises_admin_action_detail,
        Refusal::OnPremisesConnectivity => Words::refusal_on_premises_connectivity_detail,
    }
}
