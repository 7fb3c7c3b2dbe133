//! The shell around every screen. It stays while the steps change: the organisation and the
//! language above, help below.

use postern_kit::browser;
use postern_kit::element::{View, effect, el};
use postern_kit::parts::language::language_choice;
use postern_kit::text::Text;

use crate::desk::Desk;
use crate::parts::help::help_strip;
use crate::screens::current_screen;
use crate::words::{LANGUAGES, Words, message};

/// The whole wizard.
pub(crate) fn shell(desk: Desk) -> View {
    let words = desk.words();
    let session = desk.session();
    if session.config().owns_page {
        effect(move || {
            let language = words.language();
            browser::set_page_language(language.tag, language.direction);
        });
    }
    let tenant = Text::of(move || {
        let wizard = desk.wizard();
        let known = wizard
            .attempt()
            .and_then(|attempt| attempt.tenant_name.as_ref());
        known
            .or(session.config().tenant_name.as_ref())
            .cloned()
            .unwrap_or_default()
    });
    let language = language_choice(
        desk,
        message(Words::wizard_language),
        &LANGUAGES,
        move || words.language().tag,
        move |language| desk.choose_language(words, language),
    );
    let head = el("div")
        .class("postern-head")
        .child(el("p").class("postern-tenant").say(tenant))
        .child(language);
    el("div")
        .class("postern")
        .live_attr("lang", move || Some(words.language().tag.into()))
        .live_attr("dir", move || Some(words.language().direction.into()))
        .child(head)
        .child(current_screen(desk))
        .child(help_strip(desk))
        .into()
}
