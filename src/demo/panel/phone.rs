//! The phone: texts as they arrive, and a call that rings until the person answers or refuses it or
//! the network gives up.

use leptos::prelude::*;
use postern_engine::{CallEnd, CallId};
use postern_kit::browser;
use postern_world::CallStatus;

use super::code::Chip;
use super::part::{PHONE, Part};
use super::scene::Scene;
use crate::demo::letters::{Letter, Medium};

#[component]
pub(super) fn Phone(scene: Scene) -> impl IntoView {
    let words = scene.words;
    let letters = scene.letters();
    let shown = Memo::new(move |_| {
        letters.with(|letters| {
            let on_phone = |letter: &&Letter| !letter.is_mail();
            letters
                .iter()
                .filter(on_phone)
                .cloned()
                .collect::<Vec<Letter>>()
        })
    });
    let is_empty = move || shown.with(Vec::is_empty);
    let time = Memo::new(move |_| browser::format_time(words.language().tag, scene.now.get()));
    view! {
        <Part scene name=PHONE title=Signal::derive(move || words.demo_phone())>
            <div class="postern-demo-handset">
                <p class="postern-demo-status" aria-hidden="true">{move || time.get()}</p>
                <div class="postern-demo-screen" role="log" tabindex="0" aria-labelledby=scene.id(PHONE)>
                    <Show when=is_empty>
                        <p class="postern-demo-empty">{move || words.demo_phone_empty()}</p>
                    </Show>
                    // A call gets another key when it has ended.
                    <For each=move || shown.get() key=Letter::state let:letter>
                        <Entry scene letter />
                    </For>
                </div>
            </div>
        </Part>
    }
}

#[component]
fn Entry(scene: Scene, letter: Letter) -> impl IntoView {
    match letter.medium {
        Medium::Call {
            id,
            status: CallStatus::Ringing,
        } => view! { <Ringing scene letter id /> }.into_any(),
        Medium::Call {
            status: CallStatus::Answered,
            ..
        } => view! { <PastCall scene letter answered=true /> }.into_any(),
        Medium::Call {
            status: CallStatus::Missed,
            ..
        } => view! { <PastCall scene letter answered=false /> }.into_any(),
        Medium::Text | Medium::Mail => view! { <TextMessage scene letter /> }.into_any(),
    }
}

#[component]
fn TextMessage(scene: Scene, letter: Letter) -> impl IntoView {
    let words = scene.words;
    let tenant = letter.tenant.clone();
    let code = letter.code().map(str::to_owned);
    let letter = StoredValue::new(letter);
    view! {
        <article class="postern-demo-text" data-message="text">
            <p class="postern-demo-from">
                <bdi>{tenant}</bdi>
                {at(scene, letter)}
            </p>
            <p class="postern-demo-bubble">{move || letter.with_value(|letter| letter.body(words))}</p>
            {code.map(|code| view! { <Chip scene text=Signal::stored(code) is_code=true /> })}
        </article>
    }
}

/// A ringing call. The button for the key answers the call, so there is no separate answer button.
#[component]
fn Ringing(scene: Scene, letter: Letter, id: CallId) -> impl IntoView {
    let words = scene.words;
    let tenant = letter.tenant.clone();
    let number = letter.to.first().cloned().unwrap_or_default();
    let letter = StoredValue::new(letter);
    let end = move |end| scene.act(|host| host.end_call(id, end));
    view! {
        <article class="postern-demo-call" data-message="call">
            <span class="postern-demo-ringing" aria-hidden="true"></span>
            <p class="postern-demo-caller">{move || words.demo_phone_calling(&tenant)}</p>
            <p class="postern-demo-called"><bdi dir="ltr">{number}</bdi></p>
            <p class="postern-demo-voice">{move || letter.with_value(|letter| letter.body(words))}</p>
            <div class="postern-demo-keys">
                <button
                    type="button"
                    class="postern-demo-press"
                    data-press="#"
                    on:click=move |_| end(CallEnd::KeyPressed)
                >
                    {move || words.demo_phone_press()}
                </button>
                <button
                    type="button"
                    class="postern-demo-hang-up"
                    data-hang-up=true
                    on:click=move |_| end(CallEnd::NoAnswer)
                >
                    {move || words.demo_phone_hang_up()}
                </button>
            </div>
        </article>
    }
}

#[component]
fn PastCall(scene: Scene, letter: Letter, answered: bool) -> impl IntoView {
    let words = scene.words;
    let tenant = letter.tenant.clone();
    let letter = StoredValue::new(letter);
    let outcome = move || {
        if answered {
            words.demo_phone_answered()
        } else {
            words.demo_phone_missed()
        }
    };
    view! {
        <article class="postern-demo-text" data-message="call">
            <p class="postern-demo-from">
                <bdi>{tenant}</bdi>
                {at(scene, letter)}
            </p>
            <p class="postern-demo-outcome">{outcome}</p>
        </article>
    }
}

/// The time of arrival.
pub(super) fn at(scene: Scene, letter: StoredValue<Letter>) -> AnyView {
    let at = letter.with_value(|letter| letter.at);
    let time = move || browser::format_time(scene.words.language().tag, at);
    view! { <span class="postern-demo-at">{time}</span> }.into_any()
}
