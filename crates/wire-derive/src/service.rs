//! The derives of serde and of the schema, with their attributes.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::{Data, DeriveInput, Field, Fields, Generics, Type, parse_quote};

use crate::options::TypeOptions;
use crate::shape::{self, Content, Member, Presence, Shape};

/// Puts the derives on the type. Returns the implementations of serde if a check is part of them.
pub(crate) fn implementations(
    item: &mut DeriveInput,
    shape: &Shape,
    options: &TypeOptions,
) -> Option<TokenStream> {
    item.attrs.push(parse_quote! {
        #[derive(::serde::Deserialize, ::serde::Serialize)]
    });
    match shape {
        Shape::Object(_) => {}
        Shape::Newtype => item.attrs.push(parse_quote! { #[serde(transparent)] }),
        Shape::Choice(_) => item
            .attrs
            .push(parse_quote! { #[serde(rename_all = "kebab-case")] }),
    }
    if options.camel_case.is_some() {
        item.attrs
            .push(parse_quote! { #[serde(rename_all = "camelCase")] });
    }
    if options.closed.is_some() {
        item.attrs
            .push(parse_quote! { #[serde(deny_unknown_fields)] });
    }
    if !options.no_schema {
        item.attrs.push(parse_quote! {
            #[cfg_attr(feature = "openapi", derive(::utoipa::ToSchema))]
        });
        let schema = &options.schema;
        if !schema.is_empty() {
            item.attrs
                .push(parse_quote! { #[cfg_attr(feature = "openapi", schema(#schema))] });
        }
    }
    let generics = item.generics.clone();
    for (field, member) in fields(&mut item.data).zip(members(shape)) {
        mark(field, member, &generics, options);
    }
    options.check.as_ref().map(|check| {
        item.attrs.push(parse_quote! { #[serde(remote = "Self")] });
        checked(item, check)
    })
}

/// With `remote = "Self"`, serde derives functions of the type itself. The implementations call
/// them.
fn checked(item: &DeriveInput, check: &syn::Path) -> TokenStream {
    let ident = &item.ident;
    quote! {
        #[automatically_derived]
        impl ::serde::Serialize for #ident {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                Self::serialize(self, serializer)
            }
        }

        #[automatically_derived]
        impl<'de> ::serde::Deserialize<'de> for #ident {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                #check(Self::deserialize(deserializer)?).map_err(::serde::de::Error::custom)
            }
        }
    }
}

/// The named fields of a type, in their order.
fn fields(data: &mut Data) -> impl Iterator<Item = &mut Field> {
    let groups: Vec<&mut Fields> = match data {
        Data::Struct(data) => vec![&mut data.fields],
        Data::Enum(data) => data.variants.iter_mut().map(|it| &mut it.fields).collect(),
        Data::Union(_) => Vec::new(),
    };
    groups
        .into_iter()
        .filter(|fields| matches!(fields, Fields::Named(_)))
        .flat_map(Fields::iter_mut)
}

/// The members of a shape, in the same order.
fn members(shape: &Shape) -> impl Iterator<Item = &Member> {
    let groups: Vec<&[Member]> = match shape {
        Shape::Object(members) => vec![members],
        Shape::Newtype => Vec::new(),
        Shape::Choice(variants) => variants
            .iter()
            .map(|variant| match &variant.content {
                Content::Nothing | Content::Value => &[][..],
                Content::Object(members) => members,
            })
            .collect(),
    };
    groups.into_iter().flatten()
}

fn mark(field: &mut Field, member: &Member, generics: &Generics, options: &TypeOptions) {
    match member.presence {
        Presence::Always => {}
        Presence::Optional => field.attrs.push(parse_quote! {
            #[serde(skip_serializing_if = "::core::option::Option::is_none")]
        }),
        Presence::Default => field.attrs.push(parse_quote! {
            #[serde(default, skip_serializing_if = "::postern_protocol::json::is_default")]
        }),
    }
    let written = &member.options.schema;
    let mut schema = Vec::new();
    if !written.is_empty() {
        schema.push(written.clone());
    }
    if let Some(maximum) = maximum(&member.ty)
        && !member.options.schema_has("maximum")
    {
        schema.push(quote! { maximum = #maximum });
    }
    if let Some(default) = with_defaults(&member.ty, generics) {
        schema.push(quote! { value_type = #default });
    }
    if !schema.is_empty() && !options.no_schema {
        field.attrs.push(parse_quote! {
            #[cfg_attr(feature = "openapi", schema(#(#schema),*))]
        });
    }
}

/// The largest value of an integer of up to 32 bits.
fn maximum(ty: &Type) -> Option<u32> {
    let Type::Path(path) = shape::inside_option(ty).unwrap_or(ty) else {
        return None;
    };
    match path.path.get_ident()?.to_string().as_str() {
        "u8" => Some(u8::MAX.into()),
        "u16" => Some(u16::MAX.into()),
        "u32" => Some(u32::MAX),
        _ => None,
    }
}

/// A type that names parameters, with the default of each in its place.
fn with_defaults(ty: &Type, generics: &Generics) -> Option<TokenStream> {
    let default_of = |token: &TokenTree| {
        let mut parameters = generics.type_params();
        let parameter = parameters.find(|it| it.ident == token.to_string())?;
        let (_, default) = parameter.default.as_ref()?;
        Some(default.to_token_stream())
    };
    let tokens = ty.to_token_stream();
    if !tokens
        .clone()
        .into_iter()
        .any(|token| default_of(&token).is_some())
    {
        return None;
    }
    let replaced = tokens
        .into_iter()
        .map(|token| default_of(&token).unwrap_or_else(|| token.into()));
    Some(replaced.collect())
}
