//! Where something stands in a configuration, and what is wrong there.

use std::ops::Range;

/// The way to a key: names of keys, and places in lists.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

pub(super) type Path = Vec<Step>;

/// Something wrong: where it stands, at which key, and what.
pub(super) struct Wrong {
    pub(super) span: Range<usize>,
    pub(super) path: Path,
    pub(super) reason: String,
}

/// The way to a key within tables.
pub(super) fn path_of(keys: &[&str]) -> Path {
    keys.iter()
        .map(|key| Step::Key((*key).to_owned()))
        .collect()
}

/// The way to a tenant as it is written.
pub(super) fn tenant_path(index: usize) -> Path {
    vec![Step::Key("tenants".to_owned()), Step::Index(index)]
}
