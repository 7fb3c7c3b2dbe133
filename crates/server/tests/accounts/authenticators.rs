//! Secrets of authenticators in a file of accounts.

use super::imports::Imports;
use crate::support::Database;

const SHORT: &str = "the secret is too short: it needs 80 bits";
const NONE: &str = "the secret is not in Base32";
const RATHER: &str = "authenticators: number 1: the secret has fewer than the 128 bits";

/// RFC 4226 section 4, R6: 128 bits. A secret with fewer than 80 bits can be guessed.
#[tokio::test]
async fn the_secret_of_an_authenticator_is_long_enough() {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    let row = |cell: &str| {
        format!(
            "tenant,id,identifiers,authenticators\ncontoso.example,a,a@contoso.example,{cell}\n"
        )
    };
    let (long, longer) = ("A".repeat(128), "A".repeat(129));
    for (cell, told) in [
        ("A", SHORT),
        ("AB", SHORT),
        ("=", SHORT),
        (":sha256", SHORT),
        ("GEZDGNBVGY3TQ", SHORT),
        ("GEZDGNBVGY3TQOJ", SHORT),
        ("GEZD GNBV GY3T QOJ=", SHORT),
        ("AB:sha256:60s", SHORT),
        ("0189", NONE),
        ("GEZDGNBVGY3TQOJ1", NONE),
        (&longer, "more than 128 characters of Base32"),
        (
            "GEZDGNBVGY3TQOJQ:md5",
            "the algorithm must be sha1 or sha256",
        ),
        ("GEZDGNBVGY3TQOJQ:sha1:45s", "the period must be 30s or 60s"),
    ] {
        let faults = imports.faults(row(cell)).await;
        assert_eq!(faults.len(), 1, "{cell}: {faults:?}");
        let begins = format!("2 authenticators: number 1: {told}");
        let is_told = faults[0].starts_with(&begins) || faults[0].ends_with(told);
        assert!(is_told, "{cell}: {faults:?}");
    }
    for (cell, is_warned) in [
        ("GEZDGNBVGY3TQOJQ", true),
        ("gezdgnbvgy3tqojqgezdgnbvg", true),
        ("GEZDGNBVGY3TQOJQGEZDGNBVGY", false),
        ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", false),
        (&long, false),
        ("GEZDGNBVGY3TQOJQGEZDGNBVGY:SHA256:60s", false),
        ("GEZDGNBVGY3TQOJQGEZDGNBVGY:Sha256:60S", false),
        ("GEZDGNBVGY3TQOJQ:SHA1:30s", true),
    ] {
        let said = imports.dry(row(cell)).await;
        assert_eq!(said.contains(RATHER), is_warned, "{cell}: {said}");
        assert!(!said.contains("GEZD"), "{said}");
    }
    let second = row("GEZDGNBVGY3TQOJQGEZDGNBVGY; AB");
    let faults = imports.faults(second).await;
    assert!(faults[0].starts_with("2 authenticators: number 2: the secret is too short"));
}
