//! A page, as its parts see it, and the element that contains it.

use std::cell::{Cell, RefCell};

use crate::browser::{self, FirstStep, HtmlElement};

/// What a part asks of the page around it. A handle: all copies belong to the same page.
pub trait Page: Copy + 'static {
    /// The id of the element with this name on this page.
    fn id(self, name: &str) -> String;

    /// Whether the person waits for the answer to a request.
    fn is_busy(self) -> bool;

    /// Whether the calling step follows another one and may take the focus. The first step of a
    /// page does not move the focus.
    fn arrives(self) -> bool;

    /// Whether content that appears now may take the focus. In a portal's page it may only if the
    /// person's focus is in the element of the page, or if the person's action led there.
    fn may_lead(self) -> bool;

    /// Whether the app owns the whole page, and not only an element of a portal's page.
    fn owns_page(self) -> bool;

    /// The current problems, in the current language.
    fn problems(self) -> Vec<Explanation>;

    /// Changes whenever the page has to announce a problem, including a repeated one.
    fn turn(self) -> u32;

    /// The words in front of an error, for screen readers.
    fn error_prefix(self) -> String;
}

/// A sentence about a problem, and the field that it is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Explanation {
    /// The id of the field; `None` if the problem is not about a field.
    pub field: Option<String>,
    /// The words.
    pub text: String,
}

/// The problems of the field with this id, as one text.
pub(crate) fn error_of(page: impl Page, id: &str) -> Option<String> {
    let of_field = page
        .problems()
        .into_iter()
        .filter(|explanation| explanation.field.as_deref() == Some(id));
    of_field
        .map(|explanation| explanation.text)
        .reduce(|all, next| [&all, " ", &next].concat())
}

/// The element that contains an app.
pub struct Container {
    element: HtmlElement,
    /// The prefix of the ids of the app's elements, so that two apps on a page do not clash.
    prefix: String,
    owns_page: bool,
    first: RefCell<Option<FirstStep>>,
    /// Whether a step has been shown. For later steps, the focus goes to their heading.
    shown: Cell<bool>,
}

impl Container {
    /// The element of the app with this name. `first` is what the person typed there before the app
    /// loaded.
    pub fn new(element: HtmlElement, name: &str, owns_page: bool, first: FirstStep) -> Self {
        Self {
            element,
            prefix: ["postern-", name, "-"].concat(),
            owns_page,
            first: RefCell::new(Some(first)),
            shown: Cell::new(false),
        }
    }

    /// See [`Page::id`].
    pub fn id(&self, name: &str) -> String {
        [&self.prefix, name].concat()
    }

    /// See [`Page::owns_page`].
    pub fn owns_page(&self) -> bool {
        self.owns_page
    }

    /// The text that the person typed before the app loaded; only the first caller gets it.
    pub fn take_first_step(&self) -> Option<FirstStep> {
        self.first.take()
    }

    /// See [`Page::arrives`].
    pub fn arrives(&self, is_led: bool) -> bool {
        self.shown.replace(true) && self.may_lead(is_led)
    }

    /// See [`Page::may_lead`]. `is_led` says whether the person's last action led here.
    pub fn may_lead(&self, is_led: bool) -> bool {
        self.owns_page || browser::may_focus(&self.element, is_led)
    }
}
