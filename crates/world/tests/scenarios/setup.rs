//! The world at the beginning of a scenario: one tenant, its policy, and its people.
//!
//! Without set-up lines it is Contoso with the default policy, and Ada with everything on file.

use postern_engine::account::{
    AccountId, AccountState, Authenticator, AuthenticatorId, AuthenticatorSecret, PasswordSource,
    RegisteredQuestion, TotpAlgorithm, TotpPeriod,
};
use postern_engine::answer::{AnswerDigest, AnswerForm};
use postern_engine::policy::{LockScope, Policy, PolicySettings, Scope};
use postern_engine::tenant::{Administrator, BannedTerms, Disclosure, WriteBack};
use postern_engine::{Account, EngineKey, Tenant, WriteBackHealth};
use postern_phone::Region;
use postern_protocol::{CodeLength, Method, QuestionText};
use postern_world::{Fault, World};

use super::parse::Line;

/// The key of every host that plays scenarios.
const KEY: [u8; 32] = [
    0x82, 0x98, 0xb1, 0xef, 0x64, 0x84, 0xc5, 0x0e, 0xe7, 0x4c, 0x85, 0x28, 0xff, 0xc9, 0x10, 0xf9,
    0x97, 0xf8, 0xac, 0x72, 0x92, 0xff, 0xfa, 0x6c, 0x2e, 0x5c, 0x6a, 0x17, 0x59, 0xe9, 0xf4, 0x84,
];

pub(crate) const DOMAIN: &str = "contoso.example";
const MOBILE: &str = "+31 612345678";
const OFFICE: &str = "+31 201234567 x42";
const SECRETS: [&[u8]; 2] = [b"12345678901234567890", b"12345678901234567890123456789012"];

/// The world at the beginning of a scenario.
pub(crate) struct Beginning {
    pub(crate) world: World,
    /// The passwords of accounts, by the accounts' names. The host that plays the scenario sets
    /// them.
    pub(crate) passwords: Vec<(AccountId, String)>,
}

/// Makes the world, or says what is wrong with a line.
pub(crate) fn beginning(setup: &[Line]) -> Result<Beginning, (usize, String)> {
    let mut passwords = Vec::new();
    let mut world = World::new(EngineKey::new(KEY));
    world.tenants.push(Tenant {
        policy: Some(Policy::default()),
        ..Tenant::new(DOMAIN, "Contoso")
    });
    for line in setup {
        let (first, rest) = line
            .words
            .split_first()
            .ok_or((line.number, String::new()))?;
        let done = match first.as_str() {
            "policy" => policy(rest).map(|policy| world.tenants[0].policy = Some(policy)),
            "tenant" => rest
                .iter()
                .try_for_each(|word| tenant(&mut world.tenants[0], word)),
            "account" => account(&mut world, &mut passwords, rest),
            "directory" => rest.iter().try_for_each(|word| directory(&mut world, word)),
            "breached" => {
                for password in rest {
                    world.breaches.add(password);
                }
                Ok(())
            }
            _ => Err(
                "a set-up line begins with policy, tenant, account, directory or breached".into(),
            ),
        };
        done.map_err(|why| (line.number, why))?;
    }
    if world.directory.accounts().next().is_none() {
        let everything = ["ada", "email", "mobile", "office", "app", "questions=5"];
        let everything: Vec<String> = everything.map(String::from).into();
        account(&mut world, &mut passwords, &everything).map_err(|why| (0, why))?;
    }
    Ok(Beginning { world, passwords })
}

fn policy(words: &[String]) -> Result<Policy, String> {
    let mut settings = PolicySettings::default();
    for word in words {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        let number = || {
            value
                .parse::<u16>()
                .map_err(|_| format!("{word}: not a number"))
        };
        let small = || {
            value
                .parse::<u8>()
                .map_err(|_| format!("{word}: not a number"))
        };
        match name {
            "gates" => settings.gates_required = small()?,
            "methods" => {
                settings.methods = value.split(',').map(method).collect::<Result<_, _>>()?;
            }
            "groups" => {
                settings.scope = Scope::Groups(value.split(',').map(String::from).collect());
            }
            "separate-unlock" => settings.separate_unlock = true,
            "questions" => settings.questions_to_reset = small()?,
            "code-length" => settings.code_length = CodeLength::clamped(small()?),
            "code-lifetime" => settings.code_lifetime_seconds = number()?,
            "cool-down" => settings.resend_cool_down_seconds = number()?,
            "lock" => {
                settings.lock = match value {
                    "account" => LockScope::Account,
                    "method" => LockScope::Method,
                    _ => return Err(format!("{word}: account or method")),
                }
            }
            "codes-per-day" => settings.throttles.codes_per_day = small()?,
            "session" => settings.session_seconds = number()?,
            _ => return Err(format!("{word}: no such setting")),
        }
    }
    Policy::new(settings).map_err(|why| why.to_string())
}

pub(crate) fn method(name: &str) -> Result<Method, String> {
    Method::ALL
        .into_iter()
        .find(|method| method.name() == name)
        .ok_or_else(|| format!("{name}: no such method"))
}

fn tenant(tenant: &mut Tenant, word: &str) -> Result<(), String> {
    let (name, value) = word.split_once('=').unwrap_or((word, ""));
    let administrators = || {
        value.split(',').map(|name| Administrator {
            account: AccountId(name.into()),
            email: format!("{name}@{DOMAIN}"),
        })
    };
    match name {
        "disabled" => tenant.is_enabled = false,
        "no-policy" => tenant.policy = None,
        "conceal" => tenant.disclosure = Disclosure::Conceal,
        "write-back" => tenant.write_back = WriteBack::Deployed,
        "region" => tenant.default_region = Region::parse(value),
        "alias" => tenant.domains.push(value.into()),
        "help" => tenant.help_url = Some(value.into()),
        "sign-in" => tenant.sign_in_url = Some(value.into()),
        "portal" => tenant.portals.push(value.into()),
        "return-to" => tenant.return_to.push(value.into()),
        "helpdesk" => tenant.administrators.helpdesk = administrators().collect(),
        "user-administrators" => tenant.administrators.user = administrators().collect(),
        "global-administrators" => tenant.administrators.global = administrators().collect(),
        "helpdesk-of" => {
            let size: usize = value.parse().map_err(|_| format!("{word}: not a number"))?;
            tenant.administrators.helpdesk = (0..size)
                .map(|index| Administrator {
                    account: AccountId(format!("helper{index}")),
                    email: format!("helper{index}@{DOMAIN}"),
                })
                .collect();
        }
        "banned" => {
            let terms = value.split(',').map(String::from).collect();
            tenant.banned_terms = BannedTerms::parse(terms).map_err(|why| why.to_string())?;
        }
        "min-length" | "max-length" => {
            let length = value.parse().map_err(|_| format!("{word}: not a number"))?;
            let mut rules = tenant.password_rules;
            match name {
                "min-length" => rules.min_length = length,
                _ => rules.max_length = length,
            }
            tenant.password_rules = rules.checked()?;
        }
        _ => return Err(format!("{word}: no such property of a tenant")),
    }
    Ok(())
}

fn account(
    world: &mut World,
    passwords: &mut Vec<(AccountId, String)>,
    words: &[String],
) -> Result<(), String> {
    let (name, properties) = words.split_first().ok_or("an account has a name")?;
    let mut account = Account::new(name, &format!("{name}@{DOMAIN}"));
    let mut password = None;
    for word in properties {
        let (property, value) = word.split_once('=').unwrap_or((word, ""));
        let or = |default: &str| {
            if value.is_empty() {
                default.to_owned()
            } else {
                value.to_owned()
            }
        };
        match property {
            "identifier" => account.person.identifiers.push(value.into()),
            "names" => account.person.names = value.split(',').map(String::from).collect(),
            "primary" => account.person.primary_email = Some(or(&format!("{name}@mail.{DOMAIN}"))),
            "email" => account
                .person
                .alternate_emails
                .push(or(&format!("{name}@home.example"))),
            "mobile" => account.person.mobile = Some(or(MOBILE)),
            "office" => account.person.office_phone = Some(or(OFFICE)),
            "app" => account.registration.authenticators.push(authenticator(
                account.registration.authenticators.len(),
                value,
            )?),
            "questions" => {
                let count: u16 = or("5")
                    .parse()
                    .map_err(|_| format!("{word}: not a number"))?;
                account.registration.questions = questions(world.key(), &account.person.id, count);
            }
            "own-words" => put_into_own_words(&mut account, or("Which tree was it?")),
            "older-answers" => register_in_first_form(&mut account, world.key()),
            "administrator" => account.person.is_administrator = true,
            "groups" => account.person.groups = value.split(',').map(String::from).collect(),
            "unlicensed" => account.person.is_licensed = false,
            "disabled" => account.person.state = AccountState::Disabled,
            "opted-out" => account.person.state = AccountState::OptedOut,
            "locked-out" => account.person.is_locked = true,
            "on-premises" => account.person.password_source = PasswordSource::OnPremises,
            "elsewhere" => account.person.password_source = PasswordSource::Elsewhere,
            "password" => password = Some(value.to_owned()),
            _ => return Err(format!("{word}: no such property of an account")),
        }
    }
    let id = account.person.id.clone();
    world.directory.add(DOMAIN, account);
    if let Some(password) = password {
        passwords.push((id, password));
    }
    Ok(())
}

/// The authenticator of `app`, `app=60s`, `app=sha256` or `app=60s,sha256`.
fn authenticator(index: usize, words: &str) -> Result<Authenticator, String> {
    let mut authenticator = Authenticator {
        id: AuthenticatorId(format!("app{index}")),
        secret: AuthenticatorSecret::new(SECRETS[index % SECRETS.len()].to_vec()),
        period: TotpPeriod::Seconds30,
        algorithm: TotpAlgorithm::Sha1,
    };
    for word in words.split(',').filter(|word| !word.is_empty()) {
        match word {
            "30s" => authenticator.period = TotpPeriod::Seconds30,
            "60s" => authenticator.period = TotpPeriod::Seconds60,
            "sha1" => authenticator.algorithm = TotpAlgorithm::Sha1,
            "sha256" => authenticator.algorithm = TotpAlgorithm::Sha256,
            _ => return Err(format!("{word}: no such property of an app")),
        }
    }
    Ok(authenticator)
}

/// The questions. "Answer 1" is the answer to question 1, and so on.
fn questions(key: &EngineKey, account: &AccountId, count: u16) -> Vec<RegisteredQuestion> {
    (1..=count)
        .filter_map(|id| {
            let text = QuestionText::Predefined(u8::try_from(id).ok()?);
            RegisteredQuestion::new(key, account, id, text, &format!("Answer {id}"))
        })
        .collect()
}

/// Gives the first question these words.
fn put_into_own_words(account: &mut Account, words: String) {
    if let Some(question) = account.registration.questions.first_mut() {
        question.text = QuestionText::Custom(words);
    }
}

/// Registers the same answers in the first form.
fn register_in_first_form(account: &mut Account, key: &EngineKey) {
    for question in &mut account.registration.questions {
        let answer = format!("Answer {}", question.id);
        let first = AnswerDigest::of(
            AnswerForm::First,
            key,
            &account.person.id,
            question.id,
            &answer,
        );
        question.answer = first.unwrap_or(question.answer);
    }
}

/// Sets the fault of the directory. `healthy` ends it.
pub(crate) fn directory(world: &mut World, state: &str) -> Result<(), String> {
    match state {
        "healthy" => {
            world.write_back = WriteBackHealth::Healthy;
            world.directory.fault = None;
        }
        "unreachable" => world.write_back = WriteBackHealth::Unreachable,
        "misconfigured" => world.write_back = WriteBackHealth::Misconfigured,
        "write=unreachable" => world.directory.fault = Some(Fault::Unreachable),
        "write=misconfigured" => world.directory.fault = Some(Fault::Misconfigured),
        "write=loses-answer" => world.directory.fault = Some(Fault::LosesAnswer),
        "write=never-answers" => world.directory.fault = Some(Fault::NeverAnswers),
        _ => return Err(format!("{state}: no such state of a directory")),
    }
    Ok(())
}

/// Sets whether the service for breached passwords answers.
pub(crate) fn breaches(world: &mut World, state: &str) -> Result<(), String> {
    world.breaches.is_unreachable = match state {
        "healthy" => false,
        "unreachable" => true,
        _ => return Err(format!("{state}: no such state of breaches")),
    };
    Ok(())
}

/// Changes an account without the engine: `disable`, `enable`, `unlicense`, `remove-…`.
pub(crate) fn change(account: &mut Account, word: &str) -> Result<(), String> {
    match word {
        "disable" => account.person.state = AccountState::Disabled,
        "unlicense" => account.person.is_licensed = false,
        "move-elsewhere" => account.person.password_source = PasswordSource::Elsewhere,
        "remove-email" => account.person.alternate_emails.clear(),
        "remove-mobile" => account.person.mobile = None,
        "landline" => account.person.mobile = Some(OFFICE.into()),
        "remove-app" => account.registration.authenticators.clear(),
        "remove-questions" => account.registration.questions.clear(),
        _ => return Err(format!("{word}: no such change of an account")),
    }
    Ok(())
}
