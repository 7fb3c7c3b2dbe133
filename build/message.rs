//! One message of one language, read from Fluent and checked. The compiler accepts only a small
//! part of Fluent: words, placeholders and choices by number. The result needs no interpreter in
//! the page.

use fluent_syntax::{
    ast::{
        Expression, InlineExpression, Pattern, PatternElement, Variant as AstVariant, VariantKey,
    },
    unicode::unescape_unicode_to_string,
};
use postern_locale::{Kind, Language, kind as kind_of};

use super::{
    fault::{Fault, Place},
    marks::{FIRST_PARAMETER, LAST_PARAMETER},
};

/// A message in one language.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// The name of the message in every language.
    pub(crate) key: String,
    /// The group of the message: the name of its file without the extension.
    pub(crate) group: String,
    /// The place of the message in its file.
    pub(crate) place: Place,
    /// The names of the placeholders, in alphabetical order.
    pub(crate) parameters: Vec<String>,
    /// The content of the message.
    pub(crate) parts: Vec<Part>,
}

/// A piece of a message.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// Words that are written unchanged.
    Text(String),
    /// A placeholder, by name.
    Parameter(String),
    /// A choice by a number.
    Select {
        parameter: String,
        variants: Vec<Variant>,
    },
}

/// The text for some numbers. It contains no choice of its own.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// The numbers to which the variant applies.
    pub(crate) key: Key,
    /// The text of the variant.
    pub(crate) parts: Vec<Part>,
}

/// The numbers to which a variant applies, in the order in which the variants are tested.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Key {
    /// Exactly this number.
    Exact(u32),
    /// Numbers of a plural category.
    Category(String),
    /// All other numbers.
    Other,
}

impl Message {
    /// Reads a message.
    ///
    /// # Errors
    /// The first fault of its words.
    pub(crate) fn read(
        key: &str,
        pattern: &Pattern<&str>,
        (group, place): (&str, Place),
        language: &Language,
    ) -> Result<Self, Fault> {
        let words: Vec<&str> = key.split('-').collect();
        let plain = |word: &&str| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        };
        if words.len() < 2 || !words.iter().all(plain) {
            return Err(Fault::Key);
        }
        let parts = parts(pattern, language, Depth::Message)?;
        let mut parameters = Vec::new();
        collect(&parts, &mut parameters);
        parameters.sort();
        parameters.dedup();
        if parameters.len() > LAST_PARAMETER as usize - FIRST_PARAMETER as usize + 1 {
            return Err(Fault::TooManyPlaceholders);
        }
        Ok(Self {
            key: key.to_owned(),
            group: group.to_owned(),
            place,
            parameters,
            parts,
        })
    }
}

/// The depth of a pattern in a message.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Depth {
    Message,
    Variant,
}

fn parts(pattern: &Pattern<&str>, language: &Language, depth: Depth) -> Result<Vec<Part>, Fault> {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => text(value),
            PatternElement::Placeable { expression } => placeable(expression, language, depth),
        })
        .collect()
}

fn placeable(
    expression: &Expression<&str>,
    language: &Language,
    depth: Depth,
) -> Result<Part, Fault> {
    match expression {
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            kind(id.name)?;
            Ok(Part::Parameter(id.name.to_owned()))
        }
        Expression::Inline(InlineExpression::StringLiteral { value }) => {
            text(&unescape_unicode_to_string(value))
        }
        Expression::Inline(InlineExpression::NumberLiteral { .. }) => {
            Err(Fault::Unsupported("a number in braces"))
        }
        Expression::Inline(InlineExpression::FunctionReference { .. }) => {
            Err(Fault::Unsupported("a function"))
        }
        Expression::Inline(
            InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. },
        ) => Err(Fault::Unsupported("a message within a message")),
        Expression::Inline(InlineExpression::Placeable { expression }) => {
            placeable(expression, language, depth)
        }
        Expression::Select { selector, variants } => select(selector, variants, language, depth),
    }
}

fn select(
    selector: &InlineExpression<&str>,
    variants: &[AstVariant<&str>],
    language: &Language,
    depth: Depth,
) -> Result<Part, Fault> {
    let InlineExpression::VariableReference { id } = selector else {
        return Err(Fault::Unsupported("a choice by anything but a placeholder"));
    };
    if kind(id.name)? != Kind::Number {
        return Err(Fault::SelectOnText(id.name.to_owned()));
    }
    if depth == Depth::Variant {
        return Err(Fault::NestedSelect);
    }
    let mut read = Vec::with_capacity(variants.len());
    for variant in variants {
        let key = variant_key(variant, language)?;
        if read.iter().any(|earlier: &Variant| earlier.key == key) {
            return Err(Fault::DuplicateVariant(name(&variant.key).to_owned()));
        }
        read.push(Variant {
            key,
            parts: parts(&variant.value, language, Depth::Variant)?,
        });
    }
    // Fluent prefers an exact number to a category, whatever their order.
    read.sort_by(|one, other| one.key.cmp(&other.key));
    Ok(Part::Select {
        parameter: id.name.to_owned(),
        variants: read,
    })
}

fn variant_key(variant: &AstVariant<&str>, language: &Language) -> Result<Key, Fault> {
    let name = name(&variant.key);
    match variant.key {
        _ if variant.default != (name == "other") => Err(Fault::NoOther),
        _ if variant.default => Ok(Key::Other),
        VariantKey::NumberLiteral { .. } => name
            .parse()
            .map(Key::Exact)
            .map_err(|_| Fault::UnknownVariant(name.to_owned())),
        VariantKey::Identifier { .. } if language.categories.contains(&name) => {
            Ok(Key::Category(name.to_owned()))
        }
        VariantKey::Identifier { .. } => Err(Fault::UnknownVariant(name.to_owned())),
    }
}

fn name<'a>(key: &VariantKey<&'a str>) -> &'a str {
    match key {
        VariantKey::Identifier { name } => name,
        VariantKey::NumberLiteral { value } => value,
    }
}

fn text(words: &str) -> Result<Part, Fault> {
    if words.chars().any(char::is_control) {
        return Err(Fault::ControlCharacter);
    }
    Ok(Part::Text(words.to_owned()))
}

fn kind(name: &str) -> Result<Kind, Fault> {
    kind_of(name).ok_or_else(|| Fault::UnknownPlaceholder(name.to_owned()))
}

fn collect(parts: &[Part], parameters: &mut Vec<String>) {
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::Parameter(name) => parameters.push(name.clone()),
            Part::Select {
                parameter,
                variants,
            } => {
                parameters.push(parameter.clone());
                for variant in variants {
                    collect(&variant.parts, parameters);
                }
            }
        }
    }
}
