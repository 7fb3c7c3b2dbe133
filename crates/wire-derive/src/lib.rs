#![doc = include_str!("../README.md")]

mod options;
mod page;
mod service;
mod shape;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use options::{Page, TypeOptions};
use shape::Shape;

/// Generates the readers, writers and schema of a type of the wire. The documentation of the crate
/// lists the options.
#[proc_macro_attribute]
pub fn wire(
    options: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expand(options.into(), item.into())
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

fn expand(options: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let options = TypeOptions::parse(options)?;
    let mut item: DeriveInput = syn::parse2(item)?;
    let shape = Shape::take(&mut item, &options)?;
    let names = page::names(&item, &shape);
    let page = page::implementations(&item, &shape, &options);
    let service = match options.page {
        Page::Both | Page::Neither => service::implementations(&mut item, &shape, &options),
        Page::Reads | Page::Writes => None,
    };
    Ok(quote! { #item #names #page #service })
}
