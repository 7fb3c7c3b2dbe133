//! Nodes, for [`crate::element`].

use super::{HtmlElement, JsCast, Node, document};
use wasm_bindgen::JsValue;
use web_sys::Element;

/// Creates an HTML element that is not yet on a page.
pub(crate) fn create_element(tag: &str) -> HtmlElement {
    created(document().map(|document| document.create_element(tag)))
}

/// Creates an SVG element. The callers use only the members that it shares with HTML elements.
pub(crate) fn create_svg(tag: &str) -> HtmlElement {
    created(
        document()
            .map(|document| document.create_element_ns(Some("http://www.w3.org/2000/svg"), tag)),
    )
}

fn created(element: Option<Result<Element, JsValue>>) -> HtmlElement {
    element
        .and_then(Result::ok)
        .expect("a page makes any element with a proper name")
        .unchecked_into()
}

/// Creates an empty text node.
pub(crate) fn create_text() -> Node {
    document()
        .expect("the app runs in a page")
        .create_text_node("")
        .into()
}

/// Creates a fragment that holds a row of nodes.
pub(crate) fn create_fragment() -> Node {
    document()
        .expect("the app runs in a page")
        .create_document_fragment()
        .into()
}

/// Sets an attribute, or removes it.
pub(crate) fn set_attribute(element: &HtmlElement, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}
