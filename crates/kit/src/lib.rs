//! What pages are made of: the browser, elements, parts and words.
//!
//! A part takes labels and callbacks. It knows the [`page::Page`] around it, and neither the app
//! nor its flow.

pub mod browser;
pub mod element;
pub mod page;
pub mod parts;
mod render;
pub mod text;
pub mod words;
