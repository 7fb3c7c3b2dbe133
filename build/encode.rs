//! Writes a message as one line of a compiled catalog. This is the inverse of
//! `crates/kit/src/words/catalog.rs` in the page.

use super::{
    marks::{END, FIRST_PARAMETER, PATTERN, SELECT, VARIANT},
    message::{Key, Message, Part},
};

/// The message as a line, without its line end.
///
/// `parameters` are the names that the marks number, in alphabetical order; the message has no
/// other parameters.
pub(crate) fn line(message: &Message, parameters: &[String]) -> String {
    let mut line = String::new();
    push(&mut line, &message.parts, parameters);
    line
}

fn push(line: &mut String, parts: &[Part], parameters: &[String]) {
    for part in parts {
        match part {
            Part::Text(words) => line.push_str(words),
            Part::Parameter(name) => line.push(mark(name, parameters)),
            Part::Select {
                parameter,
                variants,
            } => {
                line.push(SELECT);
                line.push(mark(parameter, parameters));
                for variant in variants {
                    line.push(VARIANT);
                    match &variant.key {
                        Key::Exact(number) => line.push_str(&number.to_string()),
                        Key::Category(category) => line.push_str(category),
                        Key::Other => {}
                    }
                    line.push(PATTERN);
                    push(line, &variant.parts, parameters);
                }
                line.push(END);
            }
        }
    }
}

fn mark(name: &str, parameters: &[String]) -> char {
    let index = parameters.iter().position(|parameter| parameter == name);
    index
        .and_then(|index| u32::try_from(index).ok())
        .and_then(|index| char::from_u32(u32::from(FIRST_PARAMETER) + index))
        .expect("placeholders were compared with those of the reference language")
}
