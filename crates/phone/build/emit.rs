//! Writes tables as Rust source.

use std::fmt::{Display, Write};

use crate::layout::Layout;

#[derive(Default)]
pub(crate) struct Source(String);

impl Source {
    /// A constant array of anything that is written as it is displayed.
    pub(crate) fn array(
        &mut self,
        name: &str,
        element: &str,
        values: impl IntoIterator<Item: Display>,
    ) {
        let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
        let length = values.len();
        self.line(format_args!(
            "pub(crate) static {name}: [{element}; {length}] = [{}];",
            values.join(",")
        ));
    }

    /// An automaton, in the words that `src/automaton.rs` describes.
    pub(crate) fn automaton(&mut self, name: &str, layout: &Layout) {
        self.array(name, "u16", &layout.words);
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        writeln!(self.0, "{line}").expect("writing to a string cannot fail");
    }
}
