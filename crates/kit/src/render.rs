//! Lets Leptos mount the elements that calls have built: a [`View`] can be in every place where
//! Leptos takes something to render.

use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::{Mountable, Render};

use crate::browser::JsCast;
use crate::element::{Region, View};

impl Render for View {
    type State = Region;

    fn build(self) -> Region {
        let region = Region::new();
        region.fill(self);
        region
    }

    fn rebuild(self, region: &mut Region) {
        region.fill(self);
    }
}

impl Mountable for Region {
    fn unmount(&mut self) {
        for node in self.nodes() {
            if let Some(parent) = node.parent_node() {
                let _ = parent.remove_child(&node);
            }
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        for node in self.nodes() {
            let _ = parent.insert_before(&node, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let nodes = self.nodes();
        let begin = nodes.first();
        let parent = begin.and_then(Node::parent_element);
        parent.map(|parent| child.mount(&parent, begin)).is_some()
    }

    fn elements(&self) -> Vec<Element> {
        self.nodes()
            .into_iter()
            .filter_map(|node| node.dyn_into().ok())
            .collect()
    }
}
