//! The mailbox: every mail that was sent, newest first.

use leptos::prelude::*;

use super::code::Chip;
use super::part::{MAILBOX, Part};
use super::phone::at;
use super::scene::Scene;
use crate::demo::letters::Letter;

#[component]
pub(super) fn Mailbox(scene: Scene) -> impl IntoView {
    let words = scene.words;
    let letters = scene.letters();
    let mails = Memo::new(move |_| {
        letters.with(|letters| {
            let is_mail = |letter: &&Letter| letter.is_mail();
            letters
                .iter()
                .filter(is_mail)
                .cloned()
                .collect::<Vec<Letter>>()
        })
    });
    let is_empty = move || mails.with(Vec::is_empty);
    view! {
        <Part scene name=MAILBOX title=Signal::derive(move || words.demo_mailbox())>
            <div class="postern-demo-mails" role="log" tabindex="0" aria-labelledby=scene.id(MAILBOX)>
                <Show when=is_empty>
                    <p class="postern-demo-empty">{move || words.demo_mailbox_empty()}</p>
                </Show>
                <For each=move || mails.get() key=Letter::state let:letter>
                    <Entry scene letter />
                </For>
            </div>
        </Part>
    }
}

#[component]
fn Entry(scene: Scene, letter: Letter) -> impl IntoView {
    let words = scene.words;
    let tenant = letter.tenant.clone();
    let code = letter.code().map(str::to_owned);
    let to = letter.to.join(", ");
    let letter = StoredValue::new(letter);
    let subject = move || {
        letter
            .with_value(|letter| letter.subject(words))
            .unwrap_or_default()
    };
    view! {
        <article class="postern-demo-mail" data-message="mail">
            <p class="postern-demo-from">
                <bdi>{tenant}</bdi>
                {at(scene, letter)}
            </p>
            <h4>{subject}</h4>
            <p class="postern-demo-recipient">{move || words.demo_to(&to)}</p>
            <p class="postern-demo-body">{move || letter.with_value(|letter| letter.body(words))}</p>
            {code.map(|code| view! { <Chip scene text=Signal::stored(code) is_code=true /> })}
        </article>
    }
}
