//! Writes a `.br` file beside every file that it makes smaller. It compresses once at build time,
//! with the best quality of brotli.

use std::{fs, ops::RangeInclusive, path::Path};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;

use super::files::files;

/// The highest quality. A file is compressed once and served a million times.
const QUALITY: i32 = 11;
/// From 1 KiB to 16 MiB: the windows that browsers accept (RFC 7932 §9.1).
const WINDOW_BITS: RangeInclusive<u32> = 10..=24;
const COMPRESSIBLE: [&str; 10] = [
    "bin",
    "css",
    "html",
    "js",
    "json",
    "mjs",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

/// Compresses the files of a directory.
pub(super) fn all(staging: &Path) -> Result<()> {
    for file in files(staging)?.iter().filter(|file| is_compressible(file)) {
        let path = staging.join(file);
        let bytes = fs::read(&path)?;
        let compressed = brotli(&bytes)?;
        if compressed.len() < bytes.len() {
            fs::write(staging.join(format!("{file}.br")), compressed)?;
        }
    }
    Ok(())
}

/// Compresses with brotli, as for serving.
///
/// # Errors
/// None in practice: a buffer in memory causes no errors.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    // The smallest window that holds the whole file. The encoder clears memory for the window,
    // which takes time for small files.
    let bits = (bytes.len().max(1).ilog2() + 1).clamp(*WINDOW_BITS.start(), *WINDOW_BITS.end());
    let parameters = BrotliEncoderParams {
        quality: QUALITY,
        lgwin: bits.cast_signed(),
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn is_compressible(file: &str) -> bool {
    let extension = Path::new(file)
        .extension()
        .and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| COMPRESSIBLE.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::{brotli, is_compressible};

    #[test]
    fn what_is_compressed_comes_back_whole() {
        let text = "gate ".repeat(1000);
        let compressed = brotli(text.as_bytes()).expect("memory takes all");
        assert!(compressed.len() < 50);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut compressed.as_slice(), &mut back).expect("it is brotli");
        assert_eq!(back, text.as_bytes());
    }

    #[test]
    fn pictures_and_the_headers_file_are_left_alone() {
        assert!(is_compressible("postern-0123456789abcdef.wasm"));
        assert!(is_compressible("reset-en-0123456789abcdef.txt"));
        assert!(!is_compressible("icon.png"));
        assert!(!is_compressible("_headers"));
    }
}
