//! Typed identifiers, and how they are read: one table for the page, the API, sheets, the
//! configuration and the directory, which all use the same function.

#![expect(
    clippy::unwrap_used,
    reason = "what is not as it should be fails its test"
)]

#[path = "identifiers/around.rs"]
mod around;

use postern_engine::identifier::{Identifier, a_label, fold};
use postern_engine::{Policy, Tenant};
use postern_protocol::{IDENTIFIER_LENGTH_MAX, ProblemKind};

fn tenants() -> Vec<Tenant> {
    let tenant = |domains: &[&str], name| {
        let mut tenant = Tenant {
            policy: Some(Policy::default()),
            ..Tenant::new(domains[0], name)
        };
        let others = domains[1..].iter().map(|domain| a_label(domain).unwrap());
        tenant.domains.extend(others);
        tenant
    };
    vec![
        tenant(&["contoso.example", "contoso.org.example"], "Contoso"),
        tenant(&["München.example"], "Stadt München"),
    ]
}

/// The typed text on the page of the account's own organisation, and the resulting identifier.
const NAMES: [(&str, &str); 74] = [
    // Ordinary identifiers.
    ("ada@contoso.example", "ada@contoso.example"),
    ("ada.birch+x@contoso.example", "ada.birch+x@contoso.example"),
    ("o'hara@contoso.example", "o'hara@contoso.example"),
    ("ada_1-2@contoso.org.example", "ada_1-2@contoso.org.example"),
    // Upper and lower case.
    ("ADA@CONTOSO.EXAMPLE", "ada@contoso.example"),
    ("STRAUSS@contoso.example", "strauss@contoso.example"),
    ("Strauß@contoso.example", "strauss@contoso.example"),
    ("STRAUẞ@contoso.example", "strauss@contoso.example"),
    ("ΝΊΚΟΣ@contoso.example", "νίκοσ@contoso.example"),
    ("νίκος@contoso.example", "νίκοσ@contoso.example"),
    ("İbrahim@contoso.example", "ibrahim@contoso.example"),
    ("i\u{307}brahim@contoso.example", "ibrahim@contoso.example"),
    ("ışıl@contoso.example", "ışıl@contoso.example"),
    ("ЖЕНЯ@contoso.example", "женя@contoso.example"),
    ("ＡＤＡ@contoso.example", "ada@contoso.example"),
    // Different compositions.
    ("REN\u{c9}@contoso.example", "ren\u{e9}@contoso.example"),
    ("rene\u{301}@contoso.example", "ren\u{e9}@contoso.example"),
    ("ﬁona@contoso.example", "fiona@contoso.example"),
    ("𝒶𝒹𝒶@contoso.example", "ada@contoso.example"),
    ("Ⓐda@contoso.example", "ada@contoso.example"),
    // Different widths.
    ("ada＠contoso.example", "ada@contoso.example"),
    ("ada﹫contoso.example", "ada@contoso.example"),
    ("ada@contoso。example", "ada@contoso.example"),
    ("ada@contoso．example", "ada@contoso.example"),
    ("ada@contoso｡example", "ada@contoso.example"),
    (
        "ａｄａ＠ｃｏｎｔｏｓｏ．ｅｘａｍｐｌｅ",
        "ada@contoso.example",
    ),
    // Invisible characters.
    ("a\u{ad}da@contoso.example", "ada@contoso.example"),
    ("a\u{200b}da@contoso.example", "ada@contoso.example"),
    ("\u{2068}ada@contoso.example\u{2069}", "ada@contoso.example"),
    ("\u{feff}ada@contoso.example", "ada@contoso.example"),
    ("ada\u{fe0f}@contoso.example", "ada@contoso.example"),
    ("ada\u{61c}@contoso.example", "ada@contoso.example"),
    ("a\u{180e}da@contoso.example", "ada@contoso.example"),
    ("ada\u{e0041}@contoso.example", "ada@contoso.example"),
    ("ada\u{3164}@contoso.example", "ada@contoso.example"),
    ("ada@con\u{ad}toso.example", "ada@contoso.example"),
    ("ada\u{0}@contoso.example", "ada@contoso.example"),
    // Blanks in different places.
    ("  ada@contoso.example \n", "ada@contoso.example"),
    ("ada @contoso.example", "ada@contoso.example"),
    ("ada@ contoso.example", "ada@contoso.example"),
    ("ada@contoso. example", "ada@contoso.example"),
    ("ada@con toso.example", "ada@contoso.example"),
    ("ada. birch@contoso.example", "ada.birch@contoso.example"),
    ("ada\u{a0}@\u{a0}contoso.example", "ada@contoso.example"),
    ("\tada@contoso.example\t", "ada@contoso.example"),
    // Text that was copied along.
    ("mailto:ada@contoso.example", "ada@contoso.example"),
    (
        "MAILTO:ada@contoso.example?subject=x",
        "ada@contoso.example",
    ),
    ("Ada Birch <ada@contoso.example>", "ada@contoso.example"),
    (
        "\"Birch, Ada\" <ada@contoso.example>;",
        "ada@contoso.example",
    ),
    ("Ada <mailto:ada@contoso.example>", "ada@contoso.example"),
    ("<ada@contoso.example>", "ada@contoso.example"),
    ("\"ada@contoso.example\"", "ada@contoso.example"),
    ("“ada@contoso.example”", "ada@contoso.example"),
    ("«ada@contoso.example»", "ada@contoso.example"),
    ("'ada@contoso.example',", "ada@contoso.example"),
    ("(ada@contoso.example).", "ada@contoso.example"),
    ("ada@contoso.example.", "ada@contoso.example"),
    ("ada@contoso.example,", "ada@contoso.example"),
    ("ada@contoso.example。", "ada@contoso.example"),
    ("ada@contoso.example;", "ada@contoso.example"),
    ("ada@contoso.example…", "ada@contoso.example"),
    // Domains in their own script.
    ("mia@münchen.example", "mia@xn--mnchen-3ya.example"),
    ("mia@MÜNCHEN.example", "mia@xn--mnchen-3ya.example"),
    ("mia@mu\u{308}nchen.example", "mia@xn--mnchen-3ya.example"),
    ("mia@xn--mnchen-3ya.example", "mia@xn--mnchen-3ya.example"),
    ("mia@XN--MNCHEN-3YA.EXAMPLE", "mia@xn--mnchen-3ya.example"),
    ("mia@münchen。example", "mia@xn--mnchen-3ya.example"),
    // No domain: the page's domain applies.
    ("ada", "ada@contoso.example"),
    ("ADA", "ada@contoso.example"),
    ("ada@", "ada@contoso.example"),
    ("CONTOSO\\ada", "ada@contoso.example"),
    ("CONTOSO＼ada", "ada@contoso.example"),
    ("contoso.org.example\\ada", "ada@contoso.org.example"),
    ("CONTOSO\\ada@contoso.example", "ada@contoso.example"),
];

#[test]
fn what_can_mean_one_person_only_names_that_person() {
    let tenants = tenants();
    for (typed, expected) in NAMES {
        let page = expected.rsplit('@').next();
        let read = Identifier::locate(typed, page, &tenants);
        let (identifier, tenant) = read.unwrap_or_else(|kind| panic!("{typed:?}: {kind:?}"));
        assert_eq!(identifier.normalised(), expected, "{typed:?}");
        assert!(tenant.has_domain(identifier.domain().unwrap()), "{typed:?}");
    }
}

/// Texts typed on the page of `contoso.example`, and why each is refused.
const REFUSED: [(&str, ProblemKind); 40] = [
    ("", ProblemKind::IdentifierEmpty),
    (" \u{200b}\u{0} ", ProblemKind::IdentifierEmpty),
    ("\u{3164}", ProblemKind::IdentifierEmpty),
    (".,;", ProblemKind::IdentifierEmpty),
    ("\"\"", ProblemKind::IdentifierEmpty),
    ("<>", ProblemKind::IdentifierEmpty),
    ("mailto:", ProblemKind::IdentifierEmpty),
    ("@", ProblemKind::IdentifierEmpty),
    ("@@", ProblemKind::IdentifierMalformed),
    ("ada@@contoso.example", ProblemKind::IdentifierMalformed),
    ("ada@contoso.example@", ProblemKind::IdentifierMalformed),
    ("ada＠@contoso.example", ProblemKind::IdentifierMalformed),
    ("@contoso.example", ProblemKind::IdentifierMalformed),
    ("ada birch", ProblemKind::IdentifierMalformed),
    (
        "ada birch@contoso.example",
        ProblemKind::IdentifierMalformed,
    ),
    (
        "ada@contoso.example bob@contoso.example",
        ProblemKind::IdentifierMalformed,
    ),
    ("CONTOSO\\", ProblemKind::IdentifierMalformed),
    // The part before a colon is a typing error for a full stop, another word for the organisation,
    // or an unknown label.
    (
        "ada:birch@contoso.example",
        ProblemKind::IdentifierMalformed,
    ),
    (
        "ada: birch@contoso.example",
        ProblemKind::IdentifierMalformed,
    ),
    ("ada：birch", ProblemKind::IdentifierMalformed),
    ("contoso:ada", ProblemKind::IdentifierMalformed),
    ("12:30", ProblemKind::IdentifierMalformed),
    ("My user: ada", ProblemKind::IdentifierMalformed),
    ("Re: ada@contoso.example", ProblemKind::IdentifierMalformed),
    (
        "josé: garcía@contoso.example",
        ProblemKind::IdentifierMalformed,
    ),
    (
        "http://ada@contoso.example",
        ProblemKind::IdentifierMalformed,
    ),
    ("X500:/o=Contoso/cn=ada", ProblemKind::IdentifierMalformed),
    (
        "UPPN = ada@contoso.example",
        ProblemKind::IdentifierMalformed,
    ),
    ("User name: ada birch", ProblemKind::IdentifierMalformed),
    (
        "smtp:ada@contoso.example;smtp:bob@contoso.example",
        ProblemKind::IdentifierMalformed,
    ),
    (
        "Email: ada@contoso.example, UPN: bob@contoso.example",
        ProblemKind::IdentifierMalformed,
    ),
    ("Email:", ProblemKind::IdentifierEmpty),
    ("User name: ", ProblemKind::IdentifierEmpty),
    ("smtp:", ProblemKind::IdentifierEmpty),
    ("用户名：", ProblemKind::IdentifierEmpty),
    (
        "Email: ada@contoso.exmaple",
        ProblemKind::OrganisationUnknown,
    ),
    ("ada@contoso.exmaple", ProblemKind::OrganisationUnknown),
    ("ada@contoso", ProblemKind::OrganisationUnknown),
    ("ada@sub.contoso.example", ProblemKind::OrganisationUnknown),
    ("fabrikam.example\\ada", ProblemKind::OrganisationUnknown),
];

#[test]
fn what_names_no_one_is_said_and_never_guessed() {
    let tenants = tenants();
    for (typed, expected) in REFUSED {
        let read = Identifier::locate(typed, Some("contoso.example"), &tenants);
        assert_eq!(read.map(|(it, _)| it).unwrap_err(), expected, "{typed:?}");
    }
}

#[test]
fn the_page_of_one_organisation_looks_for_no_account_of_another() {
    let tenants = tenants();
    for (typed, page, name) in [
        ("ada@münchen.example", "contoso.example", "Contoso"),
        (
            "xn--mnchen-3ya.example\\ada",
            "contoso.org.example",
            "Contoso",
        ),
        ("ada@CONTOSO.example", "münchen.example", "Stadt München"),
    ] {
        let read = Identifier::locate(typed, Some(page), &tenants);
        let expected = ProblemKind::OrganisationOther {
            tenant_name: name.into(),
        };
        assert_eq!(read.map(|(it, _)| it).unwrap_err(), expected, "{typed:?}");
    }
    // A page that names no known organisation accepts identifiers of all organisations.
    for page in [None, Some("nowhere.example"), Some("")] {
        let read = Identifier::locate("ada@münchen.example", page, &tenants);
        assert!(read.is_ok(), "{page:?}");
    }
}

#[test]
fn a_bare_name_belongs_to_the_page_or_to_the_only_organisation() {
    let tenants = tenants();
    let named = |page, tenants| {
        let read = Identifier::locate("ada", page, tenants);
        read.map(|(identifier, _)| identifier.normalised().to_owned())
    };
    let ada = |domain: &str| Ok(format!("ada@{domain}"));
    assert_eq!(
        named(Some("contoso.example"), &tenants),
        ada("contoso.example")
    );
    // The page's domain applies, if its organisation has several.
    assert_eq!(
        named(Some("CONTOSO.org.example"), &tenants),
        ada("contoso.org.example")
    );
    assert_eq!(
        named(Some("münchen.example"), &tenants),
        ada("xn--mnchen-3ya.example")
    );
    for page in [None, Some("fabrikam.example"), Some(""), Some("@@")] {
        assert_eq!(
            named(page, &tenants),
            Err(ProblemKind::OrganisationMissing),
            "{page:?}"
        );
        assert_eq!(
            named(page, &tenants[..1]),
            ada("contoso.example"),
            "{page:?}"
        );
    }
    assert_eq!(named(None, &[]), Err(ProblemKind::OrganisationMissing));
}

/// Phones and keyboards type other signs as apostrophes. Some of these split into a blank and an
/// accent.
#[test]
fn every_apostrophe_is_one_and_what_was_typed_is_shown() {
    const APOSTROPHES: &str = "'`´\u{2b9}\u{2bb}ʼ\u{2bd}\u{2be}\u{2bf}\u{2c8}\u{2ca}\u{2cb}\u{384}\u{55a}\u{5f3}\u{1fbd}\u{1fbf}\u{1fef}\u{1ffd}\u{1ffe}‘’‚‛′‵\u{a78b}\u{a78c}＇｀";
    for sign in APOSTROPHES.chars() {
        for (typed, compared) in [
            (
                format!("o{sign}brien@contoso.example"),
                "o'brien@contoso.example",
            ),
            (
                format!("O{sign}BRIEN@Contoso.example"),
                "o'brien@contoso.example",
            ),
            (
                format!("  O{sign}Brien@contoso.example. "),
                "o'brien@contoso.example",
            ),
            (format!("CONTOSO\\d{sign}arcy"), "d'arcy"),
            (format!("jos{sign}é{sign}s"), "jos'é's"),
        ] {
            let identifier = Identifier::parse(&typed).unwrap();
            assert_eq!(identifier.normalised(), compared, "{typed:?}");
            assert!(identifier.as_typed().contains(sign), "{typed:?}");
        }
    }
    for (one, other) in [
        ("o'brien@m.example", "obrien@m.example"),
        ("o\u{b4}brien@m.example", "\u{f3}brien@m.example"),
        ("o,brien@m.example", "o'brien@m.example"),
        ("o\u{a8}brien@m.example", "o'brien@m.example"),
    ] {
        let [one, other] = [one, other].map(|it| Identifier::parse(it).unwrap());
        assert_ne!(one.normalised(), other.normalised());
    }
}

#[test]
fn what_is_shown_is_read_as_the_same_person_again() {
    for (typed, _) in NAMES {
        let once = Identifier::parse(typed).unwrap();
        let again = Identifier::parse(once.as_typed()).unwrap();
        assert_eq!(again, once, "{typed:?}");
        assert_eq!(fold(once.normalised()), once.normalised(), "{typed:?}");
    }
}

#[test]
fn the_longest_address_is_taken_and_no_longer_one() {
    let longest = "é".repeat(IDENTIFIER_LENGTH_MAX);
    assert!(Identifier::parse(&longest).is_ok());
    for longer in [longest.clone() + "a", "a".repeat(100_000)] {
        assert_eq!(
            Identifier::parse(&longer),
            Err(ProblemKind::IdentifierTooLong)
        );
    }
    // Text that was copied along does not count.
    let wrapped = format!("Ada Birch <mailto:{longest}>");
    assert!(Identifier::parse(&wrapped).is_ok());
}

#[test]
fn a_domain_is_one_in_either_form() {
    let tenant = Tenant::new("münchen.example", "Stadt München");
    assert_eq!(tenant.domain(), "xn--mnchen-3ya.example");
    for form in [
        "münchen.example",
        "MÜNCHEN.EXAMPLE",
        "xn--mnchen-3ya.example",
        "münchen.example.",
    ] {
        assert!(tenant.has_domain(form), "{form}");
    }
    for other in ["munchen.example", "", ".", "münchen example"] {
        assert!(!tenant.has_domain(other), "{other}");
    }
}
