//! Writes letters in the language of the attempt.

use jiff::tz::TimeZone;
use postern_engine::command::{Call, Mail, Text};
use postern_engine::{Code, Page};
use postern_protocol::Timestamp;
use url::Url;

use crate::html;
use crate::letter::{CallLetter, MailLetter, Speech, TextLetter};
use crate::outline::{self, Digest, Outline};
use crate::sentence::Speaker;
use crate::words::{Languages, Spoken, without_idle_isolates, without_isolates};

/// Writes letters.
pub struct Writer {
    languages: Languages,
}

/// The circumstances of a letter.
pub struct Occasion<'a> {
    /// The moment at which it leaves.
    pub now: Timestamp,
    /// The reader's time zone, as far as it is known. Moments in the letter use it.
    pub zone: TimeZone,
    /// The address where the reader can report that the request was not theirs: an `https:` or
    /// `mailto:` address.
    pub contact: Option<&'a str>,
}

impl Writer {
    /// Reads the words of every language.
    ///
    /// # Panics
    ///
    /// When a catalog is malformed. A test prevents that.
    #[expect(clippy::new_without_default, reason = "it reads much")]
    pub fn new() -> Self {
        Self {
            languages: Languages::read(),
        }
    }

    /// A mail to one address.
    pub fn mail(
        &self,
        reference: String,
        to: &str,
        mail: &Mail,
        occasion: &Occasion<'_>,
    ) -> MailLetter {
        let outline = outline::mail(mail, occasion.now, occasion.contact);
        self.written(
            reference,
            to,
            &mail.letterhead.locale,
            &outline,
            &occasion.zone,
        )
    }

    /// A mail to an administrator about requests for help that got no mail of their own.
    pub fn digest(
        &self,
        reference: String,
        to: &str,
        locale: &str,
        digest: &Digest<'_>,
        occasion: &Occasion<'_>,
    ) -> MailLetter {
        let outline = outline::digest(digest);
        self.written(reference, to, locale, &outline, &occasion.zone)
    }

    fn written(
        &self,
        reference: String,
        to: &str,
        locale: &str,
        outline: &Outline,
        zone: &TimeZone,
    ) -> MailLetter {
        let language = self.languages.of(locale);
        let speaker = Spoken { language, zone };
        let subject = outline.subject.as_ref();
        let subject = subject
            .map(|subject| speaker.say(subject))
            .unwrap_or_default();
        let paragraphs = outline.say(&speaker);
        let code = outline.code.as_ref();
        MailLetter {
            reference,
            to: to.to_owned(),
            html: html::page(
                language,
                &subject,
                code.map(Code::grouped).as_deref(),
                &paragraphs,
            ),
            subject: one_line(&without_idle_isolates(&subject)),
            text: without_idle_isolates(&paragraphs.join("\n\n")),
            language: language.about.tag,
            direction: language.about.direction,
            code: code.map(|code| code.reveal().to_owned()),
        }
    }

    /// A text message that leaves at `now`. Its last line binds the code to the page that it is
    /// typed into, and to the page around a frame (WICG, "Origin-bound one-time codes delivered via
    /// SMS").
    pub fn text(&self, text: &Text, host: &str, now: Timestamp) -> TextLetter {
        let speaker = Spoken {
            language: self.languages.of(&text.letterhead.locale),
            zone: &TimeZone::UTC,
        };
        let code = text.code.reveal();
        let said = outline::text(text, now).say(&speaker).join(" ");
        let said = one_line(&without_idle_isolates(&said));
        let own = || format!("@{host} #{code}");
        let bound = match &text.page {
            Page::Own => None,
            Page::Framed(around) => host_of(around).map(|it| format!("@{it} #{code} @{host}")),
            Page::Portals(portal) => host_of(portal).map(|it| format!("@{it} #{code}")),
        };
        let bound = bound.unwrap_or_else(own);
        TextLetter {
            to: text.to.clone(),
            text: format!("{said}\n\n{bound}"),
            code: code.to_owned(),
        }
    }

    /// A call.
    pub fn call(&self, call: &Call) -> CallLetter {
        let head = &call.letterhead;
        CallLetter {
            id: call.id,
            to: call.to.clone(),
            speech: self.speech(&head.locale, &head.tenant_name),
        }
    }

    /// The words for a call of a tenant, in the language of a locale.
    pub fn speech(&self, locale: &str, tenant: &str) -> Speech {
        let language = self.languages.of(locale);
        let speaker = Spoken {
            language,
            zone: &TimeZone::UTC,
        };
        Speech {
            language: language.about.tag,
            voice: language.about.voice,
            // Isolates have no meaning in speech.
            menu: without_isolates(&speaker.say(&outline::menu(tenant))),
            pressed: speaker.say(&outline::pressed()),
        }
    }
}

/// The host of an origin, without its port.
fn host_of(origin: &str) -> Option<String> {
    let url = Url::parse(origin).ok()?;
    url.host_str().map(str::to_owned)
}

/// Removes line breaks, so that text from a person cannot begin another line or header.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

#[cfg(test)]
mod tests;
