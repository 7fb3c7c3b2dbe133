//! What screens are made of. A part takes labels and callbacks, and knows nothing of the step that
//! it stands in.

pub(crate) mod button;
pub(crate) mod choice;
pub(crate) mod element;
pub(crate) mod field;
pub(crate) mod form;
pub(crate) mod frame;
pub(crate) mod gates;
pub(crate) mod help;
pub(crate) mod language;
mod render;
pub(crate) mod step;
pub(crate) mod summary;
pub(crate) mod text;
pub(crate) mod ways;
