//! Browser operations for a panel beside the app, such as that of the demo.

use super::{HtmlElement, JsCast, Listener, document, focus_field, set_value, window};

/// The empty place that the page reserves beside the app; `None` if it does not exist or is
/// already used.
pub fn empty_place(name: &str) -> Option<HtmlElement> {
    let place = document()?.query_selector(&format!("[{name}]")).ok()??;
    place
        .dyn_into::<HtmlElement>()
        .ok()
        .filter(|place| !place.has_child_nodes())
}

/// Makes all content beside the element unreachable for focus, pointer and screen readers, or makes
/// it reachable again.
pub fn set_inert_beside(element: &HtmlElement, inert: bool) {
    let Some(parent) = element.parent_element() else {
        return;
    };
    let mut sibling = parent.first_element_child();
    while let Some(present) = sibling {
        if !element.is_same_node(Some(&present)) {
            let _ = present.toggle_attribute_with_force("inert", inert);
        }
        sibling = present.next_element_sibling();
    }
}

/// Moves the focus to the part of the panel with this id. The panel is beside the app.
pub fn focus_part(id: &str) {
    let part = document().and_then(|document| document.get_element_by_id(id));
    if let Some(part) = part.and_then(|part| part.dyn_into::<HtmlElement>().ok()) {
        part.scroll_into_view();
        let _ = part.focus();
    }
}

/// Replaces the value of the field with this id, and moves the focus to it; returns whether the
/// field exists.
pub fn fill_field(id: &str, text: &str) -> bool {
    let field = document().and_then(|document| document.get_element_by_id(id));
    let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    set_value(&field, text);
    focus_field(id);
    true
}

/// Scrolls the list that contains an item until the item is at the top of the list; the page itself
/// does not scroll.
pub fn scroll_list_to(item: &HtmlElement) {
    if let Some(list) = item
        .parent_element()
        .and_then(|list| list.dyn_into::<HtmlElement>().ok())
    {
        list.set_scroll_top(item.offset_top() - list.offset_top());
    }
}

/// Listens for the page becoming so wide that the media query matches.
pub fn on_wide(query: &str, mut widened: impl FnMut() + 'static) -> Option<Listener> {
    let list = window()?.match_media(query).ok()??;
    let target = list.clone().into();
    Some(Listener::new(
        target,
        "change",
        Box::new(move |_| {
            if list.matches() {
                widened();
            }
        }),
    ))
}
