//! Checks drawings: accepts an SVG that browsers show, that is well-formed to its end, runs nothing
//! and fetches nothing.

use std::fmt::Display;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, QName, ResolveResult};
use quick_xml::reader::NsReader;

const SVG: ResolveResult<'static> = ResolveResult::Bound(Namespace("http://www.w3.org/2000/svg"));
const XHTML: ResolveResult<'static> =
    ResolveResult::Bound(Namespace("http://www.w3.org/1999/xhtml"));
const XLINK: ResolveResult<'static> =
    ResolveResult::Bound(Namespace("http://www.w3.org/1999/xlink"));
const XML: ResolveResult<'static> =
    ResolveResult::Bound(Namespace("http://www.w3.org/XML/1998/namespace"));

/// Elements of any namespace that run something, or that contain pages or media.
const ACTIVE: [&str; 7] = [
    "script",
    "handler",
    "listener",
    "foreignObject",
    "iframe",
    "audio",
    "video",
];
/// Parts of a style, in lower case, that an address follows.
const FETCHES: [&str; 3] = ["@import", "image-set(", "src("];
/// Media types of raster pictures and fonts that are accepted in `data:` addresses, in lower case.
/// A drawing inside a drawing is refused, since it is not checked.
const PICTURES: [&str; 6] = [
    "image/png",
    "image/jpeg",
    "image/jpg",
    "image/webp",
    "image/gif",
    "image/avif",
];
const FONTS: [&str; 6] = [
    "font/woff2",
    "font/woff",
    "font/ttf",
    "font/otf",
    "application/font-woff",
    "application/x-font-woff",
];
/// Maximum characters of the file that an error quotes.
const TOLD: usize = 40;

/// An error in a drawing, in words that follow its line.
type Complaint = String;

/// Checks a whole file, without its byte order mark.
///
/// # Errors
///
/// A message that follows the name of the file, with the line.
pub(super) fn check(text: &str) -> Result<(), String> {
    let wrong_at = |at: u64, wrong: Complaint| {
        let before = text.bytes().take(usize::try_from(at).unwrap_or(usize::MAX));
        let line = before.filter(|byte| *byte == b'\n').count() + 1;
        Err(format!(
            "is an SVG that Postern does not accept: line {line} {wrong}"
        ))
    };
    if let Some((at, letter)) = text.char_indices().find(|(_, letter)| !is_of_xml(*letter)) {
        let wrong = malformed(&format!("it contains U+{:04X}", u32::from(letter)));
        return wrong_at(at as u64, wrong);
    }
    let mut reader = NsReader::from_str(text);
    reader.config_mut().enable_all_checks(true);
    let mut drawing = Drawing::default();
    loop {
        let begins = reader.buffer_position();
        let read = match reader.read_event() {
            Ok(Event::Eof) => return drawing.ends().or_else(|wrong| wrong_at(begins, wrong)),
            Ok(event) => drawing.goes_on(&event, begins, reader.resolver()),
            Err(error) => return wrong_at(reader.error_position().max(begins), malformed(&error)),
        };
        if let Err(wrong) = read {
            return wrong_at(begins, wrong);
        }
    }
}

/// The state of reading a drawing.
#[derive(Default)]
struct Drawing {
    has_begun: bool,
    /// The number of open elements.
    depth: usize,
    /// The text of the open style element, and its depth.
    style: Option<(usize, String)>,
}

impl Drawing {
    fn goes_on(
        &mut self,
        event: &Event<'_>,
        begins: u64,
        names: &NamespaceResolver,
    ) -> Result<(), Complaint> {
        match event {
            Event::Start(element) => {
                self.element(element, names)?;
                self.depth += 1;
                let (namespace, name) = names.resolve_element(element.name());
                if self.style.is_none() && namespace == SVG && name.as_ref() == "style" {
                    self.style = Some((self.depth, String::new()));
                }
                Ok(())
            }
            Event::Empty(element) => self.element(element, names),
            Event::End(_) => {
                let ended = self.style.take_if(|(depth, _)| *depth == self.depth);
                self.depth = self.depth.saturating_sub(1);
                ended.map_or(Ok(()), |(_, style)| fetches_nothing("style", &style))
            }
            Event::Text(text) => self.text(text),
            Event::CData(text) if self.depth == 0 => {
                Err(malformed(&format!("{} is outside of svg", told(text))))
            }
            Event::CData(text) => {
                self.say(text);
                Ok(())
            }
            Event::GeneralRef(reference) => self.reference(reference),
            Event::Decl(declaration) => declared(declaration, begins),
            Event::PI(instruction) => match instruction.target() {
                "xml-stylesheet" => Err("fetches a style sheet (xml-stylesheet)".into()),
                name if name.eq_ignore_ascii_case("xml") => Err(malformed(
                    "an XML declaration is allowed only at the very beginning",
                )),
                _ => Ok(()),
            },
            Event::DocType(_) => Err("has a DOCTYPE, which browsers do not need: remove it".into()),
            Event::Comment(_) | Event::Eof => Ok(()),
        }
    }

    fn ends(&self) -> Result<(), Complaint> {
        match (self.has_begun, self.depth) {
            (true, 0) => Ok(()),
            (true, _) => Err("is the last, and svg has no end".into()),
            (false, _) => Err("is the last, and the file has no svg".into()),
        }
    }

    fn element(
        &mut self,
        element: &BytesStart<'_>,
        names: &NamespaceResolver,
    ) -> Result<(), Complaint> {
        let (namespace, name) = named(element.name(), names.resolve_element(element.name()).0)?;
        if self.depth == 0 && self.has_begun {
            return Err(malformed(&format!("{} follows the end of svg", told(name))));
        }
        if !self.has_begun {
            self.has_begun = true;
            if name != "svg" {
                return Err(format!("begins with {}, not with svg", told(name)));
            }
            if namespace != SVG {
                return Err("has an svg without xmlns=\"http://www.w3.org/2000/svg\"".into());
            }
        }
        if self.style.is_some() {
            // Browsers take only the text beside the element for the style, but this check would
            // take the text inside it too.
            return Err(format!("has the element {} in a style", told(name)));
        }
        if namespace == XHTML || ACTIVE.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            return Err(format!(
                "has the element {}, which is not allowed in a picture",
                told(name)
            ));
        }
        if !are_apart(element.attributes_raw()) {
            return Err(malformed("two attributes have no space between them"));
        }
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|error| malformed(&error))?;
            match attribute.key.as_namespace_binding() {
                None => attribute_is_inert(&attribute, names)?,
                // The reader compares the raw text.
                Some(_) if attribute.value.contains('&') => {
                    return Err(format!("has a & in {}", told(attribute.key.as_ref())));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Complaint> {
        if self.depth == 0 && !text.trim_ascii().is_empty() {
            return Err(malformed(&format!(
                "{} is outside of svg",
                told(text.trim_ascii())
            )));
        }
        if text.contains("]]>") {
            return Err(malformed("]]> has no beginning"));
        }
        self.say(text);
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Complaint> {
        let unknown = || malformed(&format!("&{}; is not defined", told(reference)));
        if self.depth == 0 {
            return Err(malformed(&format!(
                "&{}; is outside of svg",
                told(reference)
            )));
        }
        match reference
            .resolve_char_ref()
            .map_err(|error| malformed(&error))?
        {
            Some(letter) if is_of_xml(letter) => self.say(letter.encode_utf8(&mut [0; 4])),
            Some(_) => return Err(unknown()),
            None => self.say(resolve_predefined_entity(reference).ok_or_else(unknown)?),
        }
        Ok(())
    }

    fn say(&mut self, text: &str) {
        if let Some((_, style)) = &mut self.style {
            style.push_str(text);
        }
    }
}

fn declared(declaration: &BytesDecl<'_>, begins: u64) -> Result<(), Complaint> {
    if begins > 0 {
        return Err(malformed(
            "an XML declaration is allowed only at the very beginning",
        ));
    }
    declaration
        .xml_version()
        .map_err(|error| malformed(&error))?;
    match declaration
        .encoding()
        .transpose()
        .map_err(|error| malformed(&error))?
    {
        Some(name) if !name.eq_ignore_ascii_case("utf-8") => Err(format!(
            "says encoding=\"{}\": save it as UTF-8",
            told(&name)
        )),
        _ => Ok(()),
    }
}

/// The local part and the namespace of a name.
fn named<'a, 'n>(
    name: QName<'a>,
    namespace: ResolveResult<'n>,
) -> Result<(ResolveResult<'n>, &'a str), Complaint> {
    let local = name.local_name().into_inner();
    let begins_a_name = |letter: char| letter.is_alphabetic() || letter == '_';
    let is_of_a_name = |letter: char| letter.is_alphanumeric() || "_-.\u{b7}".contains(letter);
    let is_name = |part: &str| part.starts_with(begins_a_name) && part.chars().all(is_of_a_name);
    if !is_name(local)
        || !name
            .prefix()
            .is_none_or(|prefix| is_name(prefix.into_inner()))
    {
        return Err(malformed(&format!(
            "{} is not a name",
            told(name.into_inner())
        )));
    }
    match namespace {
        ResolveResult::Unknown(prefix) => Err(malformed(&format!(
            "the prefix {} is not defined: xmlns:{0} is missing",
            told(&prefix)
        ))),
        known @ (ResolveResult::Unbound | ResolveResult::Bound(_)) => Ok((known, local)),
    }
}

fn attribute_is_inert(
    attribute: &Attribute<'_>,
    names: &NamespaceResolver,
) -> Result<(), Complaint> {
    let (namespace, name) = named(attribute.key, names.resolve_attribute(attribute.key).0)?;
    if attribute.value.contains('<') {
        return Err(malformed(&format!("{} has a <", told(name))));
    }
    let value = attribute
        .normalized_value(XmlVersion::Explicit1_0)
        .map_err(|error| malformed(&error))?;
    if let Some(letter) = value.chars().find(|letter| !is_of_xml(*letter)) {
        let letter = u32::from(letter);
        return Err(malformed(&format!(
            "{} contains U+{letter:04X}",
            told(name)
        )));
    }
    let value = value.trim();
    let is_plain = namespace == ResolveResult::Unbound;
    let is_event = |name: &str| {
        name.get(..2)
            .is_some_and(|it| it.eq_ignore_ascii_case("on"))
    };
    if is_plain && is_event(name) {
        return Err(format!(
            "has the attribute {}, which is not allowed in a picture",
            told(name)
        ));
    }
    if namespace == XML && name == "base" {
        return Err("has xml:base, which makes every address lead out of the file".into());
    }
    let is_address = name == "href" && (is_plain || namespace == XLINK);
    if is_address && !value.is_empty() && !is_within(&value.to_ascii_lowercase(), &PICTURES) {
        return Err(leads_out("href", value));
    }
    if !is_plain {
        return Ok(());
    }
    if name == "attributeName" && (value.ends_with("href") || is_event(value)) {
        return Err(format!(
            "changes {}, which is not allowed in a picture",
            told(value)
        ));
    }
    fetches_nothing(name, value)
}

/// Checks that a style, or an attribute that may be one, fetches nothing.
fn fetches_nothing(name: &str, style: &str) -> Result<(), Complaint> {
    // First normalises line breaks, as CSS does (CSS Syntax Level 3, section 3.3).
    let style = style.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    let style = without_escapes(&style).to_ascii_lowercase();
    if let Some(found) = FETCHES.iter().find(|it| style.contains(*it)) {
        return Err(leads_out(name, found));
    }
    let addresses = style.split("url(").skip(1);
    let mut addresses = addresses.map(|it| it.trim_start_matches([' ', '\t', '\n', '"', '\'']));
    match addresses.find(|it| !is_within(it, &PICTURES) && !is_within(it, &FONTS)) {
        Some(address) => Err(leads_out(name, &format!("url({address}"))),
        None => Ok(()),
    }
}

/// Whether an address in lower case points to a part of the file, or is data of one of the given
/// types.
fn is_within(address: &str, types: &[&str]) -> bool {
    let data = address.strip_prefix("data:").unwrap_or_default();
    let mut parameters = types.iter().filter_map(|name| data.strip_prefix(*name));
    address.starts_with('#') || parameters.any(|it| it.starts_with([';', ',']))
}

/// The style without escapes, as CSS reads it: `\75 rl(` becomes `url(`.
fn without_escapes(style: &str) -> String {
    let mut pieces = style.split('\\');
    let mut read = pieces.next().unwrap_or_default().to_owned();
    while let Some(piece) = pieces.next() {
        let digits = piece
            .bytes()
            .take(6)
            .take_while(u8::is_ascii_hexdigit)
            .count();
        let (code, rest) = piece.split_at(digits);
        match u32::from_str_radix(code, 16) {
            Ok(code) => {
                read.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                let ended = rest.strip_prefix([' ', '\t', '\n']);
                read.push_str(ended.unwrap_or(rest));
            }
            // The second of two backslashes stands for itself.
            Err(_) if piece.is_empty() => read.push_str(pieces.next().unwrap_or_default()),
            Err(_) => read.push_str(piece),
        }
    }
    read
}

/// Whether every quoted value is followed by a space or the end.
fn are_apart(attributes: &str) -> bool {
    let (mut quote, mut has_ended) = (None, false);
    for letter in attributes.chars() {
        match quote {
            Some(mark) if mark == letter => (quote, has_ended) = (None, true),
            Some(_) => {}
            None if has_ended && !letter.is_ascii_whitespace() => return false,
            None => {
                has_ended = false;
                quote = Some(letter).filter(|it| matches!(it, '"' | '\''));
            }
        }
    }
    true
}

/// Whether XML 1.0 allows a character.
fn is_of_xml(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

fn malformed(why: &(impl Display + ?Sized)) -> Complaint {
    format!("is not well-formed: {why}")
}

fn leads_out(name: &str, address: &str) -> Complaint {
    format!("leads out of the file by {}: {}", told(name), told(address))
}

/// The beginning of a text from the file, for an error.
fn told(text: &str) -> String {
    let mut letters = text.chars();
    let mut told: String = letters.by_ref().take(TOLD).collect();
    if letters.next().is_some() {
        told.push('…');
    }
    told
}

#[cfg(test)]
mod tests;
