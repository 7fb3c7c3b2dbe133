//! The picture of an organisation, which stands in the place of its name.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use axum::body::Bytes;
use sha2::{Digest, Sha256};

/// Bytes of a picture, at most: two thirds of what the first step itself weighs.
pub const LOGO_BYTES_MAX: usize = 64 * 1024;

/// Digits of the digest that names a picture: 64 bits.
const NAME_DIGITS: usize = 16;

/// The pictures of an organisation, by what they can be seen on.
#[derive(Clone, Debug)]
pub struct Logo {
    /// For light pages.
    pub light: Picture,
    /// For dark pages; `None` where the name stays there.
    pub dark: Option<Picture>,
}

impl Logo {
    /// Its pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        std::iter::once(&self.light).chain(&self.dark)
    }
}

/// A picture that browsers show: SVG, PNG, JPEG or WebP.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The name of its file, which changes with its content.
    pub name: String,
    /// Its content.
    pub content: Bytes,
}

impl Picture {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// In words: when it cannot be read, or is no such picture.
    pub fn read(path: &Path) -> Result<Self, String> {
        // One byte more than it may have: a file of any length is told by that.
        let mut content = Vec::with_capacity(LOGO_BYTES_MAX + 1);
        File::open(path)
            .and_then(|file| {
                file.take(LOGO_BYTES_MAX as u64 + 1)
                    .read_to_end(&mut content)
            })
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        Self::of(content.into()).map_err(|wrong| format!("{} {wrong}", path.display()))
    }

    /// With that content.
    ///
    /// # Errors
    ///
    /// In words that follow the name of the file: when it is no such picture, or a large one.
    pub fn of(content: Bytes) -> Result<Self, String> {
        if content.len() > LOGO_BYTES_MAX {
            return Err(format!("has more than {LOGO_BYTES_MAX} bytes"));
        }
        let ending = ending(&content).ok_or("is no SVG, PNG, JPEG or WebP")?;
        let mut name = format!("{:x}", Sha256::digest(&content));
        name.truncate(NAME_DIGITS);
        Ok(Self {
            name: format!("{name}.{ending}"),
            content,
        })
    }
}

/// What kind of picture that is, by how it begins: the file's own name may say anything.
fn ending(content: &[u8]) -> Option<&'static str> {
    match content {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
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
        ] => Some("webp"),
        text => {
            let text = std::str::from_utf8(text).ok()?;
            let text = text.trim_start_matches('\u{feff}').trim_start();
            (text.starts_with('<') && text.contains("<svg")).then_some("svg")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_what_it_begins_as_and_named_by_its_content() {
        for (content, kind) in [
            (&b"\x89PNG\r\n\x1a\n\0\0"[..], Some("png")),
            (b"\xff\xd8\xff\xe0", Some("jpg")),
            (b"RIFF\x24\0\0\0WEBPVP8 ", Some("webp")),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", Some("svg")),
            (
                b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- ours -->\n<svg/>",
                Some("svg"),
            ),
            (b"<html><body></body></html>", None),
            (b"say <svg/>", None),
            (b"GIF89a", None),
            (b"RIFF\x24\0\0\0WAVEfmt ", None),
            (b"\x89PN", None),
            (b"", None),
        ] {
            let picture = Picture::of(Bytes::from_static(content));
            let name = picture.as_ref().ok().map(|it| it.name.clone());
            let told = name.as_deref().and_then(|name| name.split_once('.'));
            assert_eq!(told.map(|(_, ending)| ending), kind, "{content:?}");
            if let Err(wrong) = picture {
                assert_eq!(wrong, "is no SVG, PNG, JPEG or WebP");
            }
        }
        let of = |text: &'static str| Picture::of(Bytes::from_static(text.as_bytes()));
        let (one, other) = (of("<svg/>"), of("<svg />"));
        assert_ne!(one.expect("it is one").name, other.expect("it is one").name);
    }

    #[test]
    fn a_picture_has_64_kib_at_most() {
        let of = |length: usize| {
            let mut svg = b"<svg/>".to_vec();
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
