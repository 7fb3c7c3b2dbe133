//! Tests of the values that are accepted as a key, and of values that are too easy to guess.

use super::parse;
use crate::support::{KEY, OTHER_KEY};

#[test]
fn a_key_that_is_a_pattern_or_counts_is_refused() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("key");
    let parsed = |key: &str| {
        assert_eq!(key.len(), 64, "{key}");
        std::fs::write(&path, key).expect("a file");
        parse(&format!(
            "public-url = \"https://reset.contoso.example\"\nkey = {{ file = {path:?} }}\n[store]\nurl = \"sqlite:///x\"\n"
        ))
    };
    let bytes = |byte: &dyn Fn(usize) -> usize| -> String {
        (0..32)
            .map(|place| format!("{:02x}", byte(place) % 256))
            .collect::<Vec<_>>()
            .concat()
    };
    let again = |part: &str| part.repeat(64).chars().take(64).collect::<String>();
    for key in [
        again("0"),
        again("f"),
        again("A"),
        again("ab"),
        again("abAB"),
        again("123"),
        again("dead"),
        again("deadbeef"),
        again("1234567890"),
        again("0123456789abcdef"),
        again("fedcba9876543210"),
        again("0123456789abcdeffedcba9876543210"),
        again("8298b1ef6484c50ee74c8528ffc910f9"),
        again("8298b1ef6484c50ee74c8528ffc910"),
        bytes(&|place| place),
        bytes(&|place| place + 1),
        bytes(&|place| 255 - place),
        bytes(&|place| 17 * place),
        bytes(&|place| 200 + 7 * place),
        bytes(&|place| place.min(31 - place)),
        (0..32)
            .map(|place| format!("{place:02}"))
            .collect::<Vec<_>>()
            .concat(),
        (1..=16)
            .map(|place| format!("{place:04x}"))
            .collect::<Vec<_>>()
            .concat(),
        (1..=8)
            .map(|place| format!("{place:08X}"))
            .collect::<Vec<_>>()
            .concat(),
        (1..=4)
            .map(|place| format!("{place:016x}"))
            .collect::<Vec<_>>()
            .concat(),
    ] {
        let errors = parsed(&key).expect_err(&key);
        assert!(errors[0].reason.contains("easy to guess"), "{errors:?}");
        assert!(!errors[0].reason.contains(&key[..8]), "{errors:?}");
    }
    for key in [
        KEY.to_owned(),
        OTHER_KEY.to_owned(),
        KEY.to_uppercase(),
        // A random key can begin with a sequence.
        format!("0123456789abcdef{}", &KEY[16..]),
        format!("{}00000000", &KEY[8..]),
    ] {
        assert!(parsed(&key).is_ok(), "{key}");
    }
}

/// A deployment with such a key could not exchange it otherwise.
#[test]
fn a_key_that_is_guessed_easily_opens_behind_another_and_does_not_seal() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = |name: &str, key: &str| {
        let path = directory.path().join(name);
        std::fs::write(&path, key).expect("a file");
        format!("{{ file = {path:?} }}")
    };
    let (weak, sound) = (file("weak", &"2a".repeat(32)), file("sound", KEY));
    let parsed = |keys: &str| {
        parse(&format!(
            "public-url = \"https://reset.contoso.example\"\nkey = {keys}\n[store]\nurl = \"sqlite:///x\"\n"
        ))
    };
    for (keys, is_taken) in [
        (sound.clone(), true),
        (format!("[{sound}]"), true),
        (format!("[{sound}, {weak}]"), true),
        (weak.clone(), false),
        (format!("[{weak}]"), false),
        (format!("[{weak}, {sound}]"), false),
    ] {
        let parsed = parsed(&keys);
        assert_eq!(parsed.is_ok(), is_taken, "{keys}");
        if let Err(errors) = parsed {
            let told = &errors[0].reason;
            assert!(
                told.contains("the new key and, after it, this one"),
                "{told}"
            );
        }
    }
}
