//! The people of the run: each has a mailbox, an authenticator and questions.

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

/// The number of people who reset at the same time.
pub(crate) const AT_ONCE: usize = 50;

/// The total number of people. A person who waits a minute for the result of an interrupted write
/// gives their place to another.
pub(crate) const PEOPLE: usize = 200;

/// The number of accounts of each person: an account is never used in two places at once.
pub(crate) const ACCOUNTS: usize = 4;

/// The questions that every person has registered.
const QUESTIONS: u16 = 3;

/// The account with that name, and all of its proofs.
pub(crate) fn account(name: &str) -> Account {
    let identifier = identifier(name);
    let mut account = Account::new(name, &identifier);
    account.person.alternate_emails = vec![mailbox(name)];
    account.person.primary_email = Some(identifier);
    account.registration.authenticators = vec![Authenticator {
        id: AuthenticatorId("phone".into()),
        secret: secret(name),
        period: TotpPeriod::Seconds30,
        algorithm: TotpAlgorithm::Sha1,
    }];
    let registered = (1..=QUESTIONS).filter_map(|number| {
        let text = QuestionText::Predefined(u8::try_from(number).ok()?);
        RegisteredQuestion::new(
            &key(),
            &account.person.id,
            number,
            text,
            &answer(name, number.into()),
        )
    });
    account.registration.questions = registered.collect();
    account
}

/// One of the accounts of a person.
pub(crate) fn name(person: usize, number: usize) -> String {
    format!("person{person}-{number}")
}

pub(crate) fn identifier(name: &str) -> String {
    format!("{name}@{DOMAIN}")
}

/// The address for codes.
pub(crate) fn mailbox(name: &str) -> String {
    format!("{name}@home.example")
}

/// The answer to a question.
pub(crate) fn answer(name: &str, question: u64) -> String {
    format!("{name} says {question}")
}

/// The current code of the authenticator.
pub(crate) fn shown(name: &str) -> String {
    let now: Timestamp = Clock::System.now();
    code_at(
        &secret(name),
        TotpAlgorithm::Sha1,
        TotpPeriod::Seconds30,
        now,
    )
}

/// A secret of twenty bytes, as RFC 4226 section 4 recommends.
fn secret(name: &str) -> AuthenticatorSecret {
    let mut bytes = name.as_bytes().to_vec();
    bytes.resize(20, 0);
    AuthenticatorSecret::new(bytes)
}
