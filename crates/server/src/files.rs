//! Reads files that the configuration names: regular files only, and up to a maximum size.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;

/// Maximum bytes of a file with certificates or a key. All authorities of a machine together have a
/// fifth of that.
pub(crate) const PEM_BYTES_MAX: usize = 1 << 20;

/// Reads a file.
///
/// # Errors
///
/// A message that begins with the path: when the file cannot be read, is not a regular file (which
/// might have no end), or has more than `bytes_max` bytes.
pub(crate) fn read(path: &Path, bytes_max: usize) -> Result<Vec<u8>, String> {
    let shown = path.display();
    let unread = |error| format!("{shown} cannot be read: {error}");
    // Checked before opening, since opening a pipe waits for its other end.
    let file = std::fs::metadata(path).map_err(unread)?;
    if let Some(what) = other_than_file(&file) {
        return Err(format!("{shown} {what}"));
    }
    // Reads one byte more than allowed, to detect a file that grows meanwhile.
    let length = usize::try_from(file.len()).unwrap_or(usize::MAX);
    let mut bytes = Vec::with_capacity(length.min(bytes_max) + 1);
    let file = File::open(path).map_err(unread)?;
    file.take(bytes_max as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(unread)?;
    if bytes.len() > bytes_max {
        return Err(format!("{shown} has more than {bytes_max} bytes"));
    }
    Ok(bytes)
}

/// Reads a file from the command line, which may be a pipe. `None` if it has more than `bytes_max`
/// bytes.
pub(crate) fn read_to_end(path: &Path, bytes_max: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let file = File::open(path)?;
    file.take(bytes_max + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= bytes_max).then_some(bytes))
}

/// What a path is if it is not a regular file.
pub(crate) fn other_than_file(file: &Metadata) -> Option<&'static str> {
    if file.is_dir() {
        Some("is a folder, but a file is expected")
    } else if file.is_file() {
        None
    } else {
        Some("is a pipe, a socket or a device, but a file is expected")
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    #[test]
    fn what_is_no_file_or_too_large_is_told_by_its_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for (name, length) in [("empty", 0), ("small", 3), ("full", 8), ("large", 9)] {
            std::fs::write(at(name), "x".repeat(length)).expect("a file");
        }
        let huge = File::create(at("huge")).expect("a file");
        huge.set_len(1 << 40).expect("a file with a hole");
        let made = Command::new("mkfifo").arg(at("pipe")).status();
        assert!(made.expect("a program").success());
        let _socket = UnixListener::bind(at("socket")).expect("a socket");
        for (name, target) in [("link", "small"), ("to-pipe", "pipe"), ("loose", "nothing")] {
            std::os::unix::fs::symlink(at(target), at(name)).expect("a link");
        }
        let device = "is a pipe, a socket or a device, but a file is expected";
        for (name, told) in [
            ("empty", Ok(0)),
            ("small", Ok(3)),
            ("full", Ok(8)),
            ("link", Ok(3)),
            ("large", Err("has more than 8 bytes")),
            ("huge", Err("has more than 8 bytes")),
            (".", Err("is a folder, but a file is expected")),
            ("pipe", Err(device)),
            ("to-pipe", Err(device)),
            ("socket", Err(device)),
            ("/dev/zero", Err(device)),
            ("/dev/null", Err(device)),
            (
                "loose",
                Err("cannot be read: No such file or directory (os error 2)"),
            ),
            (
                "nothing",
                Err("cannot be read: No such file or directory (os error 2)"),
            ),
        ] {
            let path = at(name);
            let told = told.map_err(|why| format!("{} {why}", path.display()));
            assert_eq!(read(&path, 8).map(|bytes| bytes.len()), told, "{name}");
        }
    }
    #[test]
    fn what_is_named_on_the_command_line_may_be_no_file_but_has_a_bound_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("full");
        std::fs::write(&path, "x".repeat(8)).expect("a file");
        for (path, bytes_max, length) in [
            (path.as_path(), 8, Some(8)),
            (&path, 7, None),
            (Path::new("/dev/null"), 8, Some(0)),
            (Path::new("/dev/zero"), 8, None),
        ] {
            let read = read_to_end(path, bytes_max).expect("it is read");
            assert_eq!(read.map(|bytes| bytes.len()), length, "{}", path.display());
        }
        assert!(read_to_end(folder.path(), 8).is_err());
    }
}
