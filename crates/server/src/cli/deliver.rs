//! `postern-server deliver test`: tests whether mails, texts and calls can be sent.

use std::io::Write;

use anyhow::{Result, ensure};
use postern_engine::CallId;
use postern_engine::audit::Action;
use postern_letters::{CallLetter, Letter, MailLetter, Speech, TextLetter};
use postern_locale::REFERENCE;
use postern_phone::Region;
use postern_protocol::Guid;
use serde_json::json;

use super::Session;
use super::session::Done;
use crate::clock::Clock;
use crate::delivery::{CARRY_WITHIN, Carriers, NotCarried, carry_within};
use crate::deployment::Deployment;
use crate::failure::Failure;
use crate::random;

/// The text of a test message.
const TEXT: &str =
    "This is a test message of Postern, the password reset service. You need do nothing.";

/// Tests of mails, texts and calls.
#[derive(clap::Subcommand)]
pub enum Deliver {
    /// Sends a test message now, without the outbox, and reports the outcome.
    #[command(subcommand)]
    Test(Test),
}

/// What is sent, and to whom.
#[derive(clap::Subcommand)]
pub enum Test {
    /// A mail.
    Mail {
        /// An address, such as ada@contoso.example.
        to: String,
    },
    /// A text message.
    Text {
        /// A phone number with its calling code, such as +44 7700 900123.
        to: String,
    },
    /// A call. The phone rings, but the call is silent, since the running service does not know it.
    Call {
        /// A phone number with its calling code, such as +44 20 7946 0018.
        to: String,
    },
}

impl Deliver {
    /// Sends the test message.
    ///
    /// # Errors
    ///
    /// [`Failure::Misused`] when the address is invalid. Any other error when no carrier of that
    /// kind is configured, or the carrier does not accept the message.
    pub async fn run(
        &self,
        session: &Session,
        deployment: &Deployment,
        out: &mut impl Write,
    ) -> Result<()> {
        let Self::Test(test) = self;
        let letter = test.letter()?;
        let options = &deployment.options;
        let settings = &options.delivery;
        let (what, key, is_there) = match test {
            Test::Mail { .. } => ("mail", "delivery.mail", settings.mail.is_some()),
            Test::Text { .. } => ("text", "delivery.texts", settings.texts.is_some()),
            Test::Call { .. } => ("call", "delivery.calls", settings.calls.is_some()),
        };
        ensure!(
            is_there,
            "the configuration has no {key}, so nothing can be sent"
        );
        let host = &options.settings.host;
        let carriers = Carriers::new(settings, &options.uncarried.carrier, host, &Clock::System)?;
        let carrier = match test {
            Test::Mail { .. } => &carriers.mail,
            Test::Text { .. } => &carriers.texts,
            Test::Call { .. } => &carriers.calls,
        };
        let done = Done::new(Action::DeliveryTested, "").because(Some(what));
        session.record(done).await?;
        match carry_within(CARRY_WITHIN, &**carrier, letter).await {
            Ok(()) => {}
            Err(NotCarried::Yet(error)) => {
                return Err(error.context("the carrier did not accept the message"));
            }
            Err(NotCarried::Deferred(error)) => {
                return Err(error.context("the carrier works, and asks to try that address later"));
            }
            Err(NotCarried::Ever(error)) => {
                return Err(error.context("the carrier works, and refuses that address"));
            }
        }
        session.print(out, &json!({ "carried": what }), |out| {
            Ok(writeln!(out, "the carrier accepted the {what}")?)
        })
    }
}

impl Test {
    fn letter(&self) -> Result<Letter> {
        let guid = Guid::from_random(u128::from_be_bytes(random::bytes()));
        Ok(match self {
            Self::Mail { to } => {
                to.parse::<email_address::EmailAddress>().map_err(|_| {
                    Failure::Misused(format!(
                        "{to:?} is not an address such as ada@contoso.example"
                    ))
                })?;
                Letter::Mail(MailLetter {
                    reference: guid.to_string().replace('-', ""),
                    to: to.clone(),
                    subject: "Test message of Postern".into(),
                    text: TEXT.into(),
                    html: format!("<!doctype html><html lang=\"en\"><p>{TEXT}</p></html>"),
                    language: REFERENCE.tag,
                    direction: REFERENCE.direction,
                    code: None,
                })
            }
            Self::Text { to } => Letter::Text(TextLetter {
                to: number(to)?,
                text: TEXT.into(),
                code: String::new(),
            }),
            Self::Call { to } => Letter::Call(CallLetter {
                id: CallId(guid),
                to: number(to)?,
                speech: Speech {
                    language: REFERENCE.tag,
                    voice: REFERENCE.voice,
                    menu: TEXT.into(),
                    pressed: TEXT.into(),
                },
            }),
        })
    }
}

/// A phone number in the form that carriers dial.
fn number(typed: &str) -> Result<String> {
    let no_region: Option<Region> = None;
    let parsed = postern_phone::parse(typed, no_region).map_err(|_| {
        Failure::Misused(format!(
            "{typed:?} is not a phone number: write it with its calling code, such as +44 7700 900123"
        ))
    })?;
    Ok(parsed.number.to_string())
}
