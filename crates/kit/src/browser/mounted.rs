//! The element that contains the app, before the app loads and after it breaks.

use postern_protocol::{json, wire};

use super::{HtmlElement, first_step_in, prepare};

/// The text that the person typed into the first step before the app loaded, and the cursor
/// position.
#[wire(page_reads)]
#[derive(Clone, Debug, Default)]
pub struct FirstStep {
    /// The value of the field.
    pub typed: String,
    /// Start and end of the selection, if the field had the focus.
    pub selection_start: Option<u32>,
    pub selection_end: Option<u32>,
    /// Whether the person already sent the form: the app continues from there.
    pub sent: bool,
}

/// Removes the plain-HTML first step from an element and returns the typed text.
pub fn take_first_step(element: &HtmlElement) -> FirstStep {
    json::from_str(&first_step_in(element)).unwrap_or_default()
}

/// The texts of a broken page, in the language that the page had.
#[wire(page_writes)]
#[derive(Clone, Debug)]
pub struct Broken {
    pub title: String,
    pub body: String,
    pub reload: String,
    pub help: String,
    pub support: String,
    pub language: &'static str,
    pub direction: &'static str,
    /// Whether the app may set the title of the tab.
    pub names_tab: bool,
}

/// Stores the texts that the element shows if the app breaks.
pub fn prepare_for_the_worst(element: &HtmlElement, words: &Broken) {
    prepare(element, &json::to_string(words));
}
