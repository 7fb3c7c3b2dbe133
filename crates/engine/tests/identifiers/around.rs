//! Text that comes along with an identifier: labels, and the signs around it.

use postern_engine::identifier::Identifier;
use postern_protocol::ProblemKind;

use super::tenants;

/// Labels before an identifier, from forms, mails, directories and their exports.
const LABELLED: [(&str, &str); 60] = [
    ("Email: ada@contoso.example", "ada@contoso.example"),
    ("E-mail:ada@contoso.example", "ada@contoso.example"),
    (
        "E\u{2011}MAIL ADDRESS : ada@contoso.example",
        "ada@contoso.example",
    ),
    ("User name: ada", "ada@contoso.example"),
    ("Username:ada", "ada@contoso.example"),
    ("User name: CONTOSO\\ada", "ada@contoso.example"),
    ("UPN = ada@contoso.example", "ada@contoso.example"),
    (
        "userPrincipalName=ada@contoso.example",
        "ada@contoso.example",
    ),
    (
        "UserPrincipalName : ada@contoso.example",
        "ada@contoso.example",
    ),
    ("sAMAccountName: ada", "ada@contoso.example"),
    ("mail: ada@contoso.example", "ada@contoso.example"),
    ("Login - ada@contoso.example", "ada@contoso.example"),
    ("Login – ada", "ada@contoso.example"),
    ("Email：ada@contoso.example", "ada@contoso.example"),
    ("Ｅｍａｉｌ：ａｄａ＠contoso.example", "ada@contoso.example"),
    (
        "Email\u{a0}:\u{a0}ada@contoso.example",
        "ada@contoso.example",
    ),
    (
        "\u{200e}Email:\u{200e} ada@contoso.example",
        "ada@contoso.example",
    ),
    ("Email:\nada@contoso.example", "ada@contoso.example"),
    ("Email:\tada@contoso.example.", "ada@contoso.example"),
    (
        "Email: Ada Birch <ada@contoso.example>",
        "ada@contoso.example",
    ),
    ("Email: \"ada@contoso.example\"", "ada@contoso.example"),
    ("\"email\": \"ada@contoso.example\",", "ada@contoso.example"),
    ("**Email:** ada@contoso.example", "ada@contoso.example"),
    ("- Email: ada@contoso.example", "ada@contoso.example"),
    ("Login: Email: ada@contoso.example", "ada@contoso.example"),
    ("Email: mailto:ada@contoso.example", "ada@contoso.example"),
    ("(Email: ada@contoso.example)", "ada@contoso.example"),
    ("[Email: ada@contoso.example]", "ada@contoso.example"),
    // Words of any language before an address are not part of a name.
    ("My work email: ada@contoso.example", "ada@contoso.example"),
    (
        "Adresse électronique : ada@contoso.example",
        "ada@contoso.example",
    ),
    ("Tên đăng nhập: ada@contoso.example", "ada@contoso.example"),
    // The other three languages of the wizard.
    ("E-Mail-Adresse: ada@contoso.example", "ada@contoso.example"),
    ("Benutzername: ada", "ada@contoso.example"),
    ("Gebruikersnaam: ada", "ada@contoso.example"),
    ("E-mailadres: ada@contoso.example", "ada@contoso.example"),
    (
        "البريد الإلكتروني: ada@contoso.example",
        "ada@contoso.example",
    ),
    ("اسم المستخدم: ada", "ada@contoso.example"),
    ("\u{202b}اسم المستخدم\u{202c}: علي", "علي@contoso.example"),
    ("البريد = ada@contoso.example", "ada@contoso.example"),
    // Labels of other scripts.
    ("邮箱：ada@contoso.example", "ada@contoso.example"),
    ("电子邮件: ada@contoso.example", "ada@contoso.example"),
    ("用户名：ada", "ada@contoso.example"),
    ("用户名：王伟", "王伟@contoso.example"),
    ("メール：ada@contoso.example", "ada@contoso.example"),
    ("Почта: ada@contoso.example", "ada@contoso.example"),
    ("이메일: ada", "ada@contoso.example"),
    // Forms from directories and links.
    ("smtp:ada@contoso.example", "ada@contoso.example"),
    ("SMTP:ada@contoso.example", "ada@contoso.example"),
    ("SMTP: ada@contoso.example", "ada@contoso.example"),
    ("sip:ada@contoso.example", "ada@contoso.example"),
    ("SIP:ada@contoso.example", "ada@contoso.example"),
    (
        "sips:ada@contoso.example;transport=tls",
        "ada@contoso.example",
    ),
    ("sip:ada@contoso.example?subject=x", "ada@contoso.example"),
    ("<sip:ada@contoso.example>", "ada@contoso.example"),
    (
        "proxyAddresses: SMTP:ada@contoso.example",
        "ada@contoso.example",
    ),
    (
        "mailto:ada@contoso.example?cc=bob@contoso.example",
        "ada@contoso.example",
    ),
    ("Mailto：ada@contoso.example", "ada@contoso.example"),
    ("mail=ada@contoso.example", "ada@contoso.example"),
    // A text that is not a label stays.
    ("bounce=ada@contoso.example", "bounce=ada@contoso.example"),
    ("ada - birch@contoso.example", "ada-birch@contoso.example"),
];

#[test]
fn a_label_is_no_part_of_an_identifier() {
    let tenants = tenants();
    for (typed, expected) in LABELLED {
        let read = Identifier::locate(typed, Some("contoso.example"), &tenants);
        let (identifier, _) = read.unwrap_or_else(|kind| panic!("{typed:?}: {kind:?}"));
        assert_eq!(identifier.normalised(), expected, "{typed:?}");
        let again = Identifier::parse(identifier.as_typed()).unwrap();
        assert_eq!(again.as_typed(), identifier.as_typed(), "{typed:?}");
    }
}

/// Signs around an identifier, from lists, links and pages that write an address only for people.
const NOISY: [(&str, &str); 58] = [
    ("- ada@contoso.example", "ada@contoso.example"),
    ("* ada@contoso.example", "ada@contoso.example"),
    ("+ ada@contoso.example", "ada@contoso.example"),
    ("> ada@contoso.example", "ada@contoso.example"),
    ("# ada@contoso.example", "ada@contoso.example"),
    ("-\tada@contoso.example", "ada@contoso.example"),
    ("-\u{a0}ada@contoso.example", "ada@contoso.example"),
    ("- - ada@contoso.example", "ada@contoso.example"),
    ("-- ada", "ada@contoso.example"),
    ("- ada", "ada@contoso.example"),
    ("- CONTOSO\\ada", "ada@contoso.example"),
    ("- \"ada@contoso.example\",", "ada@contoso.example"),
    ("- Email: ada@contoso.example.", "ada@contoso.example"),
    ("- <mailto:ada@contoso.example>", "ada@contoso.example"),
    ("• ada@contoso.example", "ada@contoso.example"),
    ("•\tada@contoso.example", "ada@contoso.example"),
    ("•ada@contoso.example", "ada@contoso.example"),
    ("‣ ada@contoso.example", "ada@contoso.example"),
    ("◦ ada@contoso.example", "ada@contoso.example"),
    ("▪ ada@contoso.example", "ada@contoso.example"),
    ("· ada@contoso.example", "ada@contoso.example"),
    ("– ada@contoso.example", "ada@contoso.example"),
    ("—ada@contoso.example", "ada@contoso.example"),
    ("→ ada@contoso.example", "ada@contoso.example"),
    ("✓ ada@contoso.example", "ada@contoso.example"),
    ("✉\u{fe0f} ada@contoso.example", "ada@contoso.example"),
    ("📧 ada@contoso.example", "ada@contoso.example"),
    ("\u{f0b7} ada@contoso.example", "ada@contoso.example"),
    ("• علي", "علي@contoso.example"),
    ("ada -", "ada@contoso.example"),
    ("ada •", "ada@contoso.example"),
    ("1) ada@contoso.example", "ada@contoso.example"),
    ("12.) ada@contoso.example", "ada@contoso.example"),
    ("(1) ada@contoso.example", "ada@contoso.example"),
    ("[1] ada@contoso.example", "ada@contoso.example"),
    ("a) ada@contoso.example", "ada@contoso.example"),
    ("١) ada@contoso.example", "ada@contoso.example"),
    ("ada[at]contoso.example", "ada@contoso.example"),
    ("ada (at) contoso.example", "ada@contoso.example"),
    ("ada{AT}contoso.example", "ada@contoso.example"),
    ("ada <at> contoso.example", "ada@contoso.example"),
    ("ada（at）contoso.example", "ada@contoso.example"),
    ("ada [at] contoso [dot] example", "ada@contoso.example"),
    (
        "ada(at)contoso(dot)org(dot)example",
        "ada@contoso.org.example",
    ),
    ("- ada[at]contoso.example.", "ada@contoso.example"),
    ("<ada[at]contoso.example>", "ada@contoso.example"),
    ("ada%40contoso.example", "ada@contoso.example"),
    ("mailto:ada%40contoso.example?cc=x", "ada@contoso.example"),
    ("ada&#64;contoso.example", "ada@contoso.example"),
    ("ada&#x40;contoso.example", "ada@contoso.example"),
    ("mailto://ada@contoso.example", "ada@contoso.example"),
    ("acct:ada@contoso.example", "ada@contoso.example"),
    ("xmpp:ada@contoso.example", "ada@contoso.example"),
    // Signs that may be part of a name stay.
    ("-ada@contoso.example", "-ada@contoso.example"),
    ("b. birch@contoso.example", "b.birch@contoso.example"),
    ("1.ada@contoso.example", "1.ada@contoso.example"),
    ("ada_at_contoso", "ada_at_contoso@contoso.example"),
    ("100%40ada@contoso.example", "100%40ada@contoso.example"),
];

#[test]
fn a_sign_around_an_identifier_is_no_part_of_it() {
    let tenants = tenants();
    for (typed, expected) in NOISY {
        let read = Identifier::locate(typed, Some("contoso.example"), &tenants);
        let (identifier, _) = read.unwrap_or_else(|kind| panic!("{typed:?}: {kind:?}"));
        assert_eq!(identifier.normalised(), expected, "{typed:?}");
        let again = Identifier::parse(identifier.as_typed()).unwrap();
        assert_eq!(again, Identifier::parse(typed).unwrap(), "{typed:?}");
    }
}

/// A text that could name two people, or none: the page says so.
#[test]
fn a_sign_that_may_be_a_part_of_a_name_is_not_guessed() {
    for (typed, why) in [
        ("1. ada@contoso.example", ProblemKind::IdentifierMalformed),
        ("12. ada", ProblemKind::IdentifierMalformed),
        ("1 - ada@contoso.example", ProblemKind::IdentifierMalformed),
        ("1: ada@contoso.example", ProblemKind::IdentifierMalformed),
        ("ada at contoso.example", ProblemKind::IdentifierMalformed),
        (
            "ada at contoso dot example",
            ProblemKind::IdentifierMalformed,
        ),
        ("[at]contoso.example", ProblemKind::IdentifierMalformed),
        (
            "ada Birch [at] contoso.example",
            ProblemKind::IdentifierMalformed,
        ),
        ("•", ProblemKind::IdentifierEmpty),
        ("• – ✉", ProblemKind::IdentifierEmpty),
    ] {
        assert_eq!(Identifier::parse(typed).unwrap_err(), why, "{typed:?}");
    }
    let tenants = tenants();
    for typed in ["ada@contoso.example -x", "ada@contoso.example - Ada"] {
        let read = Identifier::locate(typed, None, &tenants);
        let why = read.map(|(it, _)| it).unwrap_err();
        assert_eq!(why, ProblemKind::OrganisationUnknown, "{typed:?}");
    }
}

#[test]
fn what_was_typed_is_shown_without_what_came_along() {
    for (typed, shown) in [
        ("  Ada@Contoso.example,", "Ada@Contoso.example"),
        ("Ada Birch <Ada@München.example>", "Ada@München.example"),
        ("STRAUSS＠contoso.example", "STRAUSS＠contoso.example"),
        ("CONTOSO\\Ada", "CONTOSO\\Ada"),
        ("a\u{ad}da @contoso.example", "ada@contoso.example"),
        ("ada", "ada"),
    ] {
        assert_eq!(Identifier::parse(typed).unwrap().as_typed(), shown);
    }
}
