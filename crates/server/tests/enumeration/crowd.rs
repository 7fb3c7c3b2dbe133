//! Hundreds of realistic people and as many invented identifiers, and all their answers.

use std::collections::BTreeMap;
use std::time::Duration;

use postern_engine::account::{
    AccountState, Authenticator, AuthenticatorId, AuthenticatorSecret, RegisteredQuestion,
    TotpAlgorithm, TotpPeriod,
};
use postern_engine::policy::PolicySettings;
use postern_engine::tenant::Disclosure;
use postern_engine::{Account, EngineKey, Policy, Tenant};
use postern_phone::Region;
use postern_protocol::{Method as Way, QuestionText};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

pub(crate) const DOMAIN: &str = "contoso.example";

/// First names and family names of the people, and of the invented ones.
const FIRST: [&str; 30] = [
    "ada", "bram", "carla", "dalia", "elif", "femke", "george", "hana", "ivo", "jana", "karim",
    "lotte", "mia", "noor", "otto", "priya", "quinn", "rosa", "sven", "tara", "umar", "vera",
    "wim", "xena", "yusuf", "zoe", "anna", "ben", "chen", "dora",
];
const FAMILY: [&str; 40] = [
    "birch", "bakker", "smit", "devries", "jansen", "mulder", "visser", "meijer", "bos", "vos",
    "peters", "hendriks", "dekker", "brouwer", "dewit", "dijkstra", "kok", "vermeer", "schmidt",
    "weber", "wagner", "becker", "hoffmann", "koch", "richter", "klein", "wolf", "neumann",
    "schwarz", "braun", "hofmann", "lange", "werner", "krause", "lehmann", "khan", "okafor",
    "nguyen", "silva", "rossi",
];

/// The unique name for this number: the names of one round are followed by the same names with
/// another letter between.
pub(crate) fn identifier(number: usize) -> String {
    let names = FIRST.len() * FAMILY.len();
    let (first, family) = (
        FIRST[number % FIRST.len()],
        FAMILY[number / FIRST.len() % FAMILY.len()],
    );
    let middle = ["", "a.", "b.", "c."][number / names];
    format!("{first}.{middle}{family}@{DOMAIN}")
}

/// This number of people, half of whom have an account, in an order that depends on the seed.
pub(crate) fn people(of_each: usize, seed: u64) -> Vec<bool> {
    let mut people = [true, false].repeat(of_each);
    fastrand::Rng::with_seed(seed).shuffle(&mut people);
    people
}

/// A key that depends on the seed: it determines the decoys, so that each crowd has other decoys.
pub(crate) fn key(seed: u64) -> EngineKey {
    let mut bytes = [42; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    EngineKey::new(bytes)
}

/// A tenant where people register the methods that they like.
pub(crate) fn tenant(disclosure: Disclosure) -> Tenant {
    let settings = PolicySettings {
        methods: Way::ALL.to_vec(),
        ..PolicySettings::default()
    };
    Tenant {
        policy: Some(Policy::new(settings).expect("the policy is within its bounds")),
        disclosure,
        default_region: Region::parse("NL"),
        ..Tenant::new(DOMAIN, "Contoso")
    }
}

/// A number below `of` (`SplitMix64`).
fn below(of: usize, seed: u64) -> usize {
    let mut mixed = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let of = u64::try_from(of).expect("it is small");
    usize::try_from((mixed ^ (mixed >> 31)) % of).expect("it is smaller")
}

/// The data on file of a person, as for real people: each method has its own share, and people of
/// one department are similar.
pub(crate) fn account(number: usize, is_refused: bool, seed: u64) -> Account {
    let identifier = identifier(number);
    let mut account = Account::new(&identifier, &identifier);
    // The value is the same on every run with this seed, and has no pattern.
    let (key, number) = (key(seed), u64::try_from(number).expect("it is small"));
    let dice = |of: usize, salt: u64| below(of, seed << 32 | number << 8 | salt);
    account.person.primary_email = Some(identifier.clone());
    if dice(10, 1) < 7 {
        let host = ["gmail.com", "hotmail.nl", "ziggo.nl", "home.example"][dice(4, 2)];
        account.person.alternate_emails = vec![identifier.replace(DOMAIN, host)];
    }
    if dice(10, 3) < 8 {
        account.person.mobile = Some(format!("+316{:08}", 10_000_000 + dice(89_999_999, 4)));
    }
    if dice(10, 5) < 4 {
        // Half of them have a number behind the switchboard.
        let number = match dice(2, 18) {
            0 => 5_550_000,
            _ => 2_000_000 + dice(7_999_999, 6),
        };
        account.person.office_phone = Some(format!("+3120{number:07}"));
    }
    if dice(10, 7) < 3 {
        account.registration.authenticators = vec![Authenticator {
            id: AuthenticatorId("phone".into()),
            secret: AuthenticatorSecret::new(vec![1; 20]),
            period: TotpPeriod::Seconds30,
            algorithm: TotpAlgorithm::Sha1,
        }];
    }
    if dice(10, 8) < 6 {
        let count = 3 + dice(3, 9);
        // A third register the same as their department, the others their own choice, with some
        // choices more frequent.
        let has_own_mind = dice(3, 16) > 0;
        let liked = |salt| 1 + dice(1 + dice(35, salt), salt + 40);
        let mut chosen: Vec<usize> = Vec::new();
        for (place, salt) in (0..count).zip(20..) {
            let mut number = 1 + (dice(9, 11) * 4 + place * 5) % 35;
            if has_own_mind {
                let mut all = (salt..).step_by(5).map(liked);
                let other = all.find(|number| !chosen.contains(number));
                number = other.expect("there are others");
            }
            chosen.push(number);
            let text = match (place, dice(4, 10), dice(20, 17)) {
                (0, 0, _) => QuestionText::Custom("What is your staff number?".into()),
                // A question in her own words.
                (1, _, 0) => QuestionText::Custom(format!("What is the name of {identifier}?")),
                _ => QuestionText::Predefined(u8::try_from(number).expect("there are 35")),
            };
            // The numbers of a sheet with omitted columns.
            let id = u16::try_from(1 + place * 2).expect("a few");
            let question = RegisteredQuestion::new(&key, &account.person.id, id, text, "an answer");
            account.registration.questions.extend(question);
        }
    }
    account.person.is_administrator = dice(40, 12) == 0;
    if is_refused {
        account.person.state = AccountState::Disabled;
    }
    account
}

/// The body of a request, from the answer before it.
type Asked = fn(&Value) -> Value;

/// The requests of every attempt after its start: each offered method, up to a wrong proof and
/// beyond.
pub(crate) const STEPS: [(&str, Asked); 8] = [
    ("/codes", |_| json!({ "method": Way::Email })),
    ("/proofs", |_| json!({ "code": "00000000" })),
    ("/codes", |_| json!({ "method": Way::MobileSms })),
    (
        "/codes",
        |_| json!({ "method": Way::MobileSms, "phone": "+31612345678" }),
    ),
    ("/codes", |_| json!({ "method": Way::Questions })),
    ("/proofs", wrong_answers),
    ("/codes", |_| json!({ "method": Way::AuthenticatorCode })),
    ("/proofs", |_| json!({ "code": "000000" })),
];

/// Answers every question wrongly.
fn wrong_answers(attempt: &Value) -> Value {
    let questions = &attempt["step"]["answer-questions"]["questions"];
    let answers = questions.as_array().into_iter().flatten();
    let answers = answers.map(|question| json!({ "question": question["id"], "answer": "no" }));
    json!({ "answers": answers.collect::<Vec<_>>() })
}

/// Members whose values differ in every attempt: random, typed by the person, or the time.
const OWN: [&str; 12] = [
    "id",
    "correlation_id",
    "support_code",
    "short_support_code",
    "identifier",
    "token",
    "now",
    "expires_at",
    "resend_at",
    "retry_at",
    "until",
    "at",
];

/// Records everything that an answer shows as features: status, headers, body, the requested
/// person, the text of the body, and the time.
pub(crate) fn note(
    name: &str,
    (status, headers, body, identifier, text): (u16, &HeaderMap, &Value, &str, &str),
    took: Duration,
    all: &mut BTreeMap<String, Value>,
) {
    all.insert(format!("{name} status"), status.to_string().into());
    let milliseconds = took.as_secs_f64() * 1_000.0;
    all.insert(format!("{name} took"), milliseconds.into());
    for (header, value) in headers {
        let is_own = matches!(
            header.as_str(),
            "date" | "location" | "x-request-id" | "retry-after"
        );
        let value = value.to_str().unwrap_or_default();
        let seen = if is_own {
            value.len().to_string()
        } else {
            value.to_owned()
        };
        if header != "content-length" {
            all.insert(format!("{name} header {header}"), seen.into());
        }
    }
    // The text without the identifier: its length depends on the person.
    let size = text.len() - text.matches(identifier).count() * identifier.len();
    all.insert(format!("{name} size"), size.into());
    flatten(name, body, all);
}

fn flatten(path: &str, value: &Value, all: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                // The number of a question is not the id of an attempt.
                let is_own = OWN.contains(&member.as_str()) && !path.contains("questions");
                let path = format!("{path}.{member}");
                if is_own {
                    all.insert(format!("{path} is there"), true.into());
                } else {
                    flatten(&path, value, all);
                }
            }
        }
        Value::Array(items) => {
            all.insert(format!("{path} count"), items.len().into());
            for (place, item) in items.iter().enumerate() {
                flatten(&format!("{path}[{place}]"), item, all);
            }
        }
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            all.insert(path.to_owned(), value.to_string().into());
        }
    }
}
