//! The logo of an organisation, which the page shows in place of the name.

use std::path::Path;

use axum::body::Bytes;
use sha2::{Digest, Sha256};

use crate::files;
use crate::gzip::gzipped;

mod svg;

/// Maximum bytes of a logo: two thirds of the size of the page's first step.
pub const LOGO_BYTES_MAX: usize = 64 * 1024;

const NONE_OF_THEM: &str = "is not an SVG, PNG, JPEG or WebP file";
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Digits of the digest that names a picture: 64 bits.
const NAME_DIGITS: usize = 16;

/// The logos of an organisation, for light and dark pages.
#[derive(Clone, Debug)]
pub struct Logo {
    /// For light pages.
    pub light: Picture,
    /// For dark pages. `None` if dark pages show the name.
    pub dark: Option<Picture>,
}

impl Logo {
    /// All pictures of the logo.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        std::iter::once(&self.light).chain(&self.dark)
    }
}

/// A picture that browsers show: SVG, PNG, JPEG or WebP.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The name of its file, which changes with its content.
    pub name: String,
    /// The content of the file.
    pub content: Bytes,
    /// The compressed content, if the picture is an SVG, which is text.
    pub gzip: Option<Bytes>,
}

impl Picture {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// A message when the file cannot be read, or is not such a picture.
    pub fn read(path: &Path) -> Result<Self, String> {
        let content = files::read(path, LOGO_BYTES_MAX)?;
        Self::of(content.into()).map_err(|wrong| format!("{} {wrong}", path.display()))
    }

    /// A picture with the given content.
    ///
    /// # Errors
    ///
    /// A message that follows the name of the file: when the content is not such a picture, or is
    /// too large.
    pub fn of(content: Bytes) -> Result<Self, String> {
        if content.len() > LOGO_BYTES_MAX {
            return Err(format!("has more than {LOGO_BYTES_MAX} bytes"));
        }
        let ending = ending(&content)?;
        let gzip = (ending == "svg").then(|| gzipped(&content)).transpose();
        let gzip = gzip.map_err(|error| format!("cannot be compressed: {error}"))?;
        let mut name = format!("{:x}", Sha256::digest(&content));
        name.truncate(NAME_DIGITS);
        Ok(Self {
            name: format!("{name}.{ending}"),
            gzip: gzip.filter(|gzip| gzip.len() < content.len()),
            content,
        })
    }
}

/// The type of a picture. It follows from the first bytes, and for an SVG from the whole content,
/// since the file's name may be wrong.
fn ending(content: &[u8]) -> Result<&'static str, String> {
    match content {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok("png"),
        [0xff, 0xd8, 0xff, ..] => Ok("jpg"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Ok("webp"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..] => {
            Err("is in UTF-16: save it as UTF-8".into())
        }
        text => {
            let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
            if !text.trim_ascii_start().starts_with(b"<") {
                return Err(NONE_OF_THEM.into());
            }
            let text =
                std::str::from_utf8(text).map_err(|_| "is not in UTF-8: save it as UTF-8")?;
            svg::check(text).map(|()| "svg")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

    #[test]
    fn a_picture_is_what_it_begins_as_and_named_by_its_content() {
        let utf_16 =
            |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { SVG.encode_utf16().flat_map(bytes).collect() };
        let marked = ["\u{feff}", SVG].concat();
        let in_latin_1 = SVG.replace("/>", " id=\"\u{e9}\"/>");
        let in_latin_1: Vec<u8> = in_latin_1.chars().map(|letter| letter as u8).collect();
        for (content, told) in [
            (&b"\x89PNG\r\n\x1a\n\0\0"[..], Ok("png")),
            (b"\xff\xd8\xff\xe0", Ok("jpg")),
            (b"RIFF\x24\0\0\0WEBPVP8 ", Ok("webp")),
            (SVG.as_bytes(), Ok("svg")),
            (marked.as_bytes(), Ok("svg")),
            (
                b"<html><body><svg xmlns=\"http://www.w3.org/2000/svg\"/></body></html>",
                Err(
                    "is an SVG that Postern does not accept: line 1 begins with html, not with svg",
                ),
            ),
            (
                &utf_16(u16::to_le_bytes),
                Err("is in UTF-16: save it as UTF-8"),
            ),
            (
                &utf_16(u16::to_be_bytes),
                Err("is in UTF-16: save it as UTF-8"),
            ),
            (b"\xff\xfe<\0", Err("is in UTF-16: save it as UTF-8")),
            (&in_latin_1, Err("is not in UTF-8: save it as UTF-8")),
            (b"say <svg/>", Err(NONE_OF_THEM)),
            (b"GIF89a", Err(NONE_OF_THEM)),
            (b"RIFF\x24\0\0\0WAVEfmt ", Err(NONE_OF_THEM)),
            (b"\x89PN", Err(NONE_OF_THEM)),
            (b"", Err(NONE_OF_THEM)),
        ] {
            let picture = Picture::of(Bytes::copy_from_slice(content));
            let ending = picture.as_ref().map(|it| it.name.split_once('.'));
            let ending = ending.map(|it| it.expect("it has an ending").1);
            assert_eq!(ending.map_err(String::as_str), told, "{content:?}");
        }
        let of = |text: String| Picture::of(text.into()).expect("it is one").name;
        assert_ne!(of(SVG.into()), of(format!("{SVG} ")));
    }

    #[test]
    fn a_picture_has_64_kib_at_most() {
        let of = |length: usize| {
            let mut svg = SVG.as_bytes().to_vec();
            svg.resize(length, b' ');
            Picture::of(svg.into())
        };
        assert!(of(LOGO_BYTES_MAX).is_ok());
        assert_eq!(
            of(LOGO_BYTES_MAX + 1).err().as_deref(),
            Some("has more than 65536 bytes")
        );
    }
}
