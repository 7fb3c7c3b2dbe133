//! Positions in a configuration, and errors at them.

use std::ops::Range;

/// A step of the path to a key: the name of a key, or an index in a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

pub(super) type Path = Vec<Step>;

/// An error: its position, its key and its reason.
pub(super) struct Wrong {
    pub(super) span: Range<usize>,
    pub(super) path: Path,
    pub(super) reason: String,
}

/// The path to a key inside tables.
pub(super) fn path_of(keys: &[&str]) -> Path {
    keys.iter()
        .map(|key| Step::Key((*key).to_owned()))
        .collect()
}

/// The path to a tenant by its index in the file.
pub(super) fn tenant_path(index: usize) -> Path {
    vec![Step::Key("tenants".to_owned()), Step::Index(index)]
}
