//! The options of a type and of a field.

use std::mem;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::meta::ParseNestedMeta;
use syn::parse::Parser as _;
use syn::{Attribute, Error, LitStr, Path, Result, parenthesized};

const OF_TYPE: &str = "a type has the options `rename_all`, `deny_unknown_fields`, `check`, `schema`, `page_reads`, `page_writes`, `no_page` and `no_schema`";
const OF_FIELD: &str = "a field has the options `default` and `schema`";

/// The options of a type.
#[derive(Default)]
pub(crate) struct TypeOptions {
    /// Where `rename_all` is.
    pub(crate) camel_case: Option<Span>,
    /// Where `deny_unknown_fields` is.
    pub(crate) closed: Option<Span>,
    pub(crate) check: Option<Path>,
    /// The content of `schema(…)`.
    pub(crate) schema: TokenStream,
    pub(crate) page: Page,
    pub(crate) no_schema: bool,
}

/// What the page does with a type.
#[derive(Clone, Copy, Default, Eq, PartialEq)]
pub(crate) enum Page {
    /// Reads and writes it, as the service does.
    #[default]
    Both,
    /// Reads it. Nothing writes it, and the service does not know it.
    Reads,
    /// Writes it. Nothing reads it, and the service does not know it.
    Writes,
    /// Neither reads nor writes it.
    Neither,
}

impl TypeOptions {
    pub(crate) fn parse(tokens: TokenStream) -> Result<Self> {
        let mut options = Self::default();
        syn::meta::parser(|meta| options.add(&meta)).parse2(tokens)?;
        Ok(options)
    }

    fn add(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let Some(option) = meta.path.get_ident() else {
            return Err(meta.error(OF_TYPE));
        };
        match option.to_string().as_str() {
            "rename_all" => {
                let case: LitStr = meta.value()?.parse()?;
                if case.value() != "camelCase" {
                    return Err(Error::new(case.span(), "the only case is \"camelCase\""));
                }
                self.camel_case = Some(option.span());
            }
            "deny_unknown_fields" => self.closed = Some(option.span()),
            "check" => self.check = Some(meta.value()?.parse()?),
            "schema" => self.schema = in_parentheses(meta)?,
            "page_reads" => self.choose(Page::Reads, meta)?,
            "page_writes" => self.choose(Page::Writes, meta)?,
            "no_page" => self.choose(Page::Neither, meta)?,
            "no_schema" => self.no_schema = true,
            _ => return Err(meta.error(OF_TYPE)),
        }
        Ok(())
    }

    fn choose(&mut self, page: Page, meta: &ParseNestedMeta<'_>) -> Result<()> {
        if self.page != Page::Both {
            return Err(meta.error("`page_reads`, `page_writes` and `no_page` exclude each other"));
        }
        self.page = page;
        Ok(())
    }
}

/// The options of a field.
#[derive(Default)]
pub(crate) struct FieldOptions {
    /// Where `default` is.
    pub(crate) default: Option<Span>,
    /// The content of `schema(…)`.
    pub(crate) schema: TokenStream,
}

impl FieldOptions {
    /// Removes the options from the attributes of a field.
    pub(crate) fn take(attributes: &mut Vec<Attribute>) -> Result<Self> {
        let mut options = Self::default();
        for attribute in ours(attributes) {
            attribute.parse_nested_meta(|meta| options.add(&meta))?;
        }
        Ok(options)
    }

    fn add(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        if meta.path.is_ident("default") {
            self.default = meta.path.get_ident().map(syn::Ident::span);
        } else if meta.path.is_ident("schema") {
            self.schema = in_parentheses(meta)?;
        } else {
            return Err(meta.error(OF_FIELD));
        }
        Ok(())
    }

    /// Whether `schema(…)` contains this word.
    pub(crate) fn schema_has(&self, word: &str) -> bool {
        let mut tokens = self.schema.clone().into_iter();
        tokens.any(|token| matches!(token, TokenTree::Ident(ident) if ident == word))
    }
}

fn in_parentheses(meta: &ParseNestedMeta<'_>) -> Result<TokenStream> {
    let content;
    parenthesized!(content in meta.input);
    content.parse()
}

/// Removes our own attributes.
pub(crate) fn ours(attributes: &mut Vec<Attribute>) -> Vec<Attribute> {
    let (ours, others) = mem::take(attributes)
        .into_iter()
        .partition(|attribute| attribute.path().is_ident("wire"));
    *attributes = others;
    ours
}
