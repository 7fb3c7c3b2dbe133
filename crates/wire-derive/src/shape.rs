//! The shape of a type on the wire: its members or variants, with their names.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned;
use syn::{
    Data, DeriveInput, Error, Fields, FieldsNamed, GenericArgument, PathArguments, Result, Type,
};

use crate::options::{self, FieldOptions, TypeOptions};

/// The shape of a type.
pub(crate) enum Shape {
    /// A struct with named fields.
    Object(Vec<Member>),
    /// A struct around one value.
    Newtype,
    /// An enum, with the variants in their order.
    Choice(Vec<Variant>),
}

/// A member of an object.
pub(crate) struct Member {
    pub(crate) field: Ident,
    pub(crate) name: String,
    pub(crate) presence: Presence,
    pub(crate) ty: Type,
    pub(crate) options: FieldOptions,
}

/// When a member is there.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Presence {
    Always,
    /// An `Option`: unless it is `None`.
    Optional,
    /// Unless it has its default value.
    Default,
}

/// A variant of an enum.
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) name: String,
    pub(crate) content: Content,
}

/// The content of a variant.
pub(crate) enum Content {
    Nothing,
    Value,
    Object(Vec<Member>),
}

impl Shape {
    /// The shape of a type. Removes our own attributes from its fields.
    pub(crate) fn take(item: &mut DeriveInput, options: &TypeOptions) -> Result<Self> {
        let camel_case = options.camel_case.is_some();
        let shape = match &mut item.data {
            Data::Struct(data) => match &mut data.fields {
                Fields::Named(fields) => Self::Object(members(fields, camel_case)?),
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    for field in &mut fields.unnamed {
                        no_options(&mut field.attrs)?;
                    }
                    Self::Newtype
                }
                Fields::Unnamed(_) | Fields::Unit => {
                    return Err(Error::new(
                        item.ident.span(),
                        "a struct of the wire has named fields, or is a newtype",
                    ));
                }
            },
            Data::Enum(data) if data.variants.is_empty() => {
                let span = item.ident.span();
                return Err(Error::new(span, "an enum of the wire has a variant"));
            }
            Data::Enum(data) => {
                let variants = data.variants.iter_mut().map(Variant::take);
                Self::Choice(variants.collect::<Result<_>>()?)
            }
            Data::Union(_) => {
                return Err(Error::new(item.ident.span(), "a union cannot be JSON"));
            }
        };
        let only_of_objects = [options.camel_case, options.closed];
        let misplaced = match &shape {
            Self::Object(_) => None,
            Self::Newtype => only_of_objects.into_iter().flatten().next(),
            Self::Choice(_) => {
                let check = options.check.as_ref().map(Spanned::span);
                only_of_objects.into_iter().chain([check]).flatten().next()
            }
        };
        match misplaced {
            Some(span) => Err(Error::new(span, "this type has no such option")),
            None => Ok(shape),
        }
    }
}

impl Variant {
    fn take(variant: &mut syn::Variant) -> Result<Self> {
        no_options(&mut variant.attrs)?;
        let content = match &mut variant.fields {
            Fields::Unit => Content::Nothing,
            Fields::Named(fields) => Content::Object(members(fields, false)?),
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                for field in &mut fields.unnamed {
                    no_options(&mut field.attrs)?;
                }
                Content::Value
            }
            Fields::Unnamed(fields) => {
                return Err(Error::new(
                    fields.span(),
                    "a variant of the wire has nothing, one value or named fields",
                ));
            }
        };
        Ok(Self {
            ident: variant.ident.clone(),
            name: kebab_case(&variant.ident.unraw().to_string()),
            content,
        })
    }
}

fn members(fields: &mut FieldsNamed, camel_case: bool) -> Result<Vec<Member>> {
    let mut members = Vec::new();
    for field in &mut fields.named {
        let options = FieldOptions::take(&mut field.attrs)?;
        let Some(ident) = field.ident.clone() else {
            continue;
        };
        let written = ident.unraw().to_string();
        let presence = match (options.default, inside_option(&field.ty)) {
            (Some(span), Some(_)) => {
                let message = "an `Option` needs no `default`: it may always be left out";
                return Err(Error::new(span, message));
            }
            (Some(_), None) => Presence::Default,
            (None, Some(_)) => Presence::Optional,
            (None, None) => Presence::Always,
        };
        members.push(Member {
            field: ident,
            name: if camel_case {
                self::camel_case(&written)
            } else {
                written
            },
            presence,
            ty: field.ty.clone(),
            options,
        });
    }
    Ok(members)
}

fn no_options(attributes: &mut Vec<syn::Attribute>) -> Result<()> {
    match options::ours(attributes).first() {
        Some(attribute) => Err(Error::new(
            attribute.span(),
            "only types and named fields have options",
        )),
        None => Ok(()),
    }
}

/// The type inside an `Option`, as it is written.
pub(crate) fn inside_option(ty: &Type) -> Option<&Type> {
    if let Type::Path(path) = ty
        && let Some(last) = path.path.segments.last()
        && last.ident == "Option"
        && let PathArguments::AngleBracketed(arguments) = &last.arguments
        && let Some(GenericArgument::Type(inside)) = arguments.args.first()
    {
        Some(inside)
    } else {
        None
    }
}

/// `WriteBack` as `write-back`, exactly as serde writes it.
fn kebab_case(variant: &str) -> String {
    let mut name = String::new();
    for (at, character) in variant.char_indices() {
        if at > 0 && character.is_uppercase() {
            name.push('-');
        }
        name.push(character.to_ascii_lowercase());
    }
    name
}

/// `key_length` as `keyLength`, exactly as serde writes it.
fn camel_case(field: &str) -> String {
    let mut name = String::new();
    let mut begins_word = false;
    for character in field.chars() {
        if character == '_' {
            begins_word = true;
        } else if begins_word && !name.is_empty() {
            name.push(character.to_ascii_uppercase());
            begins_word = false;
        } else {
            name.push(character);
            begins_word = false;
        }
    }
    name
}
