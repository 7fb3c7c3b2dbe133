//! The reader and the writer of the page, and the names of variants.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{DeriveInput, Generics, Path, parse_quote};

use crate::options::{Page, TypeOptions};
use crate::shape::{Content, Member, Presence, Shape, Variant};

/// The names of the variants of an enum, and the method that returns them.
pub(crate) fn names(item: &DeriveInput, shape: &Shape) -> Option<TokenStream> {
    let Shape::Choice(variants) = shape else {
        return None;
    };
    let (visibility, ident) = (&item.vis, &item.ident);
    let (generics, arguments, bounds) = item.generics.split_for_impl();
    let names = variants.iter().map(|variant| &variant.name);
    let count = variants.len();
    let arms = variants.iter().enumerate().map(|(number, variant)| {
        let pattern = variant.pattern();
        quote! { #pattern => #number }
    });
    Some(quote! {
        #[automatically_derived]
        impl #generics #ident #arguments #bounds {
            /// The names of the variants on the wire, in their order.
            const WIRE_NAMES: [&'static str; #count] = [#(#names),*];

            /// The name of the variant on the wire.
            #visibility const fn name(&self) -> &'static str {
                Self::WIRE_NAMES[match self { #(#arms),* }]
            }
        }
    })
}

/// The implementations of `FromJson` and `ToJson` that the options ask for.
pub(crate) fn implementations(
    item: &DeriveInput,
    shape: &Shape,
    options: &TypeOptions,
) -> TokenStream {
    let reader =
        matches!(options.page, Page::Both | Page::Reads).then(|| reader(item, shape, options));
    let writer = matches!(options.page, Page::Both | Page::Writes).then(|| writer(item, shape));
    quote! { #reader #writer }
}

fn reader(item: &DeriveInput, shape: &Shape, options: &TypeOptions) -> TokenStream {
    let read = match shape {
        Shape::Object(members) => {
            let (close, fields) = (close(members, options), read_fields(members));
            quote! { #close let value = Self { #fields }; }
        }
        Shape::Newtype => quote! {
            let value = Self(::postern_protocol::json::FromJson::from_json(from));
        },
        Shape::Choice(variants) => read_choice(variants),
    };
    let check = options.check.as_ref().map(|check| {
        quote! { if #check(value).is_err() { from.misfit(); } }
    });
    let bound = parse_quote!(::postern_protocol::json::FromJson);
    let (ident, bounded) = (&item.ident, bounded(&item.generics, &bound));
    let (generics, arguments, bounds) = bounded.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #generics #bound for #ident #arguments #bounds {
            fn from_json(from: ::postern_protocol::json::Reader<'_>) -> Self {
                #read
                #check
                value
            }
        }
    }
}

fn writer(item: &DeriveInput, shape: &Shape) -> TokenStream {
    let write = match shape {
        Shape::Object(members) => write_object(members, |member| {
            let field = &member.field;
            quote! { &self.#field }
        }),
        Shape::Newtype => quote! { ::postern_protocol::json::ToJson::to_json(&self.0, to); },
        Shape::Choice(variants) => write_choice(variants),
    };
    let bound = parse_quote!(::postern_protocol::json::ToJson);
    let (ident, bounded) = (&item.ident, bounded(&item.generics, &bound));
    let (generics, arguments, bounds) = bounded.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #generics #bound for #ident #arguments #bounds {
            fn to_json(&self, to: &mut ::postern_protocol::json::Writer) {
                #write
            }
        }
    }
}

/// The generics, with this trait as a bound of each parameter.
fn bounded(generics: &Generics, bound: &Path) -> Generics {
    let mut generics = generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(parse_quote!(#bound));
    }
    generics
}

fn close(members: &[Member], options: &TypeOptions) -> Option<TokenStream> {
    options.closed.map(|_| {
        let names = members.iter().map(|member| &member.name);
        quote! { from.only(&[#(#names),*]); }
    })
}

fn read_fields(members: &[Member]) -> TokenStream {
    let fields = members.iter().map(|member| {
        let (field, name) = (&member.field, &member.name);
        match member.presence {
            Presence::Always | Presence::Optional => quote! { #field: from.field(#name) },
            Presence::Default => quote! { #field: from.field_or_default(#name) },
        }
    });
    quote! { #(#fields),* }
}

/// Writes an object. `value` is the expression of a member, which is a reference.
fn write_object(members: &[Member], value: impl Fn(&Member) -> TokenStream) -> TokenStream {
    let members = members.iter().map(|member| {
        let (name, value) = (&member.name, value(member));
        match member.presence {
            Presence::Always => quote! { to.field(#name, #value); },
            Presence::Optional => quote! {
                if let ::core::option::Option::Some(value) = #value { to.field(#name, value); }
            },
            Presence::Default => quote! {
                if !::postern_protocol::json::is_default(#value) { to.field(#name, #value); }
            },
        }
    });
    quote! { to.open(); #(#members)* to.close(); }
}

fn read_choice(variants: &[Variant]) -> TokenStream {
    let all_units = variants.iter().all(Variant::is_unit);
    let mut arms = variants.iter().enumerate().map(|(number, variant)| {
        let ident = &variant.ident;
        let value = match &variant.content {
            Content::Nothing if all_units => quote! { Self::#ident },
            Content::Nothing => quote! {{ from.nothing(); Self::#ident }},
            Content::Value => {
                quote! { Self::#ident(::postern_protocol::json::FromJson::from_json(from)) }
            }
            Content::Object(members) => {
                let fields = read_fields(members);
                quote! { Self::#ident { #fields } }
            }
        };
        (number, value)
    });
    // A misfit gives the first variant.
    let first = arms.next().map(|(_, value)| value);
    let others = arms.map(|(number, value)| quote! { #number => #value, });
    let number = if all_units {
        quote! { let number = from.word(&Self::WIRE_NAMES); }
    } else {
        quote! { let (number, from) = from.variant(&Self::WIRE_NAMES); }
    };
    quote! {
        #number
        let value = match number { #(#others)* _ => #first };
    }
}

fn write_choice(variants: &[Variant]) -> TokenStream {
    if variants.iter().all(Variant::is_unit) {
        return quote! { to.text(self.name()); };
    }
    let arms = variants.iter().map(|variant| {
        let (ident, name) = (&variant.ident, &variant.name);
        match &variant.content {
            Content::Nothing => quote! { Self::#ident => to.text(#name) },
            Content::Value => quote! {
                Self::#ident(value) => { to.open(); to.field(#name, value); to.close(); }
            },
            Content::Object(members) => {
                let fields = members.iter().map(|member| &member.field);
                let object = write_object(members, |member| member.field.to_token_stream());
                quote! {
                    Self::#ident { #(#fields),* } => {
                        to.open();
                        to.name(#name);
                        #object
                        to.close();
                    }
                }
            }
        }
    });
    quote! { match self { #(#arms),* } }
}

impl Variant {
    const fn is_unit(&self) -> bool {
        matches!(self.content, Content::Nothing)
    }

    /// The pattern of the variant with any content.
    fn pattern(&self) -> TokenStream {
        let ident = &self.ident;
        match self.content {
            Content::Nothing => quote! { Self::#ident },
            Content::Value => quote! { Self::#ident(_) },
            Content::Object(_) => quote! { Self::#ident { .. } },
        }
    }
}
