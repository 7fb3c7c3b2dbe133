//! Elements, built by calls: `el("p").class("postern-lead").say(text)`.
//!
//! Why not `view!`: a view of Leptos is a type of its own, as deep as its markup, and the code that
//! builds, rebuilds and hydrates it is compiled for each. For twenty screens that was 80 KB of
//! brotli, more than everything else together. Here an element is an element of the page, and what
//! follows the state is one render effect of Leptos behind a box, so that each call below is
//! compiled once. Signals, memos, contexts and owners are those of Leptos: what is built under an
//! owner goes with it.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::reactive::owner::WeakOwner;

use super::text::Text;
use crate::browser::{self, Event, HtmlElement, Listener, Node};

/// An HTML element with nothing in it yet.
pub(crate) fn el(tag: &str) -> Element {
    Element(browser::create_element(tag))
}

/// An element of a drawing.
pub(crate) fn svg(tag: &str) -> Element {
    Element(browser::create_svg(tag))
}

/// An element of the page. A handle: clones are the same element.
#[derive(Clone)]
pub(crate) struct Element(HtmlElement);

impl Element {
    /// An attribute that stays as it is.
    pub(crate) fn attr(self, name: &str, value: &str) -> Self {
        browser::set_attribute(&self.0, name, Some(value));
        self
    }

    /// An attribute that is there by being there, if it is.
    pub(crate) fn attr_if(self, name: &str, is_there: bool) -> Self {
        if is_there { self.attr(name, "") } else { self }
    }

    /// An attribute that follows the state; with `None` it is not there.
    pub(crate) fn live_attr(
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

    /// An attribute that is there, with this value, while the test says so.
    pub(crate) fn attr_while(
        self,
        name: &'static str,
        value: &'static str,
        test: impl Fn() -> bool + 'static,
    ) -> Self {
        self.live_attr(name, move || test().then_some(Cow::Borrowed(value)))
    }

    /// Its classes.
    pub(crate) fn class(self, classes: &str) -> Self {
        self.attr("class", classes)
    }

    /// Its id, which begins with the prefix of this wizard: see `Desk::id`.
    pub(crate) fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    /// What it says; said again when that changes.
    pub(crate) fn say(self, text: Text) -> Self {
        let node = browser::create_text();
        let _ = self.0.append_child(&node);
        let element = self.0.clone();
        let mut last = String::new();
        follow(Box::new(move || {
            let words = text.get();
            // The same words are left alone, so that a screen reader does not read them again.
            if words != last {
                browser::say(&element, &node, &words);
                last = words;
            }
        }));
        self
    }

    /// Words that stay as they are.
    pub(crate) fn text(self, words: &str) -> Self {
        let node = browser::create_text();
        node.set_text_content(Some(words));
        let _ = self.0.append_child(&node);
        self
    }

    /// What stands in it, after what does already.
    pub(crate) fn child(self, view: impl Into<View>) -> Self {
        let _ = self.0.append_child(&view.into().0);
        self
    }

    /// Does something at each event of that name, for as long as the present owner lives.
    pub(crate) fn on(self, event: &'static str, act: impl Fn(Event) + 'static) -> Self {
        keep(Box::new(Listener::new(
            self.0.clone().into(),
            event,
            Box::new(act),
        )));
        self
    }

    /// What the field holds. Nothing for what is no field.
    pub(crate) fn value(&self) -> String {
        browser::value_of(&self.0)
    }

    /// Puts something into the field.
    pub(crate) fn set_value(&self, value: &str) {
        browser::set_value(&self.0, value);
    }

    /// The element itself, for what only the browser does with it.
    pub(crate) fn html(&self) -> &HtmlElement {
        &self.0
    }

    /// Puts the cursor into the field, around what is between these two places.
    pub(crate) fn select(&self, start: u32, end: u32) {
        browser::restore_selection(&self.0, start, end);
    }

    /// Moves the focus there, and nothing else moves: what had it beside this has gone.
    pub(crate) fn take_focus(&self) {
        browser::take_focus(&self.0);
    }

    /// Moves the focus there and brings it into view, unless it is.
    pub(crate) fn focus(&self) {
        browser::focus(&self.0);
    }

    /// Moves the focus there, as the heading of a new step, which begins at its top.
    pub(crate) fn arrive(&self, owns_page: bool) {
        browser::arrive(&self.0, owns_page);
    }
}

/// A part of a page: any number of nodes in a row, until they are put into an element.
pub(crate) struct View(Node);

impl View {
    /// A view without content.
    pub(crate) fn empty() -> Self {
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

/// A part of a page that is made anew when its key has another value; nothing else that it reads
/// makes it anew.
pub(crate) fn live<K: PartialEq + 'static, V: Into<View>>(
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
    // What the view is made under: it stays when the key is looked at again, and goes with the
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

/// A place for views that come and go: between two empty texts, because their nodes may be several,
/// none, or live themselves.
pub(crate) struct Region {
    begin: Node,
    end: Node,
}

impl Region {
    /// A region with nothing in it yet.
    pub(super) fn new() -> Self {
        let region = Self {
            begin: browser::create_text(),
            end: browser::create_text(),
        };
        let all = browser::create_fragment();
        let _ = all.append_child(&region.begin);
        let _ = all.append_child(&region.end);
        region
    }

    /// All of it, before it is put anywhere.
    fn view(&self) -> View {
        self.end.parent_node().map_or_else(View::empty, View)
    }

    /// Puts a view in place of what is there. The focus does not go with what goes.
    pub(super) fn fill(&self, View(new): View) {
        browser::fill(&self.begin, &self.end, &new);
    }

    /// What stands in the page now, the two texts included.
    pub(super) fn nodes(&self) -> Vec<Node> {
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

/// A part of a page that is there while the test says so.
pub(crate) fn when<V: Into<View>>(
    test: impl Fn() -> bool + 'static,
    view: impl Fn() -> V + 'static,
) -> View {
    let test = Rc::new(test);
    let key = test.clone();
    live(move || key(), move || test().then(&view))
}

/// Does something once the page is built, and again whenever what it reads changes, until the owner
/// is gone.
pub(crate) fn effect(act: impl FnMut() + 'static) {
    let act: Box<dyn FnMut()> = Box::new(act);
    let owner = Owner::current().map(|owner| owner.downgrade());
    browser::spawn(async move {
        if let Some(owner) = owner.as_ref().and_then(WeakOwner::upgrade) {
            owner.with(|| follow(act));
        }
    });
}

/// Does something now, while the page is being built, and again whenever what it reads changes,
/// until the owner is gone.
fn follow(mut act: Box<dyn FnMut()>) {
    keep(Box::new(RenderEffect::new(move |_| act())));
}

/// Keeps something for as long as the present owner lives.
fn keep(thing: Box<dyn Any>) {
    StoredValue::new_local(thing);
}
