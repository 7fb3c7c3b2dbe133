//! The parts that several screens of the wizard share. Each binds parts of the kit to the wizard's
//! state and words.

pub(crate) mod help;
pub(crate) mod problems;
pub(crate) mod step;
pub(crate) mod ways;
