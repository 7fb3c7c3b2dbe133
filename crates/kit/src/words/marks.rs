//! The marks of a compiled catalog: control characters between the words. No language uses them.
//! The build writes them and the page reads them, so both include this one file.

/// The mark of the first parameter; the marks of the others follow it. Parameters are numbered in
/// alphabetical order.
pub(crate) const FIRST_PARAMETER: char = '\u{1}';

/// The mark of the last parameter that a message can have.
pub(crate) const LAST_PARAMETER: char = '\u{8}';

/// Begins a choice by number. The mark of the counted parameter follows, and then the variants.
pub(crate) const SELECT: char = '\u{e}';

/// Begins a variant: its key, [`PATTERN`], its words. The key is a number, a plural category, or
/// empty for the default, which comes last.
pub(crate) const VARIANT: char = '\u{11}';

/// Ends the key of a variant and begins its words.
pub(crate) const PATTERN: char = '\u{12}';

/// Ends a choice.
pub(crate) const END: char = '\u{f}';
