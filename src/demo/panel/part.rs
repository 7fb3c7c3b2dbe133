//! A part of the panel, under its heading.

use leptos::prelude::*;

use super::scene::Scene;

/// The parts of the panel that receive messages.
pub(super) const PHONE: &str = "phone";
pub(super) const MAILBOX: &str = "mailbox";

/// A part of the panel, under its heading.
#[component]
pub(super) fn Part(
    scene: Scene,
    /// The name of the part in the ids and classes of the panel.
    name: &'static str,
    /// The heading of the part.
    #[prop(into)]
    title: Signal<String>,
    children: Children,
) -> impl IntoView {
    let id = scene.id(name);
    let labelled_by = id.clone();
    let class = format!("postern-demo-part postern-demo-{name}");
    view! {
        <section class=class aria-labelledby=labelled_by>
            <h3 id=id tabindex="-1">{title}</h3>
            {children()}
        </section>
    }
}
