//! The parts that make up screens. A part takes labels and callbacks, and does not know the step
//! that contains it.

pub mod button;
pub mod choice;
pub mod field;
pub mod form;
pub mod gates;
pub mod language;
pub mod notice;
pub mod step;
pub mod summary;
