//! Builds elements by calls: `el("p").class("postern-lead").say(text)`.
//!
//! The reason not to use `view!`: each view of Leptos has its own type, as deep as its markup, and
//! the compiler generates the code that builds, rebuilds and hydrates it for each type. For twenty
//! screens that code had a size of 80 KB in brotli, more than everything else together. Here,
//! `Element` is an element of the page, and each part that follows the state is one boxed render
//! effect of Leptos, so that each call below is compiled once. Signals, memos, contexts and owners
//! are those of Leptos: everything that is built under an owner is removed with it.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::reactive::owner::WeakOwner;

use crate::browser::{self, Event, HtmlElement, Listener, Node};
use crate::text::Text;

/// Creates an empty HTML element.
pub fn el(tag: &str) -> Element {
    Element(browser::create_element(tag))
}

/// Creates an SVG element.
pub fn svg(tag: &str) -> Element {
    Element(browser::create_svg(tag))
}

/// An element of the page. A handle: clones refer to the same element.
#[derive(Clone)]
#[must_use = "an element is on a page only as a child of another"]
pub struct Element(HtmlElement);

impl Element {
    /// Sets a constant attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        browser::set_attribute(&self.0, name, Some(value));
        self
    }

    /// Sets a boolean attribute if `is_there`.
    pub fn attr_if(self, name: &str, is_there: bool) -> Self {
        if is_there { self.attr(name, "") } else { self }
    }

    /// Sets an attribute that follows the state; `None` removes it.
    pub fn live_attr(
        self,
        name: &'static str,
        value: impl Fn() -> Option<Cow<'static, str>> + 'static,
    ) -> Self {
        self.boxed_live_attr(name, Box::new(value))
    }

    fn boxed_live_attr(
        self,
        name: &'static str,
        value: Box<dyn Fn() -> Option<Cow<'static, str>>>,
    ) -> Self {
        let element = self.0.clone();
        let mut last = None;
        follow(Box::new(move || {
            let value = value();
            if value != last {
                browser::set_attribute(&element, name, value.as_deref());
                last = value;
            }
        }));
        self
    }

    /// Sets the attribute to this value while the test returns true.
    pub fn attr_while(
        self,
        name: &'static str,
        value: &'static str,
        test: impl Fn() -> bool + 'static,
    ) -> Self {
        self.live_attr(name, move || test().then_some(Cow::Borrowed(value)))
    }

    /// Sets the classes.
    pub fn class(self, classes: &str) -> Self {
        self.attr("class", classes)
    }

    /// Sets the id, which begins with the prefix of the app: see `Page::id`.
    pub fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    /// Adds a text that follows its changes.
    pub fn say(self, text: Text) -> Self {
        let node = browser::create_text();
        let _ = self.0.append_child(&node);
        let element = self.0.clone();
        let mut last = String::new();
        follow(Box::new(move || {
            let words = text.get();
            // Unchanged words are not written again, so that a screen reader does not read them
            // again.
            if words != last {
                browser::say(&element, &node, &words);
                last = words;
            }
        }));
        self
    }

    /// Adds a constant text.
    pub fn text(self, words: &str) -> Self {
        let node = browser::create_text();
        node.set_text_content(Some(words));
        let _ = self.0.append_child(&node);
        self
    }

    /// Adds a child after the existing ones.
    pub fn child(self, view: impl Into<View>) -> Self {
        let _ = self.0.append_child(&view.into().0);
        self
    }

    /// Runs `act` at each event with this name, for the lifetime of the current owner.
    pub fn on(self, event: &'static str, act: impl Fn(Event) + 'static) -> Self {
        keep(Box::new(Listener::new(
            self.0.clone().into(),
            event,
            Box::new(act),
        )));
        self
    }

    /// The value of the field; empty for an element that is not a field.
    pub fn value(&self) -> String {
        browser::value_of(&self.0)
    }

    /// Sets the value of the field.
    pub fn set_value(&self, value: &str) {
        browser::set_value(&self.0, value);
    }

    /// The element itself, for operations that only the browser can do.
    pub fn html(&self) -> &HtmlElement {
        &self.0
    }

    /// Selects the text between these two positions in the field.
    pub fn select(&self, start: u32, end: u32) {
        browser::restore_selection(&self.0, start, end);
    }

    /// Moves the focus to the element, without any other movement: the element beside it that had
    /// the focus is gone.
    pub fn take_focus(&self) {
        browser::take_focus(&self.0);
    }

    /// Moves the focus to the element and scrolls it into view if necessary.
    pub fn focus(&self) {
        browser::focus(&self.0);
    }

    /// Moves the focus to the element as the heading of a new step, and scrolls to the top of the
    /// step.
    pub fn arrive(&self, owns_page: bool) {
        browser::arrive(&self.0, owns_page);
    }
}

/// A part of a page: any number of nodes in a row that are not yet in an element.
pub struct View(Node);

impl View {
    /// A view without content.
    pub fn empty() -> Self {
        Self(browser::create_fragment())
    }
}

impl From<Element> for View {
    fn from(element: Element) -> Self {
        Self(element.0.into())
    }
}

impl<V: Into<Self>> From<Option<V>> for View {
    fn from(view: Option<V>) -> Self {
        view.map_or_else(Self::empty, Into::into)
    }
}

impl<V: Into<Self>> FromIterator<V> for View {
    fn from_iter<I: IntoIterator<Item = V>>(views: I) -> Self {
        let all = Self::empty();
        for view in views {
            let _ = all.0.append_child(&view.into().0);
        }
        all
    }
}

impl<V: Into<Self>, const N: usize> From<[V; N]> for View {
    fn from(views: [V; N]) -> Self {
        views.into_iter().collect()
    }
}

/// A part of a page that is rebuilt when the value of its key changes. Nothing else that it reads
/// causes a rebuild.
pub fn live<K: PartialEq + 'static, V: Into<View>>(
    key: impl Fn() -> K + 'static,
    view: impl Fn() -> V + 'static,
) -> View {
    let mut last = None;
    let has_changed = move || {
        let next = Some(key());
        let has_changed = next != last;
        last = next;
        has_changed
    };
    boxed_live(Box::new(has_changed), Box::new(move || view().into()))
}

fn boxed_live(mut has_changed: Box<dyn FnMut() -> bool>, view: Box<dyn Fn() -> View>) -> View {
    let region = Region::new();
    let all = region.view();
    let outside = Owner::current().map(|owner| owner.downgrade());
    // The owner of the view: it survives when the key is evaluated again, and is removed with the
    // view.
    let mut inside = None;
    follow(Box::new(move || {
        if has_changed() {
            let owner = outside
                .as_ref()
                .and_then(WeakOwner::upgrade)
                .map_or_else(Owner::new, |outside| outside.child());
            region.fill(owner.with(|| untrack(&view)));
            let _before = inside.replace(owner);
        }
    }));
    all
}

/// A region is a place for views that come and go. It lies between two empty texts, because a view
/// can have several nodes, no nodes, or nodes that change themselves.
pub struct Region {
    begin: Node,
    end: Node,
}

impl Region {
    /// An empty region.
    pub(crate) fn new() -> Self {
        let region = Self {
            begin: browser::create_text(),
            end: browser::create_text(),
        };
        let all = browser::create_fragment();
        let _ = all.append_child(&region.begin);
        let _ = all.append_child(&region.end);
        region
    }

    /// The whole region, before it is in an element.
    fn view(&self) -> View {
        self.end.parent_node().map_or_else(View::empty, View)
    }

    /// Replaces the current view. The focus does not disappear with the removed nodes.
    pub(crate) fn fill(&self, View(new): View) {
        browser::fill(&self.begin, &self.end, &new);
    }

    /// The current nodes in the page, including the two texts.
    pub(crate) fn nodes(&self) -> Vec<Node> {
        let mut nodes = vec![self.begin.clone()];
        while let Some(next) = nodes
            .last()
            .filter(|last| **last != self.end)
            .and_then(Node::next_sibling)
        {
            nodes.push(next);
        }
        nodes
    }
}

/// A part of a page that exists while the test returns true.
pub fn when<V: Into<View>>(
    test: impl Fn() -> bool + 'static,
    view: impl Fn() -> V + 'static,
) -> View {
    let test = Rc::new(test);
    let key = test.clone();
    live(move || key(), move || test().then(&view))
}

/// Runs `act` after the page is built, and again whenever a value that it reads changes, until the
/// owner is disposed of.
pub fn effect(act: impl FnMut() + 'static) {
    let act: Box<dyn FnMut()> = Box::new(act);
    let owner = Owner::current().map(|owner| owner.downgrade());
    browser::spawn(async move {
        if let Some(owner) = owner.as_ref().and_then(WeakOwner::upgrade) {
            owner.with(|| follow(act));
        }
    });
}

/// Runs `act` immediately, while the page is built, and again whenever a value that it reads
/// changes, until the owner is disposed of.
fn follow(mut act: Box<dyn FnMut()>) {
    keep(Box::new(RenderEffect::new(move |_| act())));
}

/// Keeps a value for the lifetime of the current owner.
fn keep(thing: Box<dyn Any>) {
    StoredValue::new_local(thing);
}
