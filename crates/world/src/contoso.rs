//! The organisations of Contoso and their people, with an account for every page. The demo, a
//! server in development and tests use them.
//!
//! A policy belongs to a tenant, so an account that needs another policy is in another part of
//! Contoso. The domains are in the name reserved for examples (RFC 2606). British and American
//! numbers are from the ranges reserved for fiction (Ofcom; NANPA 555-0100 to 555-0199). The number
//! of the bank is the example of the reference's own documentation.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use postern_engine::account::{
    AccountId, AccountState, Authenticator, AuthenticatorId, AuthenticatorSecret, PasswordSource,
    Person, RegisteredQuestion, Registration, TotpAlgorithm, TotpPeriod,
};
use postern_engine::policy::{PolicySettings, Scope};
use postern_engine::tenant::{Administrator, Administrators, BannedTerms, WriteBack};
use postern_engine::{Account, EngineKey, Policy, Tenant};
use postern_phone::Region;
use postern_protocol::Method::{
    self, AuthenticatorCode, Email, MobileCall, MobileSms, OfficeCall, Questions,
};
use postern_protocol::QuestionText;
use postern_protocol::password::PasswordRules;

/// The organisation of most of the people.
pub const CONTOSO: &str = "contoso.example";
/// The organisation with two gates.
pub const BANK: &str = "bank.contoso.example";
const CLINIC: &str = "clinic.contoso.example";
const SCHOOL: &str = "school.contoso.example";
const LAB: &str = "lab.contoso.example";
const CLOSED: &str = "closed.contoso.example";
const NEW: &str = "new.contoso.example";

/// The questions that Dalia has registered: the number of each predefined question, and her answer.
pub const ANSWERS: [(u8, &str); 5] = [
    (3, "Utrecht"),
    (12, "Pancakes"),
    (24, "Oak Lane"),
    (29, "Biscuit"),
    (32, "Lifeguard"),
];

/// Every organisation.
///
/// # Panics
///
/// Never: every policy is within its bounds.
pub fn tenants() -> Vec<Tenant> {
    let one_gate = || PolicySettings {
        methods: vec![Email, MobileSms, Questions, AuthenticatorCode],
        ..PolicySettings::default()
    };
    vec![
        Tenant {
            write_back: WriteBack::Deployed,
            help_url: Some("https://contoso.example/help".into()),
            sign_in_url: Some("https://contoso.example/".into()),
            banned_terms: BannedTerms::parse(["trebuchet", "portcullis"].map(String::from).into())
                .expect("both are of 4 to 16 characters"),
            ..tenant(CONTOSO, "Contoso", "GB", one_gate())
        },
        Tenant {
            password_rules: PasswordRules {
                classes_required: 3,
                ..PasswordRules::default()
            },
            ..tenant(
                BANK,
                "Contoso Bank",
                "US",
                PolicySettings {
                    gates_required: 2,
                    methods: vec![Email, MobileSms, AuthenticatorCode],
                    ..PolicySettings::default()
                },
            )
        },
        tenant(
            CLINIC,
            "Contoso Clinic",
            "NL",
            with_methods(&[MobileCall, OfficeCall]),
        ),
        tenant(
            SCHOOL,
            "Contoso School",
            "NL",
            PolicySettings {
                separate_unlock: true,
                ..one_gate()
            },
        ),
        tenant(
            LAB,
            "Contoso Lab",
            "NL",
            PolicySettings {
                scope: Scope::Groups(vec!["self-service".into()]),
                ..one_gate()
            },
        ),
        Tenant {
            is_enabled: false,
            ..tenant(CLOSED, "Contoso Archive", "NL", one_gate())
        },
        Tenant {
            policy: None,
            ..tenant(NEW, "Contoso Next", "NL", one_gate())
        },
    ]
}

fn with_methods(methods: &[Method]) -> PolicySettings {
    PolicySettings {
        methods: methods.to_vec(),
        ..PolicySettings::default()
    }
}

fn tenant(domain: &str, name: &str, region: &str, settings: PolicySettings) -> Tenant {
    let helpdesk = Administrator {
        account: AccountId("helpdesk".into()),
        email: format!("helpdesk@{domain}"),
    };
    Tenant {
        policy: Some(Policy::new(settings).expect("every policy of the demo is within the bounds")),
        default_region: Region::parse(region),
        administrators: Administrators {
            helpdesk: vec![helpdesk],
            ..Administrators::default()
        },
        ..Tenant::new(domain, name)
    }
}

/// All accounts, each with its organisation. The answers to questions are registered with this key.
///
/// # Panics
///
/// Never: every secret is Base32.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn accounts(key: &EngineKey) -> Vec<(&'static str, Account)> {
    let dalia = AccountId("dalia".into());
    let questions = (1..).zip(ANSWERS).filter_map(|(id, (number, answer))| {
        RegisteredQuestion::new(key, &dalia, id, QuestionText::Predefined(number), answer)
    });
    vec![
        (
            CONTOSO,
            Account::from(Person {
                names: names(&["Ada", "Birch"]),
                mobile: Some("+44 7700 900123".into()),
                ..person("ada", CONTOSO)
            }),
        ),
        (
            BANK,
            Account::of(
                Person {
                    names: names(&["Bram", "Cedar"]),
                    mobile: Some("+1 4251234567".into()),
                    ..nothing_on_file("bram", BANK)
                },
                Registration {
                    authenticators: app("KRUGKIDROVUWG2ZAMJZG653OEBTG66BA"),
                    ..Registration::default()
                },
            ),
        ),
        (
            CLINIC,
            Account::from(Person {
                names: names(&["Chen", "Willow"]),
                mobile: Some("+31 612345678".into()),
                office_phone: Some("+1 425 555 0142 x42".into()),
                ..nothing_on_file("chen", CLINIC)
            }),
        ),
        (
            CONTOSO,
            Account::of(
                nothing_on_file("dalia", CONTOSO),
                Registration {
                    questions: questions.collect(),
                    ..Registration::default()
                },
            ),
        ),
        (
            SCHOOL,
            Account::from(Person {
                is_locked: true,
                mobile: Some("+44 7700 900457".into()),
                ..person("elif", SCHOOL)
            }),
        ),
        (
            CONTOSO,
            Account::from(Person {
                is_administrator: true,
                mobile: Some("+44 7700 900456".into()),
                ..person("femke", CONTOSO)
            }),
        ),
        (
            CONTOSO,
            Account::from(Person {
                password_source: PasswordSource::OnPremises,
                mobile: Some("+44 7700 900789".into()),
                ..person("george", CONTOSO)
            }),
        ),
        (
            CONTOSO,
            Account::of(
                nothing_on_file("hana", CONTOSO),
                Registration {
                    authenticators: app("MFXGIIDON53SA2LUEBUXGIDUNBQXI4TF"),
                    ..Registration::default()
                },
            ),
        ),
        (CONTOSO, person("locked", CONTOSO).into()),
        (CLOSED, person("ines", CLOSED).into()),
        (NEW, person("jonas", NEW).into()),
        (
            CONTOSO,
            Account::from(Person {
                is_licensed: false,
                ..person("kemal", CONTOSO)
            }),
        ),
        (LAB, person("lucia", LAB).into()),
        (
            CONTOSO,
            Account::from(Person {
                state: AccountState::Disabled,
                ..person("maya", CONTOSO)
            }),
        ),
        (CONTOSO, nothing_on_file("nils", CONTOSO).into()),
        (BANK, person("olga", BANK).into()),
        (
            CONTOSO,
            Account::from(Person {
                password_source: PasswordSource::Elsewhere,
                ..person("pavel", CONTOSO)
            }),
        ),
        (
            BANK,
            Account::from(Person {
                password_source: PasswordSource::OnPremises,
                mobile: Some("+1 425 555 0177".into()),
                ..person("quinn", BANK)
            }),
        ),
    ]
}

/// A person with a mailbox at home.
fn person(name: &str, domain: &str) -> Person {
    Person {
        alternate_emails: vec![format!("{name}@home.example")],
        ..nothing_on_file(name, domain)
    }
}

fn nothing_on_file(name: &str, domain: &str) -> Person {
    let identifier = format!("{name}@{domain}");
    Person {
        primary_email: Some(identifier.clone()),
        ..Person::new(name, &identifier)
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn app(secret: &str) -> Vec<Authenticator> {
    vec![Authenticator {
        id: AuthenticatorId("phone".into()),
        secret: AuthenticatorSecret::from_base32(secret).expect("it is Base32"),
        period: TotpPeriod::Seconds30,
        algorithm: TotpAlgorithm::Sha1,
    }]
}
