//! The error summary: the problems, above the heading, with the focus on the summary and a link to
//! each field.
//!
//! Because it has the focus, a screen reader reads the title and the sentences; as an alert it
//! would read them twice.

use crate::browser;
use crate::element::{Element, View, effect, el, live, svg, when};
use crate::page::{Explanation, Page};
use crate::text::Text;

/// What a page says in the summary of its problems.
#[derive(Clone, Copy)]
pub struct Summary<T, N, B> {
    /// The title of the summary.
    pub title: T,
    /// The name of the problem for the page of a portal, if it learns of it.
    pub name: N,
    /// What the person can do about the problems, besides mending the fields.
    pub below: B,
}

impl<T, N, B> Summary<T, N, B>
where
    T: Fn() -> String + Copy + 'static,
    N: Fn() -> Option<&'static str> + Copy + 'static,
    B: Fn() -> View + Copy + 'static,
{
    /// The summary, while there are problems.
    pub fn view(self, page: impl Page) -> View {
        when(
            move || !page.problems().is_empty(),
            move || self.problems(page),
        )
    }

    fn problems(self, page: impl Page) -> Element {
        let (title_id, list_id) = (page.id("problem"), page.id("problems"));
        let icon = svg("svg")
            .class("postern-icon")
            .attr("viewBox", "0 0 20 20")
            .attr("aria-hidden", "true")
            .child(svg("path").attr("d", "M10 1.5 19 18H1z"))
            .child(
                svg("path")
                    .class("postern-icon-mark")
                    .attr("d", "M10 7v5M10 14.2v1.4"),
            );
        let items = move || page.problems().into_iter().map(item).collect::<View>();
        let name = self.name;
        let frame = el("div")
            .class("postern-summary")
            .attr("role", "group")
            .attr("tabindex", "-1")
            .attr("aria-labelledby", &title_id)
            .live_attr("data-problem", move || name().map(Into::into))
            .attr("aria-describedby", &list_id)
            .child(el("h2").id(&title_id).child(icon).say(Text::of(self.title)))
            .child(
                el("ul")
                    .id(&list_id)
                    .child(live(move || page.problems(), items)),
            )
            .child((self.below)());
        let (focused, mut last) = (frame.clone(), None);
        effect(move || {
            // The same problem in succession takes the focus again.
            let turn = page.turn();
            if last.replace(turn) != Some(turn) && page.may_lead() {
                focused.focus();
            }
        });
        frame
    }
}

fn item(explanation: Explanation) -> Element {
    let Explanation { field, text } = explanation;
    let Some(field) = field else {
        return el("li").text(&text);
    };
    let link = el("a")
        .attr("href", &["#", &field].concat())
        .text(&text)
        .on("click", move |event| {
            event.prevent_default();
            browser::focus_field(&field);
        });
    el("li").child(link)
}
