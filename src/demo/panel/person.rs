//! The personas, and the data on file of the current persona, to type or to copy.

use leptos::html::Li;
use leptos::prelude::*;
use postern_engine::Account;
use postern_kit::browser;
use postern_protocol::QuestionText;

use super::code::Chip;
use super::part::Part;
use super::scene::Scene;
use crate::demo::host::Host;
use crate::demo::people::{PERSONAS, Persona};
use crate::demo::world;
use crate::messages;

/// The data that a person has to know about themselves.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct OnFile {
    mobile: Option<String>,
    office_phone: Option<String>,
    answers: Vec<(QuestionText, &'static str)>,
}

#[component]
pub(super) fn People(scene: Scene) -> impl IntoView {
    let words = scene.words;
    let chosen = scene.read(Host::persona);
    let rows = PERSONAS
        .iter()
        .map(|persona| view! { <Row scene persona chosen /> })
        .collect_view();
    view! {
        <Part scene name="people" title=Signal::derive(move || words.demo_personas())>
            <ul class="postern-demo-list">{rows}</ul>
        </Part>
    }
}

#[component]
fn Row(scene: Scene, persona: &'static Persona, chosen: Memo<Option<String>>) -> impl IntoView {
    let words = scene.words;
    let is_chosen =
        Memo::new(move |_| chosen.with(|chosen| chosen.as_deref() == Some(persona.name)));
    let row = NodeRef::<Li>::new();
    // A sheet that opens has lost the scroll position of its list.
    Effect::new(move || {
        let is_wanted = scene.open.get() && is_chosen.get();
        if let Some(row) = row.get().filter(|_| is_wanted) {
            browser::spawn(async move {
                // The row is hidden and has no position until the sheet is drawn.
                browser::wait(0).await;
                browser::scroll_list_to(&row);
            });
        }
    });
    let pressed = move || if is_chosen.get() { "true" } else { "false" };
    view! {
        <li node_ref=row data-persona=persona.name>
            <button
                type="button"
                class="postern-demo-person"
                aria-pressed=pressed
                on:click=move |_| scene.play(persona)
            >
                <span class="postern-demo-about">{move || persona.about(words)}</span>
                <span class="postern-demo-identifier"><bdi dir="ltr">{persona.identifier}</bdi></span>
            </button>
            <Show when=move || is_chosen.get()>
                <File scene persona />
            </Show>
        </li>
    }
}

#[component]
fn File(scene: Scene, persona: &'static Persona) -> impl IntoView {
    let words = scene.words;
    let file = scene.host.with_value(|host| on_file(host, persona));
    let number = |number: Option<String>, name: &'static str, label: Signal<String>| {
        number.map(|number| {
            view! {
                <dt>{label}</dt>
                <dd data-on-file=name><Chip scene text=Signal::stored(number) /></dd>
            }
        })
    };
    let mobile = number(
        file.mobile,
        "mobile",
        Signal::derive(move || words.demo_hint_phone()),
    );
    let office = number(
        file.office_phone,
        "office",
        Signal::derive(move || words.demo_hint_office()),
    );
    let answers = (!file.answers.is_empty()).then(|| {
        let answers = file.answers.into_iter().map(|(question, answer)| {
            let text = question.clone();
            view! {
                <dt>{move || messages::question(words, &text)}</dt>
                <dd data-on-file="answer"><Chip scene text=Signal::stored(answer.to_owned()) /></dd>
            }
        });
        let answers = answers.collect_view();
        view! {
            <p class="postern-demo-file-title">{move || words.demo_hint_answers()}</p>
            <dl class="postern-demo-file">{answers}</dl>
        }
    });
    let has_numbers = mobile.is_some() || office.is_some();
    view! {
        {has_numbers.then(|| view! { <dl class="postern-demo-file">{mobile} {office}</dl> })}
        {answers}
    }
}

fn on_file(host: &Host, persona: &Persona) -> OnFile {
    let is_theirs = |account: &&Account| {
        account
            .person
            .identifiers
            .iter()
            .any(|own| own == persona.identifier)
    };
    host.with_world(|world| {
        let Some(account) = world.directory.accounts().find(is_theirs) else {
            return OnFile::default();
        };
        let questions = account
            .registration
            .questions
            .iter()
            .map(|question| question.text.clone());
        OnFile {
            mobile: account.person.mobile.clone(),
            office_phone: account.person.office_phone.clone(),
            answers: questions
                .filter_map(|question| Some((question.clone(), answer(&question)?)))
                .collect(),
        }
    })
}

/// The host keeps only the data that it needs to recognise an answer; the demo knows the answers.
fn answer(question: &QuestionText) -> Option<&'static str> {
    match question {
        QuestionText::Predefined(number) => world::ANSWERS
            .iter()
            .find(|(known, _)| known == number)
            .map(|(_, answer)| *answer),
        QuestionText::Custom(_) => None,
    }
}
