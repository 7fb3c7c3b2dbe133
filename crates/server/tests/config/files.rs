//! Tests of files that the configuration names: whatever is in their place, the error is at its
//! line, and the check neither waits nor reads without end.

use std::fs::File;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use super::at_once::{small, told};
use super::*;

const DEVICE: &str = "is a pipe, a socket or a device, but a file is expected";
const FOLDER: &str = "is a folder, but a file is expected";

/// Objects that can be in the place of a file, and the error for each.
fn others(folder: &TempDir) -> Vec<(PathBuf, &'static str)> {
    let at = |name: &str| folder.path().join(name);
    let made = Command::new("mkfifo").arg(at("pipe")).status();
    assert!(made.expect("a program").success());
    std::os::unix::fs::symlink(at("pipe"), at("link")).expect("a link");
    let huge = File::create(at("huge")).expect("a file");
    huge.set_len(1 << 40).expect("a file with a hole");
    vec![
        (at("pipe"), DEVICE),
        (at("link"), DEVICE),
        (PathBuf::from("/dev/zero"), DEVICE),
        (PathBuf::from("/dev/null"), DEVICE),
        (folder.path().to_owned(), FOLDER),
        (at("huge"), "has more than "),
        (at("nothing"), "cannot be read: No such file"),
    ]
}

#[test]
fn each_file_is_a_regular_one_of_a_bounded_size() {
    const TENANT: &str = "[[tenants]]\nname = \"Contoso\"\ndomains = [\"contoso.example\"]";
    const MAIL: &str =
        "[delivery.mail]\nhost = \"mail.contoso.example\"\nfrom = \"a@contoso.example\"";
    let folder = tempfile::tempdir().expect("a folder");
    for (path, expected) in others(&folder) {
        for more in [
            format!("password = {{ file = {path:?} }}"),
            format!("{MAIL}\nca-file = {path:?}"),
            format!("{MAIL}\nuser = \"a\"\npassword = {{ file = {path:?} }}"),
            format!("{MAIL}\n{TENANT}\n[tenants.logo]\nlight = {path:?}"),
            format!(
                "{MAIL}\n{TENANT}\n[tenants.logo]\nlight = {:?}\ndark = {path:?}",
                picture()
            ),
            format!(
                "[delivery.texts.gateway]\nurl = \"https://sms.contoso.example\"\nform = {{ to = \"{{to}}\", text = \"{{text}}\" }}\nca-file = {path:?}"
            ),
        ] {
            let text = small("", &more);
            let told = told(&text);
            let line = text
                .lines()
                .position(|line| line.contains(&format!("{path:?}")));
            let found = told.iter().find(|(.., reason)| reason.contains(expected));
            let (at, _, reason) = found.unwrap_or_else(|| panic!("{more}: {told:?}"));
            assert!(reason.contains(path.to_str().expect("a path")), "{reason}");
            assert_eq!(Some(at - 1), line, "{more}: {told:?}");
        }
        let text = small("", "").replace(secret(), path.to_str().expect("a path"));
        let told = told(&text);
        assert!(told[0].2.contains(expected), "{told:?}");
    }
}

#[test]
fn a_configuration_has_a_bound_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = folder.path().join("long.toml");
    std::fs::write(&long, "#".repeat((1 << 22) + 1)).expect("a file");
    for (path, expected) in [
        (long.as_path(), "the file has more than 4194304 bytes"),
        ("/dev/zero".as_ref(), "the file has more than 4194304 bytes"),
        (folder.path(), "the file cannot be read"),
    ] {
        let refused = Config::read(path).expect_err("it is refused").to_string();
        assert!(refused.contains(expected), "{refused}");
    }
}
