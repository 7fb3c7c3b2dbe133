//! The people who get back in: each has a mailbox, an authenticator and questions.

use postern_engine::Account;
use postern_engine::account::{
    Authenticator, AuthenticatorId, AuthenticatorSecret, RegisteredQuestion, TotpAlgorithm,
    TotpPeriod,
};
use postern_engine::totp::code_at;
use postern_protocol::{QuestionText, Timestamp};
use postern_server::clock::Clock;

use crate::support::key;

pub(crate) const DOMAIN: &str = "contoso.example";

/// People who get back in at once.
pub(crate) const AT_ONCE: usize = 50;

/// People in all. One who waits a minute for the outcome of a write that was cut off gives their
/// place to another.
pub(crate) const PEOPLE: usize = 200;

/// Accounts of each of them: no account is tried in two places at once.
pub(crate) const ACCOUNTS: usize = 4;

/// The questions that every person has registered.
const QUESTIONS: u16 = 3;

/// The account with that name, and all of its proofs.
pub(crate) fn account(name: &str) -> Account {
    let identifier = identifier(name);
    let mut account = Account::new(name, &identifier);
    account.alternate_emails = vec![mailbox(name)];
    account.primary_email = Some(identifier);
    account.authenticators = vec![Authenticator {
        id: AuthenticatorId("phone".into()),
        secret: secret(name),
        period: TotpPeriod::Seconds30,
        algorithm: TotpAlgorithm::Sha1,
    }];
    let registered = (1..=QUESTIONS).filter_map(|number| {
        let text = QuestionText::Predefined(u8::try_from(number).ok()?);
        RegisteredQuestion::new(
            &key(),
            &account.id,
            number,
            text,
            &answer(name, number.into()),
        )
    });
    account.questions = registered.collect();
    account
}

/// One of the accounts of a person.
pub(crate) fn name(person: usize, number: usize) -> String {
    format!("person{person}-{number}")
}

pub(crate) fn identifier(name: &str) -> String {
    format!("{name}@{DOMAIN}")
}

/// Where codes go.
pub(crate) fn mailbox(name: &str) -> String {
    format!("{name}@home.example")
}

/// What a question is answered.
pub(crate) fn answer(name: &str, question: u64) -> String {
    format!("{name} says {question}")
}

/// What the authenticator shows now.
pub(crate) fn shown(name: &str) -> String {
    let now: Timestamp = Clock::System.now();
    code_at(
        &secret(name),
        TotpAlgorithm::Sha1,
        TotpPeriod::Seconds30,
        now,
    )
}

/// Of twenty bytes, as RFC 4226 section 4 recommends.
fn secret(name: &str) -> AuthenticatorSecret {
    let mut bytes = name.as_bytes().to_vec();
    bytes.resize(20, 0);
    AuthenticatorSecret::new(bytes)
}
