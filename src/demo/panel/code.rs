//! A code, a number or an answer that the person can select, or copy with a tap.

use leptos::prelude::*;
use postern_kit::browser;

use super::scene::Scene;

/// The code on a chip.
#[component]
pub(super) fn Chip(
    scene: Scene,
    /// The text to copy.
    #[prop(into)]
    text: Signal<String>,
    /// Whether it is a code to type, and not a number or an answer on file.
    #[prop(optional)]
    is_code: bool,
) -> impl IntoView {
    let words = scene.words;
    // The status appears after the copy, and does not apply to the next code.
    let copied = RwSignal::new(None::<bool>);
    let status = move || match copied.get() {
        None => String::new(),
        Some(true) => words.support_copied(),
        Some(false) => words.support_copy_failed(),
    };
    let copy = move |_| {
        let text = text.get_untracked();
        browser::spawn(async move {
            let done = browser::copy(&text).await;
            copied.try_set(Some(done));
        });
    };
    view! {
        <span class="postern-demo-copy">
            <button
                type="button"
                class="postern-demo-chip"
                dir="ltr"
                data-code=is_code
                aria-label=move || words.demo_copy(&text.get())
                on:click=copy
            >
                {move || text.get()}
                <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path d="M9 9h11v11H9zM15 9V4H4v11h5" />
                </svg>
            </button>
            <span class="postern-demo-copied" role="status">{status}</span>
        </span>
    }
}
