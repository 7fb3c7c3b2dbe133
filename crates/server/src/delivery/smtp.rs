//! Mails by SMTP: connections are encrypted before anything is said, and reused.

use std::num::NonZeroU16;
use std::path::PathBuf;
use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context, anyhow, bail, ensure};
use async_trait::async_trait;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use postern_letters::{Letter, MailLetter};
use serde::Deserialize;
use url::Host;

use super::carrier::{Carrier, NotCarried};
use super::client::is_loopback;
use crate::clock::Clock;
use crate::files;
use crate::secret::Secret;

/// The port for mail submission (RFC 6409), the one with TLS from the start (RFC 8314), and the one
/// between servers.
const SUBMISSION: u16 = 587;
const SUBMISSIONS: u16 = 465;
const RELAY: u16 = 25;

/// Reply codes for an address that will never work (RFC 5321 section 4.2.3, RFC 7504 section 2).
/// Other refusals, such as those of credentials, may be corrected before the deadline.
const REFUSED: [u16; 5] = [550, 551, 552, 553, 556];

/// Reply codes for an address that may work later (RFC 5321 section 4.2.3), as from servers that
/// put off unknown senders.
const DEFERRED: [u16; 3] = [450, 451, 452];

/// The mail server that accepts our mails.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MailSettings {
    /// Its host name. Its certificate must be for that name.
    pub host: String,
    /// Its port. 587 by default, 465 with `tls`, 25 with `none`.
    #[serde(default)]
    pub port: Option<NonZeroU16>,
    /// How the connection is encrypted. `starttls` by default.
    #[serde(default)]
    pub encryption: Encryption,
    /// Our username at the server. Without one, we do not authenticate.
    #[serde(default)]
    pub username: Option<String>,
    /// The password of that user.
    #[serde(default)]
    pub password: Option<Secret>,
    /// The sender of every mail: an address, or a name and an address as in
    /// `Contoso <reset@contoso.example>`.
    pub from: String,
    /// The address for replies, if it is not the sender.
    #[serde(default)]
    pub reply_to: Option<String>,
    /// A PEM file with authorities that are trusted in addition to those of the machine.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Timeout for an answer, in seconds. 20 by default.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
    /// Maximum number of connections at once. 4 by default.
    #[serde(default = "default_connections")]
    pub connections: u32,
}

/// How a connection is encrypted. A server that does not support it gets no mail.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Encryption {
    /// Plain at first, then encrypted before anything else is said (RFC 3207).
    #[default]
    Starttls,
    /// From the start (RFC 8314).
    Tls,
    /// No encryption. Allowed only for a server on this machine.
    None,
}

const fn default_timeout() -> u64 {
    20
}

const fn default_connections() -> u32 {
    4
}

/// The carrier of mails.
pub(super) struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    places: usize,
    encryption: Encryption,
    patience: Duration,
    clock: Clock,
}

/// Checks without a connection whether the settings can be used.
pub(super) fn check(settings: &MailSettings) -> anyhow::Result<()> {
    builder(settings)?;
    mailbox("from", &settings.from)?;
    if let Some(reply_to) = &settings.reply_to {
        mailbox("reply-to", reply_to)?;
    }
    Ok(())
}

fn mailbox(key: &str, text: &str) -> anyhow::Result<Mailbox> {
    text.parse().map_err(|_| {
        anyhow!("{key}: expected a mail address, or a name and an address as in Contoso <reset@contoso.example>")
    })
}

/// Builds the transport's settings. It does not build the connection pool yet, since that needs a
/// runtime.
fn builder(settings: &MailSettings) -> anyhow::Result<smtp::AsyncSmtpTransportBuilder> {
    let host = settings.host.as_str();
    ensure!(
        !host.trim().is_empty(),
        "host: expected the name of the mail server"
    );
    let tls = match settings.encryption {
        Encryption::Starttls => Tls::Required(parameters(settings)?),
        Encryption::Tls => Tls::Wrapper(parameters(settings)?),
        Encryption::None if is_loopback(host) => Tls::None,
        Encryption::None => {
            bail!("encryption: {host} is another machine, and mails to it must be encrypted")
        }
    };
    let pool = PoolConfig::new().max_size(settings.connections);
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
        .port(settings.port())
        .tls(tls)
        .timeout(Some(Duration::from_secs(settings.timeout_seconds)))
        .pool_config(pool);
    Ok(match (&settings.username, &settings.password) {
        (Some(username), Some(password)) => builder.credentials(Credentials::new(
            username.clone(),
            password.reveal().to_owned(),
        )),
        (None, None) => builder,
        (Some(_), None) => bail!("username: a password is needed beside it"),
        (None, Some(_)) => bail!("password: a username is needed beside it"),
    })
}

impl MailSettings {
    /// The configured port, or the usual port of the encryption.
    pub(crate) fn port(&self) -> u16 {
        let usual = match self.encryption {
            Encryption::Starttls => SUBMISSION,
            Encryption::Tls => SUBMISSIONS,
            Encryption::None => RELAY,
        };
        self.port.map_or(usual, NonZeroU16::get)
    }
}

impl Smtp {
    /// Reads the settings. Does not connect to a server yet.
    pub(super) fn new(settings: &MailSettings, clock: Clock) -> anyhow::Result<Self> {
        let reply_to = settings.reply_to.as_deref();
        Ok(Self {
            transport: builder(settings)?.build(),
            from: mailbox("from", &settings.from)?,
            reply_to: reply_to.map(|text| mailbox("reply-to", text)).transpose()?,
            places: usize::try_from(settings.connections)?,
            encryption: settings.encryption,
            patience: Duration::from_secs(settings.timeout_seconds),
            clock,
        })
    }

    /// Connects, encrypts and authenticates, but sends nothing.
    pub(super) async fn try_connection(&self) -> anyhow::Result<()> {
        // The transport has no limit on how long a connected server may be silent.
        let tried = tokio::time::timeout(self.patience, self.transport.test_connection());
        let Ok(tried) = tried.await else {
            anyhow::ensure!(self.encryption == Encryption::Tls, BEGINS_WITH_TLS);
            bail!("the mail server did not answer in time");
        };
        let is_usable = tried.map_err(|error| why(&error, self.encryption))?;
        anyhow::ensure!(is_usable, "the mail server ended the connection");
        Ok(())
    }

    fn message(&self, mail: MailLetter) -> anyhow::Result<Message> {
        let to = address(&mail.to)?;
        let now = u64::try_from(self.clock.now().seconds()).unwrap_or_default();
        let id = format!("<{}@{}>", mail.reference, self.from.email.domain());
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(to.into())
            .subject(mail.subject)
            .date(UNIX_EPOCH + Duration::from_secs(now))
            .message_id(Some(id));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        let body = MultiPart::alternative_plain_html(mail.text, mail.html);
        let mut message = builder
            .multipart(body)
            .context("the mail cannot be written")?;
        // Tells servers not to answer the mail with a holiday notice (RFC 3834 section 5).
        for (name, value) in [
            ("Auto-Submitted", "auto-generated"),
            ("Content-Language", mail.language),
        ] {
            let name = HeaderName::new_from_ascii_str(name);
            let value = HeaderValue::new(name, value.to_owned());
            message.headers_mut().insert_raw(value);
        }
        Ok(message)
    }
}

#[async_trait]
impl Carrier for Smtp {
    async fn carry(&self, letter: Letter) -> Result<(), NotCarried> {
        let Letter::Mail(mail) = letter else {
            return Err(NotCarried::Ever(anyhow!("the message is not a mail")));
        };
        let message = self.message(mail).map_err(NotCarried::Ever)?;
        let sent = self.transport.send(message).await;
        sent.map(drop)
            .map_err(|error| not_carried(&error, self.encryption))
    }

    fn places(&self) -> usize {
        self.places
    }
}

/// An address that every mail server accepts: its domain is in ASCII form (RFC 5891). The part
/// before the `@` has no such form. It is sent unchanged to servers with SMTPUTF8 (RFC 6531).
fn address(text: &str) -> anyhow::Result<Address> {
    let typed: Address = text
        .parse()
        .map_err(|_| anyhow!("the recipient is not a valid address"))?;
    if typed.domain().is_ascii() {
        return Ok(typed);
    }
    let domain = Host::parse(typed.domain())
        .map_err(|_| anyhow!("the recipient is not in a valid domain"))?;
    Address::new(typed.user(), domain.to_string())
        .map_err(|_| anyhow!("the recipient is not a valid address"))
}

/// Whether the address needs SMTPUTF8 and the server does not support it. The server will not
/// support it before the deadline either.
fn lacks_smtputf8(error: &smtp::Error) -> bool {
    let source = std::error::Error::source(error);
    error.is_client() && source.is_some_and(|source| source.to_string().contains("SMTPUTF8"))
}

/// Classifies an error of the server. The server's reply may name the recipient, so only its code
/// is reported.
fn not_carried(error: &smtp::Error, encryption: Encryption) -> NotCarried {
    if lacks_smtputf8(error) {
        return NotCarried::Ever(anyhow!(
            "the mail server accepts only ASCII letters before the @ of an address (it lacks SMTPUTF8)"
        ));
    }
    let code = error.status().map(u16::from);
    let why = why(error, encryption);
    match code {
        Some(code) if REFUSED.contains(&code) => NotCarried::Ever(why),
        Some(code) if DEFERRED.contains(&code) => NotCarried::Deferred(why),
        Some(_) | None => NotCarried::Yet(why),
    }
}

/// Describes an error of the server, without the personal data in its reply.
fn why(error: &smtp::Error, encryption: Encryption) -> anyhow::Error {
    let Some(code) = error.status().map(u16::from) else {
        let what = if error.is_timeout() {
            "the mail server did not answer in time"
        } else if error.is_tls() {
            "the connection to the mail server cannot be encrypted"
        } else if error.is_client() || error.is_response() {
            "the mail server does not follow the protocol"
        } else {
            "the mail server cannot be reached"
        };
        if let Some(other) = other_encryption(error, encryption) {
            return anyhow!(other);
        }
        let source = std::error::Error::source(error).filter(|_| !error.is_response());
        return match source {
            Some(source) => anyhow!("{what}: {source}"),
            None => anyhow!(what),
        };
    };
    anyhow!("the mail server answered {code}")
}

/// The error about a server that is silent although it has to speak first.
const BEGINS_WITH_TLS: &str = "the mail server did not answer in time. If it uses TLS from the start at this port, as at 465, it waits \
     for that: try encryption = \"tls\"";

/// The setting to try if the server does not begin as configured: it begins in the clear, or with
/// TLS. In the latter case both sides wait for the other to begin.
fn other_encryption(error: &smtp::Error, encryption: Encryption) -> Option<&'static str> {
    let sources = || std::iter::successors(std::error::Error::source(error), |it| it.source());
    let says = |what| sources().any(|it| it.to_string().contains(what));
    match encryption {
        Encryption::Tls if says("InvalidContentType") => Some(
            "the mail server does not use TLS from the start at this port: try encryption = \"starttls\", or the port that does",
        ),
        Encryption::Starttls | Encryption::None if error.is_timeout() => Some(BEGINS_WITH_TLS),
        Encryption::Starttls if error.is_client() && says("STARTTLS") => Some(
            "the mail server does not offer STARTTLS at this port: use the port that does, or encryption = \"tls\" with the port that \
             uses TLS from the start",
        ),
        Encryption::Starttls | Encryption::Tls | Encryption::None => None,
    }
}

fn parameters(settings: &MailSettings) -> anyhow::Result<TlsParameters> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.ca_file {
        let pem = files::read(path, files::PEM_BYTES_MAX);
        let pem = pem.map_err(|why| anyhow!("ca-file: {why}"))?;
        let authority = Certificate::from_pem(&pem)
            .with_context(|| format!("ca-file: {} contains no certificate", path.display()))?;
        builder = builder.add_root_certificate(authority);
    }
    builder.build_rustls().context("TLS cannot be set up")
}
