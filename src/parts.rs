//! The parts that make up screens. A part takes labels and callbacks, and does not know the step
//! that contains it.

pub(crate) mod button;
pub(crate) mod choice;
pub(crate) mod element;
pub(crate) mod field;
pub(crate) mod form;
pub(crate) mod gates;
pub(crate) mod help;
pub(crate) mod language;
mod render;
pub(crate) mod step;
pub(crate) mod summary;
pub(crate) mod text;
pub(crate) mod ways;
