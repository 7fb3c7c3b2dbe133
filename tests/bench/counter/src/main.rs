//! The counter from the beginning of Leptos's own book. The wizard's cost beyond this is ours.

use leptos::{mount::mount_to_body, prelude::*};

fn main() {
    mount_to_body(|| {
        let (count, set_count) = signal(0);
        view! {
            <main>
                <h1>"Counter"</h1>
                <button on:click=move |_| set_count.update(|count| *count += 1)>"Count: " {count}</button>
            </main>
        }
    });
}
